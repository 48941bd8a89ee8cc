//! All tickets of a policy.

use std::collections::{BTreeMap, BTreeSet};

use tandem_stdlib::contract::{Manifest, Slot, TicketEvent, TicketGoal, TicketNotice, TicketSpec};
use tandem_stdlib::words::Calendar;

use super::action::{Ignored, MovedBy, TicketAction};
use super::event::{Classified, TicketId, TicketsEvent};
use super::limits::{MAX_TICKETS, REOPENED_WITHIN_MS};
use super::open_time::after_open;
use super::rules::TicketRules;
use super::state::{CallBackState, Customer, Ticket};
use super::tally::TicketTally;
use crate::Answer;
use crate::calling::{CallingTimes, ZonesOf};
use crate::error::CoreError;

/// What becomes due for a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Due {
    /// A deadline of its kind passes.
    Deadline(usize),
    /// The customer is called back.
    CallBack,
    /// It is forgotten.
    Forget,
}

/// A kind of ticket made ready.
pub(super) struct Kind {
    pub(super) spec: TicketSpec,
    pub(super) times: Option<CallingTimes>,
    pub(super) tally: TicketTally,
}

/// Whom tickets ask and tell.
pub(super) struct Host<'h> {
    pub(super) rules: &'h mut dyn TicketRules,
    pub(super) out: &'h mut Vec<TicketAction>,
}

/// Keeps tickets and their deadlines.
///
/// # The one-mutation contract
///
/// State changes only inside [`handle`](Self::handle) and [`wake`](Self::wake). Each does everything that is due until
/// `now_ms` (milliseconds since the Unix epoch), appends what is to be done to `out`, and returns. A host that is late
/// changes when it learns of a deadline, never which one passed: events count at the moment at which they are told, after
/// what was due before. An event at the very moment of its deadline is in time.
pub struct Tickets {
    pub(super) kinds: Vec<Kind>,
    calendars: Vec<Calendar>,
    pub(super) tickets: BTreeMap<TicketId, Ticket>,
    pub(super) due: BTreeSet<(i64, TicketId, Due)>,
}

impl Tickets {
    /// Makes the kinds of tickets of a policy ready.
    ///
    /// # Errors
    /// When a calendar or calling hours cannot be evaluated.
    pub fn new(manifest: &Manifest, zones_of: ZonesOf) -> Result<Self, CoreError> {
        let calendars = manifest.calendars.iter().map(|spec| {
            let named = |problem| CoreError::Calendar { name: spec.name.clone(), problem };
            Calendar::new(spec).map_err(|error| named(error.to_string()))
        });
        let kinds = manifest.tickets.iter().map(|spec| {
            let hours = spec.call_back.as_ref().map(|call_back| &call_back.hours);
            let times =
                hours.map(|hours| CallingTimes::new(hours, &manifest.calendars, zones_of)).transpose()?;
            Ok(Kind { spec: spec.clone(), times, tally: TicketTally::default() })
        });
        Ok(Self {
            kinds: kinds.collect::<Result<_, _>>()?,
            calendars: calendars.collect::<Result<_, _>>()?,
            tickets: BTreeMap::new(),
            due: BTreeSet::new(),
        })
    }

    /// Takes an event: first everything that was due before it, then the event.
    pub fn handle(
        &mut self,
        now_ms: i64,
        event: TicketsEvent,
        rules: &mut dyn TicketRules,
        out: &mut Vec<TicketAction>,
    ) {
        let host = &mut Host { rules, out };
        self.run_due(now_ms.saturating_sub(1), host);
        match event {
            TicketsEvent::Open { ticket, kind, number, language, classified, fields } => {
                let customer = Customer { number, language };
                match self.open(now_ms, ticket, kind, (customer, fields), classified, host) {
                    Ok(()) => {}
                    Err(because) => host.out.push(TicketAction::Ignored { ticket, because }),
                }
            }
            TicketsEvent::Assign(ticket, queue) if self.is_open(ticket) => {
                self.assign(now_ms, ticket, queue, host)
            }
            TicketsEvent::Worked { ticket, fields, done } if self.is_open(ticket) => {
                self.worked(now_ms, ticket, &fields, done, host);
            }
            TicketsEvent::Happened(ticket, TicketEvent::Touched) if self.is_open(ticket) => {
                self.worked(now_ms, ticket, &Answer::default(), false, host);
            }
            TicketsEvent::Happened(ticket, event) if self.may_happen(ticket, event) => {
                self.happen(now_ms, ticket, event, host);
            }
            TicketsEvent::CalledBack { ticket, reached } => {
                self.called_back(now_ms, ticket, reached, host.out)
            }
            TicketsEvent::Assign(ticket, _)
            | TicketsEvent::Worked { ticket, .. }
            | TicketsEvent::Happened(ticket, _) => {
                let known = self.tickets.contains_key(&ticket);
                let because = if known { Ignored::NotNow } else { Ignored::Unknown };
                host.out.push(TicketAction::Ignored { ticket, because });
            }
        }
        self.run_due(now_ms, host);
    }

    /// Does everything that is due until now.
    pub fn wake(&mut self, now_ms: i64, rules: &mut dyn TicketRules, out: &mut Vec<TicketAction>) {
        self.run_due(now_ms, &mut Host { rules, out });
    }

    /// When something is due next, milliseconds since the Unix epoch.
    #[must_use]
    pub fn wake_at(&self) -> Option<i64> {
        self.due.first().map(|(at_ms, ..)| *at_ms)
    }

    /// What was counted of a kind (index in the manifest).
    #[must_use]
    pub fn tally(&self, kind: u32) -> Option<&TicketTally> {
        self.kinds.get(kind as usize).map(|kind| &kind.tally)
    }

    /// The queue that has a ticket (slot) and its priority.
    #[must_use]
    pub fn ticket(&self, ticket: TicketId) -> Option<Classified> {
        self.tickets.get(&ticket).map(|ticket| Classified { priority: ticket.priority, queue: ticket.queue })
    }

    fn is_open(&self, ticket: TicketId) -> bool {
        self.tickets.get(&ticket).is_some_and(|ticket| ticket.closed_ms.is_none())
    }

    fn may_happen(&self, ticket: TicketId, event: TicketEvent) -> bool {
        let closed = self.tickets.get(&ticket).map(|ticket| ticket.closed_ms.is_some());
        match event {
            TicketEvent::Opened | TicketEvent::Assigned | TicketEvent::Done => false,
            TicketEvent::Reopened => closed == Some(true),
            TicketEvent::Touched | TicketEvent::Escalated | TicketEvent::Closed => closed == Some(false),
        }
    }

    fn open(
        &mut self,
        now_ms: i64,
        id: TicketId,
        kind: u32,
        (customer, fields): (Customer, Answer),
        classified: Classified,
        host: &mut Host<'_>,
    ) -> Result<(), Ignored> {
        let spec = self.kinds.get(kind as usize).map(|kind| &kind.spec).ok_or(Ignored::NoSuchKind)?;
        if self.tickets.contains_key(&id) {
            return Err(Ignored::Known);
        }
        if self.tickets.len() >= MAX_TICKETS {
            return Err(Ignored::Full);
        }
        let queue = if spec.assign == 0 { classified.queue } else { spec.assign };
        let ticket = Ticket {
            id,
            kind,
            customer,
            priority: classified.priority,
            queue: 0,
            opened_ms: now_ms,
            touched_ms: now_ms,
            closed_ms: None,
            deadlines: vec![None; spec.deadlines.len()],
            call_back: CallBackState::None,
            fields,
            step: None,
            steps_taken: 0,
            queued_ms: None,
        };
        let flows = !spec.steps.is_empty();
        self.tickets.insert(id, ticket);
        self.arm_all(now_ms, id, None);
        self.tell(now_ms, id, TicketEvent::Opened, host);
        if flows {
            self.go(now_ms, id, TicketGoal::Step(0), MovedBy::Opened, host);
            return Ok(());
        }
        if queue != 0 {
            self.assign(now_ms, id, queue, host);
        }
        Ok(())
    }

    pub(super) fn assign(&mut self, now_ms: i64, id: TicketId, queue: Slot, host: &mut Host<'_>) {
        if self.tickets.get(&id).is_some_and(|ticket| ticket.queue != queue) {
            self.leave_queue(now_ms, id);
        }
        if let Some(ticket) = self.tickets.get_mut(&id) {
            ticket.queue = queue;
            ticket.queued_ms = ticket.queued_ms.or(Some(now_ms));
            host.out.push(TicketAction::Assign { ticket: id, queue });
            self.happen(now_ms, id, TicketEvent::Assigned, host);
        }
    }

    /// Something has happened: deadlines that waited for it are met, and those who want to know are told.
    pub(super) fn happen(&mut self, now_ms: i64, id: TicketId, event: TicketEvent, host: &mut Host<'_>) {
        self.meet(now_ms, id, event);
        if event == TicketEvent::Closed {
            self.leave_queue(now_ms, id);
            self.leave_step(now_ms, id);
        }
        let Some(ticket) = self.tickets.get_mut(&id) else { return };
        match event {
            TicketEvent::Touched | TicketEvent::Done => ticket.touched_ms = now_ms,
            TicketEvent::Closed => {
                ticket.closed_ms = Some(now_ms);
                let open_ms = now_ms.saturating_sub(ticket.opened_ms);
                if let Some(kind) = self.kinds.get_mut(ticket.kind as usize) {
                    kind.tally.closed_after_ms = kind.tally.closed_after_ms.saturating_add(open_ms);
                }
                self.disarm_all(id);
                self.due.insert((now_ms.saturating_add(REOPENED_WITHIN_MS), id, Due::Forget));
            }
            TicketEvent::Reopened => {
                if let Some(closed_ms) = ticket.closed_ms.take() {
                    self.due.remove(&(closed_ms.saturating_add(REOPENED_WITHIN_MS), id, Due::Forget));
                }
                // A ticket with steps begins anew with its first one, and is with nobody before.
                let flows =
                    self.kinds.get(ticket.kind as usize).is_some_and(|kind| !kind.spec.steps.is_empty());
                ticket.queued_ms = (ticket.queue != 0 && !flows).then_some(now_ms);
                self.cancel_call_back(id);
                self.arm_all(now_ms, id, None);
            }
            TicketEvent::Opened | TicketEvent::Assigned | TicketEvent::Escalated => {}
        }
        self.tell(now_ms, id, event, host);
        match event {
            TicketEvent::Closed => self.plan_call_back(now_ms, id, host.out),
            TicketEvent::Reopened if self.flows(id) => {
                self.go(now_ms, id, TicketGoal::Step(0), MovedBy::Opened, host);
            }
            _ => {}
        }
    }

    /// Counts an event and tells those who want to know.
    fn tell(&mut self, now_ms: i64, id: TicketId, event: TicketEvent, host: &mut Host<'_>) {
        let Some(ticket) = self.tickets.get(&id) else { return };
        let Some(kind) = self.kinds.get_mut(ticket.kind as usize) else { return };
        let times = kind.tally.events.entry(event).or_default();
        *times = times.saturating_add(1);
        self.notify(now_ms, id, Some(event), host);
    }

    /// Tells those who want to know of an event, or (`None`) that the ticket's step begins.
    pub(super) fn notify(&self, now_ms: i64, id: TicketId, when: Option<TicketEvent>, host: &mut Host<'_>) {
        let Some(ticket) = self.tickets.get(&id) else { return };
        let Some(kind) = self.kinds.get(ticket.kind as usize) else { return };
        let step = ticket.step.map(|(step, _)| step);
        let meant =
            |notice: &TicketNotice| notice.when == when && notice.step.is_none_or(|of| Some(of) == step);
        for (index, notice) in kind.spec.notices.iter().enumerate().filter(|(_, notice)| meant(notice)) {
            let text = host.rules.words(&notice.speech, ticket.considered(now_ms));
            host.out.push(TicketAction::Notify { ticket: id, notice: index, text });
        }
    }

    /// The deadlines of a ticket that count in a step begin, or (`None`) those that count all the time.
    pub(super) fn arm_all(&mut self, now_ms: i64, id: TicketId, step: Option<u32>) {
        self.deadlines_of(id, step).into_iter().for_each(|deadline| self.arm(now_ms, id, deadline));
    }

    /// Those of a step end.
    pub(super) fn disarm_step(&mut self, id: TicketId, step: u32) {
        self.deadlines_of(id, Some(step)).into_iter().for_each(|deadline| self.disarm(id, deadline));
    }

    fn deadlines_of(&self, id: TicketId, step: Option<u32>) -> Vec<usize> {
        let kind = self.tickets.get(&id).and_then(|ticket| self.kinds.get(ticket.kind as usize));
        let all = kind.into_iter().flat_map(|kind| kind.spec.deadlines.iter().enumerate());
        all.filter(|(_, deadline)| deadline.step == step).map(|(index, _)| index).collect()
    }

    fn arm(&mut self, now_ms: i64, id: TicketId, deadline: usize) {
        self.disarm(id, deadline);
        let Some(ticket) = self.tickets.get_mut(&id) else { return };
        let spec = self.kinds.get(ticket.kind as usize).and_then(|kind| kind.spec.deadlines.get(deadline));
        let (Some(spec), Some(place)) = (spec, ticket.deadlines.get_mut(deadline)) else { return };
        let calendar = spec.calendar.and_then(|calendar| self.calendars.get(calendar as usize));
        let due_ms = after_open(calendar, now_ms, spec.within_ms.max(1));
        *place = Some(due_ms);
        self.due.insert((due_ms, id, Due::Deadline(deadline)));
    }

    fn disarm(&mut self, id: TicketId, deadline: usize) {
        let place = self.tickets.get_mut(&id).and_then(|ticket| ticket.deadlines.get_mut(deadline));
        if let Some(due_ms) = place.and_then(Option::take) {
            self.due.remove(&(due_ms, id, Due::Deadline(deadline)));
        }
    }

    fn disarm_all(&mut self, id: TicketId) {
        let count = self.tickets.get(&id).map_or(0, |ticket| ticket.deadlines.len());
        (0..count).for_each(|deadline| self.disarm(id, deadline));
    }

    /// Deadlines that wait for this event are met; those that repeat begin anew.
    fn meet(&mut self, now_ms: i64, id: TicketId, event: TicketEvent) {
        let kind = self.tickets.get(&id).and_then(|ticket| self.kinds.get(ticket.kind as usize));
        let Some(kind) = kind else { return };
        let waited = kind.spec.deadlines.iter().enumerate().filter(|(_, deadline)| deadline.unless == event);
        let waited: Vec<(usize, bool)> = waited.map(|(index, deadline)| (index, deadline.repeats)).collect();
        for (deadline, repeats) in waited {
            // A deadline of another step does not count now, so that it does not begin anew either.
            if repeats && self.counts(id, deadline) {
                self.arm(now_ms, id, deadline)
            } else {
                self.disarm(id, deadline)
            }
        }
    }

    fn run_due(&mut self, now_ms: i64, host: &mut Host<'_>) {
        while let Some((at_ms, id, due)) = self.due.first().copied().filter(|(at_ms, ..)| *at_ms <= now_ms) {
            self.due.pop_first();
            match due {
                Due::Deadline(deadline) => self.pass(at_ms, id, deadline, host),
                Due::CallBack => self.call_back_due(at_ms, id, host.out),
                Due::Forget => drop(self.tickets.remove(&id)),
            }
        }
    }

    /// A deadline has passed.
    fn pass(&mut self, due_ms: i64, id: TicketId, deadline: usize, host: &mut Host<'_>) {
        let Some(ticket) = self.tickets.get_mut(&id) else { return };
        if let Some(place) = ticket.deadlines.get_mut(deadline) {
            *place = None;
        }
        let spec = self.kinds.get(ticket.kind as usize).and_then(|kind| kind.spec.deadlines.get(deadline));
        let Some(spec) = spec else { return };
        let considered = ticket.considered(due_ms);
        if spec.when.is_some_and(|condition| host.rules.outcome(condition, considered).is_none()) {
            return;
        }
        let (role, queue, goal) = (spec.escalate_to, spec.reassign_to, spec.goes_to);
        host.out.push(TicketAction::Escalate { ticket: id, deadline, role, due_ms });
        self.happen(due_ms, id, TicketEvent::Escalated, host);
        if queue != 0 {
            self.assign(due_ms, id, queue, host);
        }
        if let Some(goal) = goal {
            self.go(due_ms, id, goal, MovedBy::Deadline(deadline), host);
        }
    }
}
