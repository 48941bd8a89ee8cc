//! Callers of the centre who become leads.

use tandem_centre::campaign::{CampaignEvent, FoundLead, Lead, LeadId};

use super::course::Outbound;
use super::lead::LeadOfRun;

impl Outbound<'_> {
    /// A caller of the centre becomes a lead.
    pub(in crate::virtual_centre) fn found(&mut self, now_ms: i64, found: FoundLead) {
        let place = self.centre.campaigns.iter().position(|campaign| campaign.index == found.campaign);
        let Some((place, counts)) = place.and_then(|place| Some((place, self.counts.get_mut(place)?))) else {
            return;
        };
        let id = LeadId(self.leads.len() as u64);
        self.leads.push(LeadOfRun::found(place, counts.leads));
        counts.leads += 1;
        counts.found += 1;
        let lead = Lead { id, campaign: found.campaign, fields: found.fields };
        self.tell(now_ms, CampaignEvent::Lead(Box::new(lead)));
    }
}
