//! Which agents were there when.
//!
//! Where a log says when agents came, paused and went, they were there then. Otherwise they are known by their calls. An
//! agent between two calls is away when the gap is longer than a limit and somebody waited in vain meanwhile, or when it
//! is longer than anybody stays without a call. She came one usual pause before the first call of a spell, and took calls
//! until one usual pause after the last one began: who leaves at a moment of her own choice finishes the call in hand.

use super::call::{LoggedCall, QueueLog};
use super::waiting::Waiting;

/// Nobody is there for longer without a call, milliseconds.
const IDLE_MAX_MS: i64 = 4 * 3_600_000;

/// The share of an agent's calls that must be of a queue for her to serve it.
const SERVES_SHARE: f64 = 0.01;

/// Gaps of a spell that tell its usual pause; of fewer, that of all spells is taken.
const GAPS_MIN: usize = 4;

/// A stretch of time.
pub(crate) type Spell = (i64, i64);

/// Agents as the log shows them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Presence {
    /// By agent: when she was there, in order.
    pub(crate) spells: Vec<Vec<Spell>>,
    /// By agent: queues that she serves.
    pub(crate) serves: Vec<Vec<usize>>,
    /// How long an agent takes no call after one, where the log does not have after-call work itself.
    pub(crate) absence: Option<crate::chance::Law>,
}

/// Agents of a log; gaps beyond `away_after_ms` in which callers waited are absences.
pub(crate) fn presence(log: &QueueLog, away_after_ms: i64) -> Presence {
    let by_agent = log.answered_by_agent();
    let serves: Vec<Vec<usize>> = by_agent.iter().map(|calls| served(calls, log)).collect();
    let known = log.calls.iter().any(|call| call.after_call_ms.is_some());
    let absence = if known { None } else { super::absence::estimate(log, &by_agent, &serves, away_after_ms) };
    let absent_ms = absence.as_ref().map_or(0.0, crate::chance::Law::mean) as i64;
    let spells = spells(log, &by_agent, &serves, away_after_ms, absent_ms);
    Presence { spells, serves, absence }
}

/// Queues that an agent serves: those of a noticeable share of her calls.
fn served(calls: &[LoggedCall], log: &QueueLog) -> Vec<usize> {
    let mut counts = vec![0_u64; log.queues.len()];
    for call in calls {
        if let Some(count) = counts.get_mut(call.queue) {
            *count += 1;
        }
    }
    let enough = (calls.len() as f64 * SERVES_SHARE).max(1.0);
    (0..).zip(counts).filter(|(_, count)| *count as f64 >= enough).map(|(queue, _)| queue).collect()
}

fn spells(
    log: &QueueLog,
    by_agent: &[Vec<LoggedCall>],
    serves: &[Vec<usize>],
    away_after_ms: i64,
    absent_ms: i64,
) -> Vec<Vec<Spell>> {
    let waiting = Waiting::new(log);
    let cut = |(calls, queues): (&Vec<LoggedCall>, &Vec<usize>)| {
        calls
            .chunk_by(|first, next| {
                let (over_ms, begins_ms) = (first.over_ms(), next.left_ms());
                let gap_ms = begins_ms.saturating_sub(over_ms);
                let in_vain = || waiting.last(queues, over_ms, begins_ms).is_some();
                gap_ms <= IDLE_MAX_MS && (gap_ms <= away_after_ms || !in_vain())
            })
            .map(<[LoggedCall]>::to_vec)
            .collect::<Vec<_>>()
    };
    let chunks: Vec<Vec<Vec<LoggedCall>>> = by_agent.iter().zip(serves).map(cut).collect();
    let usual_ms = pause_ms(chunks.iter().flatten().flat_map(|calls| gaps(calls))).unwrap_or(0);
    let none = Vec::new();
    let of_agent = |(agent, chunks): (usize, &Vec<Vec<LoggedCall>>)| {
        let said = log.said.get(agent).unwrap_or(&none);
        if !said.is_empty() {
            return said.iter().copied().filter(|(from_ms, to_ms)| from_ms < to_ms).collect();
        }
        let spell = |calls: &Vec<LoggedCall>| {
            let (first, last) = (calls.first()?, calls.last()?);
            let own = gaps(calls);
            let own_ms = if own.clone().count() >= GAPS_MIN { pause_ms(own) } else { None };
            let idle_ms = own_ms.unwrap_or(usual_ms).saturating_sub(absent_ms).clamp(0, away_after_ms);
            let begins_ms = first.left_ms().saturating_sub(idle_ms);
            Some((begins_ms, last.left_ms().saturating_add(idle_ms).max(begins_ms + 1)))
        };
        joined(chunks.iter().filter_map(spell).collect())
    };
    chunks.iter().enumerate().map(of_agent).collect()
}

/// Times between the calls of a spell.
fn gaps(calls: &[LoggedCall]) -> impl Iterator<Item = i64> + Clone {
    calls.windows(2).filter_map(|pair| match pair {
        [first, next] => Some((next.left_ms() - first.over_ms()).max(0)),
        _ => None,
    })
}

/// The mean pause.
fn pause_ms(gaps: impl Iterator<Item = i64>) -> Option<i64> {
    let (count, sum) =
        gaps.fold((0_i64, 0_i64), |(count, sum), gap_ms| (count + 1, sum.saturating_add(gap_ms)));
    (count > 0).then(|| sum / count)
}

/// Spells that touch, made one.
fn joined(spells: Vec<Spell>) -> Vec<Spell> {
    let mut all: Vec<Spell> = Vec::new();
    for (from_ms, to_ms) in spells {
        match all.last_mut() {
            Some((_, until_ms)) if from_ms <= *until_ms => *until_ms = (*until_ms).max(to_ms),
            _ => all.push((from_ms, to_ms)),
        }
    }
    all
}
