//! What campaigns and tickets take from a call: leads, transfers, tickets.

use tandem_centre::campaign::FoundLead;
use tandem_stdlib::contract::{Slot, Speech};

use super::{Finding, Judge, show_because};
use crate::centre::{because_of, shown_fields};
use crate::script::around::counted;
use crate::script::heard::show_fields;
use crate::value::show_time;

impl<'a> Judge<'a> {
    /// The call has made its caller a lead.
    pub(in crate::script) fn found(&mut self, at_ms: i64, found: &FoundLead) {
        let fields = shown_fields(self.manifest, found);
        let because = because_of(self.manifest, found);
        let because = Some(because).filter(|because| !because.is_empty());
        let line = self.show_lead(found.campaign, &fields);
        self.result.decided.push(format!("{} {line}{}", show_time(at_ms), show_because(because)));
        self.result.hits.push((found.decided.0 as usize, found.decided.1));
        self.leads.push((found.campaign, fields));
    }

    fn show_lead(&self, campaign: u32, fields: &[(String, String)]) -> String {
        let name = self.manifest.campaigns.get(campaign as usize).map_or("", |one| one.name.as_str());
        let with = if fields.is_empty() { "" } else { " with " };
        let fields = if fields.is_empty() { String::new() } else { show_fields(fields) };
        format!("lead {name}{with}{fields}")
    }

    pub(super) fn lead(&self, campaign: u32, fields: &[(String, String)], times: Option<u32>) -> Finding {
        let of_it = self.leads.iter().filter(|(known, _)| *known == campaign);
        let fits = |told: &[(String, String)]| fields.iter().all(|field| told.contains(field));
        let found: Vec<(bool, String)> =
            of_it.map(|(_, told)| (fits(told), self.show_lead(campaign, told))).collect();
        let (what, none) = (self.show_lead(campaign, fields), self.show_lead(campaign, &[]));
        counted(&what, times, &found, &none)
    }

    /// The tickets that dialogs have opened since the last time: when, and the kind.
    /// Replies of the cards that were shown since the last time, each with the card's number.
    pub(in crate::script) fn take_cards(&mut self) -> Vec<(usize, &'a [Speech])> {
        let manifest = self.manifest;
        let replies = |watch: usize| {
            let assist = manifest.assists.iter().find(|assist| assist.watch as usize == watch);
            assist.map(|assist| assist.replies.as_slice()).unwrap_or_default()
        };
        std::mem::take(&mut self.cards).into_iter().map(|(card, watch)| (card, replies(watch))).collect()
    }

    /// Where the call was transferred since the last time, and what was handed over.
    pub(in crate::script) fn take_moved(&mut self) -> Vec<(Slot, Vec<(String, String)>)> {
        std::mem::take(&mut self.moved)
    }
}
