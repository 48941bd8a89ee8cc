//! From the text of a scenario to a scenario.

use std::cell::RefCell;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use tandem_stdlib::contract::Promise;
use tandem_stdlib::words::ServiceLevelFormula;
use toml::de::DeTable;

use super::arrivals::{self, Planned, PlannedStream};
use super::campaign::{self, PlannedCampaign};
use super::error::{MAX_ERRORS, ScenarioError};
use super::from_log::{self, FromLog};
use super::law::{parse_law, parse_patience};
use super::section::{Problems, Section};
use super::staff;
use super::types::{MAX_DAYS, MAX_REPLICATIONS, Scenario, Stream};
use super::vary::{self, Variation};
use super::{callers, costs, detector, sources, tickets};
use crate::chance::Law;

/// What to do about a name that TOML takes for something else.
const NAMES_IN_QUOTES: &str = ": write a name with other letters in quotation marks, such as `\"退款\" = 3`";

/// The first day of a run that names none: a Monday.
const START: Date = Date::constant(2026, 1, 5);

/// Replications of a run that names none.
const REPLICATIONS: u32 = 10;

/// Left out at the beginning of a run in which nothing depends on the hour, unless it says otherwise.
const WARM_UP_MS: i64 = 3_600_000;

/// What is promised where nobody says so; see [`ASSUMED_WORDS`].
const ASSUMED: Promise =
    Promise { share: 0.8, within_ms: 20_000, formula: ServiceLevelFormula::OfOffered, short_abandon_ms: 0 };

/// The same in words.
pub(crate) const ASSUMED_WORDS: &str = "80% shall be answered within 20s, of all offered (`promise`)";

/// Waiting places that a centre may have.
const MAX_PLACES: u32 = 10_000_000;

/// Files that a scenario names, as the host reads them.
pub trait Files {
    /// A file's text.
    ///
    /// # Errors
    /// Why it cannot be read.
    fn text(&self, name: &str) -> Result<String, String>;

    /// A log's text, in which letters that are no UTF-8 do not matter; of recordings, a table with a line a call.
    ///
    /// # Errors
    /// Why it cannot be read.
    fn log(&self, name: &str) -> Result<String, String> {
        self.text(name)
    }
}

/// What all parts of reading need.
pub(super) struct Reading<'a> {
    pub(super) files: &'a dyn Files,
    pub(super) zone: &'a TimeZone,
    pub(super) zone_name: &'a str,
}

impl Reading<'_> {
    /// A law of chance under a key.
    pub(super) fn law(&self, table: &Section<'_, '_>, key: &'static str) -> Option<Law> {
        table.parsed(key, |text| parse_law(text, self.files))
    }
}

/// Reads a scenario; `variation` replaces values of it.
///
/// # Errors
/// All mistakes, up to a limit, each with its line.
pub fn read_scenario(
    file: &str,
    text: &str,
    files: &dyn Files,
    variation: &[Variation],
) -> Result<Scenario, Vec<ScenarioError>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let told = errors.iter().take(MAX_ERRORS).map(|error| {
            let byte = error.span().map_or(0, |span| span.start);
            let message = error.message();
            let help = if message.contains("unquoted key") { NAMES_IN_QUOTES } else { "" };
            ScenarioError::at(file, text, byte, format!("{message}{help}"))
        });
        return Err(told.collect());
    }
    let problems = Problems { file, text, found: RefCell::default() };
    let mut table = table.into_inner();
    for one in variation {
        if let Err(message) = vary::apply(&mut table, one) {
            problems.tell(&(0..0), message);
        }
    }
    let root = Section::new(&table, 0..0, "a scenario has", &problems);
    let scenario = read_root(&root, files);
    root.finish();
    let Problems { found, .. } = problems;
    match (scenario, found.into_inner()) {
        (Some(scenario), found) if found.is_empty() => Ok(scenario),
        (_, mut found) => {
            found.sort_by_key(|error| (error.line, error.column));
            Err(found)
        }
    }
}

fn read_root(root: &Section<'_, '_>, files: &dyn Files) -> Option<Scenario> {
    let mut assumed = Vec::new();
    let zone_name = root.name("zone").unwrap_or_else(|| "UTC".to_owned());
    let zone = root.parsed("zone", find_zone).unwrap_or(TimeZone::UTC);
    let reading =
        Reading { files, zone: &zone, zone_name: if root.has("zone") { &zone_name } else { "UTC" } };
    let log = from_log::read(&reading, root);
    // One mistake is told once: what a log that cannot be read would have said is not missed as well.
    if log.is_none() && root.has("log") {
        return None;
    }
    let FromLog { streams, handling, groups, queues, logged, told } = log.unwrap_or_default();
    assumed.extend(told);
    let own_patience = root.parsed("patience", |text| parse_patience(text, files));
    let patience = own_patience.clone().unwrap_or_else(|| {
        if !root.has("patience") && streams.is_empty() {
            assumed.push("callers give up after 5min on average, exponential (`patience`)".to_owned());
        }
        Law::Exponential(300_000.0)
    });
    let handling = arrivals::handling(&reading, root, handling, &mut assumed);
    let streams = streams.into_iter().map(|one| patient(one, own_patience.as_ref())).collect();
    let streams = arrivals::read(&reading, root, &patience, streams);
    let campaigns = campaign::read(&reading, root, &mut assumed);
    let groups = staff::groups(&reading, root, groups);
    let logged = logged.filter(|_| !root.has("arrivals"));
    let span = span(&reading, root, &streams)?;
    let steady = groups.iter().all(|group| group.shift.is_none())
        && streams.iter().all(|(planned, _)| matches!(planned, Planned::Constant(_)));
    let warm_up_ms = root.time_ms("warm_up").unwrap_or(if steady { WARM_UP_MS } else { 0 });
    if warm_up_ms >= span.1 - span.0 {
        root.tell(
            &root.span,
            "the warm-up takes the whole run; give more `days` or a shorter `warm_up`".to_owned(),
        );
    }
    let promise = root.parsed("promise", staff::parse_promise).unwrap_or(ASSUMED);
    let scenario = Scenario {
        start_ms: span.0,
        end_ms: span.1,
        warm_up_ms: span.0.saturating_add(warm_up_ms),
        zone: reading.zone_name.to_owned(),
        replications: root.count("replications", 1, MAX_REPLICATIONS).unwrap_or(REPLICATIONS),
        seed: root.parsed("seed", |text| text.parse().map_err(|_| "a whole number".to_owned())).unwrap_or(0),
        streams: streams.into_iter().map(|one| placed(one, span)).collect(),
        campaigns: campaigns.into_iter().map(|one: PlannedCampaign| one.within(span)).collect(),
        patience,
        handling,
        queues: staff::queues(root, queues, &groups),
        self_service: staff::self_service(&reading, root),
        detector: detector::read(&reading, root),
        callers: callers::read(&reading, root),
        sources: sources::read(&reading, root),
        tickets: tickets::read(&reading, root),
        costs: costs::read(root, &groups),
        groups,
        places: root.count("places", 0, MAX_PLACES),
        promise,
        promised: root.has("promise"),
        assumed,
        logged,
    };
    Some(scenario)
}

/// Callers with the patience that the scenario gives.
fn patient((planned, mut stream): PlannedStream, own: Option<&Law>) -> PlannedStream {
    if let Some(own) = own {
        (stream.patience, stream.patience_in_crowd) = (own.clone(), Vec::new());
    }
    (planned, stream)
}

fn placed((planned, mut stream): PlannedStream, (from_ms, to_ms): (i64, i64)) -> Stream {
    if let Planned::Logged(moments) = &planned {
        // What is known of callers stays beside their moments.
        let before = moments.partition_point(|at_ms| *at_ms < from_ms).min(stream.own.len());
        drop(stream.own.drain(..before));
    }
    Stream { arrivals: planned.within(from_ms, to_ms), ..stream }
}

fn find_zone(name: &str) -> Result<TimeZone, String> {
    TimeZone::get(name).map_err(|_| {
        let hint = tandem_stdlib::words::nearest_zone(name)
            .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        format!("a time zone such as `Europe/London`{hint}")
    })
}

/// When the run begins and ends.
fn span(reading: &Reading<'_>, root: &Section<'_, '_>, streams: &[PlannedStream]) -> Option<(i64, i64)> {
    let date = |text: &str| text.trim().parse::<Date>().map_err(|_| "a day such as `2026-10-05`".to_owned());
    let days = root.count("days", 1, MAX_DAYS);
    let start = root.parsed("start", date);
    let logged = streams.iter().filter_map(|(planned, _)| match planned {
        Planned::Logged(moments) => Some((*moments.first()?, *moments.last()?)),
        _ => None,
    });
    let logged: Vec<(i64, i64)> = logged.collect();
    let day_of = |ms: i64| {
        let moment = Timestamp::from_millisecond(ms).ok()?;
        Some(reading.zone.to_datetime(moment).date())
    };
    let first = logged.iter().map(|(first, _)| *first).min().and_then(day_of);
    let last = logged.iter().map(|(_, last)| *last).max().and_then(day_of);
    let start = start.or(first).unwrap_or(START);
    let until_last = last.and_then(|last| last.since(start).ok()).map(|span| span.get_days() + 1);
    let until_last = until_last.and_then(|days| u32::try_from(days).ok()).map(|days| days.clamp(1, MAX_DAYS));
    let days = days.or(until_last).unwrap_or(1);
    let midnight = |date: Date| Some(date.to_zoned(reading.zone.clone()).ok()?.timestamp().as_millisecond());
    let end = start.checked_add(i64::from(days).days()).ok()?;
    match (midnight(start), midnight(end)) {
        (Some(from), Some(to)) => Some((from, to)),
        _ => {
            root.tell(&root.span, "the run leaves the calendar; choose another `start`".to_owned());
            None
        }
    }
}
