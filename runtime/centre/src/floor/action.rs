//! What the floor wants done.

use tandem_stdlib::contract::Slot;

use super::{AgentId, AgentState, ContactId};

/// Something for the host to do or to show, in order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FloorAction {
    /// The contact begins to wait.
    Queued {
        /// Which.
        contact: ContactId,
        /// Slot value of `queue`.
        queue: Slot,
    },
    /// Ring an agent's phone; the answer is [`Answered`](super::FloorEvent::Answered) or
    /// [`Rejected`](super::FloorEvent::Rejected), or the floor stops it in time.
    Ring {
        /// Whom.
        agent: AgentId,
        /// For what.
        contact: ContactId,
        /// From which queue.
        queue: Slot,
    },
    /// The phone need not ring any longer.
    StopRinging {
        /// Whose.
        agent: AgentId,
        /// For what.
        contact: ContactId,
    },
    /// Let the two talk.
    Connect {
        /// Who.
        agent: AgentId,
        /// With which contact.
        contact: ContactId,
        /// From which queue.
        queue: Slot,
    },
    /// An agent is reserved: call the customer; the answer is
    /// [`CallbackReached`](super::FloorEvent::CallbackReached) or
    /// [`CallbackMissed`](super::FloorEvent::CallbackMissed), or the floor gives up in time.
    StartCallback {
        /// For whom.
        agent: AgentId,
        /// Whom to call.
        contact: ContactId,
    },
    /// Stop calling the customer back.
    StopCallback {
        /// Which.
        contact: ContactId,
    },
    /// The contact is back in its queue, at its place.
    Requeue {
        /// Which.
        contact: ContactId,
        /// Slot value of `queue`.
        queue: Slot,
    },
    /// The contact goes to another queue and keeps the time it has waited.
    Overflow {
        /// Which.
        contact: ContactId,
        /// Slot value of `queue`.
        from: Slot,
        /// Slot value of `queue`.
        to: Slot,
    },
    /// Ask the caller whether to be called back.
    OfferCallback {
        /// Whom.
        contact: ContactId,
    },
    /// Play an announcement.
    Play {
        /// To whom.
        contact: ContactId,
        /// Slot of the text.
        text: Slot,
    },
    /// Tell the caller how long it is likely to take.
    AnnounceWait {
        /// Whom.
        contact: ContactId,
        /// Milliseconds.
        wait_ms: i64,
    },
    /// The queue and those it overflows to are full: tell the caller so and end the contact.
    Reject {
        /// Which.
        contact: ContactId,
        /// Slot value of `queue`.
        queue: Slot,
    },
    /// End the contact.
    HangUp {
        /// Which.
        contact: ContactId,
        /// Why.
        because: HangUpReason,
    },
    /// An agent's state has changed, for wallboards.
    Agent {
        /// Who.
        agent: AgentId,
        /// To what.
        state: AgentState,
    },
    /// An event was ignored.
    Ignored(Ignored),
}

/// Why the floor ends a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HangUpReason {
    /// The queue's time was over.
    TimedOut,
    /// Nothing was heard of it for as long as a [guard](super::Guards) allows.
    Lost,
    /// A customer to be called back was not reached.
    NotReached,
    /// The agent who consulted has gone on, or the caller has gone.
    ConsultationOver,
}

/// Why an event was ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ignored {
    /// No agent has this number.
    UnknownAgent(AgentId),
    /// No contact has this number, or it has ended.
    UnknownContact(ContactId),
    /// A contact with this number is there already.
    KnownContact(ContactId),
    /// No queue has this slot value.
    UnknownQueue(Slot),
    /// The agent is not in a state in which this can happen.
    AgentElsewhere(AgentId),
    /// The contact is not in a state in which this can happen.
    ContactElsewhere(ContactId),
}

impl std::fmt::Display for Ignored {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::UnknownAgent(AgentId(id)) => write!(f, "there is no agent {id}, so the event was ignored"),
            Self::UnknownContact(ContactId(id)) => {
                write!(f, "contact {id} is not known or has ended, so the event was ignored")
            }
            Self::KnownContact(ContactId(id)) => {
                write!(f, "contact {id} is on the floor already, so it was not taken a second time")
            }
            Self::UnknownQueue(slot) => {
                write!(f, "there is no queue with number {slot}, so the event was ignored")
            }
            Self::AgentElsewhere(AgentId(id)) => {
                write!(f, "agent {id} is not in a state in which this can happen, so the event was ignored")
            }
            Self::ContactElsewhere(ContactId(id)) => {
                write!(f, "contact {id} is not in a state in which this can happen, so the event was ignored")
            }
        }
    }
}
