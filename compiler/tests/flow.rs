//! The printed flow IR of small programs.

use tandem_compiler::compile;
use tandem_lang::program::{
    Cell, CellTest, Choice, CompareOp, Expr, ExprKind, Program, Route, Row, Rule, Table, Watch,
};
use tandem_lang::source::Span;
use tandem_stdlib::contract::{
    Action, CallFact, FactSource, Outcome, Output, Party, Place, Signal, Status, Type,
};

fn expr(kind: ExprKind, ty: Type) -> Expr {
    Expr { kind, ty, span: Span::default() }
}

fn outcome() -> Outcome {
    Outcome { label: "row 1".to_owned(), because: String::new(), place: Place::default() }
}

fn cell(tests: Vec<CellTest>) -> Cell {
    Cell { not: false, tests, span: Span::default() }
}

fn route() -> Program {
    let intent = expr(ExprKind::Fact(FactSource::Call(CallFact::Intent)), Type::Word(0));
    let unresolved = expr(ExprKind::Fact(FactSource::Call(CallFact::Unresolved)), Type::Number);
    let answer = |slot| vec![expr(ExprKind::Constant(slot), Type::Word(1))];
    let three = expr(ExprKind::Constant(3.0_f64.to_bits()), Type::Number);
    let often = ExprKind::Compare(CompareOp::AtLeast, Box::new(unresolved), Box::new(three));
    let rule = Rule { when: Some(expr(often, Type::YesNo)), answers: answer(2), outcome: outcome() };
    let row = |tests, slot| Row { cells: vec![cell(tests)], answers: answer(slot), outcome: outcome() };
    let rows = vec![row(vec![CellTest::Is(1), CellTest::Is(3)], 4), row(Vec::new(), 5)];
    let table = Table { columns: vec![intent], rows };
    let route = Route {
        effective: Default::default(),
        prefer: None,
        name: "bank.arrival".to_owned(),
        place: Place::default(),
        triggers: Vec::new(),
        outputs: vec![Output { name: "queue".to_owned(), ty: Type::Word(1) }],
        choices: vec![Choice::Rule(rule), Choice::Table(table)],
    };
    Program { routes: vec![route], ..Program::default() }
}

#[test]
fn a_rule_before_a_table() {
    let compiled = compile(&route()).unwrap();
    insta::assert_snapshot!(compiled.flow.to_string(), @r"
    function bank.arrival (state 0, answers 2, outcomes 3)
      %0 = fact[1]
      %1 = constant 0x4008000000000000
      %2 = float %0 >= %1
      if %2
        %3 = constant 0x2
        decide outcome 0 (%3)
      %4 = fact[2]
      %5 = match table 0 (%4)
      decide row %5 of table 0
      decide nothing
    table 0 from outcome 1 (word)
      1, 3 | [4]
      any | [5]
    ");
}

#[test]
fn the_interpreter_decides_and_traces() {
    let artefact = compile(&route()).unwrap().interpreted();
    let decide = |intent: u64, unresolved: f64| {
        let mut answer = [9; 3];
        let facts = artefact.manifest.facts.iter().map(|spec| match spec.source {
            FactSource::Call(CallFact::Intent) => intent,
            FactSource::Call(CallFact::Unresolved) => unresolved.to_bits(),
            _ => 0,
        });
        let facts = facts.collect::<Vec<_>>();
        assert_eq!(artefact.evaluator.run(0, &facts, &mut [], &mut answer), Status::Done);
        answer
    };
    assert_eq!(decide(1, 3.0), [2, 0, 0b001]);
    assert_eq!(decide(1, 2.0), [4, 1, 0b010]);
    assert_eq!(decide(2, f64::NAN), [5, 2, 0b100]);
}

fn silence_watch() -> Program {
    let silence = FactSource::Signal(Party::Customer, Signal::Silence);
    let fact = Box::new(expr(ExprKind::Fact(silence), Type::Duration));
    let limit = Box::new(expr(ExprKind::Constant(8_000), Type::Duration));
    let when = expr(ExprKind::Compare(CompareOp::AtLeast, fact, limit), Type::YesNo);
    let watch = Watch {
        effective: Default::default(),
        name: "bank.dead_air".to_owned(),
        place: Place::default(),
        party: Party::Customer,
        triggers: Vec::new(),
        branches: vec![(when, outcome())],
        clear: None,
        at_most_once_per_ms: Some(60_000),
        action: Action::Alert(1),
        because: String::new(),
        follow_up: None,
    };
    Program { watches: vec![watch], ..Program::default() }
}

#[test]
fn silence_wakes_the_watch_fires_once_and_is_held_back() {
    let artefact = compile(&silence_watch()).unwrap().interpreted();
    let mut state = vec![0; artefact.manifest.entries[0].state_slots as usize];
    let mut run = |now: u64, silence: u64| {
        let mut answer = [0; 3];
        assert_eq!(artefact.evaluator.run(0, &[now, silence], &mut state, &mut answer), Status::Done);
        answer
    };
    assert_eq!(run(1_000, 0), [0, 9_000, 0]);
    assert_eq!(run(9_000, 8_000)[0], 1);
    assert_eq!(run(9_500, 8_500)[0], 0);
    // Ready again, which is told of watches with `clear when` alone.
    assert_eq!(run(10_000, 0)[0], 0);
    // Silent again within the minute: held back.
    assert_eq!(run(18_000, 8_000)[0], 0);
    assert_eq!(run(80_000, 0)[0], 0);
    assert_eq!(run(90_000, 8_000)[0], 1);
}
