//! Attempts that a log tells of.

use tandem_stdlib::contract::{Disposition, Slot};

use super::action::CampaignAction;
use super::engine::Campaigns;
use super::lead::LeadId;
use super::listed::State;
use super::tally::CampaignTally;

/// Whether a person answered.
const fn is_live(disposition: Disposition) -> bool {
    matches!(
        disposition,
        Disposition::Abandoned
            | Disposition::Conversation
            | Disposition::HungUp
            | Disposition::Refused
            | Disposition::CallLater
    )
}

impl Campaigns {
    /// An attempt was made and ended at this moment: it counts for caps, waits and the abandonment window, and what
    /// follows its grade follows.
    pub(super) fn logged(
        &mut self,
        now_ms: i64,
        lead: LeadId,
        disposition: Disposition,
        grade: Slot,
        out: &mut Vec<CampaignAction>,
    ) {
        let Some(listed) = self.leads.get_mut(&lead).filter(|listed| listed.state != State::UnderWay) else {
            return;
        };
        listed.history.attempts = listed.history.attempts.saturating_add(1);
        listed.history.last = Some((disposition, now_ms));
        listed.not_before_ms = i64::MIN;
        self.history.begin(&listed.person, &listed.number, now_ms);
        self.history.end(&listed.person, disposition, now_ms);
        let index = listed.lead.campaign;
        let Some(campaign) = self.campaigns.get_mut(index as usize) else { return };
        let (live, tally) = (is_live(disposition), &mut campaign.tally);
        tally.placed = tally.placed.saturating_add(1);
        tally.live = tally.live.saturating_add(u64::from(live));
        CampaignTally::count(&mut tally.dispositions, disposition);
        campaign.pacer.count(now_ms, live, disposition == Disposition::Abandoned);
        if grade != 0 {
            self.follow(now_ms, lead, index, grade, None, out);
        }
        let comes_again = self.comes_again(lead, disposition);
        self.set_state(lead, if comes_again { State::Later(now_ms) } else { State::Done });
        // It was called, so whatever held it back before does not settle it.
        if let Some(listed) = self.leads.get_mut(&lead) {
            listed.told = None;
        }
    }
}
