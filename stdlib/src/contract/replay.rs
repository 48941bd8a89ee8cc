//! `replay` items as data: what a policy must come to over recorded calls.

use serde::{Deserialize, Serialize};

use super::{Place, Slot};

/// One `replay`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReplaySpec {
    /// The recordings: a path with wildcards, relative to the folder of the file that says it.
    pub pattern: String,
    /// The policy as it was before, relative to the same folder: decisions are compared with its own rather than with the
    /// records.
    pub since: Option<String>,
    /// Where it stands.
    pub place: Place,
    /// What is expected.
    pub expected: Vec<ReplayExpectation>,
}

/// Something that is expected of all calls together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReplayExpectation {
    /// What is measured.
    pub figure: ReplayFigure,
    /// The figure must be at least `value`; else at most.
    pub at_least: bool,
    /// A share 0..1; of warnings a number.
    pub value: f64,
    /// In the author's words, without `expect`.
    pub shown: String,
    /// Where it stands.
    pub place: Place,
}

/// What recordings tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReplayFigure {
    /// Share of calls whose decided queue is another, of those that tell one.
    ChangedQueue,
    /// Share of calls in which somebody of this role (slot of `role`) is alerted.
    Alert(Slot),
    /// Share of calls that are transferred to this queue (slot of `queue`).
    Transfer(Slot),
    /// Share of calls that the records show to be transferred.
    TransferRate,
    /// Share of quality checks passed.
    QualityPassed,
    /// Warnings and records that could not be read.
    Warnings,
}
