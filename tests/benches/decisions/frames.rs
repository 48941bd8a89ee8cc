//! One frame of voice through three watches with state, as policies and as a person would write them in Rust.

use tandem_lang::program::{CompareOp, Expr, ExprKind, Program, Watch};
use tandem_lang::source::Span;
use tandem_stdlib::contract::{
    Action, CallFact, FactSource, Group, GroupMember, Manifest, Outcome, Party, Place, Signal, Slot, Type,
};

/// What a frame brings.
#[derive(Clone, Copy)]
pub(crate) struct Frame {
    now: i64,
    anger: f64,
    confidence: f64,
    silence: i64,
    rate: f64,
}

/// The hand-written watches' state.
#[derive(Default)]
pub(crate) struct State {
    angry_since: Option<i64>,
    calm_since: Option<i64>,
    distressed: bool,
    hurried_since: Option<i64>,
    hurried: bool,
    silent: bool,
    last_silence: Option<i64>,
}

/// Whether a condition has held for so long.
fn lasts(holds: bool, since: &mut Option<i64>, now: i64, for_ms: i64) -> bool {
    if !holds {
        *since = None;
        return false;
    }
    now - *since.get_or_insert(now) >= for_ms
}

impl State {
    /// Which of the three fire.
    pub(crate) fn step(&mut self, frame: &Frame) -> (bool, bool, bool) {
        let now = frame.now;
        let angry = lasts(frame.anger >= 0.7 && frame.confidence >= 0.6, &mut self.angry_since, now, 5_000);
        let calm = lasts(frame.anger < 0.4, &mut self.calm_since, now, 8_000);
        if self.distressed && calm {
            self.distressed = false;
        }
        let distress = angry && !self.distressed;
        self.distressed |= distress;
        let hurried = lasts(frame.rate >= 5.5, &mut self.hurried_since, now, 3_000);
        let hurry = hurried && !self.hurried;
        self.hurried = hurried;
        let silent = frame.silence >= 8_000;
        let alone = self.last_silence.is_none_or(|last| now - last >= 60_000);
        let silence = silent && !self.silent && alone;
        self.silent = silent;
        if silence {
            self.last_silence = Some(now);
        }
        (distress, hurry, silence)
    }
}

fn expr(kind: ExprKind, ty: Type) -> Expr {
    Expr { kind, ty, span: Span::default() }
}

fn compare(op: CompareOp, source: FactSource, ty: Type, slot: Slot) -> Expr {
    let (left, right) = (expr(ExprKind::Fact(source), ty), expr(ExprKind::Constant(slot), ty));
    expr(ExprKind::Compare(op, Box::new(left), Box::new(right)), Type::YesNo)
}

const ANGER: FactSource = FactSource::Signal(Party::Customer, Signal::Anger);
const RATE: FactSource = FactSource::Signal(Party::Customer, Signal::SpeechRate);
const SILENCE: FactSource = FactSource::Signal(Party::Customer, Signal::Silence);
const CONFIDENCE: FactSource = FactSource::Confidence(Party::Customer);

fn watch(when: Expr, clear: Option<Expr>, at_most_once_per_ms: Option<i64>) -> Watch {
    let outcome = Outcome { label: String::new(), because: String::new(), place: Place::default() };
    Watch {
        name: "bank.watch".to_owned(),
        place: Place::default(),
        effective: Default::default(),
        party: Party::Customer,
        triggers: Vec::new(),
        branches: vec![(when, outcome)],
        clear,
        at_most_once_per_ms,
        action: Action::Alert(1),
        because: String::new(),
        follow_up: None,
    }
}

/// The three watches as a checked program.
pub(crate) fn program() -> Program {
    let lasts = |inner: Expr, for_ms| expr(ExprKind::Lasts(Box::new(inner), for_ms), Type::YesNo);
    let number = Type::Number;
    let angry = expr(
        ExprKind::All(vec![
            compare(CompareOp::AtLeast, ANGER, number, 0.7_f64.to_bits()),
            compare(CompareOp::AtLeast, CONFIDENCE, number, 0.6_f64.to_bits()),
        ]),
        Type::YesNo,
    );
    let calm = compare(CompareOp::Less, ANGER, number, 0.4_f64.to_bits());
    let hurried = compare(CompareOp::AtLeast, RATE, Type::SyllablesPerSecond, 5.5_f64.to_bits());
    let silent = compare(CompareOp::AtLeast, SILENCE, Type::Duration, 8_000);
    let watches = vec![
        watch(lasts(angry, 5_000), Some(lasts(calm, 8_000)), None),
        watch(lasts(hurried, 3_000), None, None),
        watch(silent, None, Some(60_000)),
    ];
    Program { watches, ..Program::default() }
}

/// The record of facts of a frame.
pub(crate) fn facts(manifest: &Manifest, frame: &Frame) -> Vec<Slot> {
    let of = |source| match source {
        FactSource::Call(CallFact::Elapsed) => frame.now.cast_unsigned(),
        ANGER => frame.anger.to_bits(),
        CONFIDENCE => frame.confidence.to_bits(),
        RATE => frame.rate.to_bits(),
        SILENCE => frame.silence.cast_unsigned(),
        _ => 0,
    };
    manifest.facts.iter().map(|spec| of(spec.source)).collect()
}

/// The three watches as members of one group, and the slots of all their states and answers.
pub(crate) fn members(manifest: &Manifest) -> (Vec<GroupMember>, usize, usize) {
    let (mut state, mut answer) = (0, 0);
    let mut members = Vec::new();
    for (entry, one) in manifest.entries.iter().enumerate() {
        members.push(GroupMember { entry, state, answer });
        state += one.state_slots as usize;
        answer += one.answer_slots as usize;
    }
    (members, state, answer)
}

/// Stops when native code and the hand-written watches do not fire at the same frames.
pub(crate) fn fire_alike(
    frames: &[Frame],
    facts: &[Vec<Slot>],
    group: &dyn Group,
    (states, answers): (usize, usize),
) {
    let (mut by_hand, mut states, mut answers) = (State::default(), vec![0; states], vec![0; answers]);
    let mut fired = 0;
    for (frame, facts) in frames.iter().zip(facts) {
        assert_eq!(group.run(facts, &mut states, &mut answers), Some(0));
        let (distress, hurry, silence) = by_hand.step(frame);
        let slots = [answers[0] == 1, answers[3] == 1, answers[6] == 1];
        assert_eq!(slots, [distress, hurry, silence], "both fire alike");
        fired += usize::from(distress || hurry || silence);
    }
    assert!(fired > 0, "some watch fires");
}

/// Frames of one call, always the same.
pub(crate) fn random(count: usize) -> Vec<Frame> {
    let mut seed = 5_u64;
    let mut below = move |limit: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % limit
    };
    let mut silence = 0;
    let frames = (0..count).map(|at| {
        silence = if below(90) == 0 { 0 } else { silence + 100 };
        let mood = if (at / 120).is_multiple_of(2) { 0.65 } else { 0.2 };
        Frame {
            now: i64::try_from(at).expect("few") * 100,
            anger: mood + below(30) as f64 / 100.0,
            confidence: 0.55 + below(40) as f64 / 100.0,
            silence,
            rate: 4.0 + below(25) as f64 / 10.0,
        }
    });
    frames.collect()
}
