//! How long conversations took: the log's own times, by queue, and by hour where the hour matters; and what of them
//! callers bring along.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::chance::Law;
use crate::queue_log::{LoggedCall, LoggedEnd, Pause, Pauses, Presence, QueueLog};
use crate::scenario::types::{Handling, Own};

/// Conversations that a queue, or an hour of one, must have for times of its own.
const CALLS_MIN: usize = 50;

/// The share of the variance of talk times that hours must explain to matter.
const HOURS_MATTER: f64 = 0.02;

/// Hours of a day.
const HOURS: i8 = 24;

pub(super) fn read(log: &QueueLog, presence: &Presence, zone: &TimeZone) -> (Vec<Handling>, Vec<String>) {
    let pauses = presence.pauses.clone().map(Arc::new);
    let pauses = pauses.as_ref();
    let answered = || log.calls.iter().filter(|call| call.end == LoggedEnd::Answered);
    let (mut rules, mut told) = (Vec::new(), Vec::new());
    if answered().all(|call| call.talk_ms == 0) {
        return (rules, told);
    }
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
                    rules.push(Handling { hour: Some(hour), ..rule(Some(name.clone()), &of_hour, pauses) });
                }
            }
        }
        rules.push(rule(Some(name.clone()), &calls, pauses));
    }
    let all: Vec<&LoggedCall> = answered().collect();
    rules.push(rule(None, &all, pauses));
    if let Some(pauses) = pauses {
        told.push(told_pauses(pauses));
    }
    (rules, told)
}

fn told_pauses(pauses: &Pauses) -> String {
    let seconds = |(least, law): &(usize, Law)| match least {
        0 => format!("{:.0}s where nobody waits", law.mean() / 1000.0),
        1 => format!("{:.0}s where somebody waits", law.mean() / 1000.0),
        _ => format!("{:.0}s from {least} callers on", law.mean() / 1000.0),
    };
    let crowds = match pauses.laws.as_slice() {
        [_] => String::new(),
        laws => format!(": {}", laws.iter().map(seconds).collect::<Vec<_>>().join(", ")),
    };
    format!(
        "after a call an agent takes none for {:.0}s on average though callers wait{crowds} (`after_call`)",
        pauses.mean_ms / 1000.0
    )
}

/// What each caller brings along: the conversation, and the pause that followed it.
pub(super) fn own(log: &QueueLog, presence: &Presence) -> Vec<Own> {
    let one = |(place, call): (usize, &LoggedCall)| {
        if call.end != LoggedEnd::Answered {
            return Own::default();
        }
        let pace = call.agent.and_then(|agent| presence.paces.get(agent)).copied().unwrap_or(1.0);
        let after = || presence.pauses.as_ref()?.after.get(place).copied();
        let pause = match (call.after_call_ms, call.agent) {
            (Some(ms), _) => Pause::Known(ms),
            // Nobody took it, as far as the log knows: nobody pauses after it.
            (None, None) if !log.agents.is_empty() => Pause::Known(0),
            _ => after().unwrap_or_default(),
        };
        let talk_ms = presence.held_ms.get(&place).copied().unwrap_or(call.talk_ms);
        Own { talk_ms: Some((talk_ms as f64 / pace.max(1e-3)) as f32), pause }
    };
    log.calls.iter().enumerate().map(one).collect()
}

fn rule(queue: Option<String>, calls: &[&LoggedCall], pauses: Option<&Arc<Pauses>>) -> Handling {
    let talk: Vec<f64> = calls.iter().map(|call| call.talk_ms as f64).collect();
    let known: Vec<f64> = calls.iter().filter_map(|call| call.after_call_ms).map(|ms| ms as f64).collect();
    let talk = if talk.is_empty() { Law::Fixed(0.0) } else { Law::Observed(talk.into()) };
    let after_call = if known.is_empty() { Law::Fixed(0.0) } else { Law::Observed(known.into()) };
    Handling { queue, pauses: pauses.cloned(), of_log: true, ..Handling::new(talk, after_call) }
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
