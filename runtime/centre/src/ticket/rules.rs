//! What tickets ask their policy.

use tandem_stdlib::contract::{CallStart, EntryRef, FactSource, Slot, Speech, TicketFact, TicketSpec, Type};

use super::event::{Classified, TicketId};
use crate::{Answer, Call, Core, Sink, Sources};

/// A ticket that a condition looks at. Times in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Considered<'a> {
    /// Which.
    pub ticket: TicketId,
    /// Its kind: index into the manifest's `tickets`.
    pub kind: u32,
    /// What was written down in its fields.
    pub fields: &'a Answer,
    /// The customer's number.
    pub number: &'a str,
    /// The language of the call that opened it, ISO 639-1; empty: not known.
    pub language: &'a str,
    /// Now, since the Unix epoch.
    pub clock_ms: i64,
    /// Since it was opened.
    pub age_ms: i64,
    /// Since somebody touched it, or it was opened.
    pub untouched_ms: i64,
    /// A word of `priority`.
    pub priority: Slot,
    /// Slot of the queue that has it; 0: nobody.
    pub queue: Slot,
}

/// Answers by the policy's entries: see [`PolicyTicketRules`].
pub trait TicketRules {
    /// The outcome of an entry that decides; `None`: none does.
    fn outcome(&mut self, entry: EntryRef, considered: Considered<'_>) -> Option<usize>;

    /// A text about the ticket, in the customer's language where it is known, with its values.
    fn words(&mut self, speech: &Speech, considered: Considered<'_>) -> String;
}

/// The first outcome of every entry decides, and nothing is said.
#[derive(Clone, Copy, Debug, Default)]
pub struct EveryDeadline;

impl TicketRules for EveryDeadline {
    fn outcome(&mut self, _entry: EntryRef, _considered: Considered<'_>) -> Option<usize> {
        Some(0)
    }

    fn words(&mut self, _speech: &Speech, _considered: Considered<'_>) -> String {
        String::new()
    }
}

/// Runs the conditions of a policy's tickets.
pub struct PolicyTicketRules<'a> {
    core: &'a Core,
    call: Call,
    sources: &'a mut dyn Sources,
    sink: &'a mut dyn Sink,
}

impl<'a> PolicyTicketRules<'a> {
    /// Sources answer what conditions look up about the customer's number.
    pub fn new(core: &'a Core, sources: &'a mut dyn Sources, sink: &'a mut dyn Sink) -> Self {
        Self { core, call: core.call(), sources, sink }
    }
}

impl PolicyTicketRules<'_> {
    fn consider(&mut self, considered: Considered<'_>) {
        let Considered { clock_ms, number: from, language, .. } = considered;
        self.call.consider(&CallStart { clock_ms, from, language, ..CallStart::default() }, self.sink);
        give(&mut self.call, considered);
        give_fields(&mut self.call, self.core.manifest().tickets.get(considered.kind as usize), considered);
        self.call.ask(self.sources, self.sink);
    }
}

impl TicketRules for PolicyTicketRules<'_> {
    fn outcome(&mut self, entry: EntryRef, considered: Considered<'_>) -> Option<usize> {
        self.consider(considered);
        self.call.evaluate(entry as usize).map(|decided| decided.outcome)
    }

    fn words(&mut self, speech: &Speech, considered: Considered<'_>) -> String {
        self.consider(considered);
        self.call.words(speech, self.sources, self.sink)
    }
}

fn give(call: &mut Call, considered: Considered<'_>) {
    let facts = [
        (TicketFact::Age, considered.age_ms.cast_unsigned()),
        (TicketFact::Untouched, considered.untouched_ms.cast_unsigned()),
        (TicketFact::Priority, considered.priority),
        (TicketFact::Queue, considered.queue),
    ];
    facts.into_iter().for_each(|(fact, value)| call.give(FactSource::Ticket(fact), value));
}

fn give_fields(call: &mut Call, spec: Option<&TicketSpec>, considered: Considered<'_>) {
    for (index, field) in (0_u32..).zip(spec.iter().flat_map(|spec| &spec.fields)) {
        let written = match field.ty {
            Type::Phone | Type::Text => considered.fields.text(index as usize).map(|text| call.intern(text)),
            _ => considered.fields.slot(index as usize),
        };
        call.give(FactSource::TicketField(considered.kind, index), written.unwrap_or(field.default));
    }
}

/// Whether a call that has come to its end opens a ticket of this kind, on the call's facts as they stand.
pub fn opens(call: &mut Call, spec: &TicketSpec) -> bool {
    spec.opens.is_some_and(|entry| call.evaluate(entry as usize).is_some())
}

/// What a ticket is classified as, on the facts of the call that opens it.
pub fn classify(core: &Core, call: &mut Call, spec: &TicketSpec) -> Classified {
    let mut classified = Classified::default();
    for (name, _, value) in classification(core, call, spec) {
        match name.as_str() {
            "priority" => classified.priority = value,
            "queue" => classified.queue = value,
            _ => {}
        }
    }
    classified
}

/// What a ticket's fields are when it opens, on the facts of the call that opens it. What is not known is left out. It is
/// worked out before the ticket is [classified](classify): sources are asked here.
pub fn prefill(call: &mut Call, spec: &TicketSpec, sources: &mut dyn Sources, sink: &mut dyn Sink) -> Answer {
    // Nothing else of the policy may have asked what a ticket wants to know.
    call.ask(sources, sink);
    let mut answer = Answer::default();
    let given = spec.prefill.values.and_then(|entry| call.evaluate(entry as usize));
    let values = given.map(|given| given.outputs.to_vec()).unwrap_or_default();
    for (field, value) in spec.prefill.fields.iter().map(|field| *field as usize).zip(values) {
        match spec.fields.get(field).map(|field| field.ty) {
            Some(Type::Text | Type::Phone) => {
                let text = call.text(value).filter(|text| !text.is_empty());
                text.into_iter().for_each(|text| answer.set_text(field, text));
            }
            Some(Type::Word(_)) if value == 0 => {}
            Some(_) => answer.set(field, value),
            None => {}
        }
    }
    for (field, handed) in &spec.prefill.told {
        for (_, text) in call.handed_over(std::slice::from_ref(handed), sources, sink) {
            answer.set_text(*field as usize, &text);
        }
    }
    answer
}

/// All outputs of a ticket's classification by name, with their types.
pub fn classification(core: &Core, call: &mut Call, spec: &TicketSpec) -> Vec<(String, Type, Slot)> {
    let Some(entry) = spec.classify else { return Vec::new() };
    let outputs = core.manifest().entries.get(entry as usize).map(|entry| &entry.kind);
    let Some(tandem_stdlib::contract::EntryKind::Route { outputs, .. }) = outputs else { return Vec::new() };
    let Some(decided) = call.evaluate(entry as usize) else { return Vec::new() };
    let named = outputs.iter().zip(decided.outputs);
    named.map(|(output, value)| (output.name.clone(), output.ty, *value)).collect()
}
