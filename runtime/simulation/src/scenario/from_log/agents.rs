//! Who was there: an agent of the log is a group of one, with her own hours, for each set of queues that she served;
//! agents who serve the same queues are reported together.

use std::collections::BTreeSet;

use tandem_stdlib::contract::Prefer;

use crate::chance::Law;
use crate::queue_log::{LoggedEnd, Part, Presence, QueueLog};
use crate::scenario::types::{Group, MAX_AGENTS_PLANNED, QueueRow, Shift};

/// Queues that a group's name lists.
const NAMED_MAX: usize = 3;

/// Calls that must say how long the phone rang.
const RINGS_MIN: usize = 50;

/// The floor gives an agent so long to answer, less a second; milliseconds.
const RING_MAX_MS: i64 = 19_000;

/// Callers sent off that tell a queue's time limit, if so large a share of them waited about as long.
const SENT_OFF_MIN: usize = 20;
const SENT_OFF_ALIKE: f64 = 0.7;

pub(super) fn read(log: &QueueLog, presence: &Presence) -> (Vec<Group>, Vec<QueueRow>) {
    let (ring, mut groups) = (rings(log), Vec::new());
    for (parts, pace) in presence.parts.iter().zip(&presence.paces) {
        let there = parts.iter().filter(|part| !part.spells.is_empty() && !part.serves.is_empty());
        for (number, Part { serves, spells }) in there.enumerate() {
            let skills: Vec<(String, u8)> =
                serves.iter().filter_map(|queue| Some((log.queues.get(*queue)?.clone(), 1))).collect();
            groups.push(Group {
                name: name_of(&skills),
                count: 1,
                skills,
                later_skills: Vec::new(),
                shift: Some(Shift::Spells(spells.as_slice().into())),
                breaks: None,
                ring: ring.clone(),
                no_answer: 0.0,
                pace: *pace,
                again: number > 0,
                hour_cost: None,
            });
        }
    }
    groups.truncate(MAX_AGENTS_PLANNED as usize);
    let used: BTreeSet<usize> = log.calls.iter().map(|call| call.queue).collect();
    let row = |queue: usize| {
        let name = log.queues.get(queue)?.clone();
        let skills = vec![(name.clone(), 1)];
        let limit_ms = time_limit(log, queue);
        let (promise, places, prefer) = (None, None, Prefer::default());
        Some(QueueRow { name, skills, promise, places, prefer, limit_ms, of_log: true })
    };
    (groups, used.into_iter().filter_map(row).collect())
}

/// How long phones ring before somebody answers, where the log says so.
fn rings(log: &QueueLog) -> Option<Law> {
    let rings = log.calls.iter().filter_map(|call| call.ring_ms).map(|ms| ms.min(RING_MAX_MS) as f64);
    let rings: Vec<f64> = rings.collect();
    let known = rings.len() >= RINGS_MIN && rings.iter().any(|ms| *ms > 0.0);
    known.then(|| Law::Observed(rings.into()))
}

/// When a queue sends callers off, if it does so after the same time.
fn time_limit(log: &QueueLog, queue: usize) -> Option<i64> {
    let sent_off = log.calls.iter().filter(|call| call.queue == queue && call.end == LoggedEnd::SentOff);
    let mut waits: Vec<i64> = sent_off.map(|call| call.waited_ms).collect();
    waits.sort_unstable();
    let middle = *waits.get(waits.len() / 2).filter(|_| waits.len() >= SENT_OFF_MIN)?;
    let alike = waits.iter().filter(|wait| (**wait - middle).abs() <= middle / 10).count();
    (alike as f64 >= SENT_OFF_ALIKE * waits.len() as f64).then_some(middle.max(1))
}

fn name_of(skills: &[(String, u8)]) -> String {
    let mut names: Vec<&str> = skills.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    let more = names.len().saturating_sub(NAMED_MAX);
    let shown = names.into_iter().take(NAMED_MAX).collect::<Vec<_>>().join(" + ");
    if more == 0 { shown } else { format!("{shown} + {more} more") }
}

/// How many were there, in a sentence.
pub(super) fn told(log: &QueueLog, presence: &Presence) -> String {
    let said = log.said.iter().filter(|spells| !spells.is_empty()).count();
    let hours: i64 = presence.spells.iter().flatten().map(|(from_ms, to_ms)| to_ms - from_ms).sum();
    let sets: BTreeSet<&[usize]> =
        presence.parts.iter().flatten().map(|part| part.serves.as_slice()).collect();
    let changed = presence.parts.iter().filter(|parts| parts.len() > 1).count();
    let change = match changed {
        0 => String::new(),
        _ => format!("; {changed} of them served other queues on some days"),
    };
    format!(
        "{} agents of {} skills were there for {:.0} hours in all: {said} as the log says itself, the others by their \
         calls{change} (`agents`)",
        presence.spells.iter().filter(|spells| !spells.is_empty()).count(),
        match sets.len() {
            1 => "the same".to_owned(),
            kinds => format!("{kinds} sets of"),
        },
        hours as f64 / 3_600_000.0
    )
}
