//! Logs of queues: who called, how long each one waited, what came of it, and who answered.
//!
//! A log is a delimited file with a header (CSV, TSV, semicolons) or an Asterisk `queue_log`. Lines become
//! [`LoggedCall`]s; what a line cannot tell is left out of the calls and counted in [`LogNotes`]. From the calls come
//! - `patience`: how long callers would have waited, by Kaplan and Meier;
//! - `absence`: how long an agent takes no call after one, though callers wait;
//! - `presence`: which agents were there when.

mod absence;
mod asterisk;
mod call;
mod columns;
mod delimited;
mod moment;
mod notes;
mod patience;
mod presence;
mod row;
mod said;
#[cfg(test)]
mod tests;
mod waiting;

use jiff::tz::TimeZone;

pub(crate) use call::{LoggedCall, LoggedEnd, QueueLog};
pub(crate) use columns::{Columns, outcome, role};
pub(crate) use moment::DateOrder;
pub(crate) use notes::LogNotes;
pub(crate) use patience::patience;
pub(crate) use presence::{Presence, Spell, presence};

/// Lines of one log.
pub(crate) const MAX_LINES: u64 = 20_000_000;

/// Of so many lines, one may be unreadable.
const READABLE_SHARE: u64 = 4;

/// How a log is to be read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    pub(crate) columns: Columns,
    /// In which order days are written; `None`: as the log itself shows.
    pub(crate) dates: Option<DateOrder>,
}

/// Whether a text is a log by its first line: an Asterisk `queue_log`, or a header with a time and something about
/// calls.
#[must_use]
pub fn is_log(text: &str) -> bool {
    let text = without_mark(text);
    asterisk::is_queue_log(text) || delimited::is_log(text)
}

/// Reads a log. Local times are meant in the zone.
///
/// # Errors
/// What was expected, with the first lines that are not so, when a quarter of the lines or more cannot be read.
pub(crate) fn read(file: &str, text: &str, how: &Reading, zone: &TimeZone) -> Result<QueueLog, String> {
    let text = without_mark(text);
    let mut log = if asterisk::is_queue_log(text) {
        asterisk::read(text, zone)
    } else {
        delimited::read(file, text, how, zone)?
    };
    let LogNotes { lines, unreadable, .. } = log.notes;
    if unreadable > 0 && unreadable.saturating_mul(READABLE_SHARE) >= lines {
        let examples = log.notes.examples.join("; ");
        return Err(format!(
            "a log of calls, but {unreadable} of {lines} lines of `{file}` cannot be read: {examples}"
        ));
    }
    if log.calls.is_empty() {
        return Err(format!("a log with calls, but `{file}` has none; {}", log.notes.told().join("; ")));
    }
    log.settle();
    Ok(log)
}

fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}
