//! Callers of the centre who become leads, and leads whose calls leave tickets.

use tandem_centre::campaign::{CampaignEvent, Considered, FoundLead, Lead, LeadId, call_start, give};
use tandem_centre::ticket::found_ticket;
use tandem_stdlib::contract::CallStart;

use super::course::{Outbound, stream};
use super::lead::LeadOfRun;
use crate::script::Unheard;
use crate::virtual_centre::caller::Caller;
use crate::virtual_centre::tickets::Opened;

impl<'m> Outbound<'m> {
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

    /// Tickets that follow from grades, since the last time.
    pub(in crate::virtual_centre) fn take_tickets(&mut self) -> Vec<Opened<'m>> {
        std::mem::take(&mut self.opened)
    }

    /// A grade opens a ticket, on what is known of the lead.
    pub(super) fn open_ticket(&mut self, now_ms: i64, lead: LeadId, kind: u32) {
        let Some((place, of_run)) = self.lead(lead) else { return };
        let Some((campaign, (lead, history))) =
            self.centre.campaigns.get(place).zip(self.campaigns.lead(lead))
        else {
            return;
        };
        let (core, spec) = (self.core, campaign.spec);
        let number = lead.fields.text(spec.phone_field as usize).unwrap_or_default();
        let considered = Considered { lead, number, history: &history, clock_ms: now_ms };
        let start = CallStart { clock_ms: now_ms, to: number, ..call_start(core, spec, lead) };
        let fields = of_run.knows(campaign, self.seeds);
        let caller = Caller { stream: stream(place), number: of_run.key(), fields, ..Caller::default() };
        let (mut call, mut unheard) = (core.call(), Unheard);
        self.sources.know(&caller);
        call.consider(&start, &mut unheard);
        give(&mut call, core, spec, considered);
        let found = found_ticket(core, kind, (&mut call, number), (&mut self.sources, &mut unheard));
        self.opened.extend(found.map(|found| Opened { caller, agent: None, found }));
    }
}
