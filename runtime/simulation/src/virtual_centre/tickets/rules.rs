//! What a run keeps of tickets, and the policy's rules with sources that know whose they are.

use tandem_centre::Core;
use tandem_centre::ticket::{Considered, PolicyTicketRules, TicketRules};
use tandem_stdlib::contract::{EntryRef, Speech};

use crate::script::Unheard;
use crate::virtual_centre::caller::Caller;
use crate::virtual_centre::house::CallerSources;

/// What a run keeps of a ticket beside what its kind does.
pub(super) struct Kept<'m> {
    pub(super) kind: u32,
    pub(super) caller: Caller<'m>,
    pub(super) agent: Option<u32>,
    pub(super) opened_ms: i64,
    /// The step in which it is, and since when; 0 for a kind without steps.
    pub(super) step: usize,
    pub(super) since_ms: i64,
    /// Pieces of work that were begun: what was planned for an earlier one no longer matters.
    pub(super) works: u32,
    /// Times that the customer's phone rang.
    pub(super) rings: u32,
    pub(super) late: bool,
}

/// The policy's rules, with sources that answer about the caller who left the ticket.
pub(super) struct RunRules<'a, 'm> {
    pub(super) core: &'m Core,
    pub(super) sources: &'a mut CallerSources<'m>,
    pub(super) kept: &'a [Kept<'m>],
}

impl RunRules<'_, '_> {
    fn ask<T>(&mut self, considered: Considered<'_>, ask: impl FnOnce(&mut PolicyTicketRules<'_>) -> T) -> T {
        let kept = usize::try_from(considered.ticket.0).ok().and_then(|place| self.kept.get(place));
        kept.into_iter().for_each(|kept| self.sources.know(&kept.caller));
        let mut unheard = Unheard;
        let found = ask(&mut PolicyTicketRules::new(self.core, self.sources, &mut unheard));
        self.sources.forget();
        found
    }
}

impl TicketRules for RunRules<'_, '_> {
    fn outcome(&mut self, entry: EntryRef, considered: Considered<'_>) -> Option<usize> {
        self.ask(considered, |rules| rules.outcome(entry, considered))
    }

    /// Nobody reads the texts of a simulated run.
    fn words(&mut self, _speech: &Speech, _considered: Considered<'_>) -> String {
        String::new()
    }
}
