//! What an agent is doing, as wallboards show it.

/// The state of an agent: of several contacts the one that asks most of her.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AgentState {
    /// Not at work.
    LoggedOut,
    /// At work, and takes no contacts.
    NotReady(NotReady),
    /// Waits for a contact.
    Ready,
    /// After-call work.
    WrapUp,
    /// A customer is being called back for her.
    Reserved,
    /// Her phone rings.
    Ringing,
    /// Her contact is on hold.
    Hold,
    /// Talks.
    Talking,
}

/// Why an agent takes no contacts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotReady {
    /// She has just logged in.
    LoggedIn,
    /// Her own, with a reason code of the centre.
    Reason(u16),
    /// She did not answer; it ends by itself.
    DidNotAnswer,
    /// Her phone could not be reached; it ends by itself.
    PhoneFailed,
}
