//! A campaign's entries, run for a lead.

use tandem_stdlib::contract::{
    AttemptFact, CallStart, CampaignSpec, FactSource, FollowAction, HandOver, Slot, Speech, Type,
};
use tandem_stdlib::words::redact::masked_text;

use super::lead::Lead;
use super::rules::{Considered, LeadRules};
use crate::{Call, Core, Sink, Sources};

/// Runs guards and scores of a policy's campaigns.
pub struct PolicyRules<'a> {
    core: &'a Core,
    call: Option<Call>,
    sources: &'a mut dyn Sources,
    sink: &'a mut dyn Sink,
}

impl<'a> PolicyRules<'a> {
    /// Sources answer what guards look up; the sink hears of what goes wrong there.
    pub fn new(core: &'a Core, sources: &'a mut dyn Sources, sink: &'a mut dyn Sink) -> Self {
        Self { core, call: None, sources, sink }
    }

    /// Runs entries in a call that was lent, whose memory is used again.
    #[must_use]
    pub fn lent(self, call: Option<Call>) -> Self {
        Self { call, ..self }
    }

    /// Gives back the call, if there is one.
    #[must_use]
    pub fn into_call(self) -> Option<Call> {
        self.call
    }

    /// The call of the lead that was considered last.
    fn call(&mut self) -> &mut Call {
        self.call.get_or_insert_with(|| self.core.call())
    }

    /// The facts of a call to a lead that has not been placed.
    fn consider(&mut self, considered: Considered<'_>) -> Option<&'a CampaignSpec> {
        let spec = self.core.manifest().campaigns.get(considered.lead.campaign as usize)?;
        let start = CallStart {
            id: &considered.lead.id.0.to_string(),
            clock_ms: considered.clock_ms,
            to: considered.number,
            ..call_start(self.core, spec, considered.lead)
        };
        let core = self.core;
        let call = self.call.get_or_insert_with(|| core.call());
        call.consider(&start, self.sink);
        give(call, core, spec, considered);
        call.ask(self.sources, self.sink);
        Some(spec)
    }
}

impl LeadRules for PolicyRules<'_> {
    fn never(&mut self, considered: Considered<'_>) -> Option<u32> {
        let guard = self.consider(considered)?.never?;
        let decided = self.call().evaluate(guard as usize)?;
        u32::try_from(decided.outcome).ok()
    }

    fn holds(&mut self, entry: u32, considered: Considered<'_>) -> bool {
        self.consider(considered).is_some() && self.call().evaluate(entry as usize).is_some()
    }

    fn score(&mut self, considered: Considered<'_>) -> f64 {
        let score = self.consider(considered).and_then(|spec| spec.order);
        let decided = score.and_then(|entry| self.call().evaluate(entry as usize));
        decided.and_then(|decided| decided.outputs.first()).map_or(0.0, |slot| f64::from_bits(*slot))
    }

    fn words(&mut self, speech: &Speech, considered: Considered<'_>) -> String {
        if self.consider(considered).is_none() {
            return String::new();
        }
        let core = self.core;
        let call = self.call.get_or_insert_with(|| core.call());
        call.words(speech, self.sources, self.sink)
    }
}

/// A call to a lead: outbound, in the lead's language as far as known. Whom and when, the host adds.
#[must_use]
pub fn call_start<'a>(core: &'a Core, spec: &CampaignSpec, lead: &Lead) -> CallStart<'a> {
    let field = spec.language_field.map(|field| field as usize);
    let source = core.manifest().sources.get(spec.leads as usize);
    let usual = || source.and_then(|source| source.fields.get(field?)).and_then(|field| field.default);
    let slot = field.and_then(|field| lead.fields.slot(field)).or_else(usual);
    let language = slot.map_or("", |slot| core.language_of(slot));
    CallStart { outbound: true, channel: "phone", language, ..CallStart::default() }
}

/// What follow-up `step` of a grade hands over or notes.
#[must_use]
pub fn told_after(spec: &CampaignSpec, grade: Slot, step: usize) -> &[HandOver] {
    let actions = spec.follow_ups.iter().find(|(word, _)| *word == grade).map(|(_, actions)| actions);
    match actions.and_then(|actions| actions.get(step)) {
        Some(FollowAction::Transfer { handover: told, .. } | FollowAction::Person { noting: told, .. }) => {
            told
        }
        _ => &[],
    }
}

/// Gives a call the facts of its campaign and lead: before it starts, and for guards, scores and grades.
pub fn give(call: &mut Call, core: &Core, spec: &CampaignSpec, considered: Considered<'_>) {
    let manifest = core.manifest();
    if let Some(source) = manifest.sources.get(spec.leads as usize) {
        for (index, field) in (0_u32..).zip(&source.fields) {
            let given = field_slot(call, considered.lead, index as usize, field.ty);
            let value = given.or(field.default);
            call.give(FactSource::LeadKnown(spec.leads, index), Slot::from(value.is_some()));
            call.give(FactSource::Lead(spec.leads, index), value.unwrap_or_default());
            if call.wants(FactSource::LeadMasked(spec.leads, index)) {
                let text = considered.lead.fields.text(index as usize);
                let masked = text.map(|text| call.intern(&masked_text(text)));
                call.give(FactSource::LeadMasked(spec.leads, index), masked.unwrap_or_default());
            }
        }
    }
    let history = considered.history;
    let (disposition, last_ms) =
        history.last.map_or((0, 0), |(disposition, at_ms)| (disposition as Slot + 1, at_ms));
    let facts = [
        (AttemptFact::Count, f64::from(history.attempts).to_bits()),
        (AttemptFact::LastDisposition, disposition),
        (AttemptFact::Last, last_ms.cast_unsigned()),
        (AttemptFact::DoNotCall, Slot::from(history.never_called)),
    ];
    facts.into_iter().for_each(|(fact, value)| call.give(FactSource::Attempt(fact), value));
}

fn field_slot(call: &mut Call, lead: &Lead, index: usize, ty: Type) -> Option<Slot> {
    match ty {
        Type::Phone | Type::Text => {
            lead.fields.text(index).map(|text| call.intern(text)).filter(|slot| *slot != 0)
        }
        _ => lead.fields.slot(index),
    }
}
