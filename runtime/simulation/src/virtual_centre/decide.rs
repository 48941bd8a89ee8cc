//! Lets the policy decide about a caller, as it would live.

use std::fmt::Write as _;

use tandem_centre::{Answer, ArgumentValue, Call, Core, Decision, Incident, QaResult, Sink, Sources, What};
use tandem_stdlib::contract::{CallStart, EntryKind, EntryRef, Event, Manifest, Slot, Type, VocabularyKind};

use super::caller::Caller;
use crate::chance::{Purpose, Seeds};
use crate::scenario::Detector;
use crate::value::Cell;

/// Where a call goes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Decided {
    /// Slot value of `queue`; `None`: no route decided.
    pub(super) queue: Option<Slot>,
    pub(super) priority: f64,
    /// How the route prefers agents.
    pub(super) score: Option<EntryRef>,
}

/// What an output of a route means to a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Queue,
    Priority,
    Other,
}

/// One call after the other.
pub(super) struct Decider<'m> {
    call: Call,
    outputs: Vec<Outputs>,
    detector: Detector,
    /// All words of `intent`.
    intents: &'m [String],
    sources: CallerSources<'m>,
    /// The call's name, written anew for each.
    id: String,
}

/// What a route's outputs mean, and its preference among agents.
struct Outputs {
    meanings: Vec<Meaning>,
    score: Option<EntryRef>,
}

/// Answers sources with what is known of the caller.
#[derive(Default)]
struct CallerSources<'m> {
    known: Vec<&'m (usize, usize, Cell)>,
}

impl Sources for CallerSources<'_> {
    fn answer(&mut self, source: usize, _arguments: &[ArgumentValue<'_>], answer: &mut Answer) -> bool {
        let mut known = false;
        for (_, field, cell) in self.known.iter().filter(|(of, ..)| *of == source) {
            known = true;
            match cell {
                Cell::Slot(slot) => answer.set(*field, *slot),
                Cell::Text(text) => answer.set_text(*field, text),
            }
        }
        known
    }
}

struct Listening<'a> {
    outputs: &'a [Outputs],
    decided: Decided,
}

impl Sink for Listening<'_> {
    fn decided(&mut self, decision: Decision<'_>) {
        let What::Outputs(slots) = decision.what else { return };
        let Some(outputs) = self.outputs.get(decision.entry) else { return };
        for (meaning, slot) in outputs.meanings.iter().zip(slots) {
            match meaning {
                Meaning::Queue if *slot != 0 => {
                    self.decided.queue = Some(*slot);
                    self.decided.score = outputs.score;
                }
                Meaning::Priority => self.decided.priority = f64::from_bits(*slot),
                Meaning::Queue | Meaning::Other => {}
            }
        }
    }

    fn judged(&mut self, _result: QaResult) {}

    fn incident(&mut self, _incident: Incident) {}
}

impl<'m> Decider<'m> {
    pub(super) fn new(core: &'m Core, detector: Detector) -> Self {
        let manifest = core.manifest();
        let outputs = manifest.entries.iter().map(|entry| outputs_of(manifest, &entry.kind));
        let intents = manifest.vocabularies.iter().find(|one| one.kind == VocabularyKind::Intent);
        Self {
            call: core.call(),
            outputs: outputs.collect(),
            detector,
            intents: intents.map(|one| one.words.as_slice()).unwrap_or_default(),
            sources: CallerSources::default(),
            id: String::new(),
        }
    }

    /// Lets the policy decide at a call's start and when the intent is recognised.
    pub(super) fn decide(&mut self, caller: &Caller<'m>, clock_ms: i64, seeds: Seeds) -> Decided {
        let heard = caller.intent.and_then(|intent| self.heard(&intent.word, caller, seeds));
        let Self { call, outputs, sources, id, .. } = self;
        id.clear();
        // Writing to a text cannot fail.
        _ = write!(id, "{}-{}", caller.stream, caller.number);
        sources.known.clear();
        sources.known.extend(caller.fields.iter().flat_map(|value| &value.answers));
        let mut sink = Listening { outputs, decided: Decided::default() };
        let word = |fact: Option<&'m super::caller::FactValue>| fact.map_or("", |value| value.word.as_str());
        let start = CallStart {
            id,
            clock_ms,
            from: caller.from.map_or("+990000000000", |value| value.word.as_str()),
            to: word(caller.to),
            outbound: false,
            channel: "phone",
            language: word(caller.language),
        };
        call.reset();
        call.handle(0, &Event::Start(start), sources, &mut sink);
        if let Some(intent) = heard {
            call.handle(0, &Event::Intent(intent), sources, &mut sink);
        }
        sink.decided
    }

    /// What the detector makes of the caller's intent: the right word, another one, or nothing.
    fn heard<'w>(&self, intent: &'w str, caller: &Caller<'m>, seeds: Seeds) -> Option<&'w str>
    where
        'm: 'w,
    {
        if self.detector.intent_known >= 1.0 && self.detector.intent_right >= 1.0 {
            return Some(intent);
        }
        let mut draws = seeds.draws(Purpose::Detection, caller.stream, caller.number);
        let (known, right, which) = (draws.share(), draws.share(), draws.share());
        if known > self.detector.intent_known {
            return None;
        }
        if right <= self.detector.intent_right {
            return Some(intent);
        }
        let others = self.intents.iter().filter(|word| *word != intent);
        let place = (which * others.clone().count() as f64).ceil() as usize;
        others.map(String::as_str).nth(place.saturating_sub(1))
    }
}

fn outputs_of(manifest: &Manifest, kind: &EntryKind) -> Outputs {
    let EntryKind::Route { outputs, prefer } = kind else {
        return Outputs { meanings: Vec::new(), score: None };
    };
    let is_queue = |ty: Type| match ty {
        Type::Word(at) => manifest
            .vocabularies
            .get(at as usize)
            .is_some_and(|vocabulary| vocabulary.kind == VocabularyKind::Queue),
        _ => false,
    };
    let meaning = |output: &tandem_stdlib::contract::Output| {
        if output.name == "queue" && is_queue(output.ty) {
            Meaning::Queue
        } else if output.name == "priority" && output.ty == Type::Number {
            Meaning::Priority
        } else {
            Meaning::Other
        }
    };
    Outputs { meanings: outputs.iter().map(meaning).collect(), score: *prefer }
}
