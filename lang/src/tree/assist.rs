//! Cards for agents.

use tandem_stdlib::contract::Party;

use super::{Dates, Expr, Name, Quoted, Spanned, Words};
use crate::source::Span;

/// `assist NAME on PARTY { … }`
#[derive(Clone, Debug)]
pub struct Assist {
    /// Name.
    pub name: Name,
    /// `from … until … in …`
    pub dates: Option<Dates>,
    /// Whose signals and words.
    pub party: Party,
    /// `at answer`: whenever a person takes the call.
    pub at_answer: bool,
    /// `let NAME = expr`.
    pub lets: Vec<(Name, Expr)>,
    /// `when …`
    pub when: Option<Expr>,
    /// `clear when …`
    pub clear: Option<Expr>,
    /// `show card …`
    pub card: Option<Card>,
    /// `at most N cards per D`
    pub cap: Option<CardCap>,
    /// The whole item.
    pub span: Span,
}

/// `show card "…" with … to role … for 30s`
#[derive(Clone, Debug)]
pub struct Card {
    /// Its text.
    pub text: Quoted,
    /// What stands beside it.
    pub fields: Vec<Expr>,
    /// Replies that the agent can give by a click.
    pub replies: Vec<Words>,
    /// Who sees it; `None`: the agent of the call.
    pub role: Option<Name>,
    /// For how long, milliseconds.
    pub lasts: Spanned<i64>,
    /// The reason.
    pub because: Option<Quoted>,
    /// The line.
    pub span: Span,
}

/// `at most 3 cards per 5min`
#[derive(Clone, Copy, Debug)]
pub struct CardCap {
    /// How many.
    pub cards: Spanned<f64>,
    /// In how long, milliseconds.
    pub per: Spanned<i64>,
}
