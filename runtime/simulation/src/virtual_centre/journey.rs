//! What becomes of callers, from the first ring to the last word.

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// An agent talked with the caller.
    Handled,
    /// The caller gave up waiting for an agent.
    Abandoned,
    /// The queue ended the wait.
    TimedOut,
    /// The queue was full.
    Blocked,
    /// A bot or a machine settled it.
    Contained,
    /// A machine did not settle it, and the call ended there.
    LeftMachine,
    /// The caller hung up in a dialog.
    HungUpInBot,
    /// A dialog ended the call, and settled nothing.
    EndedByBot,
    /// An agent called back, as promised.
    CalledBack,
    /// The customer who was to be called back was not reached.
    NotReached,
    /// No queue was decided.
    Unrouted,
}

impl Outcome {
    /// All outcomes.
    pub const ALL: [Self; 11] = [
        Self::Handled,
        Self::Abandoned,
        Self::TimedOut,
        Self::Blocked,
        Self::Contained,
        Self::LeftMachine,
        Self::HungUpInBot,
        Self::EndedByBot,
        Self::CalledBack,
        Self::NotReached,
        Self::Unrouted,
    ];

    /// The name in documents.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Handled => "handled",
            Self::Abandoned => "abandoned",
            Self::TimedOut => "timed_out",
            Self::Blocked => "blocked",
            Self::Contained => "contained",
            Self::LeftMachine => "left_machine",
            Self::HungUpInBot => "hung_up_in_bot",
            Self::EndedByBot => "ended_by_bot",
            Self::CalledBack => "called_back",
            Self::NotReached => "not_reached",
            Self::Unrouted => "unrouted",
        }
    }
}

/// Counts of one segment by how callers fared; they count at the time at which they came.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Journey {
    /// Calls in which a person was reached, and how long after they began.
    pub(super) reached_person: u64,
    pub(super) to_person_ms: u64,
    /// Those of them that began with a dialog, and answers that the bot was given before.
    pub(super) reached_after_bot: u64,
    pub(super) answers_to_person: u64,
    /// Calls that began with a dialog.
    pub(super) with_bot: u64,
    pub(super) transferred: u64,
    pub(super) hung_up: u64,
    pub(super) ended: u64,
    /// Contained, although the caller wanted something else.
    pub(super) contained_falsely: u64,
    /// Calls in which the caller asked for a person.
    pub(super) asked_for_person: u64,
    /// Those of them who reached one, and how long after they had asked first.
    pub(super) asked_and_reached: u64,
    pub(super) asked_to_person_ms: u64,
    /// Calls in which the bot tried to keep the caller, and those in which it did.
    pub(super) retained: u64,
    pub(super) kept: u64,
    pub(super) offers: u64,
    pub(super) accepted: u64,
    /// Offers that were not made while nobody was idle.
    pub(super) held_back: u64,
    /// Calls that ended, those whose callers called again within the window, and those that repeat an earlier one.
    pub(super) contacts: u64,
    pub(super) repeated: u64,
    pub(super) repeats: u64,
    /// Call-backs that were accepted, reached their customer, did so in time, or failed, and how long they took.
    pub(super) call_backs: u64,
    pub(super) called_back: u64,
    pub(super) called_in_time: u64,
    pub(super) not_reached: u64,
    pub(super) called_after_ms: u64,
    pub(super) called_after_longest_ms: u64,
    /// Calls that are over, and those of them that a bot or a machine settled.
    pub(super) calls: u64,
    pub(super) automated: u64,
    /// Conversations with agents, and those of them that need not have been.
    pub(super) conversations: u64,
    pub(super) avoidable: u64,
    /// Intents that were recognised, and those of them that callers had.
    pub(super) recognised: u64,
    pub(super) recognised_rightly: u64,
}
