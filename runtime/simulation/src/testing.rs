//! A small policy for this crate's tests: its entries are written by hand.
//!
//! A route `bank.arrival` gives `complaints` once the caller complains (row 1), else `general` (otherwise); a watch
//! `bank.angry` alerts the supervisor at anger of 0.7 and more, and moves the call to `complaints` when nobody
//! acknowledges within 20 s; a check `bank.polite` of two items: the agent spoke within 10 s (critical), and the call
//! was never on hold (5 points).

mod outbound;

pub(crate) use outbound::{campaign, renewals, ticket};

use std::sync::Arc;

use tandem_archive::RecordedCall;
use tandem_centre::Core;
use tandem_stdlib::contract::{
    Action, Artefact, AtomTrace, Bounds, CallFact, CallStart, Entry, EntryKind, Evaluator, Event, Explain,
    FactSource, FactSpec, FollowUp, Frame, Manifest, Operand, Outcome, OutcomeTrace, Output, Party, Place,
    QaItem, QaWeight, Reason, Script, Signal, Slot, Status, Trigger, Turn, Type, Vocabulary, VocabularyKind,
};

const QUEUE: Type = Type::Word(1);
const INTENT: Type = Type::Word(0);
const INTENT_SLOT: usize = 1;
const ANGER_SLOT: usize = 2;
const SPEAKING_SLOT: usize = 3;
const HELD_SLOT: usize = 4;
const ENDED_SLOT: usize = 5;

struct Bank;

impl Evaluator for Bank {
    fn run(&self, entry: usize, facts: &[Slot], state: &mut [Slot], answer: &mut [Slot]) -> Status {
        answer.fill(0);
        match entry {
            0 => {
                let complains = facts[INTENT_SLOT] == 2;
                answer[0] = if complains { 2 } else { 1 };
                answer[1] = u64::from(!complains);
                answer[2] = if complains { 3 } else { 2 };
            }
            1 => {
                let angry = f64::from_bits(facts[ANGER_SLOT]) >= 0.7;
                let fires = angry && state[0] == 0;
                answer[0] = if fires { 1 } else { u64::from(!angry && state[0] == 1) * 2 };
                answer[1] = i64::MAX.cast_unsigned();
                answer[2] = u64::from(angry);
                state[0] = u64::from(angry);
            }
            _ => quality(facts, state, answer),
        }
        Status::Done
    }
}

fn quality(facts: &[Slot], state: &mut [Slot], answer: &mut [Slot]) {
    let (now_ms, ended) = (facts[0], facts[ENDED_SLOT] == 1);
    if state[0] == 0 && facts[SPEAKING_SLOT] == 1 {
        state[0] = if now_ms <= 10_000 { 1 } else { 2 };
        state[1] = now_ms;
    }
    state[2] |= facts[HELD_SLOT];
    answer[0] = if ended && state[0] == 0 { 3 } else { state[0] };
    answer[1] = state[1];
    answer[2] = if ended { 1 + state[2] } else { 0 };
    answer[3] = now_ms;
    answer[4] = i64::MAX.cast_unsigned();
}

impl Explain for Bank {
    fn explain(&self, entry: usize, facts: &[Slot], _state: &[Slot]) -> Vec<OutcomeTrace> {
        let atom = |shown: &str, name: &str, ty, slot: usize, held| AtomTrace {
            shown: shown.to_owned(),
            held,
            operands: vec![Operand { name: name.to_owned(), ty, value: facts[slot], sensitive: false }],
        };
        let complains = facts[INTENT_SLOT] == 2;
        let angry = f64::from_bits(facts[ANGER_SLOT]) >= 0.7;
        let outcome = |outcome, held, answer, atoms| OutcomeTrace { outcome, held, answer, atoms };
        match entry {
            0 => vec![
                outcome(
                    0,
                    complains,
                    vec![2],
                    vec![atom("call.intent is complaint", "call.intent", INTENT, 1, complains)],
                ),
                outcome(1, true, vec![1], Vec::new()),
            ],
            1 => vec![outcome(
                0,
                angry,
                Vec::new(),
                vec![atom("anger >= 0.70", "anger", Type::Number, 2, angry)],
            )],
            _ => Vec::new(),
        }
    }
}

/// The policy with these tests.
pub(crate) fn bank(scripts: Vec<Script>) -> Core {
    let manifest = Manifest {
        vocabularies: vocabularies(),
        facts: facts(),
        entries: entries(),
        scripts,
        ..Manifest::default()
    };
    let bank = Arc::new(Bank);
    let artefact =
        Artefact { manifest: Arc::new(manifest), evaluator: Arc::clone(&bank) as _, explain: bank };
    Core::new(artefact).unwrap()
}

fn vocabularies() -> Vec<Vocabulary> {
    let vocabulary = |name: &str, kind, words: &[&str]| Vocabulary {
        name: name.to_owned(),
        kind,
        words: words.iter().map(|word| (*word).to_owned()).collect(),
    };
    vec![
        vocabulary("intent", VocabularyKind::Intent, &["lost_card", "complaint"]),
        vocabulary("queue", VocabularyKind::Queue, &["general", "complaints"]),
        vocabulary("role", VocabularyKind::Role, &["supervisor"]),
    ]
}

fn facts() -> Vec<FactSpec> {
    let fact = |name: &str, ty, source| FactSpec { name: name.to_owned(), ty, source };
    vec![
        fact("call.elapsed", Type::Duration, FactSource::Call(CallFact::Elapsed)),
        fact("call.intent", INTENT, FactSource::Call(CallFact::Intent)),
        fact("anger", Type::Number, FactSource::Signal(Party::Customer, Signal::Anger)),
        fact("agent speaking", Type::YesNo, FactSource::Speaking(Party::Agent)),
        fact("call.held", Type::YesNo, FactSource::Call(CallFact::Held)),
        fact("call.ended", Type::YesNo, FactSource::Call(CallFact::Ended)),
    ]
}

fn entries() -> Vec<Entry> {
    let outcome = |label: &str, because: &str| Outcome {
        label: label.to_owned(),
        because: because.to_owned(),
        place: Place { file: "bank.tdm".to_owned(), line: 7, column: 1 },
    };
    let entry = |name: &str, kind, triggers: &[Trigger], outcomes, slots: (u32, u32)| Entry {
        effective: Default::default(),
        name: name.to_owned(),
        kind,
        triggers: triggers.to_vec(),
        outcomes,
        state_slots: slots.0,
        answer_slots: slots.1,
        place: Place::default(),
    };
    let item = |label: &str, weight| QaItem {
        label: label.to_owned(),
        weight,
        reason: Reason { because: String::new(), place: Place::default() },
    };
    let route =
        EntryKind::Route { prefer: None, outputs: vec![Output { name: "queue".to_owned(), ty: QUEUE }] };
    let watch = EntryKind::Watch {
        action: Action::Alert(1),
        because: "customer distressed".to_owned(),
        follow_up: Some(FollowUp { action: Action::Transfer(2), within_ms: 20_000 }),
        clears: false,
        bounds: Bounds::default(),
    };
    let items = vec![item("agent must greet", QaWeight::Critical), item("never on hold", QaWeight::Score(5))];
    let qa = EntryKind::Qa { items, pass_share: 0.8 };
    let rows = vec![outcome("row 1", "complaints are heard"), outcome("otherwise", "self-service first")];
    let quality = [Trigger::Turn(Party::Agent), Trigger::Hold, Trigger::End];
    vec![
        entry("bank.arrival", route, &[Trigger::Start, Trigger::Intent], rows, (0, 3)),
        entry(
            "bank.angry",
            watch,
            &[Trigger::Frame(Party::Customer)],
            vec![outcome("condition 1", "")],
            (1, 3),
        ),
        entry("bank.polite", qa, &quality, Vec::new(), (3, 5)),
    ]
}

/// A call that complains after 2 s, is angry at 5 s, and ends after `end_ms`.
pub(crate) fn recorded(id: &str, end_ms: i64) -> RecordedCall {
    let mut call = RecordedCall::default();
    call.id.push_str(id);
    call.set_start(&CallStart::default());
    let turn =
        |party, start_ms, end_ms| Turn { party, start_ms, end_ms, text: "good morning", estimated: false };
    call.push(1_500, &Event::Turn(turn(Party::Agent, 200, 1_500)));
    call.push(2_000, &Event::Intent("complaint"));
    call.push(5_000, &Event::Frame(frame(0.8)));
    call.push(end_ms, &Event::End);
    call.settle();
    call
}

/// A frame of the customer with this anger.
pub(crate) const fn frame(anger: f32) -> Frame {
    Frame {
        party: Party::Customer,
        speaking: false,
        loudness_db: None,
        pitch_hz: None,
        speech_rate: None,
        anger: Some(anger),
        confidence: None,
    }
}
