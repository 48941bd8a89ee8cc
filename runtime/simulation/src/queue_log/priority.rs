//! Priorities that a log knows only of callers who waited.
//!
//! Where a system looks a caller up while the caller waits, who was answered at once stands in the log without a
//! priority. Taken as it stands, nobody of high priority would ever be answered at once.

use std::collections::BTreeMap;

use super::call::{LoggedCall, LoggedEnd, QueueLog};

/// Calls of each sort that a queue must have to tell.
const CALLS_MIN: usize = 50;

/// So large a share of those answered at once has none …
const NONE_AT_ONCE: f64 = 0.99;

/// … and at most so large a share of those who waited.
const NONE_WAITED: f64 = 0.5;

impl QueueLog {
    /// Gives callers who were answered at once the priorities of those who waited in the same queue, in the same
    /// shares, where the log does not have them. How many.
    pub(super) fn fill_priorities(&mut self) -> u64 {
        let mut filled = 0;
        for queue in 0..self.queues.len() {
            if let Some(shares) = self.unknown_at_once(queue) {
                filled += self.fill(queue, &shares);
            }
        }
        filled
    }

    /// The shares of priorities of those who waited, where they are unknown of the others.
    fn unknown_at_once(&self, queue: usize) -> Option<Vec<(i64, f64)>> {
        let of_queue = || self.calls.iter().filter(|call| call.queue == queue);
        let count = |at_once: bool| {
            of_queue()
                .filter(|call| is_at_once(call) == at_once)
                .fold((0_usize, 0_usize), |(all, none), call| {
                    (all + 1, none + usize::from(call.priority == 0))
                })
        };
        let ((at_once, none), (waited, none_waited)) = (count(true), count(false));
        let unknown = at_once.min(waited) >= CALLS_MIN
            && none as f64 >= NONE_AT_ONCE * at_once as f64
            && none_waited as f64 <= NONE_WAITED * waited as f64;
        let mut counts: BTreeMap<i64, u64> = BTreeMap::new();
        for call in of_queue().filter(|call| unknown && !is_at_once(call)) {
            *counts.entry(call.priority).or_default() += 1;
        }
        let share = |(priority, count): (i64, u64)| (priority, count as f64 / waited as f64);
        unknown.then(|| counts.into_iter().map(share).collect())
    }

    /// Each priority comes as soon as it is furthest behind its share.
    fn fill(&mut self, queue: usize, shares: &[(i64, f64)]) -> u64 {
        let mut owed = vec![0.0_f64; shares.len()];
        let mut filled = 0;
        for call in
            self.calls.iter_mut().filter(|call| call.queue == queue && is_at_once(call) && call.priority == 0)
        {
            owed.iter_mut().zip(shares).for_each(|(owed, (_, share))| *owed += share);
            let most =
                owed.iter().enumerate().max_by(|one, two| one.1.total_cmp(two.1)).map(|(place, _)| place);
            let place = most.unwrap_or_default();
            if let Some((owed, (priority, _))) = owed.get_mut(place).zip(shares.get(place)) {
                *owed -= 1.0;
                call.priority = *priority;
                filled += 1;
            }
        }
        filled
    }
}

fn is_at_once(call: &LoggedCall) -> bool {
    call.end == LoggedEnd::Answered && call.waited_ms == 0
}
