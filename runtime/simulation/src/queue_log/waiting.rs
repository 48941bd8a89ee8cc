//! When somebody waited in a queue.

use super::call::QueueLog;

/// Waits up to this are no waits: the agent was there and took the call, milliseconds.
pub(super) const PROMPT_MS: i64 = 5_000;

/// By queue: when somebody waited longer than an agent needs to pick up.
#[derive(Debug, Default)]
pub(super) struct Waiting(Vec<Line>);

/// Those who waited in one queue.
#[derive(Clone, Debug, Default)]
struct Line {
    /// Stretches in which somebody waited.
    stretches: Vec<(i64, i64)>,
    /// When each came, and when each left, in order.
    came: Vec<i64>,
    left: Vec<i64>,
}

impl Waiting {
    pub(super) fn new(log: &QueueLog) -> Self {
        let mut queues: Vec<Line> = vec![Line::default(); log.queues.len()];
        for call in log.calls.iter().filter(|call| call.unasked_ms() > PROMPT_MS) {
            let Some(line) = queues.get_mut(call.queue) else { continue };
            let until = call.at_ms.saturating_add(call.unasked_ms());
            line.came.push(call.at_ms);
            line.left.push(until);
            // Calls come in order of time.
            match line.stretches.last_mut() {
                Some((_, until_ms)) if call.at_ms <= *until_ms => *until_ms = (*until_ms).max(until),
                _ => line.stretches.push((call.at_ms, until)),
            }
        }
        queues.iter_mut().for_each(|line| line.left.sort_unstable());
        Self(queues)
    }

    /// The last moment from `from_ms` to `to_ms` at which somebody waited in one of these queues.
    pub(super) fn last(&self, queues: &[usize], from_ms: i64, to_ms: i64) -> Option<i64> {
        let of_queue = |queue: &usize| {
            let stretches = &self.0.get(*queue)?.stretches;
            let place = stretches.partition_point(|(begins_ms, _)| *begins_ms < to_ms);
            let (_, ends_ms) = stretches.get(place.checked_sub(1)?)?;
            (*ends_ms > from_ms).then_some((*ends_ms).min(to_ms))
        };
        queues.iter().filter_map(of_queue).max()
    }

    /// How many waited in these queues at a moment.
    pub(super) fn count(&self, queues: &[usize], at_ms: i64) -> usize {
        let of_queue = |queue: &usize| {
            let line = self.0.get(*queue)?;
            let (came, left) = (
                line.came.partition_point(|moment| *moment < at_ms),
                line.left.partition_point(|moment| *moment <= at_ms),
            );
            Some(came.saturating_sub(left))
        };
        queues.iter().filter_map(of_queue).sum()
    }
}
