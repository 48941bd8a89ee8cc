//! One replication: the floor, the callers that are there, and the agenda.

mod agents;
mod contacts;
mod counts;

use tandem_centre::floor::{AgentId, ContactId, Floor, FloorAction, FloorEvent, HangUpReason, Offer, Target};
use tandem_stdlib::contract::Slot;

use super::agenda::{Agenda, Due, Visit};
use super::arrivals::Coming;
use super::caller::Caller;
use super::decide::{Decided, Decider};
use super::model::Centre;
use super::tally::Ended;
use crate::chance::{Purpose, Seeds};
use agents::Agents;
use contacts::{Contact, Contacts, Phase};
pub(super) use counts::Counts;

/// How long after the last arrival callers who are still there are followed: a day, milliseconds.
const DRAIN_MS: i64 = 86_400_000;

/// One replication on its way.
pub(super) struct World<'m> {
    centre: &'m Centre<'m>,
    seeds: Seeds,
    floor: Floor,
    agenda: Agenda,
    decider: Option<Decider<'m>>,
    coming: Vec<Coming<'m>>,
    contacts: Contacts<'m>,
    agents: Agents,
    counts: Counts,
    actions: Vec<FloorAction>,
    now_ms: i64,
}

impl<'m> World<'m> {
    pub(super) fn new(centre: &'m Centre<'m>, replication: u32) -> Self {
        let scenario = centre.scenario;
        let seeds = Seeds::new(scenario.seed, replication);
        let (start_ms, end_ms) = (scenario.start_ms, scenario.end_ms);
        let streams = (0..).zip(&centre.streams);
        let coming =
            streams.map(|(at, one)| Coming::new(&one.stream.arrivals, at, seeds, start_ms, end_ms)).collect();
        Self {
            centre,
            seeds,
            floor: Floor::new(&centre.plan),
            agenda: Agenda::default(),
            decider: centre.core.map(|core| Decider::new(core, scenario.detector)),
            coming,
            contacts: Contacts::default(),
            agents: Agents::new(centre),
            counts: Counts::new(centre),
            actions: Vec::new(),
            now_ms: start_ms,
        }
    }

    /// Runs to the end: nobody comes any more and nobody is left, or a day later.
    pub(super) fn run(mut self) -> Counts {
        self.begin();
        let (end_ms, limit_ms) = (self.centre.scenario.end_ms, self.centre.scenario.end_ms + DRAIN_MS);
        loop {
            let planned = self.agenda.next_ms();
            let own = self.floor.wake_at();
            let Some(next_ms) = planned.into_iter().chain(own).min().filter(|next_ms| *next_ms <= limit_ms)
            else {
                break;
            };
            self.now_ms = self.now_ms.max(next_ms);
            if self.now_ms >= end_ms && self.contacts.is_empty() {
                break;
            }
            if planned.is_some_and(|planned| planned <= next_ms) {
                if let Some((_, due)) = self.agenda.take() {
                    self.happen(due);
                }
            } else {
                self.floor.wake(self.now_ms, &mut self.actions);
            }
            self.act();
        }
        self.finish()
    }

    fn begin(&mut self) {
        for group in 0..self.centre.groups.len() {
            self.agenda.plan(self.now_ms, Due::Roster(u32::try_from(group).unwrap_or(u32::MAX)));
        }
        for stream in 0..self.coming.len() {
            self.plan_arrival(stream);
        }
    }

    fn finish(mut self) -> Counts {
        self.agents.close(self.now_ms, &mut self.counts, self.centre);
        self.counts.close(self.now_ms, &self.centre.spans);
        self.counts.unfinished = self.contacts.len() as u64;
        self.counts
    }

    fn plan_arrival(&mut self, stream: usize) {
        if let Some(at_ms) = self.coming.get_mut(stream).and_then(Coming::next_ms) {
            self.agenda.plan(at_ms, Due::Arrival(u32::try_from(stream).unwrap_or(u32::MAX)));
        }
    }

    fn happen(&mut self, due: Due) {
        match due {
            Due::Roster(group) => self.roster(group),
            Due::Arrival(stream) => self.arrive(stream),
            Due::Patience(visit) => self.lose_patience(visit),
            Due::Answer(visit, ringing) => self.answer(visit, ringing),
            Due::TalkEnds(visit) => self.end_talk(visit),
            Due::WrapUpEnds(agent) => {
                // Who has gone home or on a break meanwhile has ended it already.
                if self.agents.ends_wrap_up(agent, self.now_ms) {
                    self.tell(FloorEvent::WrapUpDone(AgentId(agent)));
                }
            }
            Due::ServedByMachine(visit) => self.leave_machine(visit),
            Due::CalledBack(visit) => {
                if self.contacts.visit(visit).is_some() {
                    self.tell(FloorEvent::CallbackReached(ContactId(visit.contact)));
                }
            }
        }
    }

    fn tell(&mut self, event: FloorEvent) {
        self.floor.handle(self.now_ms, event, &mut self.actions);
    }

    /// A group of agents comes, goes, or takes a break.
    fn roster(&mut self, group: u32) {
        let Some(of_group) = self.centre.groups.get(group as usize) else { return };
        let (working, next_ms) = agents::working(of_group.group, self.now_ms);
        for agent in of_group.agents.clone() {
            for event in self.agents.change(agent, working) {
                self.floor.handle(self.now_ms, event, &mut self.actions);
            }
        }
        if let Some(next_ms) = next_ms {
            self.agenda.plan(next_ms, Due::Roster(group));
        }
    }

    fn arrive(&mut self, stream: u32) {
        let Some(of_stream) = self.centre.streams.get(stream as usize) else { return };
        let number = self.coming.get(stream as usize).map_or(0, |coming| coming.count);
        self.plan_arrival(stream as usize);
        let caller = Caller::draw(&of_stream.facts, stream, number, self.seeds);
        let plain = Decided { queue: of_stream.queue, ..Decided::default() };
        let decided = match &mut self.decider {
            Some(decider) => decider.decide(&caller, self.now_ms, self.seeds),
            None => plain,
        };
        self.counts.calls += 1;
        let Some(queue) = decided.queue.or(plain.queue) else {
            self.counts.unrouted += 1;
            return;
        };
        let visit = self.contacts.add(Contact::new(caller, decided, self.now_ms));
        self.enter(visit, queue);
    }

    /// A contact comes to a queue: of a machine, or of agents.
    fn enter(&mut self, visit: Visit, queue: Slot) {
        let place = usize::try_from(queue).unwrap_or_default().wrapping_sub(1);
        let machine = self.centre.machines.get(place).copied().flatten();
        let Some(contact) = self.contacts.visit(visit) else { return };
        contact.queue = queue;
        contact.queued_ms = self.now_ms;
        let (stream, number) = (contact.caller.stream, contact.caller.number);
        if let Some((machine, _)) = machine {
            contact.phase = Phase::Machine;
            let mut draws = self.seeds.draws(Purpose::Outcome, stream, number);
            contact.contained = draws.happens(machine.contains);
            let takes_ms = whole_ms(machine.takes.draw(&mut draws));
            self.agenda.plan(self.now_ms.saturating_add(takes_ms), Due::ServedByMachine(visit));
            return;
        }
        contact.phase = Phase::Waiting;
        let offer = Offer {
            priority: contact.decided.priority,
            score: contact.decided.score,
            ..Offer::new(ContactId(visit.contact), queue)
        };
        let patience = self.centre.streams.get(stream as usize).map(|one| &one.stream.patience);
        let patience_ms = patience.map_or(f64::INFINITY, |law| {
            law.draw(&mut self.seeds.draws(Purpose::Patience, stream, of_visit(number, visit.number)))
        });
        if patience_ms.is_finite() {
            let until_ms = self.now_ms.saturating_add(whole_ms(patience_ms));
            self.agenda.plan(until_ms, Due::Patience(visit));
        }
        self.tell(FloorEvent::Offer(Box::new(offer)));
    }

    fn leave_machine(&mut self, visit: Visit) {
        let Some(contact) = self.contacts.visit(visit) else { return };
        let (contained, queue) = (contact.contained, contact.queue);
        self.counts.machine(self.centre, contact, contained);
        let place = usize::try_from(queue).unwrap_or_default().wrapping_sub(1);
        let otherwise =
            self.centre.machines.get(place).copied().flatten().and_then(|(_, otherwise)| otherwise);
        match otherwise.filter(|to| !contained && *to != queue) {
            Some(to) => {
                let visit = self.contacts.next_visit(visit);
                self.enter(visit, to);
            }
            None => self.contacts.remove(visit.contact),
        }
    }

    fn lose_patience(&mut self, visit: Visit) {
        let waits = |contact: &mut Contact<'m>| matches!(contact.phase, Phase::Waiting | Phase::Ringing(_));
        if self.contacts.visit(visit).is_some_and(waits) {
            self.end_visit(visit.contact, Ended::Abandoned);
            self.contacts.remove(visit.contact);
            self.tell(FloorEvent::Ended(ContactId(visit.contact)));
        }
    }

    fn answer(&mut self, visit: Visit, ringing: u32) {
        let Some(contact) = self.contacts.visit(visit) else { return };
        if let Phase::Ringing(agent) = contact.phase
            && contact.ringings == ringing
        {
            self.tell(FloorEvent::Answered { agent: AgentId(agent), contact: ContactId(visit.contact) });
        }
    }

    fn end_talk(&mut self, visit: Visit) {
        let Some(contact) = self.contacts.visit(visit) else { return };
        let Phase::Talking(agent) = contact.phase else { return };
        let (after_call_ms, transfer) = (contact.after_call_ms, contact.transfer);
        self.counts.conversation(self.centre, contact);
        let id = ContactId(visit.contact);
        match transfer {
            Some(queue) => {
                let visit = self.contacts.next_visit(visit);
                if let Some(contact) = self.contacts.visit(visit) {
                    (contact.queue, contact.queued_ms, contact.phase) = (queue, self.now_ms, Phase::Waiting);
                }
                self.tell(FloorEvent::Transfer { contact: id, to: Target::Queue(queue) });
            }
            None => {
                self.contacts.remove(visit.contact);
                self.tell(FloorEvent::Ended(id));
            }
        }
        match after_call_ms {
            0 => self.tell(FloorEvent::WrapUpDone(AgentId(agent))),
            _ => {
                let until_ms = self.now_ms.saturating_add(after_call_ms);
                self.agents.begin_wrap_up(agent, until_ms);
                self.agenda.plan(until_ms, Due::WrapUpEnds(agent));
            }
        }
    }

    /// Does what the floor wants done, and what follows from it.
    fn act(&mut self) {
        while !self.actions.is_empty() {
            let mut actions = std::mem::take(&mut self.actions);
            for action in actions.drain(..) {
                self.act_on(action);
            }
            if self.actions.is_empty() {
                // The allocation is kept.
                self.actions = actions;
            }
        }
    }

    fn act_on(&mut self, action: FloorAction) {
        let now_ms = self.now_ms;
        match action {
            FloorAction::Queued { contact, .. } if self.is_full() => {
                self.end_visit(contact.0, Ended::Blocked);
                self.contacts.remove(contact.0);
                self.tell(FloorEvent::Ended(contact));
            }
            FloorAction::Queued { contact, queue } | FloorAction::Requeue { contact, queue } => {
                if let Some(contact) = self.contacts.get(contact.0) {
                    contact.phase = Phase::Waiting;
                    self.counts.waits(contact, queue, now_ms, &self.centre.spans);
                }
            }
            FloorAction::Ring { agent, contact, .. } => self.ring(agent.0, contact.0),
            FloorAction::StopRinging { contact, .. } => {
                if let Some(contact) = self.contacts.get(contact.0) {
                    contact.phase = Phase::Waiting;
                }
            }
            FloorAction::Connect { agent, contact, queue } => self.connect(agent.0, contact.0, queue),
            FloorAction::Overflow { contact, from, to } => {
                if let Some(contact) = self.contacts.get(contact.0) {
                    contact.queue = to;
                    self.counts.overflowed(self.centre, contact, from, to, now_ms);
                }
            }
            FloorAction::Reject { contact, .. } => {
                self.end_visit(contact.0, Ended::Blocked);
                self.contacts.remove(contact.0);
            }
            FloorAction::HangUp { contact, because } => {
                let waits =
                    self.contacts.get(contact.0).is_some_and(|contact| contact.phase == Phase::Waiting);
                if waits && because != HangUpReason::ConsultationOver {
                    self.end_visit(contact.0, Ended::TimedOut);
                }
                self.contacts.remove(contact.0);
            }
            FloorAction::Agent { agent, state } => {
                self.agents.show(agent.0, state, now_ms, &mut self.counts, self.centre);
            }
            FloorAction::StartCallback { contact, .. } => {
                if let Some(visit) = self.contacts.visit_of(contact.0) {
                    self.agenda.plan(now_ms, Due::CalledBack(visit));
                }
            }
            FloorAction::Ignored(_) => self.counts.ignored += 1,
            FloorAction::StopCallback { .. }
            | FloorAction::OfferCallback { .. }
            | FloorAction::Play { .. }
            | FloorAction::AnnounceWait { .. } => {}
        }
    }

    /// Whether the waiting places of all queues together are taken.
    fn is_full(&self) -> bool {
        self.centre.scenario.places.is_some_and(|places| self.counts.waiting() >= places)
    }

    fn ring(&mut self, agent: u32, id: u64) {
        let group = self.agents.group(agent);
        let Some(group) = self.centre.groups.get(group).map(|one| one.group) else { return };
        let Some(visit) = self.contacts.visit_of(id) else { return };
        let Some(contact) = self.contacts.get(id) else { return };
        contact.phase = Phase::Ringing(agent);
        contact.ringings += 1;
        let ringings = contact.ringings;
        let key = of_visit(contact.caller.number, visit.number << 16 | ringings);
        let mut draws = self.seeds.draws(Purpose::Ringing, contact.caller.stream, key);
        if !draws.happens(group.no_answer) {
            let rings_ms = group.ring.as_ref().map_or(0, |law| whole_ms(law.draw(&mut draws)));
            self.agenda.plan(self.now_ms.saturating_add(rings_ms), Due::Answer(visit, ringings));
        }
    }

    fn connect(&mut self, agent: u32, id: u64, queue: Slot) {
        let Some(visit) = self.contacts.visit_of(id) else { return };
        if let Some(contact) = self.contacts.get(id) {
            contact.queue = queue;
        }
        self.end_visit(id, Ended::Answered);
        let Some(contact) = self.contacts.get(id) else { return };
        let key = of_visit(contact.caller.number, visit.number);
        let mut draws = self.seeds.draws(Purpose::Handling, contact.caller.stream, key);
        let intent = contact.caller.intent.map(|value| value.word.as_str());
        let rule = self.centre.handling.iter().find(|(of_queue, _, rule)| {
            of_queue.is_none_or(|of| of == queue)
                && (rule.intent.is_none() || rule.intent.as_deref() == intent)
        });
        let Some((_, transfer, rule)) = rule else { return };
        contact.phase = Phase::Talking(agent);
        contact.talk_ms = whole_ms(rule.talk.draw(&mut draws)).max(1);
        contact.after_call_ms = whole_ms(rule.after_call.draw(&mut draws));
        let moves = rule.transfer.as_ref().is_some_and(|(share, _)| draws.happens(*share));
        contact.transfer = transfer.filter(|to| moves && *to != queue);
        self.agenda.plan(self.now_ms.saturating_add(contact.talk_ms), Due::TalkEnds(visit));
    }

    fn end_visit(&mut self, id: u64, ended: Ended) {
        if let Some(contact) = self.contacts.get(id) {
            self.counts.ended(self.centre, contact, ended, self.now_ms);
        }
    }
}

/// The number of a caller's visit as generators are keyed by it.
const fn of_visit(number: u64, visit: u32) -> u64 {
    number | (visit as u64) << 40
}

/// Whole milliseconds; a time beyond all runs where it does not end.
fn whole_ms(ms: f64) -> i64 {
    (ms.round() as i64).clamp(0, i64::MAX / 4)
}
