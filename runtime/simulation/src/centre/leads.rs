//! Callers who become leads of campaigns.

use serde::Serialize;
use tandem_centre::campaign::{FoundLead, found_leads};
use tandem_centre::{Call, Core};
use tandem_stdlib::contract::{Manifest, Type};
use tandem_stdlib::show::{show_value, spoken_value};

use crate::report::LeadReport;

/// Callers whom calls made leads of a campaign.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LeadTotal {
    /// The campaign's full name.
    pub campaign: String,
    /// Leads.
    pub leads: u64,
}

/// Whom a call made leads, at its end.
pub(crate) fn leads<'m>(core: &'m Core, call: &mut Call) -> Vec<LeadReport<'m>> {
    let manifest = core.manifest();
    found_leads(core, call).iter().map(|found| report(manifest, found)).collect()
}

fn report<'m>(manifest: &'m Manifest, found: &FoundLead) -> LeadReport<'m> {
    let name = manifest.campaigns.get(found.campaign as usize).map_or("", |one| one.name.as_str());
    LeadReport { campaign: name, because: because_of(manifest, found), fields: shown_fields(manifest, found) }
}

/// The author's reason, else the condition.
pub(crate) fn because_of<'m>(manifest: &'m Manifest, found: &FoundLead) -> &'m str {
    let (entry, outcome) = found.decided;
    let entry = manifest.entries.get(entry as usize);
    let outcome = entry.and_then(|entry| entry.outcomes.get(outcome));
    outcome.map_or("", |one| if one.because.is_empty() { one.label.as_str() } else { one.because.as_str() })
}

/// What is known of a lead, by name, in words.
pub(crate) fn shown_fields(manifest: &Manifest, found: &FoundLead) -> Vec<(String, String)> {
    let spec = manifest.campaigns.get(found.campaign as usize);
    let source = spec.and_then(|spec| manifest.sources.get(spec.leads as usize));
    let fields = found.shown.iter().filter_map(|(at, slot, text)| {
        let field = source?.fields.get(*at as usize)?;
        let text = text.as_deref();
        let value = match field.ty {
            Type::Word(_) => show_value(manifest, field.ty, *slot, text),
            _ => spoken_value(manifest, field.ty, *slot, text),
        };
        Some((field.name.clone(), value))
    });
    fields.collect()
}

/// Adds leads up, campaign by campaign.
pub(crate) struct Leads(pub(crate) Vec<LeadTotal>);

impl Leads {
    pub(crate) fn new(manifest: &Manifest) -> Self {
        let from_calls = manifest.campaigns.iter().filter(|one| one.from_calls.is_some());
        Self(from_calls.map(|one| LeadTotal { campaign: one.name.clone(), leads: 0 }).collect())
    }

    pub(crate) fn add(&mut self, leads: &[LeadReport<'_>]) {
        for total in &mut self.0 {
            total.leads += leads.iter().filter(|lead| lead.campaign == total.campaign).count() as u64;
        }
    }
}
