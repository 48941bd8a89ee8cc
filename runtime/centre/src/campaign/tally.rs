//! What is counted of a campaign.

use std::collections::BTreeMap;

use tandem_stdlib::contract::{Disposition, Slot};

/// Figures of one campaign since it began.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CampaignTally {
    /// Calls placed.
    pub placed: u64,
    /// Calls that somebody answered who was taken for a person.
    pub live: u64,
    /// By how they ended.
    pub dispositions: BTreeMap<Disposition, u64>,
    /// Calls of each grade.
    pub grades: BTreeMap<Slot, u64>,
    /// Transfers, tasks, texts, planned calls, tickets and entries into the do-not-call list that followed.
    pub followed: BTreeMap<&'static str, u64>,
    /// Agents' time with work and agents' time, milliseconds.
    pub busy_ms: i64,
    /// Agents' time, milliseconds.
    pub staffed_ms: i64,
}

impl CampaignTally {
    /// Share of calls placed that a person answered, 0..1; `None` when none was placed.
    #[must_use]
    pub fn live_answer_rate(&self) -> Option<f64> {
        share(self.live, self.placed)
    }

    /// Share of calls answered by a person that were abandoned, 0..1; `None` when nobody answered.
    #[must_use]
    pub fn abandonment(&self) -> Option<f64> {
        share(self.dispositions.get(&Disposition::Abandoned).copied().unwrap_or_default(), self.live)
    }

    /// Share of the agents' time with work, 0..1; `None` when nobody worked.
    #[must_use]
    pub fn utilisation(&self) -> Option<f64> {
        (self.staffed_ms > 0).then(|| self.busy_ms as f64 / self.staffed_ms as f64)
    }

    pub(super) fn count<K: Ord>(map: &mut BTreeMap<K, u64>, key: K) {
        let count = map.entry(key).or_default();
        *count = count.saturating_add(1);
    }
}

fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
