//! Routes: tables and rules.

use tandem_stdlib::contract::Party;

use super::{CompareOp, Dates, Expr, Name, Path, Quoted, Reasoned, TypeName};
use crate::source::Span;

/// `route NAME at … decides … { … }`
#[derive(Clone, Debug)]
pub struct Route {
    /// Name.
    pub name: Name,
    /// `from … until … in …`
    pub dates: Option<Dates>,
    /// When it decides; empty: at start.
    pub at: Vec<(At, Span)>,
    /// Outputs with the type where one is written.
    pub decides: Vec<(Name, Option<TypeName>)>,
    /// `let NAME = expr`.
    pub lets: Vec<(Name, Expr)>,
    /// Tables and rules in order.
    pub choices: Vec<Choice>,
    /// `prefer agent by …`
    pub prefer: Option<Reasoned>,
    /// The whole item.
    pub span: Span,
}

/// When a route decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// `start`
    Start,
    /// `intent`
    Intent,
    /// `keys`
    Keys,
    /// `unresolved`
    Unresolved,
    /// `answer`
    Answer,
    /// `customer turn`
    Turn(Party),
    /// `customer says PHRASES`
    Says(Party, Path),
    /// `end`
    End,
}

/// A table or a rule.
#[derive(Clone, Debug)]
pub enum Choice {
    /// `table first match { … }`
    Table(Table),
    /// `[rule NAME] when … decide …` or `otherwise decide …`
    Rule(Rule),
}

/// A first-match decision table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Column heads.
    pub columns: Vec<Expr>,
    /// Names over the output columns, `because` left out.
    pub outputs: Vec<Name>,
    /// Rows in order.
    pub rows: Vec<Row>,
    /// From `table` to `}`.
    pub span: Span,
}

/// A row.
#[derive(Clone, Debug)]
pub struct Row {
    /// Cells; empty for `otherwise`.
    pub cells: Vec<Cell>,
    /// Whether it is `otherwise`.
    pub otherwise: bool,
    /// Output cells.
    pub answers: Vec<Expr>,
    /// The reason.
    pub because: Option<Quoted>,
    /// The row.
    pub span: Span,
}

/// A cell of a condition column.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Whether it began with `not`.
    pub not: bool,
    /// Any of these; empty: `any`.
    pub tests: Vec<CellTest>,
    /// The cell.
    pub span: Span,
}

/// One alternative of a cell.
#[derive(Clone, Debug)]
pub enum CellTest {
    /// A word or a literal.
    Is(Expr),
    /// `low..high`, both ends included; for times `08:00-21:00`, the end excluded.
    Range {
        /// Low end.
        low: Expr,
        /// High end.
        high: Expr,
        /// Whether the high end is in.
        inclusive: bool,
    },
    /// `>= 1000 CNY`
    Compare(CompareOp, Expr),
    /// `starts with "+44"`
    StartsWith(Quoted),
}

/// A rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// `rule NAME`
    pub name: Option<Name>,
    /// The condition; `None`: `otherwise`.
    pub when: Option<Expr>,
    /// What is decided, by output name.
    pub answers: Vec<(Name, Expr)>,
    /// The reason.
    pub because: Option<Quoted>,
    /// The rule.
    pub span: Span,
}
