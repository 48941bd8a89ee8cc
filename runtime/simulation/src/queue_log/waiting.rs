//! When somebody waited in a queue.

use super::call::QueueLog;

/// Waits up to this are no waits: the agent was there and took the call, milliseconds.
pub(super) const PROMPT_MS: i64 = 5_000;

/// By queue: stretches in which somebody waited longer than an agent needs to pick up.
#[derive(Debug, Default)]
pub(super) struct Waiting(Vec<Vec<(i64, i64)>>);

impl Waiting {
    pub(super) fn new(log: &QueueLog) -> Self {
        let mut queues: Vec<Vec<(i64, i64)>> = vec![Vec::new(); log.queues.len()];
        for call in log.calls.iter().filter(|call| call.unasked_ms() > PROMPT_MS) {
            let Some(stretches) = queues.get_mut(call.queue) else { continue };
            let until = call.at_ms.saturating_add(call.unasked_ms());
            // Calls come in order of time.
            match stretches.last_mut() {
                Some((_, until_ms)) if call.at_ms <= *until_ms => *until_ms = (*until_ms).max(until),
                _ => stretches.push((call.at_ms, until)),
            }
        }
        Self(queues)
    }

    /// The last moment from `from_ms` to `to_ms` at which somebody waited in one of these queues.
    pub(super) fn last(&self, queues: &[usize], from_ms: i64, to_ms: i64) -> Option<i64> {
        let of_queue = |queue: &usize| {
            let stretches = self.0.get(*queue)?;
            let place = stretches.partition_point(|(begins_ms, _)| *begins_ms < to_ms);
            let (_, ends_ms) = stretches.get(place.checked_sub(1)?)?;
            (*ends_ms > from_ms).then_some((*ends_ms).min(to_ms))
        };
        queues.iter().filter_map(of_queue).max()
    }
}
