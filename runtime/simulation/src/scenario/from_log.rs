//! A whole scenario from one log: who called, how long they talked and waited, and who was there.

mod agents;
mod callers;
mod options;
mod talk;
mod waits;

use std::sync::Arc;

use jiff::tz::TimeZone;
use toml::de::DeValue;

use super::arrivals::PlannedStream;
use super::read::Reading;
use super::section::{Section, text_of};
use super::types::{Group, Handling, Logged, QueueRow};
use crate::queue_log::{self, QueueLog, presence};
use options::Options;

/// What a log says of a centre.
#[derive(Default)]
pub(super) struct FromLog {
    pub(super) streams: Vec<PlannedStream>,
    pub(super) handling: Vec<Handling>,
    pub(super) groups: Vec<Group>,
    pub(super) queues: Vec<QueueRow>,
    pub(super) logged: Option<Arc<Logged>>,
    /// What was found and assumed, a sentence each.
    pub(super) told: Vec<String>,
}

/// `log = "march.csv"`, or a table with a `file` and how it is to be read.
pub(super) fn read(reading: &Reading<'_>, root: &Section<'_, '_>) -> Option<FromLog> {
    let value = root.get("log")?;
    if !matches!(value.get_ref(), DeValue::Table(_)) {
        let log = root.parse_value("log", value, |file| read_file(reading, file, &Options::default()));
        return log.map(|log| build(&text_of(value.get_ref()), log, &Options::default(), reading.zone));
    }
    let table = root.table("log", "a log has")?;
    let options = options::read(&table);
    let log = table.parsed("file", |file| read_file(reading, file, &options));
    if !table.has("file") {
        table.tell(&table.span, "a log needs its `file`".to_owned());
    }
    let file = table.name("file").unwrap_or_default();
    table.finish();
    log.map(|log| build(&file, log, &options, reading.zone))
}

fn read_file(reading: &Reading<'_>, file: &str, options: &Options) -> Result<QueueLog, String> {
    let text = reading.files.log(file)?;
    let mut log = queue_log::read(file, &text, &options.reading, reading.zone)?;
    if let Some(queue) = &options.queue {
        let Some(number) = log.queues.iter().position(|name| name == queue) else {
            return Err(format!(
                "a log with the queue `{queue}`, but `{file}` has {}",
                log.queues.join(", ")
            ));
        };
        log.calls.retain(|call| call.queue == number);
    }
    for queue in &options.without {
        let Some(number) = log.queues.iter().position(|name| name == queue) else {
            return Err(format!(
                "a log with the queue `{queue}` to leave out, but `{file}` has {}",
                log.queues.join(", ")
            ));
        };
        log.calls.retain(|call| call.queue != number);
    }
    Ok(log)
}

fn build(file: &str, log: QueueLog, options: &Options, zone: &TimeZone) -> FromLog {
    let presence = presence(&log, options.away_after_ms);
    let own = if options.draws { Vec::new() } else { talk::own(&log, &presence) };
    let callers = callers::read(&log, options, &presence.starts, &own);
    let (handling, talk_told) = talk::read(&log, &presence, zone);
    let (groups, queues) = agents::read(&log, &presence);
    let mut told: Vec<String> =
        log.notes.told().into_iter().map(|line| format!("`{file}`: {line}")).collect();
    told.extend(callers.told);
    told.extend(talk_told);
    told.push(agents::told(&log, &presence));
    let logged = Logged {
        queues: log.queues,
        knows_waits: log.knows_waits,
        calls: log.calls,
        streams: callers.numbers,
        spells: presence.spells,
        absence_ms: presence.pauses.as_ref().map_or(0.0, |pauses| pauses.mean_ms),
    };
    FromLog { streams: callers.streams, handling, groups, queues, logged: Some(Arc::new(logged)), told }
}
