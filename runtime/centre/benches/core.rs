//! The core's own cost an event, around entries that do next to nothing.

use std::hint::black_box;
use std::sync::Arc;

use divan::Bencher;
use divan::counter::ItemsCount;
use tandem_centre::{Call, Core, Decision, Incident, NoSources, QaResult, Sink};
use tandem_stdlib::contract::{
    Action, Artefact, Bounds, CallFact, CallStart, Entry, EntryKind, Evaluator, Event, Explain, FactSource,
    FactSpec, Frame, Manifest, Outcome, OutcomeTrace, Output, Party, Place, Signal, Slot, Status, TextFact,
    Trigger, Turn, Type, Vocabulary, VocabularyKind,
};

fn main() {
    divan::main();
}

/// Answers every entry the same.
struct Constant;

impl Evaluator for Constant {
    fn run(&self, entry: usize, facts: &[Slot], _state: &mut [Slot], answer: &mut [Slot]) -> Status {
        answer.fill(0);
        if let [first, second, ..] = answer {
            (*first, *second) = if entry == 0 { (1, 0) } else { (0, i64::MAX.cast_unsigned()) };
        }
        black_box(facts);
        Status::Done
    }
}

impl Explain for Constant {
    fn explain(&self, _entry: usize, _facts: &[Slot], _state: &[Slot]) -> Vec<OutcomeTrace> {
        Vec::new()
    }
}

/// Counts what it gets.
#[derive(Default)]
struct Count(u64);

impl Sink for Count {
    fn decided(&mut self, decision: Decision<'_>) {
        self.0 += decision.at_ms.cast_unsigned();
    }

    fn judged(&mut self, _result: QaResult) {
        self.0 += 1;
    }

    fn incident(&mut self, _incident: Incident) {
        self.0 += 1;
    }
}

/// One route at the start and at intents, three watches over frames and turns, a dozen facts.
fn core() -> Core {
    let signal = |party, signal| (FactSource::Signal(party, signal), Type::Number);
    let facts = [
        (FactSource::Call(CallFact::Elapsed), Type::Duration),
        (FactSource::Call(CallFact::Intent), Type::Word(0)),
        (FactSource::Call(CallFact::Clock), Type::Moment),
        (FactSource::Call(CallFact::Held), Type::YesNo),
        (FactSource::Text(TextFact::From), Type::Phone),
        signal(Party::Customer, Signal::Anger),
        signal(Party::Customer, Signal::Loudness),
        signal(Party::Customer, Signal::SpeechRate),
        signal(Party::Customer, Signal::Silence),
        signal(Party::Agent, Signal::TalkShare),
        (FactSource::Confidence(Party::Customer), Type::Number),
        (FactSource::Speaking(Party::Customer), Type::YesNo),
    ];
    let facts = facts.map(|(source, ty)| FactSpec { name: String::new(), ty, source });
    let watch = || {
        let (action, because, bounds) = (Action::Alert(1), String::new(), Bounds::default());
        let triggers = [Trigger::Frame(Party::Customer), Trigger::Turn(Party::Customer), Trigger::Wake];
        entry(EntryKind::Watch { action, because, follow_up: None, clears: false, bounds }, &triggers)
    };
    let route = EntryKind::Route {
        outputs: vec![Output { name: "queue".to_owned(), ty: Type::Word(0) }],
        prefer: None,
    };
    let words = vec!["lost_card".to_owned(), "complaint".to_owned()];
    let manifest = Manifest {
        vocabularies: vec![Vocabulary { name: "intent".to_owned(), kind: VocabularyKind::Intent, words }],
        facts: facts.to_vec(),
        entries: vec![entry(route, &[Trigger::Start, Trigger::Intent]), watch(), watch(), watch()],
        ..Manifest::default()
    };
    let constant = Arc::new(Constant);
    let artefact =
        Artefact { manifest: Arc::new(manifest), evaluator: Arc::clone(&constant) as _, explain: constant };
    Core::new(artefact).unwrap_or_else(|error| unreachable!("the manifest fits: {error}"))
}

fn entry(kind: EntryKind, triggers: &[Trigger]) -> Entry {
    Entry {
        effective: Default::default(),
        name: String::new(),
        kind,
        triggers: triggers.to_vec(),
        outcomes: vec![Outcome { label: String::new(), because: String::new(), place: Place::default() }],
        state_slots: 2,
        answer_slots: 3,
        place: Place::default(),
    }
}

/// A call of 30 events: half turns, half frames.
fn events() -> Vec<(i64, Event<'static>)> {
    let text = "I would like to know what became of my card, please";
    let turn = |now_ms, party| {
        Event::Turn(Turn { party, start_ms: now_ms - 900, end_ms: now_ms, text, estimated: false })
    };
    let frame = Event::Frame(Frame {
        party: Party::Customer,
        speaking: true,
        loudness_db: Some(-20.0),
        pitch_hz: Some(180.0),
        speech_rate: Some(4.5),
        anger: Some(0.2),
        confidence: Some(0.9),
    });
    let start = CallStart { clock_ms: 1_767_603_590_000, from: "+8613800138000", ..CallStart::default() };
    let mut events = vec![(0, Event::Start(start))];
    for number in 1..29 {
        let now_ms = number * 1_000;
        let event = match number % 4 {
            0 => turn(now_ms, Party::Customer),
            2 => turn(now_ms, Party::Agent),
            _ => frame.clone(),
        };
        events.push((now_ms, event));
    }
    events.push((29_000, Event::End));
    events
}

fn play(call: &mut Call, events: &[(i64, Event<'_>)], sink: &mut Count) {
    call.reset();
    for (at_ms, event) in events {
        call.handle(*at_ms, event, &mut NoSources, sink);
    }
}

/// Whole calls of 30 events each; the items are events.
#[divan::bench]
fn a_call_of_30_events(bencher: Bencher<'_, '_>) {
    let core = core();
    let (mut call, events, mut sink) = (core.call(), events(), Count::default());
    bencher.counter(ItemsCount::new(events.len())).bench_local(|| {
        play(&mut call, black_box(&events), &mut sink);
        sink.0
    });
}
