//! Watches.

use tandem_stdlib::contract::Party;

use super::{Dates, Expr, Name, Quoted, Spanned};
use crate::source::Span;

/// `watch NAME on PARTY { … }`
#[derive(Clone, Debug)]
pub struct Watch {
    /// Name.
    pub name: Name,
    /// `from … until … in …`
    pub dates: Option<Dates>,
    /// Whose signals and words.
    pub party: Party,
    /// `when …`
    pub when: Option<Expr>,
    /// `clear when …`
    pub clear: Option<Expr>,
    /// `at most once per D`, milliseconds
    pub at_most_once_per: Option<Spanned<i64>>,
    /// `do …`
    pub action: Option<Action>,
    /// `because "…"`
    pub because: Option<Quoted>,
    /// `then … if not acknowledged within D`
    pub follow_up: Option<(Action, Spanned<i64>)>,
    /// The whole item.
    pub span: Span,
}

/// `alert ROLE`, `transfer QUEUE`
#[derive(Clone, Debug)]
pub struct Action {
    /// `transfer` rather than `alert`.
    pub transfer: bool,
    /// The role or queue.
    pub target: Name,
    /// Where.
    pub span: Span,
}
