//! Which queues agents serve, and when: what they do may change from one day to the next.
//!
//! An agent serves a queue if she took calls of it. She did not serve it as long as she took other calls while somebody
//! waited there whose turn it was.

use super::call::{LoggedCall, LoggedEnd, QueueLog};
use super::choice::{HeadStarts, each_answer};
use super::waiting::PROMPT_MS;

/// A pause longer than any within a day's work, milliseconds.
pub(super) const DAY_BREAK_MS: i64 = 4 * 3_600_000;

/// The share that a queue must have of an agent's calls, of the share that it has of all calls.
const SERVES_SHARE: f64 = 0.1;

/// By how much somebody's turn must have been for having been passed over, milliseconds: clocks and pick-up.
const CLEAR_MS: i64 = 2 * PROMPT_MS;

/// A call as the agent took it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taken {
    /// Its number in the log.
    pub(super) place: usize,
    pub(super) call: LoggedCall,
}

/// A stretch of an agent's work, a day as a rule.
#[derive(Clone, Debug, Default)]
pub(super) struct Stint {
    /// In order of time.
    pub(super) taken: Vec<Taken>,
    /// Queues that she served, in order.
    pub(super) serves: Vec<usize>,
}

/// Taken and passed over, by queue.
#[derive(Clone, Debug, Default)]
struct Shown {
    taken: Vec<u64>,
    /// Of those taken: had waited.
    waited: Vec<u64>,
    passed: Vec<u64>,
}

/// By agent: the queues of which she took a noticeable share.
pub(super) fn usual(log: &QueueLog) -> Vec<Vec<usize>> {
    let mut of_agents = vec![Shown::new(log); log.agents.len()];
    let mut all = Shown::new(log);
    for call in log.calls.iter().filter(|call| call.end == LoggedEnd::Answered) {
        if let Some(shown) = call.agent.and_then(|agent| of_agents.get_mut(agent)) {
            shown.take(call);
            all.take(call);
        }
    }
    of_agents.iter().map(|shown| shown.noticeable(&all)).collect()
}

/// By agent: stretches of work, with the queues served.
pub(super) fn stints(log: &QueueLog, usual: &[Vec<usize>], starts: &HeadStarts) -> Vec<Vec<Stint>> {
    let passed = passed_over(log, starts);
    let mut by_agent: Vec<Vec<Taken>> = vec![Vec::new(); log.agents.len()];
    for (place, call) in log.calls.iter().enumerate().filter(|(_, call)| call.end == LoggedEnd::Answered) {
        if let Some(taken) = call.agent.and_then(|agent| by_agent.get_mut(agent)) {
            taken.push(Taken { place, call: *call });
        }
    }
    let of_agent = |(taken, usual): (Vec<Taken>, &Vec<usize>)| of_agent(log, taken, usual, &passed);
    by_agent.into_iter().zip(usual).map(of_agent).collect()
}

fn of_agent(log: &QueueLog, mut taken: Vec<Taken>, usual: &[usize], passed: &[Vec<usize>]) -> Vec<Stint> {
    taken.sort_by_key(|one| one.call.left_ms());
    let mut all = Shown::new(log);
    taken.iter().for_each(|one| all.see(one, passed));
    let usual: Vec<usize> = usual.iter().copied().filter(|queue| all.turns_kept(*queue)).collect();
    let cut = |first: &Taken, next: &Taken| next.call.left_ms() - first.call.over_ms() <= DAY_BREAK_MS;
    let stint = |taken: &[Taken]| {
        let mut shown = Shown::new(log);
        taken.iter().for_each(|one| shown.see(one, passed));
        let queues = || 0..log.queues.len();
        let mut serves: Vec<usize> =
            queues().filter(|queue| shown.served(*queue, usual.contains(queue))).collect();
        if serves.is_empty() {
            serves = queues().filter(|queue| Shown::of(&shown.taken, *queue) > 0).collect();
        }
        Stint { taken: taken.to_vec(), serves }
    };
    taken.chunk_by(cut).map(stint).collect()
}

impl Shown {
    fn new(log: &QueueLog) -> Self {
        let none = vec![0; log.queues.len()];
        Self { taken: none.clone(), waited: none.clone(), passed: none }
    }

    fn take(&mut self, call: &LoggedCall) {
        add(&mut self.taken, call.queue);
        if call.unasked_ms() > 0 {
            add(&mut self.waited, call.queue);
        }
    }

    fn see(&mut self, one: &Taken, passed: &[Vec<usize>]) {
        self.take(&one.call);
        let queues = passed.get(one.place).into_iter().flatten();
        queues.for_each(|queue| add(&mut self.passed, *queue));
    }

    fn of(counts: &[u64], queue: usize) -> u64 {
        counts.get(queue).copied().unwrap_or_default()
    }

    /// Queues of a noticeable share, against their share of all calls.
    fn noticeable(&self, all: &Self) -> Vec<usize> {
        let sum = |shown: &Self| shown.taken.iter().sum::<u64>() as f64;
        let (own, whole) = (sum(self), sum(all).max(1.0));
        let enough = |queue: &usize| {
            let usual = own * Self::of(&all.taken, *queue) as f64 / whole;
            Self::of(&self.taken, *queue) as f64 >= (SERVES_SHARE * usual).max(1.0)
        };
        (0..self.taken.len()).filter(enough).collect()
    }

    /// Whether those whose turn it was were taken more often than passed over.
    fn turns_kept(&self, queue: usize) -> bool {
        Self::of(&self.passed, queue) <= Self::of(&self.waited, queue)
    }

    /// Whether she served a queue in this stretch, which she usually does or not.
    fn served(&self, queue: usize, usually: bool) -> bool {
        let (taken, passed) = (Self::of(&self.taken, queue), Self::of(&self.passed, queue));
        if taken == 0 && passed == 0 { usually } else { taken > 0 && taken >= passed }
    }
}

fn add(counts: &mut [u64], place: usize) {
    counts.get_mut(place).into_iter().for_each(|count| *count += 1);
}

/// By call: other queues in which somebody waited whose turn it was.
fn passed_over(log: &QueueLog, starts: &HeadStarts) -> Vec<Vec<usize>> {
    let mut passed = vec![Vec::new(); log.calls.len()];
    each_answer(log, |place, call, others| {
        let own_ms = call.at_ms - starts.of((call.queue, call.priority));
        let turn = |(kind, at_ms): &&((usize, i64), i64)| {
            kind.0 != call.queue
                && (call.unasked_ms() <= PROMPT_MS || at_ms - starts.of(*kind) < own_ms - CLEAR_MS)
        };
        let queues = others.iter().filter(turn).map(|(kind, _)| kind.0);
        if let Some(slot) = passed.get_mut(place) {
            slot.extend(queues);
            slot.dedup();
        }
    });
    passed
}
