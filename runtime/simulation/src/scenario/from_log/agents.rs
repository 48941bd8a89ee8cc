//! Who was there: an agent of the log is a group of one, with her own hours; agents who serve the same queues are
//! reported together.

use std::collections::{BTreeMap, BTreeSet};

use crate::queue_log::{Presence, QueueLog};
use crate::scenario::types::{Group, MAX_AGENTS_PLANNED, QueueRow, Shift};

/// Queues that a group's name lists.
const NAMED_MAX: usize = 3;

pub(super) fn read(log: &QueueLog, presence: &Presence) -> (Vec<Group>, Vec<QueueRow>) {
    let mut groups = Vec::new();
    let agents = presence.spells.iter().zip(&presence.serves);
    for (spells, serves) in agents.filter(|(spells, serves)| !spells.is_empty() && !serves.is_empty()) {
        let skills: Vec<(String, u8)> =
            serves.iter().filter_map(|queue| Some((log.queues.get(*queue)?.clone(), 1))).collect();
        groups.push(Group {
            name: name_of(&skills),
            count: 1,
            skills,
            shift: Some(Shift::Spells(spells.as_slice().into())),
            breaks: None,
            ring: None,
            no_answer: 0.0,
        });
    }
    groups.truncate(MAX_AGENTS_PLANNED as usize);
    let used: BTreeSet<usize> = log.calls.iter().map(|call| call.queue).collect();
    let row = |queue: usize| {
        let name = log.queues.get(queue)?.clone();
        let skills = vec![(name.clone(), 1)];
        Some(QueueRow { name, skills, promise: None, places: None, prefer: Default::default(), of_log: true })
    };
    (groups, used.into_iter().filter_map(row).collect())
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
    let by_queues: BTreeMap<&[usize], usize> =
        presence.serves.iter().fold(BTreeMap::new(), |mut counts, serves| {
            *counts.entry(serves.as_slice()).or_default() += 1;
            counts
        });
    format!(
        "{} agents of {} skills were there for {:.0} hours in all: {said} as the log says itself, the others by their \
         calls (`agents`)",
        presence.spells.iter().filter(|spells| !spells.is_empty()).count(),
        match by_queues.len() {
            1 => "the same".to_owned(),
            kinds => format!("{kinds} sets of"),
        },
        hours as f64 / 3_600_000.0
    )
}
