//! Replays what a log tells of campaigns and tickets through the policy's rules.
//!
//! An attempt was made when and as the log says; the policy says whether it would have been, and why not. What would have
//! followed from a call that was never made, nobody knows.

mod attempts;
mod histories;
mod report;
#[cfg(test)]
mod tests;

use tandem_archive::{CentreLog, Logged};
use tandem_centre::{Core, CoreError};

use crate::table::SourceTable;
use attempts::Attempts;
use histories::Histories;
pub use report::{
    AbandonmentReport, Breach, BrokenClause, CallBackReport, CampaignReport, GradeReport, LogNote, LogReport,
    MAX_BREACHES, TicketBreach, TicketReport,
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

/// A moment as reports write it.
fn moment(at_ms: i64) -> String {
    let moment = jiff::Timestamp::from_millisecond(at_ms);
    moment.map_or_else(|_| format!("{at_ms} ms"), |moment| moment.to_string())
}
