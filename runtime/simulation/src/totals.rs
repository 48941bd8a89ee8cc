//! The lines of a summary.

use serde::Serialize;

use crate::spread::Spread;

/// Decisions for one queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QueueTotal {
    /// The queue.
    pub queue: String,
    /// Calls whose last decided queue it was.
    pub calls: u64,
    /// Decisions for it, in all calls.
    pub decisions: u64,
}

/// How often one row, rule or condition decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleTotal {
    /// The entry's full name.
    pub policy: String,
    /// The row, rule or condition.
    pub rule: String,
    /// How often it decided.
    pub hits: u64,
    /// The author's reason; empty when there is none.
    pub because: String,
    /// The file that it stands in.
    pub file: String,
    /// Its line, from 1.
    pub line: u32,
}

/// What one watch did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WatchTotal {
    /// The watch's full name.
    pub policy: String,
    /// How often it fired.
    pub fired: u64,
    /// In how many calls it fired.
    pub calls: u64,
    /// How often its follow-up came because nobody acknowledged.
    pub follow_ups: u64,
}

/// When in a call alerts and transfers of a watch or a dialog came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AlertTimes {
    /// The watch's or the dialog's full name.
    pub policy: String,
    /// Since the call began.
    #[serde(flatten)]
    pub times: Spread,
}

/// An alert or transfer by a watch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AlertLine {
    /// The call's name.
    pub call: String,
    /// The file that it was read from.
    pub file: String,
    /// Milliseconds since the call's start.
    pub at_ms: i64,
    /// The watch's full name.
    pub policy: String,
    /// What it did.
    pub action: String,
}

/// Results of one quality item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QaTotal {
    /// The check's full name.
    pub policy: String,
    /// The item in the author's words.
    pub item: String,
    /// Calls in which it held.
    pub passed: u64,
    /// Calls in which it did not.
    pub failed: u64,
    /// Calls to which it did not apply, or that ended before it was known.
    pub not_applicable: u64,
}

/// Results of one quality check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CheckTotal {
    /// The check's full name.
    pub policy: String,
    /// Calls that passed.
    pub passed: u64,
    /// Calls that failed.
    pub failed: u64,
    /// Calls that failed at a critical item.
    pub critical: u64,
    /// Calls to which it did not apply, or that ended before it was known.
    pub not_applicable: u64,
}

/// A signal that calls did not measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignalGap {
    /// `customer` or `agent`.
    pub party: &'static str,
    /// The signal's name.
    pub signal: &'static str,
    /// Calls that never measured it.
    pub calls: u64,
}

/// How often a warning came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WarningTotal {
    /// How often.
    pub count: u64,
    /// The first one's call; empty: the warning is about the policy.
    pub call: String,
    /// The file that the call was read from.
    pub file: String,
    /// The first one's words.
    pub message: String,
}

/// The slowest step of a replay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SlowestStep {
    /// The call's name.
    pub call: String,
    /// The file that it was read from.
    pub file: String,
    /// `load` (reading and analysing the record) or `decide`.
    pub step: &'static str,
    /// Nanoseconds of the caller's clock.
    pub nanoseconds: u64,
}
