//! Reading who works, and which queues there are.

use tandem_stdlib::contract::{Prefer, Promise};
use tandem_stdlib::words::{Calendar, ServiceLevelFormula};
use toml::de::DeValue;

use super::costs::amount;
use super::hours::{calendar, parse_hours, parse_minute};
use super::read::Reading;
use super::section::{Section, Value, count, share, text_of};
use super::types::{Group, MAX_AGENTS_PLANNED, QueueRow, SelfService, Shift};
use crate::value::parse_time;

/// `agents`: a number, or tables; without them, those of the log.
pub(super) fn groups(reading: &Reading<'_>, root: &Section<'_, '_>, logged: Vec<Group>) -> Vec<Group> {
    let Some(value) = root.get("agents") else {
        if !logged.is_empty() {
            return logged;
        }
        root.tell(&root.span, "the scenario says of nobody who answers: add `agents = 14`".to_owned());
        return Vec::new();
    };
    if !matches!(value.get_ref(), DeValue::Table(_) | DeValue::Array(_)) {
        let count = root.parse_value("agents", value, |text| count(text, 0, MAX_AGENTS_PLANNED));
        return count.map(|count| group("agents".to_owned(), count)).into_iter().collect();
    }
    let tables = root.tables("agents", "agents have");
    let groups: Vec<Group> =
        tables.into_iter().enumerate().map(|(at, table)| one(reading, table, at)).collect();
    let total: u64 = groups.iter().map(|group| u64::from(group.count)).sum();
    if total > u64::from(MAX_AGENTS_PLANNED) {
        root.tell(&value.span(), format!("more than {MAX_AGENTS_PLANNED} agents"));
    }
    groups
}

const fn group(name: String, count: u32) -> Group {
    Group {
        name,
        count,
        skills: Vec::new(),
        later_skills: Vec::new(),
        shift: None,
        breaks: None,
        ring: None,
        no_answer: 0.0,
        pace: 1.0,
        again: false,
        hour_cost: None,
    }
}

fn one(reading: &Reading<'_>, table: Section<'_, '_>, at: usize) -> Group {
    let name = table.name("name").unwrap_or_else(|| format!("agents {}", at + 1));
    let count = table.count("count", 0, MAX_AGENTS_PLANNED).unwrap_or(1);
    let found = Group {
        skills: levels(&table, "skills"),
        later_skills: later_skills(&table),
        shift: hours(reading, &table, "shift").map(|weekly| Shift::Weekly(Box::new(weekly))),
        breaks: hours(reading, &table, "breaks"),
        ring: reading.law(&table, "ring"),
        no_answer: table.share_or("no_answer", 0.0),
        hour_cost: table.parsed("hour_cost", amount),
        ..group(name, count)
    };
    table.finish();
    found
}

/// One text of hours, or a list of them.
fn hours(reading: &Reading<'_>, table: &Section<'_, '_>, key: &'static str) -> Option<Calendar> {
    let value = table.get(key)?;
    let texts: Vec<String> = match value.get_ref() {
        DeValue::Array(values) => values.iter().map(|value| text_of(value.get_ref())).collect(),
        one => vec![text_of(one)],
    };
    let parsed: Result<Vec<_>, String> = texts.iter().map(|text| parse_hours(text)).collect();
    match parsed.and_then(|weekly| calendar(reading.zone_name, weekly.concat())) {
        Ok(calendar) => Some(calendar),
        Err(expected) => {
            table.tell(&value.span(), format!("`{key}` is `{}`; expected {expected}", texts.join(", ")));
            None
        }
    }
}

/// `skills_from = { "12:00" = "cards, loans" }`
fn later_skills(table: &Section<'_, '_>) -> Vec<(u16, Vec<(String, u8)>)> {
    let read_one = |(time, value): (&str, &Value<'_>)| match parse_minute(time) {
        Ok(minute) => Some((minute, levels_of(table, value))),
        Err(_) => {
            let message = format!("`{time}` in `skills_from`: expected a time of day such as `12:00`");
            table.tell(&value.span(), message);
            None
        }
    };
    let mut later: Vec<_> = table.table_entries("skills_from").filter_map(read_one).collect();
    later.sort_by_key(|(minute, _)| *minute);
    later
}

/// Skills with levels: `{ cards = 4, loans = 2 }`, or names alone for level 1.
fn levels(table: &Section<'_, '_>, key: &'static str) -> Vec<(String, u8)> {
    table.get(key).map(|value| levels_of(table, value)).unwrap_or_default()
}

fn levels_of(table: &Section<'_, '_>, value: &Value<'_>) -> Vec<(String, u8)> {
    let names = |text: &str| text.split(',').map(|name| (name.trim().to_owned(), 1_u8)).collect::<Vec<_>>();
    let one = |(name, value): (&toml::Spanned<std::borrow::Cow<'_, str>>, &Value<'_>)| {
        let level = table.parse_value(name.get_ref(), value, |text| count(text, 1, 255))?;
        Some((name.get_ref().to_string(), u8::try_from(level).unwrap_or(u8::MAX)))
    };
    match value.get_ref() {
        DeValue::Table(levels) => levels.iter().filter_map(one).collect(),
        DeValue::Array(values) => values.iter().flat_map(|value| names(&text_of(value.get_ref()))).collect(),
        one => names(&text_of(one)),
    }
}

/// `[[queues]]`; without them, those of the log.
pub(super) fn queues(root: &Section<'_, '_>, logged: Vec<QueueRow>, groups: &[Group]) -> Vec<QueueRow> {
    if !root.has("queues") && !logged.is_empty() {
        // Agents without any skill serve every queue.
        let skilled = groups.iter().any(|group| !group.skills.is_empty());
        let row = |row: QueueRow| if skilled { row } else { QueueRow { skills: Vec::new(), ..row } };
        return logged.into_iter().map(row).collect();
    }
    let read_one = |table: Section<'_, '_>| {
        let name = table.name("name");
        if name.is_none() {
            table.tell(&table.span, "a queue needs a `name`".to_owned());
        }
        let row = QueueRow {
            name: name.unwrap_or_default(),
            skills: levels(&table, "skills"),
            promise: table.parsed("promise", parse_promise),
            places: table.count("places", 0, 10_000_000),
            prefer: table.parsed("prefer", parse_prefer).unwrap_or_default(),
            limit_ms: None,
            of_log: false,
        };
        table.finish();
        row
    };
    root.tables("queues", "queues have").into_iter().map(read_one).collect()
}

const PREFERENCES: [(&str, Prefer); 6] = [
    ("longest idle", Prefer::LongestIdle),
    ("least occupied", Prefer::LeastOccupied),
    ("most skilled", Prefer::MostSkilled),
    ("least skilled", Prefer::LeastSkilled),
    ("round robin", Prefer::RoundRobin),
    ("weighted", Prefer::Weighted),
];

fn parse_prefer(text: &str) -> Result<Prefer, String> {
    let known = PREFERENCES.iter().find(|(words, _)| *words == text);
    known.map(|(_, prefer)| *prefer).ok_or_else(|| {
        let words: Vec<String> = PREFERENCES.iter().map(|(words, _)| format!("`{words}`")).collect();
        format!("one of {}", words.join(", "))
    })
}

/// `[[self_service]]`
pub(super) fn self_service(reading: &Reading<'_>, root: &Section<'_, '_>) -> Vec<SelfService> {
    let read_one = |table: Section<'_, '_>| {
        let queue = table.name("queue");
        if queue.is_none() {
            table.tell(&table.span, "self-service needs the `queue` that it serves".to_owned());
        }
        let takes = reading.law(&table, "takes");
        let found = SelfService {
            queue: queue.unwrap_or_default(),
            contains: table.share_or("contains", 1.0),
            takes: takes.unwrap_or(crate::chance::Law::Exponential(90_000.0)),
            otherwise: table.name("otherwise"),
        };
        table.finish();
        found
    };
    root.tables("self_service", "self-service has").into_iter().map(read_one).collect()
}

const PROMISE: &str = "a promise such as `80% within 20s`, `90% within 10s of answered`, `80% within 20s excluding \
     abandoned in time`, `80% within 20s excluding abandoned under 5s`, or `counting` instead of `excluding`";

/// `80% within 20s [of answered | excluding|counting abandoned in time | excluding|counting abandoned under 5s]`
///
/// # Errors
/// What was expected.
pub(super) fn parse_promise(text: &str) -> Result<Promise, String> {
    use ServiceLevelFormula as Formula;
    let expected = || PROMISE.to_owned();
    let words: Vec<&str> = text.split_whitespace().collect();
    let (head, tail) = words.split_at_checked(3).ok_or_else(expected)?;
    let [part, "within", time] = head else { return Err(expected()) };
    let time_ms = |text: &str| parse_time(text).map_err(|_| expected());
    let (formula, short_abandon_ms) = match tail {
        [] | ["of", "offered"] => (Formula::OfOffered, 0),
        ["of", "answered"] => (Formula::OfAnswered, 0),
        ["excluding", "abandoned", "in", "time"] => (Formula::ExcludingAbandonedInTime, 0),
        ["counting", "abandoned", "in", "time"] => (Formula::CountingAbandonedInTime, 0),
        ["excluding", "abandoned", "under", limit] => (Formula::ExcludingShort, time_ms(limit)?),
        ["counting", "abandoned", "under", limit] => (Formula::CountingShort, time_ms(limit)?),
        _ => return Err(expected()),
    };
    Ok(Promise { share: share(part)?, within_ms: time_ms(time)?, formula, short_abandon_ms })
}
