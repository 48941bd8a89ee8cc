//! What is counted of tickets.

use std::collections::BTreeMap;

use tandem_stdlib::contract::TicketEvent;

/// Figures of one kind of ticket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TicketTally {
    /// By what happened, how often.
    pub events: BTreeMap<TicketEvent, u64>,
    /// Closed tickets whose customers were to be called back.
    pub call_backs_promised: u64,
    /// Of these, called in time.
    pub called_in_time: u64,
    /// Of these, called late.
    pub called_late: u64,
    /// Of these, reached.
    pub reached: u64,
    /// From opening to closing, milliseconds, of all that were closed.
    pub closed_after_ms: i64,
}

impl TicketTally {
    /// How often something happened.
    #[must_use]
    pub fn times(&self, event: TicketEvent) -> u64 {
        self.events.get(&event).copied().unwrap_or_default()
    }

    /// Share of promised call-backs that were made, 0..1; `None` when none was promised.
    #[must_use]
    pub fn call_back_coverage(&self) -> Option<f64> {
        share(self.called_in_time.saturating_add(self.called_late), self.call_backs_promised)
    }

    /// Share of the call-backs made that were late, 0..1; `None` when none was made.
    #[must_use]
    pub fn late_share(&self) -> Option<f64> {
        share(self.called_late, self.called_in_time.saturating_add(self.called_late))
    }
}

fn share(part: u64, whole: u64) -> Option<f64> {
    tandem_stdlib::words::kpi::share(part, whole)
}
