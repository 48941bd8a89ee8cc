//! What happens to tickets.

use tandem_stdlib::contract::{Slot, TicketEvent};

use crate::Answer;

/// A ticket, as the host numbers it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TicketId(pub u64);

/// What a ticket was classified as when it was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classified {
    /// A word of `priority`; 0: not classified.
    pub priority: Slot,
    /// Slot of the queue that gets it, where the kind of ticket names none; 0: nobody yet.
    pub queue: Slot,
}

/// Something that happened. What makes no sense is ignored, with an action that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TicketsEvent {
    /// A ticket is opened.
    Open {
        /// Which.
        ticket: TicketId,
        /// Its kind: index into the manifest's `tickets`.
        kind: u32,
        /// The customer's number, E.164; empty: not known.
        number: String,
        /// The language of the call that opened it, ISO 639-1; empty: not known.
        language: String,
        /// What it was classified as.
        classified: Classified,
        /// What its fields are already.
        fields: Answer,
    },
    /// A ticket is given to a queue (slot).
    Assign(TicketId, Slot),
    /// Somebody has worked on a ticket.
    Worked {
        /// Which.
        ticket: TicketId,
        /// What was written down in its fields.
        fields: Answer,
        /// Whether its step is finished.
        done: bool,
    },
    /// Something else happens to a ticket: it is escalated, closed or opened again.
    Happened(TicketId, TicketEvent),
    /// A call-back has ended.
    CalledBack {
        /// Which ticket.
        ticket: TicketId,
        /// Whether the customer was reached.
        reached: bool,
    },
}
