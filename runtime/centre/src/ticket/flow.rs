//! A ticket's way through its steps.
//!
//! A ticket that has steps is in one of them while it is open. Rules move it when somebody has finished the step, as soon as
//! something that was written down makes them hold, or when a deadline passes. For one event it comes to each step once at
//! most: rules that hold in a circle leave it where the circle closes, and say so.

use tandem_stdlib::contract::{TicketEvent, TicketGoal, TicketMoves, TicketStep};

use super::action::{Ignored, MovedBy, TicketAction};
use super::engine::{Host, Tickets};
use super::event::TicketId;
use super::limits::MAX_STEPS_TAKEN;
use super::state::Ticket;
use crate::Answer;

impl Tickets {
    /// Somebody has worked on a ticket, and perhaps finished its step.
    pub(super) fn worked(
        &mut self,
        now_ms: i64,
        id: TicketId,
        fields: &Answer,
        done: bool,
        host: &mut Host<'_>,
    ) {
        let Some(ticket) = self.tickets.get_mut(&id) else { return };
        let count = self.kinds.get(ticket.kind as usize).map_or(0, |kind| kind.spec.fields.len());
        ticket.fields = written(&ticket.fields, fields, count);
        self.happen(now_ms, id, TicketEvent::Touched, host);
        match done.then(|| self.finished(now_ms, id, host)) {
            Some(Ok((goal, by))) => {
                self.happen(now_ms, id, TicketEvent::Done, host);
                return self.go(now_ms, id, goal, by, host);
            }
            Some(Err(because)) => host.out.push(TicketAction::Ignored { ticket: id, because }),
            None => {}
        }
        // What was written down counts, whether the step is finished or not.
        if let Some((goal, by)) = self.at_once(now_ms, id, host) {
            self.go(now_ms, id, goal, by, host);
        }
    }

    /// Where a ticket goes whose step is finished.
    fn finished(
        &self,
        now_ms: i64,
        id: TicketId,
        host: &mut Host<'_>,
    ) -> Result<(TicketGoal, MovedBy), Ignored> {
        let (ticket, step) = self.step_of(id).ok_or(Ignored::NoStep)?;
        let is_written = |field: &u32| is_written(&ticket.fields, *field as usize);
        let moves = step.done.as_ref().ok_or(Ignored::NoStep)?;
        if !step.needs.iter().all(is_written) {
            return Err(Ignored::FieldMissing);
        }
        // `check` has seen to it that some rule holds.
        decided(moves, ticket, now_ms, host).ok_or(Ignored::NoStep)
    }

    /// Where a ticket goes although its step is not finished.
    fn at_once(&self, now_ms: i64, id: TicketId, host: &mut Host<'_>) -> Option<(TicketGoal, MovedBy)> {
        let (ticket, step) = self.step_of(id)?;
        decided(step.at_once.as_ref()?, ticket, now_ms, host)
    }

    /// Moves a ticket, and on from there as long as rules hold.
    pub(super) fn go(
        &mut self,
        now_ms: i64,
        id: TicketId,
        goal: TicketGoal,
        by: MovedBy,
        host: &mut Host<'_>,
    ) {
        let (mut next, mut entered) = (Some((goal, by)), Vec::new());
        while let Some((goal, by)) = next {
            let TicketGoal::Step(step) = goal else {
                host.out.push(TicketAction::Close { ticket: id, by });
                return self.happen(now_ms, id, TicketEvent::Closed, host);
            };
            let taken = self.tickets.get(&id).map_or(0, |ticket| ticket.steps_taken);
            if entered.contains(&step) || taken >= MAX_STEPS_TAKEN {
                host.out.push(TicketAction::Ignored { ticket: id, because: Ignored::Circle });
                return;
            }
            entered.push(step);
            self.enter(now_ms, id, step, by, host);
            next = self.at_once(now_ms, id, host);
        }
    }

    fn enter(&mut self, now_ms: i64, id: TicketId, step: u32, by: MovedBy, host: &mut Host<'_>) {
        self.leave_step(now_ms, id);
        let Some(ticket) = self.tickets.get_mut(&id) else { return };
        ticket.step = Some((step, now_ms));
        ticket.steps_taken = ticket.steps_taken.saturating_add(1);
        host.out.push(TicketAction::Step { ticket: id, step, by });
        self.arm_all(now_ms, id, Some(step));
        match self.step_of(id).map(|(_, step)| step.queue) {
            Some(0) => self.give_to_agent(now_ms, id),
            Some(queue) => self.assign(now_ms, id, queue, host),
            None => {}
        }
        self.notify(now_ms, id, None, host);
    }

    /// The agent of the call has the ticket, and no queue.
    fn give_to_agent(&mut self, now_ms: i64, id: TicketId) {
        self.leave_queue(now_ms, id);
        if let Some(ticket) = self.tickets.get_mut(&id) {
            ticket.queue = 0;
        }
    }

    /// What is written down in a ticket's fields.
    #[must_use]
    pub fn fields(&self, ticket: TicketId) -> Option<&Answer> {
        self.tickets.get(&ticket).map(|ticket| &ticket.fields)
    }

    /// Counts how long a ticket was in its step, whose deadlines end.
    pub(super) fn leave_step(&mut self, now_ms: i64, id: TicketId) {
        let Some(ticket) = self.tickets.get_mut(&id) else { return };
        let Some((step, since_ms)) = ticket.step.take() else { return };
        if let Some(kind) = self.kinds.get_mut(ticket.kind as usize) {
            kind.tally.steps.entry(step).or_default().add(now_ms.saturating_sub(since_ms));
        }
        self.disarm_step(id, step);
    }

    /// Counts how long a ticket was with its queue.
    pub(super) fn leave_queue(&mut self, now_ms: i64, id: TicketId) {
        let Some(ticket) = self.tickets.get_mut(&id) else { return };
        let Some(since_ms) = ticket.queued_ms.take() else { return };
        if let Some(kind) = self.kinds.get_mut(ticket.kind as usize) {
            kind.tally.queues.entry(ticket.queue).or_default().add(now_ms.saturating_sub(since_ms));
        }
    }

    /// Whether tickets of this one's kind have steps.
    pub(super) fn flows(&self, id: TicketId) -> bool {
        let kind = self.tickets.get(&id).and_then(|ticket| self.kinds.get(ticket.kind as usize));
        kind.is_some_and(|kind| !kind.spec.steps.is_empty())
    }

    /// Whether a deadline counts now: it is of no step, or of the one in which the ticket is.
    pub(super) fn counts(&self, id: TicketId, deadline: usize) -> bool {
        let Some(ticket) = self.tickets.get(&id) else { return false };
        let kind = self.kinds.get(ticket.kind as usize);
        let of = kind.and_then(|kind| kind.spec.deadlines.get(deadline)).and_then(|deadline| deadline.step);
        of.is_none_or(|of| ticket.step.is_some_and(|(step, _)| step == of))
    }

    /// The step in which a ticket is (index), if its kind has steps and it is open.
    #[must_use]
    pub fn step(&self, ticket: TicketId) -> Option<u32> {
        self.tickets.get(&ticket).and_then(|ticket| ticket.step).map(|(step, _)| step)
    }

    fn step_of(&self, id: TicketId) -> Option<(&Ticket, &TicketStep)> {
        let ticket = self.tickets.get(&id)?;
        let (step, _) = ticket.step?;
        let steps = &self.kinds.get(ticket.kind as usize)?.spec.steps;
        Some((ticket, steps.get(step as usize)?))
    }
}

/// What the first rule that holds decides.
fn decided(
    moves: &TicketMoves,
    ticket: &Ticket,
    now_ms: i64,
    host: &mut Host<'_>,
) -> Option<(TicketGoal, MovedBy)> {
    let outcome = host.rules.outcome(moves.entry, ticket.considered(now_ms))?;
    Some((*moves.goals.get(outcome)?, MovedBy::Rule { entry: moves.entry, outcome }))
}

/// Fields as they stand after something more was written down: each once, however often it is written.
fn written(before: &Answer, now: &Answer, count: usize) -> Answer {
    let mut all = Answer::default();
    for field in 0..count {
        if let Some(value) = now.slot(field).or_else(|| before.slot(field)) {
            all.set(field, value);
        }
        if let Some(text) = now.text(field).or_else(|| before.text(field)) {
            all.set_text(field, text);
        }
    }
    all
}

/// Whether somebody, or the call itself, has filled a field in. An empty text is none.
fn is_written(fields: &Answer, field: usize) -> bool {
    fields.slot(field).is_some() || fields.text(field).is_some_and(|text| !text.is_empty())
}
