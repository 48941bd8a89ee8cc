//! What an agent has done today.

use super::limits::DAY_BREAK_MS;

/// What an agent has done today.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Day {
    pub(super) handled: u32,
    staffed_ms: i64,
    busy_ms: i64,
    staffed_since_ms: Option<i64>,
    busy_since_ms: Option<i64>,
    left_ms: Option<i64>,
}

impl Day {
    pub(super) fn log_in(&mut self, now_ms: i64) {
        if self.left_ms.is_some_and(|left_ms| now_ms.saturating_sub(left_ms) >= DAY_BREAK_MS) {
            *self = Self::default();
        }
        self.staffed_since_ms.get_or_insert(now_ms);
    }

    pub(super) fn log_out(&mut self, now_ms: i64) {
        self.staffed_ms = span(self.staffed_ms, self.staffed_since_ms.take(), now_ms);
        self.left_ms = Some(now_ms);
    }

    pub(super) fn set_busy(&mut self, now_ms: i64, busy: bool) {
        if busy {
            self.busy_since_ms.get_or_insert(now_ms);
        } else {
            self.busy_ms = span(self.busy_ms, self.busy_since_ms.take(), now_ms);
        }
    }

    /// Share of the time at work with something in hand, 0..1.
    pub(super) fn occupancy(&self, now_ms: i64) -> f64 {
        let staffed_ms = span(self.staffed_ms, self.staffed_since_ms, now_ms);
        let busy_ms = span(self.busy_ms, self.busy_since_ms, now_ms);
        if staffed_ms > 0 { (busy_ms as f64 / staffed_ms as f64).clamp(0.0, 1.0) } else { 0.0 }
    }
}

const fn span(sum_ms: i64, since_ms: Option<i64>, now_ms: i64) -> i64 {
    match since_ms {
        Some(since_ms) => sum_ms.saturating_add(now_ms.saturating_sub(since_ms)),
        None => sum_ms,
    }
}
