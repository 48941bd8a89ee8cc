//! What tickets want done.

use tandem_stdlib::contract::{EntryRef, NotCalled, Slot};

use super::event::TicketId;

/// Something for the host to do or to report, in order. Indices point into the kind's lists in the manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TicketAction {
    /// The ticket goes to a queue.
    Assign {
        /// Which.
        ticket: TicketId,
        /// Slot of the queue.
        queue: Slot,
    },
    /// The ticket has come to a step; its queue follows as an `Assign`, without which it is with the agent of the call.
    Step {
        /// Which ticket.
        ticket: TicketId,
        /// Index of the step.
        step: u32,
        /// What moved it.
        by: MovedBy,
    },
    /// A rule has closed the ticket.
    Close {
        /// Which ticket.
        ticket: TicketId,
        /// What closed it.
        by: MovedBy,
    },
    /// A deadline has passed.
    Escalate {
        /// Which ticket.
        ticket: TicketId,
        /// Index of the deadline.
        deadline: usize,
        /// Slot of the role that is told; 0: nobody.
        role: Slot,
        /// When it passed, milliseconds since the Unix epoch.
        due_ms: i64,
    },
    /// Somebody is told.
    Notify {
        /// About which ticket.
        ticket: TicketId,
        /// Index of the notice, which tells whom and how.
        notice: usize,
        /// The words.
        text: String,
    },
    /// The customer is to be called back now; the answer is `CalledBack`.
    CallBack {
        /// About which ticket.
        ticket: TicketId,
        /// Index of the dialog; `None`: a person calls.
        dialog: Option<u32>,
        /// Until when it was promised, milliseconds since the Unix epoch.
        by_ms: i64,
        /// Whether that has passed: no moment before was inside the calling hours, or the customer was not reached.
        late: bool,
    },
    /// The customer is never called back.
    NoCallBack {
        /// About which ticket.
        ticket: TicketId,
        /// Why.
        because: NoCallBack,
    },
    /// An event was ignored.
    Ignored {
        /// Which ticket.
        ticket: TicketId,
        /// Why.
        because: Ignored,
    },
}

/// What moved a ticket to a step, or closed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MovedBy {
    /// It was opened, or opened again.
    Opened,
    /// A rule of the step before: the outcome of an entry.
    Rule {
        /// Index of the entry.
        entry: EntryRef,
        /// Index of the outcome.
        outcome: usize,
    },
    /// The passing of a deadline, by its index.
    Deadline(usize),
}

/// Why a customer is not called back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoCallBack {
    /// The calling hours forbid it.
    Hours(NotCalled),
    /// The number is not known.
    NoNumber,
    /// The customer was not reached by as many calls as are tried.
    NotReached,
}

/// Why an event was ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ignored {
    /// No ticket has this number.
    Unknown,
    /// A ticket with this number is there already.
    Known,
    /// There is no such kind.
    NoSuchKind,
    /// There are as many tickets as there is room for.
    Full,
    /// It is closed, or not closed.
    NotNow,
    /// The ticket is in no step that somebody can finish.
    NoStep,
    /// The step cannot be finished before some field is written down; the fields that came with the event are kept.
    FieldMissing,
    /// It would go round through the same steps for ever.
    Circle,
}

impl std::fmt::Display for Ignored {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Unknown => "no ticket with this number is known, so the event was ignored",
            Self::Known => "a ticket with this number is there already, so it was not opened a second time",
            Self::NoSuchKind => "the policy has no such kind of ticket, so it was not opened",
            Self::Full => "there is no room for another ticket, so it was not opened",
            Self::NotNow => {
                "this cannot happen to a ticket that is closed, or that is not, so it was ignored"
            }
            Self::NoStep => "the ticket is in no step that somebody can finish, so nothing was done",
            Self::FieldMissing => "a field that the step needs is not written down, so the step is not done",
            Self::Circle => "the ticket would go through the same steps again and again, so it stays",
        })
    }
}
