//! Layout of the facts record: the elapsed time first, then each fact that something reads, once.

use std::collections::HashMap;

use tandem_stdlib::contract::{CallFact, DialogFact, FactSource, FactSpec, TextFact, Type};

/// The slot of the elapsed time.
pub(super) const ELAPSED: u32 = 0;

/// Facts in order of their slots.
pub(super) struct Facts {
    specs: Vec<FactSpec>,
    slots: HashMap<FactSource, u32>,
}

impl Facts {
    pub(super) fn new() -> Self {
        let source = FactSource::Call(CallFact::Elapsed);
        let elapsed = FactSpec { name: "call.elapsed".to_owned(), ty: Type::Duration, source };
        Self { specs: vec![elapsed], slots: HashMap::from([(source, ELAPSED)]) }
    }

    /// The layout of a manifest.
    pub(super) fn of(specs: &[FactSpec]) -> Self {
        let slots = specs.iter().zip(0_u32..).map(|(spec, slot)| (spec.source, slot)).collect();
        Self { specs: specs.to_vec(), slots }
    }

    /// The slot of a fact; `name` is how the author wrote it, or empty.
    pub(super) fn slot(&mut self, source: FactSource, ty: Type, name: &str) -> u32 {
        if let Some(slot) = self.slots.get(&source) {
            return *slot;
        }
        let slot = u32::try_from(self.specs.len()).unwrap_or(u32::MAX);
        let name = if name.is_empty() { plain_name(source) } else { name.to_owned() };
        self.specs.push(FactSpec { name, ty, source });
        self.slots.insert(source, slot);
        slot
    }

    /// How a fact is named and typed, once it has a slot.
    pub(super) fn spec(&self, source: FactSource) -> Option<&FactSpec> {
        self.slots.get(&source).and_then(|slot| self.specs.get(*slot as usize))
    }

    pub(super) fn into_specs(self) -> Vec<FactSpec> {
        self.specs
    }
}

/// A name for a fact that the author did not write.
fn plain_name(source: FactSource) -> String {
    match source {
        FactSource::Call(fact) => format!("call.{}", format!("{fact:?}").to_lowercase()),
        FactSource::Text(fact) => text_name(fact).to_owned(),
        FactSource::TextStarts(fact, _) => format!("{} starts with", text_name(fact)),
        FactSource::Signal(party, signal) => format!("{} {}", party.name(), signal.name()),
        FactSource::Confidence(party) => format!("{} anger confidence", party.name()),
        FactSource::Speaking(party) => format!("{} speaking", party.name()),
        FactSource::Said(party, _) => format!("{} says", party.name()),
        FactSource::SaidTimes(party, _) => format!("{} said", party.name()),
        FactSource::Calendar(_) => "hours".to_owned(),
        FactSource::Answered(_) => "the source answered".to_owned(),
        FactSource::AnswerKnown(..) => "the source's answer is known".to_owned(),
        FactSource::Answer(..) => "the source's answer".to_owned(),
        FactSource::AnswerMasked(..) => "the source's answer, masked".to_owned(),
        FactSource::Chance(_) => "chance".to_owned(),
        FactSource::Dialog(DialogFact::UnresolvedTimes) => "unresolved turns".to_owned(),
        FactSource::Dialog(DialogFact::SilentTimes) => "silences".to_owned(),
        FactSource::Dialog(DialogFact::Unanswered) => "times without an answer".to_owned(),
        FactSource::Dialog(fact) => format!("dialog.{}", format!("{fact:?}").to_lowercase()),
        FactSource::Queue(_, fact) => format!("queue.{}", format!("{fact:?}").to_lowercase()),
        FactSource::Agent(fact) => format!("agent.{}", format!("{fact:?}").to_lowercase()),
        FactSource::Mode(_) => "mode".to_owned(),
        FactSource::Watch(_) => "watch".to_owned(),
        FactSource::Noted(_) => "note".to_owned(),
        FactSource::NotedKnown(_) => "the dialog noted it".to_owned(),
        FactSource::Lead(..) => "lead".to_owned(),
        FactSource::LeadMasked(..) => "lead, masked".to_owned(),
        FactSource::LeadKnown(..) => "the lead tells".to_owned(),
        FactSource::Attempt(fact) => format!("attempt.{}", format!("{fact:?}").to_lowercase()),
        FactSource::Ticket(fact) => format!("ticket.{}", format!("{fact:?}").to_lowercase()),
        FactSource::TicketField(..) => "a field of the ticket".to_owned(),
    }
}

pub(super) const fn text_name(fact: TextFact) -> &'static str {
    match fact {
        TextFact::From => "call.from",
        TextFact::To => "call.to",
        TextFact::Keys => "call.keys",
    }
}
