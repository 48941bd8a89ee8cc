//! How long conversations took: the log's own times, by queue, and by hour where the hour matters.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::chance::Law;
use crate::queue_log::{LoggedCall, LoggedEnd, QueueLog};
use crate::scenario::types::Handling;

/// Conversations that a queue, or an hour of one, must have for times of its own.
const CALLS_MIN: usize = 50;

/// The share of the variance of talk times that hours must explain to matter.
const HOURS_MATTER: f64 = 0.02;

/// Hours of a day.
const HOURS: i8 = 24;

pub(super) fn read(log: &QueueLog, absence: Option<&Law>, zone: &TimeZone) -> (Vec<Handling>, Vec<String>) {
    let answered = || log.calls.iter().filter(|call| call.end == LoggedEnd::Answered);
    let mut rules = Vec::new();
    let mut told = Vec::new();
    for (queue, name) in log.queues.iter().enumerate() {
        let calls: Vec<&LoggedCall> = answered().filter(|call| call.queue == queue).collect();
        if calls.len() < CALLS_MIN {
            continue;
        }
        let hours: Vec<i8> = calls.iter().map(|call| hour_of(call, zone)).collect();
        if hours_matter(&calls, &hours) {
            told.push(format!("talk times of `{name}` depend on the hour, and are drawn by it"));
            for hour in 0..HOURS {
                let with_hours = calls.iter().copied().zip(&hours);
                let of_hour: Vec<&LoggedCall> =
                    with_hours.filter(|(_, of)| **of == hour).map(|(call, _)| call).collect();
                if of_hour.len() >= CALLS_MIN {
                    rules.push(Handling { hour: Some(hour), ..rule(Some(name.clone()), &of_hour, absence) });
                }
            }
        }
        rules.push(rule(Some(name.clone()), &calls, absence));
    }
    let all: Vec<&LoggedCall> = answered().collect();
    rules.push(rule(None, &all, absence));
    if let Some(absence) = absence {
        told.push(format!(
            "after a call an agent takes none for {:.0}s on average though callers wait (`after_call`)",
            absence.mean() / 1000.0
        ));
    }
    (rules, told)
}

fn rule(queue: Option<String>, calls: &[&LoggedCall], absence: Option<&Law>) -> Handling {
    let talk: Vec<f64> = calls.iter().map(|call| call.talk_ms as f64).collect();
    let known: Vec<f64> = calls.iter().filter_map(|call| call.after_call_ms).map(|ms| ms as f64).collect();
    let talk = if talk.is_empty() { Law::Fixed(0.0) } else { Law::Observed(talk.into()) };
    let after_call = match absence {
        _ if !known.is_empty() => Law::Observed(known.into()),
        Some(absence) => absence.clone(),
        None => Law::Fixed(0.0),
    };
    Handling { intent: None, queue, hour: None, talk, after_call, transfer: None }
}

fn hour_of(call: &LoggedCall, zone: &TimeZone) -> i8 {
    zone.to_datetime(Timestamp::from_millisecond(call.left_ms()).unwrap_or_default()).hour()
}

/// Whether the hours explain enough of how talk times vary: the correlation ratio (Pearson), against the share that
/// chance alone explains.
fn hours_matter(calls: &[&LoggedCall], hours: &[i8]) -> bool {
    let mean = |sum: f64, count: f64| if count > 0.0 { sum / count } else { 0.0 };
    let count = calls.len() as f64;
    let all = mean(calls.iter().map(|call| call.talk_ms as f64).sum(), count);
    let whole: f64 = calls.iter().map(|call| (call.talk_ms as f64 - all) * (call.talk_ms as f64 - all)).sum();
    let (mut between, mut groups) = (0.0, 0.0);
    for hour in 0..HOURS {
        let of_hour = calls.iter().zip(hours).filter(|(_, of)| **of == hour);
        let (sum, number) =
            of_hour.fold((0.0, 0.0), |(sum, n), (call, _)| (sum + call.talk_ms as f64, n + 1.0));
        if number > 0.0 {
            let apart = mean(sum, number) - all;
            between += number * apart * apart;
            groups += 1.0;
        }
    }
    let by_chance = 3.0 * (groups - 1.0) / count.max(1.0);
    whole > 0.0 && between / whole > HOURS_MATTER + by_chance
}
