//! Expressions and literals.

use tandem_stdlib::contract::{Currency, Party};

use super::{Cell, Name, Path, Quoted, Spanned};
use crate::source::Span;

/// An expression, in routes and watches alike; the checker says what may stand where.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What.
    pub kind: ExprKind,
    /// Where.
    pub span: Span,
}

/// `= != < <= > >=`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompareOp {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
}

/// `+ - * /`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArithmeticOp {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// Kinds of expressions.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// Could not be read; already reported.
    Missing,
    /// What stands where `… if C` has no `else`: zero, in the unit of the other side.
    Zero,
    /// A literal.
    Literal(Literal),
    /// `who.tier`, `gold`, `call.from`, `loudness`
    Path(Path),
    /// `crm.customer(call.from)`
    Call(Path, Vec<Expr>),
    /// `… else guest`, `a / b else 0`
    Else(Box<Expr>, Box<Expr>),
    /// `{ tier: guest, value: 0 CNY }`, after `else` alone
    Fields(Vec<(Name, Expr)>),
    /// `not x`
    Not(Box<Expr>),
    /// `-x`
    Minus(Box<Expr>),
    /// `a and b and …`
    And(Vec<Expr>),
    /// `a or b or …`
    Or(Vec<Expr>),
    /// `a >= b`
    Compare(CompareOp, Box<Expr>, Box<Expr>),
    /// `a in (x, y)`, `a in 4..5`, `a starts with "x"`; as the cell of a table
    In(Box<Expr>, Cell),
    /// `a + b`
    Arithmetic(ArithmeticOp, Box<Expr>, Box<Expr>),
    /// `then if condition else otherwise`
    If {
        /// Value when the condition holds.
        then: Box<Expr>,
        /// The condition.
        condition: Box<Expr>,
        /// Value else.
        otherwise: Box<Expr>,
    },
    /// `[customer] says PHRASES [N times] [within D]`, `[customer] said PHRASES [N times]`
    Says {
        /// Who, where written.
        party: Option<Party>,
        /// Which phrases.
        phrases: Path,
        /// `said` rather than `says`.
        so_far: bool,
        /// `2 times`
        times: Option<Spanned<f64>>,
        /// `within 60s`, milliseconds
        within: Option<Spanned<i64>>,
    },
    /// `… for at least 5s`
    Lasts(Box<Expr>, Spanned<i64>),
    /// `… with confidence >= 0.6`
    WithConfidence(Box<Expr>, CompareOp, Box<Expr>),
    /// `loudness rises 6 dB within 10s`
    Moves {
        /// The signal.
        signal: Path,
        /// `rises` rather than `falls`.
        rises: bool,
        /// By how much.
        by: Box<Expr>,
        /// Window in milliseconds.
        within: Spanned<i64>,
    },
    /// `( … ) 3 times within 60s`
    Often {
        /// What becomes true.
        condition: Box<Expr>,
        /// How often.
        times: Spanned<f64>,
        /// Window in milliseconds.
        within: Spanned<i64>,
    },
}

/// A literal.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `yes`, `no`
    YesNo(bool),
    /// `unknown`
    Unknown,
    /// `90`, `0.7`
    Number(f64),
    /// `30%` as 0.3
    Percent(f64),
    /// `6 dB`
    Decibel(f64),
    /// `180 Hz`
    Hertz(f64),
    /// `5 syllables/s`
    SyllablesPerSecond(f64),
    /// `1.3 times usual`
    TimesUsual(f64),
    /// `12.50 EUR` in 1/10,000 of the major unit
    Money(i64, Currency),
    /// Milliseconds.
    Duration(i64),
    /// Days since 1970-01-01.
    Date(i32),
    /// Milliseconds since midnight.
    Time(i64),
    /// `2026-03-29 00:59:50 Europe/London`: milliseconds since the epoch.
    Moment(i64),
    /// `"…"`
    Text(String),
}

/// A value with the reason that its line gives.
#[derive(Clone, Debug)]
pub struct Reasoned {
    /// The value.
    pub value: Expr,
    /// `because "…"`
    pub because: Option<Quoted>,
}

impl Reasoned {
    /// The reason, empty when there is none.
    #[must_use]
    pub fn reason(&self) -> String {
        self.because.as_ref().map(|quoted| quoted.text.clone()).unwrap_or_default()
    }
}
