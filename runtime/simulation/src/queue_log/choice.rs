//! Whom agents took first, of those who waited.
//!
//! When an agent takes a caller, others may wait whom she serves as well. Where only waiting counts, she gets the one who
//! waited longest. Where kinds of callers differ, a kind has a head start: waiting that it is granted in advance. Each
//! choice between two kinds bounds the difference of their head starts from one side, and those that the fewest choices
//! contradict are the log's. A kind that always goes first has a head start that no wait makes up for.

use std::collections::{BTreeMap, BTreeSet};

use super::call::{LoggedCall, LoggedEnd, QueueLog};
use super::waiting::PROMPT_MS;

/// What distinguishes callers to whoever chooses among them: queue and priority.
pub(crate) type Kind = (usize, i64);

/// Kinds that are told apart; of a log with more, only queues are.
const KINDS_MAX: usize = 200;

/// Choices that must be known of a kind for a head start of its own.
const CHOICES_MIN: usize = 50;

/// Times that all kinds are gone through; it seldom takes more than four.
const ROUNDS: usize = 20;

/// Who waited so long was never passed over: before all others, milliseconds.
pub(super) const ALWAYS_FIRST_MS: i64 = 86_400_000;

/// Callers of a kind that are looked at for one who clearly waits; the others are about to go.
const LOOKED_AT: usize = 8;

/// A choice between two kinds: the one that was left had waited longer by so much, or less long if negative.
struct Choice {
    taken: usize,
    left: usize,
    longer_ms: i64,
}

/// Waiting that kinds are granted in advance, as choices show it.
#[derive(Clone, Debug, Default)]
pub(crate) struct HeadStarts {
    by_kind: BTreeMap<Kind, i64>,
    by_priority: BTreeMap<i64, i64>,
    /// Choices between callers of two kinds.
    pub(crate) choices: usize,
    /// Of them: the one was taken who had waited longest.
    pub(crate) by_waiting: usize,
    /// Of them: the one was taken who had waited longest, head starts counted.
    pub(crate) explained: usize,
}

impl HeadStarts {
    /// The head start of a kind, milliseconds.
    pub(crate) fn of(&self, kind: Kind) -> i64 {
        let own = self.by_kind.get(&kind).or_else(|| self.by_priority.get(&kind.1));
        own.copied().unwrap_or_default()
    }

    /// Whether the log tells at all how callers are chosen.
    pub(crate) const fn are_known(&self) -> bool {
        self.choices >= CHOICES_MIN
    }

    /// Reads them from the choices of a log, in which agents serve these queues.
    pub(super) fn of_log(log: &QueueLog, serves: &[Vec<usize>]) -> Self {
        let mut kinds: BTreeSet<Kind> = log.calls.iter().map(|call| (call.queue, call.priority)).collect();
        let only_queues = kinds.len() > KINDS_MAX;
        if only_queues {
            kinds = kinds.into_iter().map(|(queue, _)| (queue, 0)).collect();
        }
        let kinds: Vec<Kind> = kinds.into_iter().collect();
        let place = |kind: Kind| {
            let kind = if only_queues { (kind.0, 0) } else { kind };
            kinds.binary_search(&kind).unwrap_or_default()
        };
        let choices = choices(log, serves, place);
        let mut priorities: Vec<i64> = kinds.iter().map(|(_, priority)| *priority).collect();
        priorities.sort_unstable();
        priorities.dedup();
        let rank: Vec<usize> =
            kinds.iter().map(|(_, one)| priorities.binary_search(one).unwrap_or_default()).collect();
        let pooled = |one: &Choice| {
            let (taken, left) = (*rank.get(one.taken)?, *rank.get(one.left)?);
            (taken != left).then_some(Choice { taken, left, longer_ms: one.longer_ms })
        };
        // Priorities first, then what queues add: kinds of which little is known keep what their priority has.
        let by_rank: Vec<Choice> = choices.iter().filter_map(pooled).collect();
        let of_ranks = fit(&by_rank, vec![0; priorities.len()]);
        let first = rank.iter().map(|rank| of_ranks.get(*rank).copied().unwrap_or_default()).collect();
        let fitted = fit(&choices, first);
        let least = fitted.iter().copied().min().unwrap_or_default();
        let of_priority = priorities.iter().zip(&of_ranks).map(|(one, ms)| (*one, (ms - least).max(0)));
        let none = vec![0; kinds.len()];
        Self {
            by_priority: of_priority.collect(),
            by_kind: kinds.iter().copied().zip(fitted.iter().map(|ms| ms - least)).collect(),
            choices: choices.len(),
            by_waiting: choices.iter().filter(|one| one.agrees(&none)).count(),
            explained: choices.iter().filter(|one| one.agrees(&fitted)).count(),
        }
    }
}

impl Choice {
    fn agrees(&self, starts: &[i64]) -> bool {
        let of = |kind: usize| starts.get(kind).copied().unwrap_or_default();
        of(self.taken) - of(self.left) >= self.longer_ms
    }
}

/// All choices between two kinds.
fn choices(log: &QueueLog, serves: &[Vec<usize>], place: impl Fn(Kind) -> usize) -> Vec<Choice> {
    let mut found = Vec::new();
    each_answer(log, |_, call, others| {
        let queues = call.agent.and_then(|agent| serves.get(agent));
        let Some(queues) = queues.filter(|_| call.unasked_ms() > PROMPT_MS) else { return };
        let taken = place((call.queue, call.priority));
        for (kind, at_ms) in others {
            let left = place(*kind);
            if left != taken && queues.contains(&kind.0) {
                found.push(Choice { taken, left, longer_ms: call.at_ms - at_ms });
            }
        }
    });
    found
}

/// Goes through the answered calls in order of time; with each, of every kind who had clearly waited longest and went
/// on waiting.
pub(super) fn each_answer(log: &QueueLog, mut look: impl FnMut(usize, &LoggedCall, &[(Kind, i64)])) {
    let mut events: Vec<(i64, bool, usize)> = Vec::new();
    for (place, call) in log.calls.iter().enumerate() {
        if call.waited_ms > PROMPT_MS {
            events.push((call.at_ms, true, place));
            events.push((call.left_ms(), false, place));
        } else if call.end == LoggedEnd::Answered {
            events.push((call.left_ms(), false, place));
        }
    }
    events.sort_unstable();
    let mut waiting: BTreeMap<Kind, BTreeSet<(i64, usize)>> = BTreeMap::new();
    let mut others = Vec::new();
    for (now_ms, comes, place) in events {
        let Some(call) = log.calls.get(place) else { continue };
        let kind = (call.queue, call.priority);
        if comes {
            waiting.entry(kind).or_default().insert((call.at_ms, place));
            continue;
        }
        if let Some(line) = waiting.get_mut(&kind) {
            line.remove(&(call.at_ms, place));
            if line.is_empty() {
                waiting.remove(&kind);
            }
        }
        if call.end == LoggedEnd::Answered {
            others.clear();
            let longest =
                waiting.iter().filter_map(|(kind, line)| Some((*kind, clearly(log, line, now_ms)?)));
            others.extend(longest);
            look(place, call, &others);
        }
    }
}

/// When the caller came who has waited longest of those who came clearly before and go clearly later.
fn clearly(log: &QueueLog, line: &BTreeSet<(i64, usize)>, now_ms: i64) -> Option<i64> {
    let stays = |place: usize| log.calls.get(place).is_some_and(|call| call.left_ms() > now_ms + PROMPT_MS);
    let mut first = line.iter().take(LOOKED_AT).filter(|(_, place)| stays(*place));
    first.next().map(|(at_ms, _)| *at_ms).filter(|at_ms| *at_ms < now_ms - PROMPT_MS)
}

/// The head starts that the fewest choices contradict, by going from kind to kind.
fn fit(choices: &[Choice], mut starts: Vec<i64>) -> Vec<i64> {
    let mut of_kind: Vec<Vec<&Choice>> = vec![Vec::new(); starts.len()];
    for one in choices {
        for kind in [one.taken, one.left] {
            of_kind.get_mut(kind).into_iter().for_each(|list| list.push(one));
        }
    }
    let mut order: Vec<usize> = (0..starts.len())
        .filter(|kind| of_kind.get(*kind).is_some_and(|list| list.len() >= CHOICES_MIN))
        .collect();
    order.sort_by_key(|kind| std::cmp::Reverse(of_kind.get(*kind).map_or(0, Vec::len)));
    for _ in 0..ROUNDS {
        let mut moved = false;
        for kind in &order {
            let better = of_kind.get(*kind).and_then(|list| better(*kind, list, &starts));
            if let Some((slot, better)) = starts.get_mut(*kind).zip(better) {
                (*slot, moved) = (better, true);
            }
        }
        if !moved {
            break;
        }
    }
    starts
}

/// The head start of a kind that fewer choices contradict than its present one, by more than chance would.
fn better(kind: usize, choices: &[&Choice], starts: &[i64]) -> Option<i64> {
    let of = |kind: usize| starts.get(kind).copied().unwrap_or_default();
    let (mut least, mut most) = (Vec::new(), Vec::new());
    for one in choices {
        if one.taken == kind {
            least.push(one.longer_ms + of(one.left));
        } else {
            most.push(of(one.taken) - one.longer_ms);
        }
    }
    least.sort_unstable();
    most.sort_unstable();
    let against = |start: i64| {
        let too_small = least.len() - least.partition_point(|bound| *bound <= start);
        too_small + most.partition_point(|bound| *bound < start)
    };
    let present = against(of(kind));
    let lowest = most.first().map(|bound| bound.min(&0) - ALWAYS_FIRST_MS);
    let (found, from) = least.iter().copied().chain(lowest).map(|start| (against(start), start)).min()?;
    // Three deviations of a count.
    if (present - found.min(present)) as f64 <= 3.0 * libm::sqrt(present as f64 + 1.0) {
        return None;
    }
    let to = most.get(most.partition_point(|bound| *bound < from)).copied();
    Some(to.map_or_else(|| from.max(ALWAYS_FIRST_MS), |to| i64::midpoint(from, to)))
}
