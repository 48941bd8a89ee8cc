//! Where values go that entries of a policy's own work out.

use tandem_stdlib::contract::Slot;

/// Where a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sink {
    /// A card on the screen of a role (slot of `role`), 0 for the agent of the call.
    Card(Slot),
    /// What a route decides: it is logged, and sent on as an event.
    Decision,
    /// Whatever a dialog, a campaign or a ticket works out: it is said, sent, noted or handed over, or orders and shares
    /// that logs tell.
    Told,
    /// What leaves the house for others to learn from.
    Export,
    /// Groups of callers whose fates a report counts: nobody's own value is told.
    Groups,
}

impl Sink {
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Card(_) => "a screen",
            Self::Export => "whoever gets the export",
            Self::Groups => "reports",
            Self::Decision => "events and logs, where every decision goes",
            Self::Told => "others: what is said, sent, noted, handed over or ordered by is recorded",
        }
    }
}

/// What happens to the outputs of an entry that something of the policy asks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told {
    /// Where they go.
    pub(super) to: Sink,
    /// People are treated by them: who is called first, what the bot does, what a lead or a ticket is worth.
    pub(super) treats: bool,
}
