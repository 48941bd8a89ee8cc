//! Leads that are shown to an agent first: the agent is reserved from then on, as for a contact, until the call is over.

use std::collections::{BTreeMap, BTreeSet};

use tandem_centre::campaign::{AttemptId, LeadId};

use super::course::{Outbound, Step, Wanted, ms, stream};
use crate::chance::Purpose;
use crate::virtual_centre::caller::Caller;

/// Leads that agents look at, and agents who wait for an answer.
#[derive(Debug, Default)]
pub(super) struct Previews {
    /// Leads that are shown and not called yet, with the contact that reserves an agent.
    shown: BTreeMap<AttemptId, (LeadId, Option<u64>)>,
    /// Contacts that reserve agents who do not talk yet.
    pub(super) reserving: BTreeSet<u64>,
}

impl<'m> Outbound<'m> {
    /// A lead is to be shown to an agent of the campaign.
    pub(super) fn preview(&mut self, attempt: AttemptId, lead: LeadId) {
        let Some((place, _)) = self.lead(lead) else { return };
        let Some(campaign) = self.centre.campaigns.get(place) else { return };
        self.previews.shown.insert(attempt, (lead, None));
        self.wanted.push(Wanted::Preview { attempt, queue: campaign.spec.queue });
    }

    /// Who is shown, until the call is placed.
    pub(in crate::virtual_centre) fn shown(&self, attempt: AttemptId) -> Option<Caller<'m>> {
        let (lead, _) = self.previews.shown.get(&attempt)?;
        let (place, lead) = self.lead(*lead)?;
        Some(Caller { stream: stream(place), number: lead.key(), ..Caller::default() })
    }

    /// A contact asks for an agent who looks at the lead.
    pub(in crate::virtual_centre) fn reserves(&mut self, attempt: AttemptId, contact: u64) {
        if let Some((_, reserving)) = self.previews.shown.get_mut(&attempt) {
            *reserving = Some(contact);
            self.previews.reserving.insert(contact);
            self.own.insert(contact);
        }
    }

    /// An agent looks at a lead from now on. `false`: the attempt is no preview.
    pub(in crate::virtual_centre) fn looks(&mut self, now_ms: i64, attempt: AttemptId) -> bool {
        let Some((lead, _)) = self.previews.shown.get(&attempt) else { return false };
        let Some((place, lead)) = self.lead(*lead) else { return false };
        let Some(campaign) = self.centre.campaigns.get(place) else { return false };
        let mut draws = self.seeds.draws(Purpose::Patience, stream(place), lead.key());
        let at_ms = now_ms.saturating_add(ms(campaign.plan.looks.draw(&mut draws)));
        self.wanted.push(Wanted::At(at_ms, Step::Looked(attempt)));
        true
    }

    /// The lead is called: gives the contact of the agent who waits for the answer.
    pub(super) fn called_after_preview(&mut self, attempt: AttemptId) -> Option<u64> {
        self.previews.shown.remove(&attempt).and_then(|(_, contact)| contact)
    }

    /// The lead is not called after all.
    pub(super) fn not_called_after_preview(&mut self, attempt: AttemptId) {
        if let Some(contact) = self.called_after_preview(attempt) {
            self.release(contact);
        }
    }

    /// Nobody is shown any more.
    pub(super) fn close_previews(&mut self) {
        for (_, contact) in std::mem::take(&mut self.previews.shown).into_values() {
            contact.into_iter().for_each(|contact| self.release(contact));
        }
    }

    /// Whether an agent waits for this contact's answer.
    pub(super) fn is_reserving(&self, contact: Option<u64>) -> bool {
        contact.is_some_and(|contact| self.previews.reserving.contains(&contact))
    }

    /// The agent who was reserved talks from now on.
    pub(in crate::virtual_centre) fn answered_reserved(&mut self, contact: u64) {
        self.previews.reserving.remove(&contact);
    }

    /// The agent who was reserved is free.
    pub(super) fn release(&mut self, contact: u64) {
        self.previews.reserving.remove(&contact);
        self.own.remove(&contact);
        self.wanted.push(Wanted::Release(contact));
    }
}
