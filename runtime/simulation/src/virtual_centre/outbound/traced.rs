//! What tests look at, and what they do to a run.

use tandem_centre::campaign::{CampaignAction, CampaignEvent, Lead, LeadId};

use super::counts::{Traced, What};
use super::course::{Outbound, Step, Wanted};

impl Outbound<'_> {
    /// Keeps what tests look at.
    pub(super) fn trace(&mut self, at_ms: i64, action: &CampaignAction) {
        let text = |lead: &Lead, field: u32| lead.fields.text(field as usize).unwrap_or_default().to_owned();
        let named = |id: &LeadId| {
            let (lead, _) = self.campaigns.lead(*id)?;
            let spec = self.core.manifest().campaigns.get(lead.campaign as usize)?;
            let number = text(lead, spec.phone_field);
            let person = spec.person_field.map_or_else(|| number.clone(), |field| text(lead, field));
            Some(Traced { at_ms, campaign: lead.campaign, lead: id.0, person, number, what: What::Dialled })
        };
        let traced = match action {
            CampaignAction::Dial { lead, .. } => named(lead),
            CampaignAction::Counted { lead, disposition, .. } => {
                named(lead).map(|traced| Traced { what: What::Ended(*disposition), ..traced })
            }
            CampaignAction::MarkDoNotCall { person } => {
                let all = (0..self.leads.len() as u64).filter_map(|id| named(&LeadId(id)));
                let of = all.into_iter().find(|traced| traced.person == *person);
                of.map(|traced| Traced { what: What::NeverAgain, ..traced })
            }
            _ => None,
        };
        self.counts.first_mut().into_iter().for_each(|counts| counts.trace.extend(traced.clone()));
    }

    /// Numbers that come on the do-not-call list, each at its moment.
    pub(in crate::virtual_centre) fn forbid(&mut self, numbers: Vec<(i64, String)>) {
        let steps = numbers.iter().enumerate().map(|(place, (at_ms, _))| (*at_ms, Step::Forbids(place)));
        self.wanted.extend(steps.map(|(at_ms, step)| Wanted::At(at_ms, step)));
        self.forbidden = numbers;
    }

    pub(super) fn forbids(&mut self, now_ms: i64, place: usize) {
        let Some((_, number)) = self.forbidden.get(place).cloned() else { return };
        let (person, what) = (String::new(), What::NumberNeverAgain);
        let traced =
            Traced { at_ms: now_ms, campaign: 0, lead: u64::MAX, person, number: number.clone(), what };
        self.counts.first_mut().into_iter().for_each(|counts| counts.trace.push(traced.clone()));
        self.tell(now_ms, CampaignEvent::DoNotCall(number));
    }
}
