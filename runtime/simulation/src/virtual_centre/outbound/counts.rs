//! What one replication counts of one campaign. Everything counts, the warm-up too: laws do not know one.

use std::collections::BTreeMap;

use tandem_stdlib::contract::{Disposition, Slot};

use super::window::LawWindow;
use crate::virtual_centre::segments::HALF_HOURS;

/// Calls of half an hour of the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct HalfHour {
    pub(super) placed: u64,
    pub(super) live: u64,
    pub(super) abandoned: u64,
}

/// What one replication counts of one campaign.
#[derive(Clone, Debug, Default)]
pub(in crate::virtual_centre) struct CampaignCounts {
    pub(super) leads: u64,
    /// Of them, callers of the centre.
    pub(super) found: u64,
    /// Leads that are not called any more.
    pub(super) finished: u64,
    /// Leads whose right person was talked to.
    pub(super) reached: u64,
    pub(super) attempts: u64,
    /// Lines that ring, and how many rang at once at most.
    pub(super) ringing: u64,
    pub(super) most_ringing: u64,
    /// Calls that a person answered.
    pub(super) live: u64,
    /// Calls that a machine answered.
    pub(super) machines: u64,
    /// People who answered and for whom nobody was there in time.
    pub(super) unattended: u64,
    /// People who were taken for a machine.
    pub(super) taken_for_machine: u64,
    /// Machines that agents or dialogs talked to.
    pub(super) machines_connected: u64,
    /// People who were talked to.
    pub(super) contacts: u64,
    /// Of them, the right ones.
    pub(super) right_party: u64,
    /// People who were put through after the dialog or to another queue, and gave up before anybody was there.
    pub(super) gave_up: u64,
    /// People whom a dialog put through, who hung up on it, and whose call ended with it.
    pub(super) put_through: u64,
    pub(super) hung_up_in_dialog: u64,
    pub(super) ended_by_dialog: u64,
    pub(super) dispositions: BTreeMap<Disposition, u64>,
    pub(super) grades: BTreeMap<Slot, u64>,
    pub(super) followed: BTreeMap<&'static str, u64>,
    /// Why leads were not called when they came up: how often.
    pub(super) held_back: BTreeMap<String, u64>,
    /// Leads that still wait at the end, by reason.
    pub(super) waiting: BTreeMap<String, u64>,
    /// Agents' talk with people and machines, milliseconds.
    pub(super) talk_ms: i64,
    pub(super) after_call_ms: i64,
    /// Of the talk: with machines.
    pub(super) machine_talk_ms: i64,
    /// Agents' time with work and agents' time while the campaign ran, inbound calls included, milliseconds.
    pub(super) busy_ms: i64,
    pub(super) staffed_ms: i64,
    pub(super) half_hours: Vec<HalfHour>,
    pub(super) law: Option<LawWindow>,
    /// Every call and how it ended, for tests.
    #[cfg(test)]
    pub(super) trace: Vec<Traced>,
}

/// Something that a test looks at.
#[cfg(test)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Traced {
    pub(super) at_ms: i64,
    /// Index in the manifest.
    pub(super) campaign: u32,
    pub(super) lead: u64,
    pub(super) person: String,
    pub(super) number: String,
    pub(super) what: What,
}

#[cfg(test)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Dialled,
    Ended(Disposition),
    /// The person is on the do-not-call list.
    NeverAgain,
    /// The number is.
    NumberNeverAgain,
}

impl CampaignCounts {
    pub(super) fn new(law: Option<LawWindow>) -> Self {
        Self { law, half_hours: vec![HalfHour::default(); HALF_HOURS], ..Self::default() }
    }

    pub(super) const fn abandoned(&self) -> u64 {
        self.unattended.saturating_add(self.taken_for_machine)
    }

    /// Share of the calls that a person answered that were abandoned, whatever the law's own denominator.
    pub(in crate::virtual_centre) fn abandonment(&self) -> Option<f64> {
        (self.live > 0).then(|| self.abandoned() as f64 / self.live as f64)
    }

    /// Abandoned calls, and calls that a person answered.
    pub(in crate::virtual_centre) const fn of_live(&self) -> (u64, u64) {
        (self.abandoned(), self.live)
    }
}
