//! Leads come and go.

use super::action::CampaignAction;
use super::engine::Campaigns;
use super::lead::{Lead, LeadId};
use super::limits::MAX_LEADS;
use super::listed::{Listed, State};

impl Campaigns {
    /// A lead is to be called, or has new fields.
    pub(super) fn add(&mut self, now_ms: i64, lead: Lead, out: &mut Vec<CampaignAction>) {
        let id = lead.id;
        let known = self.leads.contains_key(&id);
        let full = self.leads.len() >= MAX_LEADS || !self.history.has_room();
        let Some(campaign) = self.campaigns.get(lead.campaign as usize).filter(|_| known || !full) else {
            return out.push(CampaignAction::Refused(id));
        };
        self.next_arrival = self.next_arrival.saturating_add(1);
        let mut listed = Listed::new(&campaign.spec, campaign.person_type, lead, self.next_arrival);
        let state = match self.leads.get(&id) {
            Some(before) => {
                let calling = before.calling.clone();
                listed = Listed { history: before.history, arrived: before.arrived, calling, ..listed };
                before.state
            }
            None => State::Done,
        };
        // A lead that is being called comes again when the attempt is over.
        let under_way = state == State::UnderWay;
        self.set_state(id, State::Done);
        listed.state = if under_way { State::UnderWay } else { State::Done };
        self.leads.insert(id, listed);
        if !under_way {
            self.set_state(id, State::Later(now_ms));
        }
    }

    /// A lead is not to be called any more.
    pub(super) fn withdraw(&mut self, lead: LeadId) {
        self.texts.stop(lead);
        match self.leads.get_mut(&lead) {
            Some(listed) if listed.state == State::UnderWay => listed.withdrawn = true,
            _ => {
                self.set_state(lead, State::Done);
                self.leads.remove(&lead);
            }
        }
    }
}
