//! Service level: a share of calls, in the formulas that are in use.

use serde::{Deserialize, Serialize};

/// How the share of calls answered in time is counted. "In time" is within the threshold; "short" is abandoned before
/// the short-abandon limit, which lies at or below the threshold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceLevelFormula {
    /// Answered in time over all answered.
    OfAnswered,
    /// Answered in time over all offered.
    #[default]
    OfOffered,
    /// Answered in time over offered, those abandoned in time left out.
    ExcludingAbandonedInTime,
    /// Answered in time over offered, short abandons left out.
    ExcludingShort,
    /// Answered or abandoned in time over offered.
    CountingAbandonedInTime,
    /// Answered in time or abandoned short over offered.
    CountingShort,
}
