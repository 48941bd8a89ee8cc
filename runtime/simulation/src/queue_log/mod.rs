//! Logs of queues: who called, how long each one waited, what came of it, and who answered.
//!
//! A log is a delimited file with a header (CSV, TSV, semicolons) or an Asterisk `queue_log`. Lines become
//! [`LoggedCall`]s; what a line cannot tell is left out of the calls and counted in [`LogNotes`]. From the calls come
//! - `patience`: how long callers would have waited, by Kaplan and Meier;
//! - `choice`: who was taken first of those who waited;
//! - `skills`: which agents served which queues, and when;
//! - `absence`: how long an agent takes no call after one, though callers wait;
//! - `presence`: which agents were there when.

mod absence;
mod asterisk;
mod call;
mod choice;
mod columns;
mod delimited;
mod export;
mod moment;
mod notes;
mod patience;
mod presence;
mod priority;
mod row;
mod said;
mod skills;
#[cfg(test)]
mod tests;
mod waiting;

use jiff::tz::TimeZone;

pub(crate) use absence::{Pause, Pauses};
pub(crate) use call::{LoggedCall, LoggedEnd, QueueLog};
pub(crate) use choice::HeadStarts;
pub(crate) use columns::{Columns, Role, outcome, role};
pub(crate) use moment::DateOrder;
pub(crate) use notes::LogNotes;
pub(crate) use patience::patience;
pub(crate) use presence::{Part, Presence, Spell, presence};

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
    let mut log = lines(file, text, how, zone)?;
    if log.calls.is_empty() {
        return Err(format!("a log with calls, but `{file}` has none; {}", log.notes.told().join("; ")));
    }
    log.settle();
    log.notes.filled = log.fill_priorities();
    Ok(log)
}

/// When the calls of a log came, in order, whether the log has their end or not: all of them, or those of a queue.
///
/// # Errors
/// As [`read`], and when there are none.
pub(crate) fn arrivals(
    file: &str,
    text: &str,
    column: Option<&str>,
    queue: Option<&str>,
    zone: &TimeZone,
) -> Result<Vec<i64>, String> {
    let named = column.map(|name| (Role::Time, name.to_owned())).into_iter().collect();
    let how = Reading { columns: Columns { named, outcomes: Vec::new() }, dates: None };
    let mut log = lines(file, text, &how, zone)?;
    log.settle();
    let known = |number: usize| log.queues.get(number).map(String::as_str);
    let ended = log.calls.iter().map(|call| (call.at_ms, call.queue));
    let came = ended.chain(log.open.iter().copied()).filter(|(_, of)| queue.is_none() || known(*of) == queue);
    let mut moments: Vec<i64> = came.map(|(at_ms, _)| at_ms).collect();
    if moments.is_empty() {
        let of = queue.map_or_else(String::new, |queue| format!(" in `{queue}`"));
        return Err(format!("a log with calls{of}, but `{file}` has none; {}", log.notes.told().join("; ")));
    }
    moments.sort_unstable();
    Ok(moments)
}

/// The calls of a log, as its lines tell them.
fn lines(file: &str, text: &str, how: &Reading, zone: &TimeZone) -> Result<QueueLog, String> {
    let text = without_mark(text);
    let log = match export::as_queue_log(text) {
        _ if asterisk::is_queue_log(text) => asterisk::read(text, zone),
        Some(events) if how.columns.named.is_empty() && asterisk::is_queue_log(&events) => {
            asterisk::read(&events, zone)
        }
        _ => delimited::read(file, text, how, zone)?,
    };
    let LogNotes { lines, unreadable, .. } = log.notes;
    if unreadable > 0 && unreadable.saturating_mul(READABLE_SHARE) >= lines {
        let examples = log.notes.examples.join("; ");
        return Err(format!(
            "a log of calls, but {unreadable} of {lines} lines of `{file}` cannot be read: {examples}"
        ));
    }
    Ok(log)
}

/// By call: how many waited in its queue when it came.
pub(crate) fn crowds(log: &QueueLog) -> Vec<usize> {
    let waiting = waiting::Waiting::new(log);
    log.calls.iter().map(|call| waiting.count(&[call.queue], call.at_ms)).collect()
}

fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}
