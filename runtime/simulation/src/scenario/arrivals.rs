//! Reading who calls, and when.

use toml::de::DeValue;

use super::law::parse_patience;
use super::profile::{RateOn, parse_rate, parse_row, rates};
use super::read::Reading;
use super::section::{Section, Value, share, text_of};
use super::types::{Arrivals, Handling, Stream};
use crate::chance::{Law, Mix};
use crate::queue_log;

/// Arrivals before it is known when the run begins and ends.
pub(super) enum Planned {
    Constant(f64),
    Hours(Vec<RateOn>),
    Logged(Vec<i64>),
}

impl Planned {
    /// Arrivals of a run from `from_ms` to `to_ms`.
    pub(super) fn within(self, from_ms: i64, to_ms: i64) -> Arrivals {
        match self {
            Self::Constant(rate) => Arrivals::Rates(vec![(from_ms, rate)]),
            Self::Hours(rows) => Arrivals::Rates(rates(&rows, from_ms, to_ms)),
            Self::Logged(moments) => {
                let inside = moments.into_iter().filter(|at_ms| (from_ms..to_ms).contains(at_ms));
                Arrivals::Logged(inside.collect())
            }
        }
    }
}

/// A stream before it is known when the run begins and ends.
pub(super) type PlannedStream = (Planned, Stream);

/// `arrivals`: a rate, or tables; without them, those of the log.
pub(super) fn read(
    reading: &Reading<'_>,
    root: &Section<'_, '_>,
    patience: &Law,
    logged: Vec<PlannedStream>,
) -> Vec<PlannedStream> {
    let Some(value) = root.get("arrivals") else {
        if !logged.is_empty() {
            return logged;
        }
        if !root.has("campaigns") {
            let message = "the scenario says of nobody who calls: add `arrivals = \"200 per hour\"`";
            root.tell(&root.span, message.to_owned());
        }
        return Vec::new();
    };
    if !matches!(value.get_ref(), DeValue::Table(_) | DeValue::Array(_)) {
        let rate = root.parse_value("arrivals", value, parse_rate);
        let stream = stream("calls".to_owned(), None, Vec::new(), patience.clone());
        return rate.map(|rate| (Planned::Constant(rate), stream)).into_iter().collect();
    }
    let tables = root.tables("arrivals", "arrivals have");
    tables.into_iter().enumerate().filter_map(|(at, table)| one(reading, table, at, patience)).collect()
}

fn stream(name: String, queue: Option<String>, facts: Vec<(String, Mix<String>)>, patience: Law) -> Stream {
    // Filled in once it is known when the run begins.
    let arrivals = Arrivals::Rates(Vec::new());
    let (patience_in_crowd, own) = (Vec::new(), Vec::new());
    Stream { name, arrivals, queue, facts, patience, patience_in_crowd, priority: 0.0, head_start_ms: 0, own }
}

fn one(reading: &Reading<'_>, table: Section<'_, '_>, at: usize, patience: &Law) -> Option<PlannedStream> {
    let name = table.name("name").unwrap_or_else(|| format!("calls {}", at + 1));
    let queue = table.name("queue");
    let facts = mixes(&table, "caller");
    let own = table.parsed("patience", |text| parse_patience(text, reading.files));
    let planned = planned(reading, &table);
    table.finish();
    Some((planned?, stream(name, queue, facts, own.unwrap_or_else(|| patience.clone()))))
}

fn planned(reading: &Reading<'_>, table: &Section<'_, '_>) -> Option<Planned> {
    let rate = table.parsed("rate", parse_rate);
    let hours = hours(reading, table);
    let logged = logged(reading, table);
    let factor = table.parsed("times", |text| super::section::number(text, 0.0, 1e6)).unwrap_or(1.0);
    let given = [table.has("rate"), table.has("by_hour"), table.has("log")];
    if given.into_iter().filter(|given| *given).count() != 1 {
        table.tell(&table.span, "say when they come in one way: `rate`, `by_hour` or `log`".to_owned());
        return None;
    }
    let rate = rate.map(|rate| Planned::Constant(rate * factor));
    let hours = hours.map(|rows| Planned::Hours(rows.into_iter().map(|row| row.times(factor)).collect()));
    rate.or(hours).or(logged.map(Planned::Logged))
}

fn hours(reading: &Reading<'_>, table: &Section<'_, '_>) -> Option<Vec<RateOn>> {
    if !table.has("by_hour") {
        return table.get("by_hour").map(|_| Vec::new());
    }
    let mut rows = Vec::new();
    for (hours, value) in table.table_entries("by_hour") {
        let rates = rates_of(table, hours, value)?;
        match parse_row(hours, &rates, reading.zone_name) {
            Ok(row) => rows.extend(row),
            Err(expected) => {
                table.tell(&value.span(), format!("`{hours}` in `by_hour`: expected {expected}"));
                return None;
            }
        }
    }
    Some(rows)
}

/// One rate, or a list of them.
fn rates_of(table: &Section<'_, '_>, hours: &str, value: &Value<'_>) -> Option<Vec<f64>> {
    match value.get_ref() {
        DeValue::Array(values) => {
            values.iter().map(|value| table.parse_value(hours, value, parse_rate)).collect()
        }
        _ => Some(vec![table.parse_value(hours, value, parse_rate)?]),
    }
}

/// Moments at which the calls of a log came.
fn logged(reading: &Reading<'_>, table: &Section<'_, '_>) -> Option<Vec<i64>> {
    let column = table.name("column");
    let queue = table.name("log_queue");
    table.parsed("log", |file| {
        let text = reading.files.log(file)?;
        queue_log::arrivals(file, &text, column.as_deref(), queue.as_deref(), reading.zone)
    })
}

/// `caller = { tier = { gold = 1, basic = 9 }, language = "en" }`
pub(super) fn mixes(table: &Section<'_, '_>, key: &'static str) -> Vec<(String, Mix<String>)> {
    let read_one = |(fact, value): (&str, &Value<'_>)| match value.get_ref() {
        DeValue::Table(words) => {
            let weigh = |(word, weight): (&toml::Spanned<std::borrow::Cow<'_, str>>, &Value<'_>)| {
                let weight = table
                    .parse_value(word.get_ref(), weight, |text| super::section::number(text, 0.0, 1e12))?;
                Some((word.get_ref().to_string(), weight))
            };
            Some((fact.to_owned(), Mix::new(words.iter().filter_map(weigh))))
        }
        DeValue::Array(_) => {
            let message =
                format!("`{fact}` must be one value, or values by weight: `{{ gold = 1, basic = 9 }}`");
            table.tell(&value.span(), message);
            None
        }
        one => Some((fact.to_owned(), Mix::new([(text_of(one), 1.0)]))),
    };
    table.table_entries(key).filter_map(read_one).collect()
}

/// How long conversations take: `handle`, or `talk` and `after_call`, and `[[handling]]` for some of them.
pub(super) fn handling(
    reading: &Reading<'_>,
    root: &Section<'_, '_>,
    logged: Vec<Handling>,
    assumed: &mut Vec<String>,
) -> Vec<Handling> {
    if !logged.is_empty() && !["handle", "talk", "handling"].into_iter().any(|key| root.has(key)) {
        return with_own(reading, root, logged);
    }
    let mut rules: Vec<Handling> = Vec::new();
    for table in root.tables("handling", "handling has") {
        let (intent, queue) = (table.name("intent"), table.name("queue"));
        rules.extend(rule(reading, &table, intent, queue));
        table.finish();
    }
    let general = rule(reading, root, None, None).unwrap_or_else(|| {
        if rules.is_empty() {
            assumed.push("conversations take 4min, exponential (`handle`)".to_owned());
        }
        Handling::new(Law::Exponential(240_000.0), Law::Fixed(0.0))
    });
    rules.push(general);
    rules
}

/// The log's times, with the after-call work and the transfers that the scenario gives.
fn with_own(reading: &Reading<'_>, root: &Section<'_, '_>, mut logged: Vec<Handling>) -> Vec<Handling> {
    let after_call = reading.law(root, "after_call");
    let transfer = root.parsed("transfer", parse_transfer);
    for rule in &mut logged {
        if let Some(after_call) = &after_call {
            (rule.after_call, rule.pauses, rule.own_after_call) = (after_call.clone(), None, true);
        }
        rule.transfer.clone_from(&transfer);
    }
    logged
}

/// `5% to complaints`
fn parse_transfer(text: &str) -> Result<(f64, String), String> {
    let expected = || "a share and a queue such as `5% to complaints`".to_owned();
    let (part, to) = text.split_once(" to ").ok_or_else(expected)?;
    Ok((share(part.trim())?, to.trim().to_owned()))
}

fn rule(
    reading: &Reading<'_>,
    table: &Section<'_, '_>,
    intent: Option<String>,
    queue: Option<String>,
) -> Option<Handling> {
    let (handle, talk) = (reading.law(table, "handle"), reading.law(table, "talk"));
    let after_call = reading.law(table, "after_call").unwrap_or(Law::Fixed(0.0));
    let transfer = table.parsed("transfer", parse_transfer);
    if table.has("handle") && table.has("talk") {
        table.tell(&table.span, "`handle` and `talk` are the same; write one of them".to_owned());
    }
    Some(Handling { intent, queue, transfer, ..Handling::new(handle.or(talk)?, after_call) })
}
