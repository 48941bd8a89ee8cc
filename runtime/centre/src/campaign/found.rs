//! Callers who become leads.

use tandem_stdlib::contract::{EntryRef, Slot, Type, UNKNOWN_WORD};

use crate::{Answer, Call, Core};

/// A caller whom a campaign is to call.
#[derive(Clone, Debug)]
pub struct FoundLead {
    /// The campaign, an index in the manifest.
    pub campaign: u32,
    /// The entry that decided, and its outcome.
    pub decided: (EntryRef, usize),
    /// What is known of the lead.
    pub fields: Answer,
    /// The same by name, slot and text, to be shown.
    pub shown: Vec<(u32, Slot, Option<String>)>,
}

/// Whom a call that is over makes leads, campaign by campaign. Nobody without a number becomes one.
pub fn found_leads(core: &Core, call: &mut Call) -> Vec<FoundLead> {
    let campaigns = (0_u32..).zip(&core.manifest().campaigns);
    campaigns.filter_map(|(campaign, _)| found(core, campaign, call)).collect()
}

fn found(core: &Core, campaign: u32, call: &mut Call) -> Option<FoundLead> {
    let manifest = core.manifest();
    let spec = manifest.campaigns.get(campaign as usize)?;
    let from = spec.from_calls.as_ref()?;
    let decided = call.evaluate(from.entry as usize)?;
    let (outcome, outputs) = (decided.outcome, decided.outputs.to_vec());
    let source = manifest.sources.get(spec.leads as usize)?;
    let (mut fields, mut shown) = (Answer::default(), Vec::with_capacity(outputs.len()));
    for (at, slot) in from.fields.iter().zip(outputs) {
        let field = source.fields.get(*at as usize)?;
        match field.ty {
            Type::Phone | Type::Text => {
                let Some(text) = call.text(slot).filter(|text| !text.is_empty()) else { continue };
                fields.set_text(*at as usize, text);
                shown.push((*at, slot, Some(text.to_owned())));
            }
            Type::Word(_) if slot == UNKNOWN_WORD => {}
            _ => {
                fields.set(*at as usize, slot);
                shown.push((*at, slot, None));
            }
        }
    }
    fields.text(spec.phone_field as usize)?;
    Some(FoundLead { campaign, decided: (from.entry, outcome), fields, shown })
}
