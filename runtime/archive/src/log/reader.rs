//! Reads logs of campaigns and tickets.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::event::LogEvent;
use super::line::Line;
use crate::clock;
use crate::error::{ArchiveError, Warning};
use crate::input::unreadable;

/// Bytes of one line.
const LINE_BYTES_MAX: u64 = 1 << 20;
/// Events of one log, which is kept in memory.
const EVENTS_MAX: usize = 2_000_000;
/// Mistakes that are told; the rest is only counted.
const ERRORS_MAX: usize = 100;

/// A log as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CentreLog {
    /// What happened, in order of time; what happened at one moment in the order of the lines.
    pub events: Vec<LogEvent>,
    /// Lines that could not be read, up to a hundred.
    pub errors: Vec<ArchiveError>,
    /// What is odd about it.
    pub warnings: Vec<Warning>,
}

/// What the first line tells about the whole file.
#[derive(Deserialize)]
struct First {
    at: Option<IgnoredAny>,
    event: Option<IgnoredAny>,
}

/// Whether a file of JSON Lines is such a log rather than a timeline of calls: its first line has `at` and `event`.
#[must_use]
pub fn is_log(path: &Path) -> bool {
    let Ok(file) = File::open(path) else { return false };
    let lines = BufReader::new(file.take(LINE_BYTES_MAX)).lines();
    let first = lines.map_while(Result::ok).find(|line| !line.trim().is_empty());
    let first =
        first.and_then(|line| serde_json::from_str::<First>(line.trim_start_matches('\u{feff}')).ok());
    first.is_some_and(|first| first.at.is_some() && first.event.is_some())
}

/// Reads a log.
///
/// # Errors
/// When the file cannot be opened. Lines that cannot be read are in the log's `errors`.
pub fn read_log(path: &Path) -> Result<CentreLog, ArchiveError> {
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    Ok(read(path, BufReader::new(file)))
}

pub(super) fn read(path: &Path, mut from: impl BufRead) -> CentreLog {
    let mut log = CentreLog::default();
    let (mut text, mut number) = (String::new(), 0);
    loop {
        text.clear();
        number += 1;
        match from.by_ref().take(LINE_BYTES_MAX).read_line(&mut text) {
            Ok(0) => break,
            Ok(_) if text.len() as u64 >= LINE_BYTES_MAX => {
                log.fail(
                    path,
                    number,
                    "the line is longer than 1 MiB; the rest of the file was not read".to_owned(),
                );
                break;
            }
            Ok(_) => {}
            Err(error) => {
                log.fail(
                    path,
                    number,
                    format!("the line cannot be read ({error}); the rest of the file was not read"),
                );
                break;
            }
        }
        let line = text.trim().trim_start_matches('\u{feff}');
        if line.is_empty() {
            continue;
        }
        if log.events.len() >= EVENTS_MAX {
            log.fail(path, number, format!("a log can have {EVENTS_MAX} events; split it by campaign"));
            break;
        }
        match parse(line) {
            Ok((at_ms, what)) => log.events.push(LogEvent { at_ms, line: number, what }),
            Err(message) => log.fail(path, number, message),
        }
    }
    log.sort();
    log
}

fn parse(line: &str) -> Result<(i64, super::Logged), String> {
    let line: Line = serde_json::from_str(line).map_err(|error| show(&error))?;
    let (at_ms, zoned) = clock::parse(&line.at).ok_or_else(|| {
        format!("`{}` is no moment; write one such as `2026-03-10T10:00:00+08:00`", line.at)
    })?;
    if !zoned {
        return Err(format!(
            "`{}` has no offset from UTC; write one such as `+08:00` or `Z` behind it",
            line.at
        ));
    }
    Ok((at_ms, line.event()?))
}

/// The reason without the place in the line, which counts from the line itself.
fn show(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let reason = message.split(" at line ").next().unwrap_or_default();
    format!("not an event of a log: {reason}")
}

impl CentreLog {
    fn fail(&mut self, path: &Path, line: u64, message: String) {
        if self.errors.len() < ERRORS_MAX {
            self.errors.push(ArchiveError::at_line(path, line, message));
        }
    }

    fn sort(&mut self) {
        if !self.events.is_sorted_by_key(|event| event.at_ms) {
            self.events.sort_by_key(|event| event.at_ms);
            let message = "lines are out of order of time; they were sorted".to_owned();
            self.warnings.push(Warning { code: "log-out-of-order", message });
        }
    }
}
