//! A ticket as it is kept.

use tandem_stdlib::contract::Slot;

use super::event::TicketId;
use super::rules::Considered;
use crate::Answer;

/// Whether and since when a ticket is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CallBackState {
    /// There is none, or it is over.
    None,
    /// The customer is called at this moment, for the so-manieth time, from 0.
    Planned { at_ms: i64, by_ms: i64, tries: u32 },
    /// The customer is being called.
    Calling { by_ms: i64, tries: u32 },
}

/// Who waits for a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Customer {
    /// E.164; empty: not known.
    pub(super) number: String,
    /// ISO 639-1; empty: not known.
    pub(super) language: String,
}

/// A ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ticket {
    pub(super) id: TicketId,
    pub(super) kind: u32,
    pub(super) customer: Customer,
    pub(super) priority: Slot,
    pub(super) queue: Slot,
    pub(super) opened_ms: i64,
    pub(super) touched_ms: i64,
    pub(super) closed_ms: Option<i64>,
    /// By deadline of the kind: when it passes; `None`: met, passed, or not running.
    pub(super) deadlines: Vec<Option<i64>>,
    pub(super) call_back: CallBackState,
    /// What was written down.
    pub(super) fields: Answer,
    /// The step in which it is, and since when, milliseconds since the Unix epoch.
    pub(super) step: Option<(u32, i64)>,
    /// Steps taken so far.
    pub(super) steps_taken: u32,
    /// Since when its queue has it, milliseconds since the Unix epoch; `None` while it is closed.
    pub(super) queued_ms: Option<i64>,
}

impl Ticket {
    /// The ticket as the entries of its kind see it.
    pub(super) fn considered(&self, clock_ms: i64) -> Considered<'_> {
        Considered {
            ticket: self.id,
            kind: self.kind,
            fields: &self.fields,
            number: &self.customer.number,
            language: &self.customer.language,
            clock_ms,
            age_ms: clock_ms.saturating_sub(self.opened_ms),
            untouched_ms: clock_ms.saturating_sub(self.touched_ms),
            priority: self.priority,
            queue: self.queue,
        }
    }
}
