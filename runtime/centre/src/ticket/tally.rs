//! What is counted of tickets.

use std::collections::BTreeMap;

use tandem_stdlib::contract::{Slot, TicketEvent};

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
    /// By queue (slot): how long it had tickets.
    pub queues: BTreeMap<Slot, Stays>,
    /// By step (index): how long tickets were in it.
    pub steps: BTreeMap<u32, Stays>,
}

/// Tickets that were somewhere and have left it. A ticket that comes again stays again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stays {
    /// How often.
    pub times: u64,
    /// How long, all together, milliseconds.
    pub total_ms: i64,
}

impl Stays {
    /// One more.
    pub(super) fn add(&mut self, stayed_ms: i64) {
        self.times = self.times.saturating_add(1);
        self.total_ms = self.total_ms.saturating_add(stayed_ms.max(0));
    }

    /// How long on average, milliseconds; `None` when nobody has left.
    #[must_use]
    pub fn mean_ms(&self) -> Option<f64> {
        (self.times > 0).then(|| self.total_ms as f64 / self.times as f64)
    }
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
