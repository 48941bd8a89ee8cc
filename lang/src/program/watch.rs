//! Watches, checked.

use tandem_stdlib::contract::{Action, Effective, FollowUp, Outcome, Party, Place, Trigger};

use super::Expr;

/// A watch.
#[derive(Clone, Debug)]
pub struct Watch {
    /// Full name.
    pub name: String,
    /// Where.
    pub place: Place,
    /// From when and until when it holds.
    pub effective: Effective,
    /// Whose.
    pub party: Party,
    /// When it runs.
    pub triggers: Vec<Trigger>,
    /// The alternatives of `when`: it fires when any becomes true. One outcome each.
    pub branches: Vec<(Expr, Outcome)>,
    /// `clear when`.
    pub clear: Option<Expr>,
    /// `at most once per`.
    pub at_most_once_per_ms: Option<i64>,
    /// What it does.
    pub action: Action,
    /// Why.
    pub because: String,
    /// What follows.
    pub follow_up: Option<FollowUp>,
}
