//! Routes, checked.

use tandem_stdlib::contract::{Effective, EntryRef, FactSource, Outcome, Output, Place, Slot, Trigger};

use super::Expr;
use crate::source::Span;

/// A route.
#[derive(Clone, Debug, Default)]
pub struct Route {
    /// Full name, such as `retail_bank.arrival`.
    pub name: String,
    /// Where.
    pub place: Place,
    /// When it decides.
    pub triggers: Vec<Trigger>,
    /// From when and until when it holds.
    pub effective: Effective,
    /// What it decides; none for a condition, whose outcome says all.
    pub outputs: Vec<Output>,
    /// The route that gives each free agent a score: its index in `routes`.
    pub prefer: Option<EntryRef>,
    /// Tables and rules in order; the first row or rule that holds decides.
    pub choices: Vec<Choice>,
}

/// A table or a rule.
#[derive(Clone, Debug)]
pub enum Choice {
    /// A table.
    Table(Table),
    /// A rule.
    Rule(Rule),
}

/// A first-match table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Column heads; each value is computed at most once.
    pub columns: Vec<Expr>,
    /// Rows.
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Clone, Debug)]
pub struct Row {
    /// One cell a column, all of which must hold; `otherwise` has cells without tests, which accept everything.
    pub cells: Vec<Cell>,
    /// One answer an output of the route.
    pub answers: Vec<Expr>,
    /// Label, reason, place.
    pub outcome: Outcome,
}

/// What a cell accepts.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Accept what the tests refuse, and refuse what they accept.
    pub not: bool,
    /// Accept a value that passes any of these; empty: accept everything.
    pub tests: Vec<CellTest>,
    /// Where.
    pub span: Span,
}

/// One test of a cell; slots in the encoding of the column's type.
#[derive(Clone, Debug, PartialEq)]
pub enum CellTest {
    /// Equal.
    Is(Slot),
    /// Between; a missing end is open.
    Between {
        /// Low end and whether it is in.
        low: Option<(Slot, bool)>,
        /// High end and whether it is in.
        high: Option<(Slot, bool)>,
    },
    /// A yes/no fact that answers the test, such as `TextStarts`.
    Fact(FactSource),
}

/// A rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The condition; `None`: always.
    pub when: Option<Expr>,
    /// One answer an output of the route.
    pub answers: Vec<Expr>,
    /// Label, reason, place.
    pub outcome: Outcome,
}
