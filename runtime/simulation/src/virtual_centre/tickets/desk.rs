//! Drives the tickets of one replication: opens them, lets agents work on them, and writes down what became of them.

use tandem_centre::floor::AgentState;
use tandem_centre::ticket::{FoundTicket, TicketAction, TicketId, TicketRules, Tickets, TicketsEvent};
use tandem_centre::{Answer, Core, zones_by_number};
use tandem_stdlib::contract::{Slot, TicketEvent, TicketSpec};

use super::counts::{StepCounts, TicketCounts};
use super::jobs::{Begun, Jobs, Whose};
use super::joined::{Time, Work};
use super::rules::{Kept, RunRules};
use crate::chance::{Draws, Purpose, Seeds};
use crate::value::Cell;
use crate::virtual_centre::agenda::Due;
use crate::virtual_centre::caller::Caller;
use crate::virtual_centre::house::{Asked, CallerSources};
use crate::virtual_centre::model::Centre;

/// Something of a ticket that will happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::virtual_centre) enum TicketDue {
    /// An agent has done this piece of work.
    Worked(u32, u64),
    /// What takes its time without an agent is done: the ticket's so-manieth work.
    Taken(TicketId, u32),
    /// The customer who is called back about a ticket has picked up, or not.
    Rung(TicketId),
}

/// A ticket that a call has opened, with whoever called and the agent who talked.
#[derive(Clone, Debug)]
pub(in crate::virtual_centre) struct Opened<'m> {
    pub(in crate::virtual_centre) caller: Caller<'m>,
    pub(in crate::virtual_centre) agent: Option<u32>,
    pub(in crate::virtual_centre) found: FoundTicket,
}

/// Bits of a generator's key that tell the draws of one ticket apart.
const WORKS_BITS: u32 = 12;

/// All tickets of one replication.
pub(in crate::virtual_centre) struct Desk<'m> {
    centre: &'m Centre<'m>,
    core: &'m Core,
    seeds: Seeds,
    tickets: Tickets,
    sources: CallerSources<'m>,
    kept: Vec<Kept<'m>>,
    jobs: Jobs,
    actions: Vec<TicketAction>,
    due: Vec<(i64, Due)>,
    counts: Vec<TicketCounts>,
}

impl<'m> Desk<'m> {
    /// The tickets of a centre; `None` when the policy has none.
    pub(in crate::virtual_centre) fn new(centre: &'m Centre<'m>, seeds: Seeds) -> Option<Self> {
        let core = centre.core.filter(|core| !core.manifest().tickets.is_empty())?;
        let count = |spec: &TicketSpec| TicketCounts {
            passed: vec![0; spec.deadlines.len()],
            steps: vec![StepCounts::default(); spec.steps.len()],
            ..TicketCounts::default()
        };
        let slots = |queues: &[usize]| queues.iter().map(|place| *place as Slot + 1).collect::<Vec<_>>();
        let serves = centre.groups.iter().flat_map(|one| one.agents.clone().map(|_| slots(&one.queues)));
        Some(Self {
            centre,
            core,
            seeds,
            tickets: Tickets::new(core.manifest(), zones_by_number).ok()?,
            sources: CallerSources::new(&centre.reliability, seeds),
            kept: Vec::new(),
            jobs: Jobs::new(serves.collect()),
            actions: Vec::new(),
            due: Vec::new(),
            counts: core.manifest().tickets.iter().map(count).collect(),
        })
    }

    pub(in crate::virtual_centre) fn wake_at(&self) -> Option<i64> {
        self.tickets.wake_at()
    }

    pub(in crate::virtual_centre) fn wake(&mut self, now_ms: i64) {
        self.with_rules(|tickets, rules, actions| tickets.wake(now_ms, rules, actions));
        self.settle(now_ms);
    }

    /// What will happen, since the last time.
    pub(in crate::virtual_centre) fn take_due(&mut self) -> Vec<(i64, Due)> {
        std::mem::take(&mut self.due)
    }

    /// A call has opened a ticket.
    pub(in crate::virtual_centre) fn open(&mut self, now_ms: i64, opened: Opened<'m>) {
        let Opened { caller, agent, found } = opened;
        let ticket = TicketId(self.kept.len() as u64);
        let (kind, opened_ms) = (found.kind, now_ms);
        let (step, works, rings, late) = (0, 0, 0, false);
        self.kept.push(Kept { kind, caller, agent, opened_ms, step, since_ms: now_ms, works, rings, late });
        self.count(ticket, |counts| counts.opened += 1);
        let has_steps = self.spec(ticket).is_some_and(|spec| !spec.steps.is_empty());
        self.tell(now_ms, found.opened(ticket));
        if !has_steps && self.kept(ticket).is_some_and(|kept| kept.works == 0) {
            // No queue has it: only what takes its time by itself is done.
            self.begin(now_ms, ticket, 0, None);
        }
    }

    /// What an agent does has changed.
    pub(in crate::virtual_centre) fn agent(&mut self, now_ms: i64, agent: u32, state: AgentState) {
        let begun = match state {
            AgentState::Ready => self.jobs.ready(agent, now_ms),
            state => self.jobs.busy(agent, state == AgentState::LoggedOut, now_ms),
        };
        self.begun(now_ms, begun);
        self.settle(now_ms);
    }

    /// What was planned happens.
    pub(in crate::virtual_centre) fn happen(&mut self, now_ms: i64, due: TicketDue) {
        match due {
            TicketDue::Worked(agent, piece) => {
                if let Some(ticket) = self.jobs.ended(agent, piece) {
                    self.done(now_ms, ticket);
                }
            }
            TicketDue::Taken(ticket, works) => {
                if self.kept(ticket).is_some_and(|kept| kept.works == works) {
                    self.done(now_ms, ticket);
                }
            }
            TicketDue::Rung(ticket) => {
                let rings = self.kept(ticket).map_or(0, |kept| kept.rings);
                let mut draws = self.draws(ticket, u32::MAX - rings);
                let reached = draws.happens(self.centre.scenario.callers.call_backs.answers);
                self.count(ticket, |counts| counts.reached += u64::from(reached));
                self.tell(now_ms, TicketsEvent::CalledBack { ticket, reached });
            }
        }
    }

    /// The counts of the run, which is over.
    pub(in crate::virtual_centre) fn finish(mut self, now_ms: i64) -> (Vec<TicketCounts>, Vec<Asked>) {
        for (ticket, worked_ms) in self.jobs.worked_ms(now_ms) {
            self.worked(ticket, worked_ms);
        }
        (self.counts, self.sources.asked)
    }

    fn with_rules<T>(
        &mut self,
        act: impl FnOnce(&mut Tickets, &mut dyn TicketRules, &mut Vec<TicketAction>) -> T,
    ) -> T {
        let mut rules = RunRules { core: self.core, sources: &mut self.sources, kept: &self.kept };
        act(&mut self.tickets, &mut rules, &mut self.actions)
    }

    fn tell(&mut self, now_ms: i64, event: TicketsEvent) {
        self.with_rules(|tickets, rules, actions| tickets.handle(now_ms, event, rules, actions));
        self.settle(now_ms);
    }

    /// Does what the tickets want done, until nothing is left.
    fn settle(&mut self, now_ms: i64) {
        while !self.actions.is_empty() {
            for action in std::mem::take(&mut self.actions) {
                self.act(now_ms, action);
            }
        }
    }

    fn act(&mut self, now_ms: i64, action: TicketAction) {
        match action {
            TicketAction::Step { ticket, step, .. } => self.enter(now_ms, ticket, step as usize),
            TicketAction::Assign { ticket, queue } => self.assign(now_ms, ticket, queue),
            TicketAction::Close { ticket, .. } => self.close(now_ms, ticket),
            TicketAction::Escalate { ticket, deadline, .. } => self.escalate(ticket, deadline),
            TicketAction::CallBack { ticket, late, .. } => self.call_back(now_ms, ticket, late),
            TicketAction::Notify { .. } | TicketAction::NoCallBack { .. } | TicketAction::Ignored { .. } => {}
        }
    }

    /// A ticket comes to a step.
    fn enter(&mut self, now_ms: i64, ticket: TicketId, step: usize) {
        self.leave(now_ms, ticket);
        let Some(kept) = self.kept_mut(ticket) else { return };
        (kept.step, kept.since_ms) = (step, now_ms);
        let agent = kept.agent;
        self.count_step(ticket, |counts| counts.entered += 1);
        let queue = self.spec(ticket).and_then(|spec| spec.steps.get(step)).map_or(0, |step| step.queue);
        let whose = if queue == 0 { agent.map(Whose::Agent) } else { Some(Whose::Queue(queue)) };
        self.begin(now_ms, ticket, step, whose);
    }

    /// A queue gets a ticket: whoever serves it works on it, or goes on with it.
    fn assign(&mut self, now_ms: i64, ticket: TicketId, queue: Slot) {
        let whose = Whose::Queue(queue);
        if self.kept(ticket).is_some_and(|kept| kept.works == 0) {
            return self.begin(now_ms, ticket, 0, Some(whose));
        }
        let begun = self.jobs.give(ticket, whose, now_ms);
        begun.into_iter().for_each(|begun| self.begun(now_ms, begun));
    }

    /// The work of a step begins, or waits for somebody. Work of which nobody is to do anything takes its time.
    fn begin(&mut self, now_ms: i64, ticket: TicketId, step: usize, whose: Option<Whose>) {
        let Some(kept) = self.kept_mut(ticket) else { return };
        kept.works += 1;
        let works = kept.works;
        let Some(work) = self.work(ticket, step) else { return };
        let (by, law) = match (&work.time, whose) {
            (Time::Work(law), whose) => (whose, law),
            (Time::Takes(law), _) => (None, law),
        };
        let work_ms = (law.draw(&mut self.draws(ticket, works)).round() as i64).clamp(1, i64::MAX / 4);
        match by {
            Some(whose) => {
                let priority = self.tickets.ticket(ticket).map_or(0, |ticket| ticket.priority);
                let begun = self.jobs.add((ticket, priority), whose, work_ms, now_ms);
                self.begun(now_ms, begun);
            }
            None => self.plan(now_ms.saturating_add(work_ms), TicketDue::Taken(ticket, works)),
        }
    }

    /// An agent takes a ticket in hand, which touches it.
    fn begun(&mut self, now_ms: i64, begun: Option<Begun>) {
        let Some(Begun { agent, ticket, until_ms, piece }) = begun else { return };
        self.plan(until_ms, TicketDue::Worked(agent, piece));
        let touched = TicketsEvent::Happened(ticket, TicketEvent::Touched);
        self.with_rules(|tickets, rules, actions| tickets.handle(now_ms, touched, rules, actions));
    }

    /// The work of a step is done: it is written down, and the ticket goes on.
    fn done(&mut self, now_ms: i64, ticket: TicketId) {
        let Some(kept) = self.kept_mut(ticket) else { return };
        kept.works += 1;
        let (step, works) = (kept.step, kept.works);
        let fields = self.written(ticket, step, works);
        self.put_away(now_ms, ticket);
        // What is written down may move it; where it stays, the step is done, unless nobody finishes it.
        self.tell(now_ms, TicketsEvent::Worked { ticket, fields, done: false });
        let stays = self.kept(ticket).is_some_and(|kept| kept.works == works);
        let ends =
            self.spec(ticket).and_then(|spec| spec.steps.get(step)).is_some_and(|step| step.done.is_some());
        if stays && ends {
            let fields = Answer::default();
            self.tell(now_ms, TicketsEvent::Worked { ticket, fields, done: true });
        }
        if self.spec(ticket).is_some_and(|spec| spec.steps.is_empty()) {
            self.tell(now_ms, TicketsEvent::Happened(ticket, TicketEvent::Closed));
            self.close(now_ms, ticket);
        }
    }

    /// What is written down at the end of a step.
    fn written(&self, ticket: TicketId, step: usize, works: u32) -> Answer {
        let mut answer = Answer::default();
        let Some(work) = self.work(ticket, step) else { return answer };
        let mut draws = self.draws(ticket, works);
        for (field, values) in &work.writes {
            match values.draw(&mut draws) {
                Some(Some(Cell::Slot(slot))) => answer.set(*field, *slot),
                Some(Some(Cell::Text(text))) => answer.set_text(*field, text),
                Some(None) | None => {}
            }
        }
        answer
    }

    /// Nobody works on a ticket any more.
    fn put_away(&mut self, now_ms: i64, ticket: TicketId) {
        let (worked_ms, begun) = self.jobs.remove(ticket, now_ms);
        self.worked(ticket, worked_ms);
        self.begun(now_ms, begun);
    }

    fn worked(&mut self, ticket: TicketId, worked_ms: i64) {
        self.count(ticket, |counts| counts.worked_ms += worked_ms);
        self.count_step(ticket, |counts| counts.worked_ms += worked_ms);
    }

    /// A ticket leaves the step in which it is, if it is in one.
    fn leave(&mut self, now_ms: i64, ticket: TicketId) {
        self.put_away(now_ms, ticket);
        let Some(kept) = self.kept(ticket).filter(|kept| kept.works > 0) else { return };
        let stayed_ms = now_ms.saturating_sub(kept.since_ms);
        self.count_step(ticket, |counts| {
            counts.left += 1;
            counts.stayed_ms += stayed_ms;
        });
    }

    fn close(&mut self, now_ms: i64, ticket: TicketId) {
        self.leave(now_ms, ticket);
        let Some(kept) = self.kept_mut(ticket) else { return };
        kept.works += 1;
        let open_ms = now_ms.saturating_sub(kept.opened_ms);
        self.count(ticket, |counts| {
            counts.closed += 1;
            counts.closed_after_ms.push(open_ms);
        });
    }

    fn escalate(&mut self, ticket: TicketId, deadline: usize) {
        let step = self.spec(ticket).and_then(|spec| spec.deadlines.get(deadline)).and_then(|one| one.step);
        let first = self.kept_mut(ticket).is_some_and(|kept| !std::mem::replace(&mut kept.late, true));
        self.count(ticket, |counts| {
            counts.late += u64::from(first);
            counts.passed.get_mut(deadline).into_iter().for_each(|count| *count += 1);
            let step = step.and_then(|step| counts.steps.get_mut(step as usize));
            step.into_iter().for_each(|step| step.late += 1);
        });
    }

    /// The customer's phone rings.
    fn call_back(&mut self, now_ms: i64, ticket: TicketId, late: bool) {
        let Some(kept) = self.kept_mut(ticket) else { return };
        kept.rings += 1;
        let rings = kept.rings;
        if rings == 1 {
            self.count(ticket, |counts| {
                counts.call_backs += 1;
                counts.called_in_time += u64::from(!late);
            });
        }
        let mut draws = self.draws(ticket, u32::MAX - rings);
        let _picks_up = draws.share();
        let rings_ms = self.centre.scenario.callers.call_backs.rings.draw(&mut draws);
        self.plan(now_ms.saturating_add(rings_ms.round() as i64), TicketDue::Rung(ticket));
    }

    fn plan(&mut self, at_ms: i64, due: TicketDue) {
        self.due.push((at_ms, Due::Ticket(due)));
    }

    fn draws(&self, ticket: TicketId, works: u32) -> Draws {
        let kind = self.kept(ticket).map_or(0, |kept| kept.kind);
        let key = ticket.0 << WORKS_BITS | u64::from(works & ((1 << WORKS_BITS) - 1));
        self.seeds.draws(Purpose::Ticket, kind, key)
    }

    fn kept(&self, ticket: TicketId) -> Option<&Kept<'m>> {
        self.kept.get(usize::try_from(ticket.0).ok()?)
    }

    fn kept_mut(&mut self, ticket: TicketId) -> Option<&mut Kept<'m>> {
        self.kept.get_mut(usize::try_from(ticket.0).ok()?)
    }

    fn spec(&self, ticket: TicketId) -> Option<&'m TicketSpec> {
        self.core.manifest().tickets.get(self.kept(ticket)?.kind as usize)
    }

    fn work(&self, ticket: TicketId, step: usize) -> Option<&'m Work> {
        self.centre.tickets.get(self.kept(ticket)?.kind as usize)?.work.get(step)
    }

    fn count(&mut self, ticket: TicketId, count: impl FnOnce(&mut TicketCounts)) {
        let kind = self.kept(ticket).map(|kept| kept.kind as usize);
        if let Some(counts) = kind.and_then(|kind| self.counts.get_mut(kind)) {
            count(counts);
        }
    }

    fn count_step(&mut self, ticket: TicketId, count: impl FnOnce(&mut StepCounts)) {
        let Some((kind, step)) = self.kept(ticket).map(|kept| (kept.kind as usize, kept.step)) else {
            return;
        };
        if let Some(counts) = self.counts.get_mut(kind).and_then(|counts| counts.steps.get_mut(step)) {
            count(counts);
        }
    }
}
