//! Tables of any size over eight columns: two that tell rows apart, six that sometimes ask for something.

use tandem_lang::program::{Cell, CellTest, Choice, Expr, ExprKind, Program, Route, Row, Table};
use tandem_lang::source::Span;
use tandem_stdlib::contract::{FactSource, Manifest, Outcome, Output, Place, Slot, Type};

/// Words of each vocabulary column; the last two columns are numbers below this.
const WIDTHS: [u64; 8] = [60, 50, 4, 6, 2, 5, 100, 1_000];

struct Random(u64);

impl Random {
    const fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

const fn ty(column: usize) -> Type {
    if column < 6 { Type::Word(0) } else { Type::Duration }
}

fn expr(kind: ExprKind, ty: Type) -> Expr {
    Expr { kind, ty, span: Span::default() }
}

fn cell(random: &mut Random, column: usize, must_ask: bool) -> Cell {
    let asks_one_in_ten = if must_ask {
        10
    } else if column < 2 {
        9
    } else {
        3
    };
    let mut tests = Vec::new();
    if random.below(10) < asks_one_in_ten {
        let slot = random.below(WIDTHS[column]) + 1;
        tests.push(match ty(column) {
            Type::Duration => CellTest::Between { low: Some((slot, true)), high: Some((slot + 200, true)) },
            _ => CellTest::Is(slot),
        });
    }
    Cell { not: false, tests, span: Span::default() }
}

/// A route of one table with so many rows.
pub(crate) fn program(rows: usize) -> Program {
    let mut random = Random(rows as u64);
    let fact = |at: usize| ExprKind::Fact(FactSource::Answer(0, u32::try_from(at).expect("few")));
    let columns = (0..WIDTHS.len()).map(|at| expr(fact(at), ty(at))).collect();
    let outcome = || Outcome { label: String::new(), because: String::new(), place: Place::default() };
    let answers = |random: &mut Random| vec![expr(ExprKind::Constant(random.below(40) + 1), Type::Word(1))];
    // Every row asks for something in its first or second column: one that accepted every call would hide all rows
    // after it, which the checker refuses, and the table would be as small as the place of that row.
    let cells = |random: &mut Random| {
        let first = random.below(2);
        (0..WIDTHS.len()).map(|column| cell(random, column, column as u64 == first)).collect()
    };
    let row =
        |random: &mut Random| Row { cells: cells(random), answers: answers(random), outcome: outcome() };
    let mut rows = (1..rows).map(|_| row(&mut random)).collect::<Vec<_>>();
    let any = || Cell { not: false, tests: Vec::new(), span: Span::default() };
    rows.push(Row { cells: WIDTHS.map(|_| any()).into(), answers: answers(&mut random), outcome: outcome() });
    let route = Route {
        name: "bank.arrival".to_owned(),
        place: Place::default(),
        triggers: Vec::new(),
        outputs: vec![Output { name: "queue".to_owned(), ty: Type::Word(1) }],
        choices: vec![Choice::Table(Table { columns, rows })],
        ..Route::default()
    };
    Program { routes: vec![route], ..Program::default() }
}

/// Records of facts.
pub(crate) fn facts(manifest: &Manifest, count: usize) -> Vec<Vec<Slot>> {
    let mut random = Random(11);
    let mut record = || {
        let slots = manifest.facts.iter().map(|spec| match spec.source {
            FactSource::Answer(_, at) => random.below(WIDTHS[at as usize]) + 1,
            _ => 0,
        });
        slots.collect()
    };
    (0..count).map(|_| record()).collect()
}
