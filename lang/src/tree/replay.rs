//! Replays: what recorded calls must come to.

use super::{Bound, Metric, Name, Quoted};
use crate::source::Span;

/// `replay "recordings/**" since "../before" expect …`
#[derive(Clone, Debug)]
pub struct Replay {
    /// Where the recordings are.
    pub pattern: Quoted,
    /// The policy as it was before.
    pub since: Option<Quoted>,
    /// What is expected.
    pub expected: Vec<ReplayExpected>,
    /// The whole item.
    pub span: Span,
}

/// `expect changed queue <= 2%`
#[derive(Clone, Debug)]
pub struct ReplayExpected {
    /// What is measured, and what it must come to; `None`: `no warnings`.
    pub figure: Option<(ReplayFigure, Bound)>,
    /// Where.
    pub span: Span,
}

/// What is measured.
#[derive(Clone, Debug)]
pub enum ReplayFigure {
    /// `changed queue`
    ChangedQueue,
    /// `alert ROLE in`, `transfer QUEUE in`
    Action {
        /// `transfer` rather than `alert`.
        transfer: bool,
        /// The role or queue.
        target: Name,
    },
    /// A figure with a formula.
    Metric(Metric, Span),
}
