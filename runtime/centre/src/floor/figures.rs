//! What is counted for each queue.

use tandem_stdlib::contract::Promise;
use tandem_stdlib::words::AnswerCounts;

/// Counts of one queue since the floor began. A contact counts where it was when it was answered or gave up.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct QueueFigures {
    promise: Option<Promise>,
    /// Contacts that came: offered here, moved or overflowed to here.
    pub offered: u64,
    /// Answered and abandoned, as service levels count them: in time by the queue's promise.
    pub answers: AnswerCounts,
    /// Went on to another queue without an answer: overflow, move, transfer.
    pub left: u64,
    /// Ended by the queue because the time was over.
    pub timed_out: u64,
    /// Turned away because the queue was full.
    pub rejected: u64,
    /// Asked to be called back: they count neither as answered nor as abandoned.
    pub callbacks: u64,
    /// Of those, reached and connected.
    pub callbacks_connected: u64,
    /// Of those, given up because the customer was not reached.
    pub callbacks_missed: u64,
    /// Calls of agents' phones that nobody answered.
    pub missed: u64,
    /// Waits of answered contacts, milliseconds.
    pub wait_answered_ms: i64,
    /// Waits of abandoned contacts, milliseconds.
    pub wait_abandoned_ms: i64,
    /// The longest wait of a contact that was answered or gave up, milliseconds.
    pub longest_wait_ms: i64,
}

impl QueueFigures {
    pub(super) fn new(promise: Option<Promise>) -> Self {
        Self { promise, ..Self::default() }
    }

    pub(super) fn count_answered(&mut self, wait_ms: i64) {
        match self.promise {
            Some(promise) => promise.count_answered(&mut self.answers, wait_ms),
            None => self.answers.answered += 1,
        }
        self.wait_answered_ms = self.wait_answered_ms.saturating_add(wait_ms);
        self.longest_wait_ms = self.longest_wait_ms.max(wait_ms);
    }

    pub(super) fn count_abandoned(&mut self, wait_ms: i64) {
        match self.promise {
            Some(promise) => promise.count_abandoned(&mut self.answers, wait_ms),
            None => self.answers.abandoned += 1,
        }
        self.wait_abandoned_ms = self.wait_abandoned_ms.saturating_add(wait_ms);
        self.longest_wait_ms = self.longest_wait_ms.max(wait_ms);
    }

    /// The share of calls answered in time, as the queue's promise counts it, 0..1; `None` without a promise or
    /// before anything could be counted.
    #[must_use]
    pub fn service_level(&self) -> Option<f64> {
        self.promise?.formula.share(&self.answers)
    }

    /// Whether the promise is kept so far; `None` without one or before anything could be counted.
    #[must_use]
    pub fn promise_kept(&self) -> Option<bool> {
        Some(self.service_level()? >= self.promise?.share)
    }
}

#[cfg(test)]
mod tests {
    use tandem_stdlib::words::ServiceLevelFormula;

    use super::*;

    #[test]
    fn waits_are_counted_as_the_promise_has_them() {
        let formula = ServiceLevelFormula::ExcludingShort;
        let promise = Promise { share: 0.5, within_ms: 20_000, formula, short_abandon_ms: 5_000 };
        let mut figures = QueueFigures::new(Some(promise));
        assert_eq!(figures.promise_kept(), None);
        [20_000, 20_001].into_iter().for_each(|wait_ms| figures.count_answered(wait_ms));
        [4_999, 5_000, 60_000].into_iter().for_each(|wait_ms| figures.count_abandoned(wait_ms));
        let expected = AnswerCounts {
            answered: 2,
            answered_in_time: 1,
            abandoned: 3,
            abandoned_in_time: 2,
            abandoned_short: 1,
        };
        assert_eq!(figures.answers, expected);
        assert_eq!((figures.service_level(), figures.promise_kept()), (Some(0.25), Some(false)));
        assert_eq!(figures.longest_wait_ms, 60_000);
    }
}
