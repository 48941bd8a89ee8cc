//! A 40-row route over twelve facts with ten helper expressions, as a policy and as a person would write it in Rust.
//! Both come from one list of rows, so that they are the same route.

use tandem_lang::program::{Cell, CellTest, Choice, CompareOp, Expr, ExprKind, Program, Route, Row, Table};
use tandem_lang::source::Span;
use tandem_stdlib::contract::{Currency, FactSource, Manifest, Outcome, Output, Place, Slot, Type};

/// Facts of a call.
#[derive(Clone, Copy)]
pub(crate) struct Call {
    tier: u8,
    intent: u8,
    hours: u8,
    language: u8,
    channel: u8,
    region: u8,
    held: u8,
    value: i64,
    debt: i64,
    elapsed: i64,
    unresolved: f64,
    anger: f64,
}

/// The ten helper expressions.
#[derive(Clone, Copy)]
struct Helpers {
    rich: bool,
    valued: bool,
    owes: bool,
    angry: bool,
    lost: bool,
    late: bool,
    local: bool,
    written: bool,
    risky: bool,
    patient: bool,
}

const MONEY: Type = Type::Money(Currency(*b"EUR"));

fn helpers(call: &Call) -> Helpers {
    let rich = call.value >= 500_000_000;
    let angry = call.anger >= 0.7;
    let lost = call.unresolved >= 3.0;
    Helpers {
        rich,
        valued: rich || call.tier >= 3,
        owes: call.debt > 0,
        angry,
        lost,
        late: call.elapsed >= 120_000,
        local: matches!(call.region, 1 | 4 | 6),
        written: matches!(call.channel, 4 | 5),
        risky: angry && lost,
        patient: call.anger < 0.2 && call.held == 0,
    }
}

macro_rules! rows {
    ($($($column:ident = $($word:literal)|+),* ; $($helper:ident),* => $queue:literal $priority:literal)+) => {
        /// The route, hand-written: row, queue, priority.
        pub(crate) fn by_hand(call: &Call) -> (usize, u64, u64) {
            let helpers = helpers(call);
            let mut row = 0;
            $(
                if true $(&& matches!(call.$column, $($word)|+))* $(&& helpers.$helper)* {
                    return (row, $queue, $priority);
                }
                row += 1;
            )+
            (row, 9, 1)
        }

        fn rows() -> Vec<(Vec<(&'static str, Vec<u64>)>, Vec<&'static str>, u64, u64)> {
            vec![$((
                vec![$((stringify!($column), vec![$($word),+])),*],
                vec![$(stringify!($helper)),*],
                $queue,
                $priority,
            )),+]
        }
    };
}

rows! {
    intent = 1 | 2 ; lost, risky => 1 99
    intent = 1, hours = 2 ; valued => 2 95
    intent = 3, tier = 4 ; angry => 3 94
    intent = 3, hours = 1 ; rich => 3 90
    intent = 4 | 5, hours = 1 ; owes, late => 4 88
    intent = 4, language = 2 ; owes => 4 86
    channel = 5, intent = 6 ; written, local => 5 84
    tier = 4, hours = 1 ; valued, patient => 2 83
    tier = 3 | 4, region = 2 | 3 ; risky => 6 82
    intent = 7, channel = 1 | 2 ; lost => 1 80
    intent = 7, language = 3 ; written => 7 78
    intent = 8, hours = 2 ; late => 8 77
    intent = 8, tier = 1 ; owes, angry => 4 75
    intent = 2, region = 5 | 6 ; local, rich => 2 74
    intent = 2, channel = 3 ; patient => 5 72
    intent = 5, tier = 2 | 3 ; valued => 3 70
    intent = 5, hours = 2, language = 1 ; => 8 69
    intent = 6, hours = 1, region = 1 ; => 5 68
    intent = 6, tier = 4 ; late => 2 66
    intent = 1, language = 4 ; => 7 65
    intent = 3, channel = 4 ; written => 5 63
    intent = 4, region = 7 ; => 4 62
    intent = 7, tier = 2 ; angry => 6 60
    intent = 8, language = 2, hours = 1 ; => 7 58
    tier = 4 ; rich, angry => 3 55
    tier = 3, hours = 2 ; lost => 8 54
    region = 8, channel = 1 ; owes => 4 52
    language = 5, hours = 1 ; local => 7 50
    channel = 2, held = 1 ; late => 6 48
    intent = 1 | 3, hours = 1 ; => 2 45
    intent = 2 | 4, hours = 1 ; => 4 44
    intent = 5 | 6, channel = 1 ; => 5 42
    intent = 7 | 8, region = 1 | 2 | 3 ; => 1 40
    tier = 1, hours = 2 ; => 8 35
    tier = 2, language = 1 | 2 ; => 7 30
    hours = 2 ; patient => 8 25
    hours = 1 ; angry => 6 20
    held = 1 ; => 1 15
    channel = 3 | 4 ; => 5 10
}

fn expr(kind: ExprKind, ty: Type) -> Expr {
    Expr { kind, ty, span: Span::default() }
}

const FACTS: [(&str, Type); 12] = [
    ("tier", Type::Word(0)),
    ("intent", Type::Word(1)),
    ("hours", Type::Word(2)),
    ("language", Type::Word(3)),
    ("channel", Type::Word(4)),
    ("region", Type::Word(5)),
    ("held", Type::YesNo),
    ("value", MONEY),
    ("debt", MONEY),
    ("elapsed", Type::Duration),
    ("unresolved", Type::Number),
    ("anger", Type::Number),
];

fn fact(name: &str) -> Expr {
    let at = FACTS.iter().position(|(known, _)| *known == name).expect("a fact");
    expr(ExprKind::Fact(FactSource::Answer(0, u32::try_from(at).expect("few"))), FACTS[at].1)
}

fn compare(op: CompareOp, name: &str, slot: Slot) -> Expr {
    let left = fact(name);
    let right = expr(ExprKind::Constant(slot), left.ty);
    expr(ExprKind::Compare(op, Box::new(left), Box::new(right)), Type::YesNo)
}

fn one_of(name: &str, words: &[u64]) -> Expr {
    expr(ExprKind::In(Box::new(fact(name)), cell(words)), Type::YesNo)
}

fn cell(words: &[u64]) -> Cell {
    let tests = words.iter().map(|word| CellTest::Is(*word)).collect();
    Cell { not: false, tests, span: Span::default() }
}

fn helper(name: &str) -> Expr {
    let joined = |kind: fn(Vec<Expr>) -> ExprKind, parts: Vec<Expr>| expr(kind(parts), Type::YesNo);
    match name {
        "rich" => compare(CompareOp::AtLeast, "value", 500_000_000),
        "valued" => joined(ExprKind::Any, vec![helper("rich"), compare(CompareOp::AtLeast, "tier", 3)]),
        "owes" => compare(CompareOp::More, "debt", 0),
        "angry" => compare(CompareOp::AtLeast, "anger", 0.7_f64.to_bits()),
        "lost" => compare(CompareOp::AtLeast, "unresolved", 3.0_f64.to_bits()),
        "late" => compare(CompareOp::AtLeast, "elapsed", 120_000),
        "local" => one_of("region", &[1, 4, 6]),
        "written" => one_of("channel", &[4, 5]),
        "risky" => joined(ExprKind::All, vec![helper("angry"), helper("lost")]),
        "patient" => joined(
            ExprKind::All,
            vec![compare(CompareOp::Less, "anger", 0.2_f64.to_bits()), compare(CompareOp::Equal, "held", 0)],
        ),
        _ => panic!("no such helper: {name}"),
    }
}

/// The route as a checked program.
pub(crate) fn program() -> Program {
    let words = ["tier", "intent", "hours", "language", "channel", "region", "held"];
    let flags = ["rich", "valued", "owes", "angry", "lost", "late", "local", "written", "risky", "patient"];
    let columns = words.iter().map(|name| fact(name)).chain(flags.iter().map(|name| helper(name))).collect();
    let answer = |slot| expr(ExprKind::Constant(slot), Type::Word(6));
    let outcome = || Outcome { label: String::new(), because: String::new(), place: Place::default() };
    let mut rows = rows();
    rows.push((Vec::new(), Vec::new(), 9, 1));
    let rows = rows.into_iter().map(|(tests, helpers, queue, priority)| {
        let of_word =
            |name: &&str| tests.iter().find(|(known, _)| known == name).map_or(cell(&[]), |(_, w)| cell(w));
        let of_flag = |name: &&str| if helpers.contains(name) { cell(&[1]) } else { cell(&[]) };
        let cells = words.iter().map(of_word).chain(flags.iter().map(of_flag)).collect();
        Row { cells, answers: vec![answer(queue), answer(priority)], outcome: outcome() }
    });
    let output = |name: &str| Output { name: name.to_owned(), ty: Type::Word(6) };
    let route = Route {
        name: "bank.arrival".to_owned(),
        place: Place::default(),
        triggers: Vec::new(),
        outputs: vec![output("queue"), output("priority")],
        choices: vec![Choice::Table(Table { columns, rows: rows.collect() })],
        ..Route::default()
    };
    Program { routes: vec![route], ..Program::default() }
}

/// The record of facts of a call.
pub(crate) fn facts(manifest: &Manifest, call: &Call) -> Vec<Slot> {
    let slots = [
        call.tier.into(),
        call.intent.into(),
        call.hours.into(),
        call.language.into(),
        call.channel.into(),
        call.region.into(),
        call.held.into(),
        call.value.cast_unsigned(),
        call.debt.cast_unsigned(),
        call.elapsed.cast_unsigned(),
        call.unresolved.to_bits(),
        call.anger.to_bits(),
    ];
    let of = |source| match source {
        FactSource::Answer(_, at) => slots[at as usize],
        _ => 0,
    };
    manifest.facts.iter().map(|spec| of(spec.source)).collect()
}

/// Varied calls, always the same ones.
pub(crate) fn random(count: usize) -> Vec<Call> {
    let mut seed = 7_u64;
    let mut below = |limit: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % limit
    };
    let mut call = || Call {
        tier: below(5) as u8,
        intent: below(9) as u8,
        hours: 1 + below(2) as u8,
        language: below(6) as u8,
        channel: 1 + below(5) as u8,
        region: below(9) as u8,
        held: below(2) as u8,
        value: below(1_000_000_000) as i64,
        debt: below(3) as i64 * 1_000,
        elapsed: below(300_000) as i64,
        unresolved: below(6) as f64,
        anger: below(100) as f64 / 100.0,
    };
    (0..count).map(|_| call()).collect()
}
