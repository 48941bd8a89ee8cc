//! Random checked programs, made as the checker would hand them over.

use tandem_lang::program::{
    ArithmeticOp, Cell, CellTest, Choice, CompareOp, Expr, ExprKind, Program, Qa, QaRule, Route, Row, Rule,
    Table, Watch,
};
use tandem_lang::source::Span;
use tandem_stdlib::contract::{
    Action, AgentFact, CallFact, Currency, FactSource, Outcome, Output, Party, Place, QaItem, QaWeight,
    QueueFact, Reason, Signal, TextFact, Type,
};

use crate::random::Random;

const MONEY: Type = Type::Money(Currency(*b"EUR"));
const TYPES: [Type; 7] =
    [Type::YesNo, Type::Word(0), Type::Number, MONEY, Type::Duration, Type::Moment, Type::Percent];
const COMPARE: [CompareOp; 6] = [
    CompareOp::Equal,
    CompareOp::NotEqual,
    CompareOp::Less,
    CompareOp::AtMost,
    CompareOp::More,
    CompareOp::AtLeast,
];

fn expr(kind: ExprKind, ty: Type) -> Expr {
    Expr { kind, ty, span: Span::default() }
}

fn boxed(kind: ExprKind, ty: Type) -> Box<Expr> {
    Box::new(expr(kind, ty))
}

fn fact(random: &mut Random, ty: Type) -> FactSource {
    let index = u32::try_from(random.below(3)).expect("small");
    match ty {
        Type::YesNo => random.pick(&[
            FactSource::Call(CallFact::Held),
            FactSource::Answered(index),
            FactSource::TextStarts(TextFact::From, index),
            FactSource::Mode(index),
            FactSource::Watch(index),
            FactSource::NotedKnown(index),
            FactSource::Agent(AgentFact::IsOwner),
        ]),
        Type::Word(_) => random.pick(&[FactSource::Call(CallFact::Intent), FactSource::Answer(0, index)]),
        Type::Number => random.pick(&[
            FactSource::Answer(1, index),
            FactSource::Noted(index),
            FactSource::Queue(index, QueueFact::Waiting),
            FactSource::Agent(AgentFact::Load),
            FactSource::Chance(index),
        ]),
        Type::Duration => random.pick(&[FactSource::Call(CallFact::Elapsed), FactSource::Answer(3, index)]),
        Type::Moment => random.pick(&[FactSource::Call(CallFact::Clock), FactSource::Answer(4, index)]),
        Type::Percent => FactSource::Answer(5, index),
        _ => FactSource::Answer(2, index),
    }
}

fn value(random: &mut Random, ty: Type, depth: u64) -> Expr {
    let choice = if depth == 0 { random.below(3) } else { random.below(9) };
    match choice {
        0 => expr(ExprKind::Constant(random.constant(ty)), ty),
        1 | 2 => expr(ExprKind::Fact(fact(random, ty)), ty),
        3 => expr(
            ExprKind::If {
                condition: Box::new(condition(random, depth - 1)),
                then: Box::new(value(random, ty, depth - 1)),
                otherwise: Box::new(value(random, ty, depth - 1)),
            },
            ty,
        ),
        _ if ty == Type::YesNo => condition(random, depth - 1),
        _ => arithmetic(random, ty, depth - 1),
    }
}

fn arithmetic(random: &mut Random, ty: Type, depth: u64) -> Expr {
    use ArithmeticOp::{Add, Divide, Multiply, Subtract};
    let otherwise = |random: &mut Random| Some(Box::new(value(random, ty, depth)));
    let plain = random.pick(&[Add, Subtract]);
    let (op, left, right, otherwise) = match (ty, random.below(3)) {
        (Type::Number, 0) => (Divide, MONEY, MONEY, otherwise(random)),
        (Type::Number | Type::Percent, 1) => (Divide, ty, Type::Number, otherwise(random)),
        (Type::Number | Type::Percent, _) => (random.pick(&[Add, Subtract, Multiply]), ty, ty, None),
        (Type::Duration, 0) => (Subtract, Type::Moment, Type::Moment, None),
        (MONEY | Type::Duration, 1) => (Divide, ty, Type::Number, otherwise(random)),
        (MONEY | Type::Duration, 2) => (Multiply, Type::Number, ty, None),
        (MONEY | Type::Duration, _) => (plain, ty, ty, None),
        (Type::Moment, _) => (plain, ty, Type::Duration, None),
        _ => return expr(ExprKind::Fact(fact(random, ty)), ty),
    };
    let (left, right) = (Box::new(value(random, left, depth)), Box::new(value(random, right, depth)));
    expr(ExprKind::Arithmetic { op, left, right, otherwise }, ty)
}

fn cell(random: &mut Random, ty: Type) -> Cell {
    let tests = (0..random.below(4)).map(|_| cell_test(random, ty)).collect::<Vec<_>>();
    Cell { not: !tests.is_empty() && random.chance(4), tests, span: Span::default() }
}

fn cell_test(random: &mut Random, ty: Type) -> CellTest {
    let end = |random: &mut Random| Some((random.constant(ty), random.chance(2)));
    match random.below(6) {
        0 => CellTest::Between { low: end(random), high: None },
        1 => CellTest::Between { low: None, high: end(random) },
        2 => CellTest::Between { low: end(random), high: end(random) },
        3 if ty == Type::Word(0) && random.chance(4) => CellTest::Fact(fact(random, Type::YesNo)),
        _ => CellTest::Is(random.constant(ty)),
    }
}

fn condition(random: &mut Random, depth: u64) -> Expr {
    let parts = |random: &mut Random| (0..=random.below(3)).map(|_| condition(random, depth - 1)).collect();
    let kind = match if depth == 0 { random.below(3) } else { random.below(7) } {
        0 => ExprKind::Fact(fact(random, Type::YesNo)),
        1 | 2 | 6 => {
            let ty = random.pick(&TYPES);
            let op = if ty == Type::YesNo { CompareOp::Equal } else { random.pick(&COMPARE) };
            let depth = depth.min(2);
            ExprKind::Compare(op, Box::new(value(random, ty, depth)), Box::new(value(random, ty, depth)))
        }
        3 => ExprKind::Not(Box::new(condition(random, depth - 1))),
        4 => ExprKind::All(parts(random)),
        _ if random.chance(2) => ExprKind::Any(parts(random)),
        _ => {
            let ty = random.pick(&TYPES);
            let inner = value(random, ty, depth - 1);
            ExprKind::In(Box::new(inner), cell(random, ty))
        }
    };
    expr(kind, Type::YesNo)
}

fn outcome() -> Outcome {
    Outcome { label: "row".to_owned(), because: String::new(), place: Place::default() }
}

fn table(random: &mut Random, columns: &[Expr], outputs: &[Output], rows: u64, any_one_in: u64) -> Table {
    let row = |random: &mut Random| {
        let mut cells = columns.iter().map(|column| cell(random, column.ty)).collect::<Vec<_>>();
        for cell in &mut cells {
            if random.chance(any_one_in) {
                *cell = Cell { not: false, tests: Vec::new(), span: Span::default() };
            }
        }
        let answers = outputs.iter().map(|output| {
            let depth = u64::from(random.chance(20)) * 2;
            match depth {
                0 => expr(ExprKind::Constant(random.constant(output.ty)), output.ty),
                _ => value(random, output.ty, depth),
            }
        });
        let answers = answers.collect();
        Row { cells, answers, outcome: outcome() }
    };
    Table { columns: columns.to_vec(), rows: (0..rows).map(|_| row(random)).collect() }
}

fn outputs(random: &mut Random) -> Vec<Output> {
    (0..=random.below(3)).map(|at| Output { name: format!("output {at}"), ty: random.pick(&TYPES) }).collect()
}

fn route_of(choices: Vec<Choice>, outputs: Vec<Output>) -> Program {
    let route = Route {
        effective: Default::default(),
        prefer: None,
        name: "bank.arrival".to_owned(),
        place: Place::default(),
        triggers: Vec::new(),
        outputs,
        choices,
    };
    Program { routes: vec![route], ..Program::default() }
}

/// A route of some tables and rules.
pub(crate) fn route(random: &mut Random) -> Program {
    let outputs = outputs(random);
    let mut choices = Vec::new();
    for _ in 0..=random.below(4) {
        choices.push(if random.chance(2) {
            let columns = (0..random.below(6))
                .map(|_| {
                    let ty = random.pick(&TYPES);
                    value(random, ty, 2)
                })
                .collect::<Vec<_>>();
            let rows = random.below(12);
            Choice::Table(table(random, &columns, &outputs, rows, 3))
        } else {
            let when = (!random.chance(8)).then(|| condition(random, 3));
            let answers = outputs.iter().map(|output| value(random, output.ty, 2)).collect();
            Choice::Rule(Rule { when, answers, outcome: outcome() })
        });
    }
    route_of(choices, outputs)
}

/// A route of one table with so many rows; variants differ in how many cells accept anything.
pub(crate) fn table_of(random: &mut Random, rows: u64, variant: u64) -> Program {
    let columns = (0..8).map(|at| {
        let ty = TYPES[at % TYPES.len()];
        expr(ExprKind::Fact(fact(random, ty)), ty)
    });
    let columns = columns.collect::<Vec<_>>();
    let outputs = outputs(random);
    let table = table(random, &columns, &outputs, rows, variant + 1);
    route_of(vec![Choice::Table(table)], outputs)
}

fn temporal(random: &mut Random, depth: u64) -> Expr {
    let party = random.pick(&[Party::Customer, Party::Agent]);
    let nested = |random: &mut Random| Box::new(temporal(random, depth - 1));
    let signal = FactSource::Signal(party, random.pick(&[Signal::Loudness, Signal::Pitch, Signal::Anger]));
    let limit = |random: &mut Random, ty: Type| boxed(ExprKind::Constant(random.constant(ty)), ty);
    let span_ms = i64::try_from(random.below(20_000)).expect("small");
    let kind = match if depth == 0 { random.below(5) } else { random.below(10) } {
        0 => {
            let op = random.pick(&COMPARE);
            ExprKind::Compare(op, boxed(ExprKind::Fact(signal), Type::Number), limit(random, Type::Number))
        }
        1 => {
            let silence = boxed(ExprKind::Fact(FactSource::Signal(party, Signal::Silence)), Type::Duration);
            let op = random.pick(&COMPARE);
            ExprKind::Compare(op, silence, limit(random, Type::Duration))
        }
        2 => said(party),
        3 => {
            let moves = ExprKind::Moves { signal, rises: random.chance(2), within_ms: span_ms };
            ExprKind::Compare(CompareOp::AtLeast, boxed(moves, Type::Number), limit(random, Type::Number))
        }
        4 => {
            let usual = ExprKind::Usual { signal, speaking: FactSource::Speaking(party) };
            ExprKind::Compare(
                CompareOp::AtLeast,
                boxed(usual, Type::TimesUsual),
                limit(random, Type::TimesUsual),
            )
        }
        5 => ExprKind::Lasts(nested(random), span_ms),
        6 => {
            let times = u32::try_from(random.below(4) + 1).expect("small");
            ExprKind::Often { condition: nested(random), times, within_ms: span_ms * 3 }
        }
        7 => ExprKind::All(vec![*nested(random), *nested(random)]),
        8 => ExprKind::Any(vec![*nested(random), condition(random, 1)]),
        _ => ExprKind::Not(nested(random)),
    };
    expr(kind, Type::YesNo)
}

fn said(party: Party) -> ExprKind {
    let said = boxed(ExprKind::Fact(FactSource::Said(party, 0)), Type::Duration);
    ExprKind::Compare(CompareOp::AtLeast, said, boxed(ExprKind::Constant(0), Type::Duration))
}

/// A watch and a quality check.
pub(crate) fn watch_and_check(random: &mut Random) -> Program {
    let branches = (0..=random.below(3)).map(|_| (temporal(random, 3), outcome())).collect();
    let watch = Watch {
        effective: Default::default(),
        name: "bank.distressed".to_owned(),
        place: Place::default(),
        party: Party::Customer,
        triggers: Vec::new(),
        branches,
        clear: random.chance(2).then(|| temporal(random, 2)),
        at_most_once_per_ms: random.chance(2).then_some(30_000),
        action: Action::Alert(1),
        because: String::new(),
        follow_up: None,
    };
    Program { watches: vec![watch], qas: vec![check(random)], ..Program::default() }
}

fn check(random: &mut Random) -> Qa {
    let party = random.pick(&[Party::Customer, Party::Agent]);
    let said = FactSource::Said(party, 0);
    let rules = [
        QaRule::MustSay { said, party, within_ms: random.chance(2).then_some(30_000) },
        QaRule::MustNotSay { said },
        QaRule::TalkShare { share: FactSource::Signal(party, Signal::TalkShare), low: 0.3, high: 0.5 },
        QaRule::Silence { silence: FactSource::Signal(party, Signal::Silence), under_ms: 5_000 },
    ];
    let reason = Reason { because: String::new(), place: Place::default() };
    let item = QaItem { label: "item".to_owned(), weight: QaWeight::Fail, reason };
    Qa {
        effective: Default::default(),
        name: "bank.courtesy".to_owned(),
        place: Place::default(),
        triggers: Vec::new(),
        applies: random.chance(2).then(|| condition(random, 2)),
        items: rules.into_iter().map(|rule| (rule, item.clone())).collect(),
        pass_share: 0.8,
    }
}
