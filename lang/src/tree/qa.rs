//! Quality checks.

use tandem_stdlib::contract::Party;

use super::{Dates, Expr, Mask, Name, Path, Quoted, Spanned};
use crate::source::Span;

/// `qa NAME applies when … { … }`
#[derive(Clone, Debug)]
pub struct Qa {
    /// Name.
    pub name: Name,
    /// `from … until … in …`
    pub dates: Option<Dates>,
    /// When the check applies; `None`: always.
    pub applies: Option<Expr>,
    /// Items in order.
    pub items: Vec<QaItem>,
    /// `mask …`
    pub masks: Vec<Mask>,
    /// `passes at 80%`
    pub passes_at: Option<Spanned<f64>>,
    /// The whole item.
    pub span: Span,
}

/// An item of a quality check.
#[derive(Clone, Debug)]
pub struct QaItem {
    /// What must hold.
    pub rule: QaRule,
    /// `critical`, `fail`, `score N`; `None`: missing and reported.
    pub weight: QaWeight,
    /// The reason.
    pub because: Option<Quoted>,
    /// The item.
    pub span: Span,
}

/// What a failed item means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum QaWeight {
    /// `critical`
    Critical,
    /// `fail`
    Fail,
    /// `score N`
    Score(Spanned<f64>),
}

/// What must hold.
#[derive(Clone, Debug)]
pub enum QaRule {
    /// `PARTY must say PHRASES [within D of start]`
    MustSay(Party, Path, Option<Spanned<i64>>),
    /// `PARTY must not say PHRASES`
    MustNotSay(Party, Path),
    /// `PARTY talk_share should be in LOW..HIGH`
    TalkShare(Party, Expr, Expr),
    /// `silence should be under D`, milliseconds
    Silence(Spanned<i64>),
}
