//! Typed expressions.

use tandem_stdlib::contract::{FactSource, Slot, Type};

use super::{ArithmeticOp, Cell, CompareOp};
use crate::source::Span;

/// A typed expression.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What.
    pub kind: ExprKind,
    /// Type of the value.
    pub ty: Type,
    /// Where.
    pub span: Span,
}

/// Kinds of typed expressions. Operands have the types that the operation needs; nothing is converted silently.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// A constant.
    Constant(Slot),
    /// A fact.
    Fact(FactSource),
    /// `not`
    Not(Box<Expr>),
    /// All hold.
    All(Vec<Expr>),
    /// Any holds.
    Any(Vec<Expr>),
    /// Both sides of one type; floats compare as IEEE 754 does, so that NaN satisfies only `!=`; words compare by
    /// their order, and `unknown` (0) satisfies neither `<` nor `<=` nor `>` nor `>=`.
    Compare(CompareOp, Box<Expr>, Box<Expr>),
    /// The value passes the cell.
    In(Box<Expr>, Cell),
    /// Types of operands and result follow the units: money × number, duration ÷ duration, moment − moment …
    /// Integer kinds are checked for overflow; money and durations round half away from zero.
    ///
    /// Sums and differences: two of one float type, of one money, or two durations; moment − moment is a duration,
    /// moment ± duration a moment. Products: number × anything that adds up; percent × anything that adds up is of
    /// the other's type, percent × percent a percent. Quotients: by a number, or of two of one type, which is a number.
    Arithmetic {
        /// Operation.
        op: ArithmeticOp,
        /// Left.
        left: Box<Expr>,
        /// Right.
        right: Box<Expr>,
        /// The answer when a division's right side is zero.
        otherwise: Option<Box<Expr>>,
    },
    /// One of two values.
    If {
        /// The condition.
        condition: Box<Expr>,
        /// When it holds.
        then: Box<Expr>,
        /// When not.
        otherwise: Box<Expr>,
    },
    /// Has held without a break for so many milliseconds. Watches only, as all that follow.
    Lasts(Box<Expr>, i64),
    /// How far a float signal stands above the lowest (`rises`) or below the highest value of the window of so many
    /// milliseconds; sampled at frames of the watch's party; NaN when not measured.
    Moves {
        /// The signal.
        signal: FactSource,
        /// Above the lowest rather than below the highest.
        rises: bool,
        /// Window.
        within_ms: i64,
    },
    /// The signal over its mean in this call so far, of type `TimesUsual`; sampled while `speaking`.
    Usual {
        /// The signal.
        signal: FactSource,
        /// Whether the party speaks.
        speaking: FactSource,
    },
    /// The condition became true so many times within so many milliseconds (from false to true; a condition that
    /// is `Said … >= 0` counts at every turn that says it).
    Often {
        /// What becomes true.
        condition: Box<Expr>,
        /// How often, at least 1.
        times: u32,
        /// Window.
        within_ms: i64,
    },
}
