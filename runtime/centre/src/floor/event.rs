//! What happens on the floor.

use tandem_stdlib::contract::{EntryRef, Need, Slot};

use super::{AgentId, ContactId};

/// Something that happened. The floor survives any order of events: what makes no sense is
/// [ignored](super::FloorAction::Ignored), with a reason.
#[derive(Clone, Debug, PartialEq)]
pub enum FloorEvent {
    /// An agent comes to work and is not ready yet; again while logged in: the shift's end changes.
    LogIn {
        /// Who.
        agent: AgentId,
        /// When the shift ends: no contact begins after it. `None`: no end is planned.
        shift_ends_ms: Option<i64>,
    },
    /// An agent leaves: at once when no contact is in hand, otherwise after it.
    LogOut(AgentId),
    /// An agent can take contacts. It ends after-call work.
    Ready(AgentId),
    /// An agent cannot take contacts: at once when none is in hand, otherwise after it.
    NotReady {
        /// Who.
        agent: AgentId,
        /// A reason code of the centre.
        reason: u16,
    },
    /// After-call work is done.
    WrapUpDone(AgentId),
    /// A supervisor sets an agent's state whatever holds her: her contacts go back to their queues.
    Force {
        /// Who.
        agent: AgentId,
        /// To what.
        to: Forced,
    },
    /// An agent's phone cannot be reached: her contacts go back to their queues.
    PhoneFailed(AgentId),

    /// An agent's skills are others from now on. What she has in hand stays with her.
    Skills {
        /// Who.
        agent: AgentId,
        /// Skills (slot value of `skill`) with levels from 1.
        skills: Vec<(Slot, u8)>,
    },

    /// A contact asks for a queue.
    Offer(Box<Offer>),
    /// A contact goes to another queue and keeps its place by time; whoever it is with becomes free.
    Move {
        /// Which.
        contact: ContactId,
        /// Slot value of `queue`.
        queue: Slot,
    },
    /// A contact's priority is another from now on.
    Prioritise {
        /// Which.
        contact: ContactId,
        /// Higher goes first.
        priority: f64,
    },
    /// A contact is over: the caller hung up while waiting, or one of the two after talking.
    Ended(ContactId),
    /// The agent whose phone rang has answered.
    Answered {
        /// Who.
        agent: AgentId,
        /// What.
        contact: ContactId,
    },
    /// The agent whose phone rang does not want the contact, or the host knows that nobody will answer.
    Rejected {
        /// Who.
        agent: AgentId,
        /// What.
        contact: ContactId,
    },
    /// The contact is put on hold or taken back.
    Hold {
        /// Which.
        contact: ContactId,
        /// On hold or not.
        on: bool,
    },
    /// The conversation goes on: its [guard](super::Guards::talk_ms) starts anew.
    Alive(ContactId),
    /// A waiting caller wants to be called back and keeps the place. The caller may hang up now.
    CallbackAccepted {
        /// Which.
        contact: ContactId,
        /// Not before this moment; `None`: as soon as it is this contact's turn.
        at_ms: Option<i64>,
    },
    /// The customer who is called back has answered.
    CallbackReached(ContactId),
    /// The customer who is called back cannot be reached now.
    CallbackMissed(ContactId),
    /// The agent who has the contact gives it away and is done with it.
    Transfer {
        /// Which.
        contact: ContactId,
        /// Where.
        to: Target,
    },
    /// The agent who has the contact puts it on hold and asks somebody: a second contact begins.
    Consult {
        /// Which.
        contact: ContactId,
        /// The number of the second contact.
        leg: ContactId,
        /// Whom.
        to: Target,
    },
    /// The contact goes to whoever answered the consultation.
    CompleteConsult(ContactId),
    /// The consultation ends, and the agent goes on with the contact.
    CancelConsult(ContactId),
}

/// What a supervisor can set an agent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forced {
    /// Ready for contacts.
    Ready,
    /// Not ready, with a reason code.
    NotReady(u16),
    /// Logged out.
    LoggedOut,
}

/// Where a contact is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// To a queue (slot value).
    Queue(Slot),
    /// To an agent if she is free now, else to a queue (slot value).
    Agent(AgentId, Slot),
}

/// A contact that asks for a queue.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Which.
    pub contact: ContactId,
    /// Slot value of `queue`.
    pub queue: Slot,
    /// Higher goes first; a minute of waiting adds what the queue's ageing says.
    pub priority: f64,
    /// Time of waiting that is granted in advance, for priority and place: earned elsewhere, or a favour. Milliseconds.
    pub waited_ms: i64,
    /// Instead of what the queue needs.
    pub needs: Option<Vec<Need>>,
    /// The customer's own agent.
    pub owner: Option<AgentId>,
    /// Free agents are preferred by this entry's score instead of the queue's rule.
    pub score: Option<EntryRef>,
    /// The contact leaves an agent room for others: a chat.
    pub shares: bool,
    /// The contact waits even where the queue is full: it was promised a person.
    pub insists: bool,
}

impl Offer {
    /// A call for a queue, without anything special about it.
    #[must_use]
    pub const fn new(contact: ContactId, queue: Slot) -> Self {
        Self {
            contact,
            queue,
            priority: 0.0,
            waited_ms: 0,
            needs: None,
            owner: None,
            score: None,
            shares: false,
            insists: false,
        }
    }
}
