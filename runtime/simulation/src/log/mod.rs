//! Replays what a log tells of campaigns and tickets through the policy's rules.
//!
//! An attempt was made when and as the log says; the policy says whether it would have been, and why not. What would have
//! followed from a call that was never made, nobody knows.

mod attempts;
mod histories;
mod report;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use tandem_archive::{CentreLog, Logged};
use tandem_centre::{Answer, Core, CoreError};
use tandem_stdlib::contract::{Manifest, Type};

use crate::table::SourceTable;
use crate::value::{Cell, did_you_mean, parse_value};
use attempts::Attempts;
use histories::Histories;
pub use report::{
    AbandonmentReport, Breach, BrokenClause, CallBackReport, CampaignReport, GradeReport, LogNote, LogReport,
    MAX_BREACHES, StayReport, TicketBreach, TicketReport,
};

/// Where a log's line stands.
#[derive(Clone, Copy)]
struct At<'a> {
    file: &'a str,
    line: u64,
    at_ms: i64,
}

/// Replays logs (each with its file's name), all together in order of time.
///
/// # Errors
/// When calling hours or calendars of the policy cannot be evaluated.
pub fn replay_logs(
    core: &Core,
    tables: &[SourceTable],
    logs: &[(String, CentreLog)],
) -> Result<LogReport, CoreError> {
    let mut attempts = Attempts::new(core, tables)?;
    let mut histories = Histories::new(core, tables)?;
    let mut notes = Vec::new();
    let events = logs.iter().flat_map(|(file, log)| log.events.iter().map(move |event| (file, event)));
    let mut events: Vec<_> = events.collect();
    events.sort_by_key(|(_, event)| event.at_ms);
    for (file, event) in &events {
        let at = At { file, line: event.line, at_ms: event.at_ms };
        let understood = match &event.what {
            Logged::Lead { lead, campaign, fields } => attempts.lead(at, lead, campaign, fields),
            Logged::Attempt { .. } => attempts.attempt(at, &event.what),
            Logged::DoNotCall { who } => {
                attempts.do_not_call(at, who);
                Ok(())
            }
            Logged::Ticket { ticket, event } => histories.event(at, ticket, event),
        };
        if let (Err(message), true) = (understood, notes.len() < MAX_BREACHES) {
            notes.push(LogNote { file: at.file.to_owned(), line: at.line, message });
        }
    }
    let end_ms = events.last().map_or(0, |(_, event)| event.at_ms);
    Ok(LogReport { campaigns: attempts.report(end_ms), tickets: histories.report(end_ms), notes })
}

/// Whether a name of a log means this one: in full, or without its module.
fn means(full: &str, name: &str) -> bool {
    full == name || full.rsplit('.').next() == Some(name)
}

/// Fields as a log writes them; `owner` has those that are known, each with its type.
fn written_fields(
    manifest: &Manifest,
    owner: &str,
    known: &[(&str, Type)],
    given: &BTreeMap<String, String>,
) -> Result<Answer, String> {
    let mut answer = Answer::default();
    for (name, text) in given {
        let Some(index) = known.iter().position(|(field, _)| field == name) else {
            let hint = did_you_mean(name, known.iter().map(|(field, _)| *field));
            return Err(format!("{owner} has no field `{name}`{hint}"));
        };
        let Some((_, ty)) = known.get(index) else { continue };
        let cell = parse_value(manifest, *ty, text);
        match cell.map_err(|message| format!("field `{name}`: {message}"))? {
            Some(Cell::Slot(slot)) => answer.set(index, slot),
            Some(Cell::Text(text)) => answer.set_text(index, &text),
            None => {}
        }
    }
    Ok(answer)
}

/// A moment as reports write it.
fn moment(at_ms: i64) -> String {
    let moment = jiff::Timestamp::from_millisecond(at_ms);
    moment.map_or_else(|_| format!("{at_ms} ms"), |moment| moment.to_string())
}
