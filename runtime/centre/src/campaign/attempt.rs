//! An attempt under way.

use tandem_stdlib::contract::Slot;

use super::lead::LeadId;

/// How far an attempt has come; the moment at which each phase began, milliseconds since the Unix epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// An agent looks at the lead.
    Preview,
    /// It rings.
    Ringing,
    /// A person has answered and waits for somebody to talk to.
    Answered,
    /// A message is left on a machine.
    Message,
    /// Somebody talks to the person.
    Talking,
}

/// An attempt under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Attempt {
    pub(super) campaign: u32,
    pub(super) lead: LeadId,
    pub(super) phase: Phase,
    pub(super) since_ms: i64,
    /// When the phase ends by itself.
    pub(super) until_ms: i64,
    /// The grade that was given; 0: none.
    pub(super) grade: Slot,
}
