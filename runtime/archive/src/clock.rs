//! Moments as records write them.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Milliseconds since the Unix epoch, and whether the text said its offset from UTC; without one it counts as UTC.
pub(crate) fn parse(text: &str) -> Option<(i64, bool)> {
    let text = text.trim();
    if let Ok(moment) = text.parse::<jiff::Timestamp>() {
        return Some((moment.as_millisecond(), true));
    }
    let civil: DateTime = text.parse().ok()?;
    let moment = civil.to_zoned(TimeZone::UTC).ok()?.timestamp();
    Some((moment.as_millisecond(), false))
}
