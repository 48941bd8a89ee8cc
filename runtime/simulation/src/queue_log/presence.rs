//! Which agents were there when.
//!
//! Where a log says when agents came, paused and went, they were there then. Otherwise they are known by their calls. An
//! agent between two calls is away when the gap is longer than a limit and somebody waited in vain meanwhile, or when it
//! is longer than anybody stays without a call. She came one usual pause before the first call of a spell, and took calls
//! until one usual pause after the last one began: who leaves at a moment of her own choice finishes the call in hand.

use std::collections::BTreeMap;

use super::absence::{self, Pauses};
use super::call::QueueLog;
use super::choice::HeadStarts;
use super::skills::{self, Stint, Taken};
use super::waiting::Waiting;

/// Gaps of a spell that tell its usual pause; of fewer, that of all spells is taken.
const GAPS_MIN: usize = 4;

/// Conversations at the usual pace that are added to an agent's own, so that a few of hers say little.
const USUAL_TALKS: f64 = 20.0;

/// A stretch of time.
pub(crate) type Spell = (i64, i64);

/// Agents as the log shows them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Presence {
    /// By agent: when she was there, in order.
    pub(crate) spells: Vec<Vec<Spell>>,
    /// By agent: when she served which queues.
    pub(crate) parts: Vec<Vec<Part>>,
    /// By agent: how long her conversations take, as a share of what they usually take in the same queues.
    pub(crate) paces: Vec<f64>,
    /// By call, of those whose agent took another before they ended: how long they held her, milliseconds.
    pub(crate) held_ms: BTreeMap<usize, i64>,
    /// How long agents take no call after one, where the log does not have after-call work itself.
    pub(crate) pauses: Option<Pauses>,
    /// Who is taken first.
    pub(crate) starts: HeadStarts,
}

/// The time in which an agent served the same queues.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Part {
    /// Queues, in order.
    pub(crate) serves: Vec<usize>,
    /// When she was there, in order.
    pub(crate) spells: Vec<Spell>,
}

/// Agents of a log; gaps beyond `away_after_ms` in which callers waited are absences.
pub(crate) fn presence(log: &QueueLog, away_after_ms: i64) -> Presence {
    let usual = skills::usual(log);
    let starts = HeadStarts::of_log(log, &usual);
    let stints = skills::stints(log, &usual, &starts);
    let known = log.calls.iter().any(|call| call.after_call_ms.is_some());
    let pauses = if known { None } else { absence::estimate(log, &stints, away_after_ms) };
    let pause_ms = pauses.as_ref().map_or(0.0, |pauses| pauses.mean_ms) as i64;
    let parts = parts(log, &stints, &usual, away_after_ms, pause_ms);
    let of_agent = |parts: &Vec<Part>| {
        let mut spells: Vec<Spell> = parts.iter().flat_map(|part| part.spells.iter().copied()).collect();
        spells.sort_unstable();
        joined(spells)
    };
    let spells = parts.iter().map(of_agent).collect();
    Presence { spells, parts, paces: paces(log), held_ms: held(&stints), pauses, starts }
}

/// Who takes a call before the last one has ended is free for it: put on hold, handed on, or two at once.
fn held(stints: &[Vec<Stint>]) -> BTreeMap<usize, i64> {
    let pairs = stints.iter().flatten().flat_map(|stint| stint.taken.windows(2));
    let held = pairs.filter_map(|pair| match pair {
        [first, next] if next.call.left_ms() < first.call.over_ms() => {
            Some((first.place, next.call.left_ms() - first.call.left_ms()))
        }
        _ => None,
    });
    held.collect()
}

/// Stretches of an agent's calls without an absence between them.
fn chunks<'s>(stint: &'s Stint, waiting: &Waiting, away_after_ms: i64) -> Vec<&'s [Taken]> {
    let together = |first: &Taken, next: &Taken| {
        let (over_ms, begins_ms) = (first.call.over_ms(), next.call.left_ms());
        let in_vain = || waiting.last(&stint.serves, over_ms, begins_ms).is_some();
        begins_ms.saturating_sub(over_ms) <= away_after_ms || !in_vain()
    };
    stint.taken.chunk_by(together).collect()
}

fn parts(
    log: &QueueLog,
    stints: &[Vec<Stint>],
    usual: &[Vec<usize>],
    away_after_ms: i64,
    absent_ms: i64,
) -> Vec<Vec<Part>> {
    let waiting = Waiting::new(log);
    let all = || stints.iter().flatten().flat_map(|stint| chunks(stint, &waiting, away_after_ms));
    let usual_ms = pause_ms(all().flat_map(gaps)).unwrap_or(0);
    let spell = |calls: &[Taken]| {
        let (first, last) = (calls.first()?.call, calls.last()?.call);
        let own = gaps(calls);
        let own_ms = if own.clone().count() >= GAPS_MIN { pause_ms(own) } else { None };
        let idle_ms = own_ms.unwrap_or(usual_ms).saturating_sub(absent_ms).clamp(0, away_after_ms);
        let begins_ms = first.left_ms().saturating_sub(idle_ms);
        Some((begins_ms, last.left_ms().saturating_add(idle_ms).max(begins_ms + 1)))
    };
    let none = Vec::new();
    let of_agent = |(agent, stints): (usize, &Vec<Stint>)| {
        let said = log.said.get(agent).unwrap_or(&none);
        if !said.is_empty() {
            let spells = said.iter().copied().filter(|(from_ms, to_ms)| from_ms < to_ms).collect();
            return vec![Part { serves: usual.get(agent).cloned().unwrap_or_default(), spells }];
        }
        let mut parts: Vec<Part> = Vec::new();
        for stint in stints {
            let spells =
                joined(chunks(stint, &waiting, away_after_ms).into_iter().filter_map(spell).collect());
            match parts.iter_mut().find(|part| part.serves == stint.serves) {
                Some(part) => part.spells.extend(spells),
                None => parts.push(Part { serves: stint.serves.clone(), spells }),
            }
        }
        parts.iter_mut().for_each(|part| part.spells = joined(std::mem::take(&mut part.spells)));
        parts
    };
    stints.iter().enumerate().map(of_agent).collect()
}

/// How long agents talk against the usual.
fn paces(log: &QueueLog) -> Vec<f64> {
    let mut of_queue = vec![(0.0, 0.0); log.queues.len()];
    let answered = || log.calls.iter().filter(|call| call.agent.is_some());
    for call in answered() {
        if let Some((sum, count)) = of_queue.get_mut(call.queue) {
            (*sum, *count) = (*sum + call.talk_ms as f64, *count + 1.0);
        }
    }
    let mut of_agent = vec![(0.0, 0.0); log.agents.len()];
    let (mut all, mut number) = (0.0, 0.0);
    for call in answered() {
        let usual = of_queue.get(call.queue).map_or(0.0, |(sum, count): &(f64, f64)| sum / count.max(1.0));
        (all, number) = (all + usual, number + 1.0);
        if let Some((talked, expected)) = call.agent.and_then(|agent| of_agent.get_mut(agent)) {
            (*talked, *expected) = (*talked + call.talk_ms as f64, *expected + usual);
        }
    }
    let added = USUAL_TALKS * all / f64::max(number, 1.0);
    let pace = |(talked, expected): &(f64, f64)| {
        if added > 0.0 { (talked + added) / (expected + added) } else { 1.0 }
    };
    of_agent.iter().map(pace).collect()
}

/// Times between the calls of a spell.
fn gaps(calls: &[Taken]) -> impl Iterator<Item = i64> + Clone {
    calls.windows(2).filter_map(|pair| match pair {
        [first, next] => Some((next.call.left_ms() - first.call.over_ms()).max(0)),
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
