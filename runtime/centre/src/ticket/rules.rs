//! What tickets ask their policy.

use tandem_stdlib::contract::{CallStart, EntryRef, FactSource, Slot, Speech, TicketFact, TicketSpec, Type};

use super::event::Classified;
use crate::{Call, Core, Sink, Sources};

/// A ticket that a condition looks at. Times in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Considered<'a> {
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
    /// Whether a deadline's condition holds.
    fn holds(&mut self, condition: EntryRef, considered: Considered<'_>) -> bool;

    /// A text about the ticket, in the customer's language where it is known, with its values.
    fn words(&mut self, speech: &Speech, considered: Considered<'_>) -> String;
}

/// Every condition holds, and nothing is said.
#[derive(Clone, Copy, Debug, Default)]
pub struct EveryDeadline;

impl TicketRules for EveryDeadline {
    fn holds(&mut self, _condition: EntryRef, _considered: Considered<'_>) -> bool {
        true
    }

    fn words(&mut self, _speech: &Speech, _considered: Considered<'_>) -> String {
        String::new()
    }
}

/// Runs the conditions of a policy's deadlines.
pub struct PolicyTicketRules<'a> {
    call: Call,
    sources: &'a mut dyn Sources,
    sink: &'a mut dyn Sink,
}

impl<'a> PolicyTicketRules<'a> {
    /// Sources answer what conditions look up about the customer's number.
    pub fn new(core: &Core, sources: &'a mut dyn Sources, sink: &'a mut dyn Sink) -> Self {
        Self { call: core.call(), sources, sink }
    }
}

impl PolicyTicketRules<'_> {
    fn consider(&mut self, considered: Considered<'_>) {
        let Considered { clock_ms, number: from, language, .. } = considered;
        self.call.consider(&CallStart { clock_ms, from, language, ..CallStart::default() }, self.sink);
        give(&mut self.call, considered);
        self.call.ask(self.sources, self.sink);
    }
}

impl TicketRules for PolicyTicketRules<'_> {
    fn holds(&mut self, condition: EntryRef, considered: Considered<'_>) -> bool {
        self.consider(considered);
        self.call.evaluate(condition as usize).is_some()
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

/// All outputs of a ticket's classification by name, with their types.
pub fn classification(core: &Core, call: &mut Call, spec: &TicketSpec) -> Vec<(String, Type, Slot)> {
    let Some(entry) = spec.classify else { return Vec::new() };
    let outputs = core.manifest().entries.get(entry as usize).map(|entry| &entry.kind);
    let Some(tandem_stdlib::contract::EntryKind::Route { outputs, .. }) = outputs else { return Vec::new() };
    let Some(decided) = call.evaluate(entry as usize) else { return Vec::new() };
    let named = outputs.iter().zip(decided.outputs);
    named.map(|(output, value)| (output.name.clone(), output.ty, *value)).collect()
}
