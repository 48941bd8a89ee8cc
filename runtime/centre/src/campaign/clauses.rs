//! Which lines of a campaign and of its laws a call breaks.

use tandem_stdlib::contract::{CampaignSpec, Limit, Manifest};

use super::engine::Campaigns;
use super::lead::LeadId;
use super::permit::Permits;
use super::rules::LeadRules;
use crate::calling::{CallingTimes, ZonesOf};
use crate::error::CoreError;

/// The clauses of a campaign made ready.
pub struct Clauses {
    /// By clause: its hours, or none that close.
    times: Vec<CallingTimes>,
}

impl Clauses {
    /// Makes the clauses of a campaign ready.
    ///
    /// # Errors
    /// When hours cannot be evaluated.
    pub fn new(spec: &CampaignSpec, manifest: &Manifest, zones_of: ZonesOf) -> Result<Self, CoreError> {
        let times = spec.clauses.iter().map(|clause| {
            let hours =
                if let Limit::Hours(hours) = &clause.limit { hours.clone() } else { Default::default() };
            CallingTimes::new(&hours, &manifest.calendars, zones_of)
        });
        Ok(Self { times: times.collect::<Result<_, _>>()? })
    }

    /// The clauses (indices in the campaign's list) each of which alone forbids a call to a lead at this moment.
    pub fn broken(
        &mut self,
        campaigns: &mut Campaigns,
        lead: LeadId,
        at_ms: i64,
        rules: &mut dyn LeadRules,
    ) -> Vec<usize> {
        let Some(listed) = campaigns.leads.get(&lead) else { return Vec::new() };
        let Some(campaign) = campaigns.campaigns.get_mut(listed.lead.campaign as usize) else {
            return Vec::new();
        };
        let permits =
            Permits { spec: &campaign.spec, times: &mut campaign.times, history: &campaigns.history };
        let clauses = campaign.spec.clauses.iter().zip(&mut self.times).enumerate();
        let forbids = clauses.filter_map(|(at, (clause, times))| {
            let forbids = match &clause.limit {
                Limit::Consent(entry) => rules.holds(*entry, listed.considered(at_ms)),
                limit => permits.forbids(listed, limit, times, at_ms),
            };
            forbids.then_some(at)
        });
        forbids.collect()
    }
}
