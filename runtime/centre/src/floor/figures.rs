//! What is counted for each queue.

use tandem_stdlib::contract::Promise;
use tandem_stdlib::words::ServiceLevelFormula;

/// Counts of one queue since the floor began. A contact counts where it was when it was answered or gave up.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct QueueFigures {
    promise: Option<Promise>,
    /// Contacts that came: offered here, moved or overflowed to here.
    pub offered: u64,
    /// Answered by an agent.
    pub answered: u64,
    /// Of those, within the promise's threshold.
    pub answered_in_time: u64,
    /// Gave up before an agent answered.
    pub abandoned: u64,
    /// Of those, before the promise's threshold.
    pub abandoned_in_time: u64,
    /// Of those, before the promise's limit for short abandons.
    pub abandoned_short: u64,
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
        self.answered += 1;
        self.answered_in_time += u64::from(self.promise.is_some_and(|promise| wait_ms <= promise.within_ms));
        self.wait_answered_ms = self.wait_answered_ms.saturating_add(wait_ms);
        self.longest_wait_ms = self.longest_wait_ms.max(wait_ms);
    }

    pub(super) fn count_abandoned(&mut self, wait_ms: i64) {
        self.abandoned += 1;
        let before = |limit: fn(&Promise) -> i64| self.promise.is_some_and(|p| wait_ms < limit(&p));
        let (in_time, short) = (before(|p| p.within_ms), before(|p| p.short_abandon_ms));
        self.abandoned_in_time += u64::from(in_time);
        self.abandoned_short += u64::from(short);
        self.wait_abandoned_ms = self.wait_abandoned_ms.saturating_add(wait_ms);
        self.longest_wait_ms = self.longest_wait_ms.max(wait_ms);
    }

    /// The share of calls answered in time, as the queue's promise counts it, 0..1; `None` without a promise or
    /// before anything could be counted.
    #[must_use]
    pub fn service_level(&self) -> Option<f64> {
        let (good, of) = self.counts(self.promise?.formula);
        (of > 0).then(|| good as f64 / of as f64)
    }

    /// Whether the promise is kept so far; `None` without one or before anything could be counted.
    #[must_use]
    pub fn promise_kept(&self) -> Option<bool> {
        Some(self.service_level()? >= self.promise?.share)
    }

    /// What counts as good, and of how many.
    const fn counts(&self, formula: ServiceLevelFormula) -> (u64, u64) {
        let (good, offered) = (self.answered_in_time, self.answered + self.abandoned);
        match formula {
            ServiceLevelFormula::OfAnswered => (good, self.answered),
            ServiceLevelFormula::OfOffered => (good, offered),
            ServiceLevelFormula::ExcludingAbandonedInTime => (good, offered - self.abandoned_in_time),
            ServiceLevelFormula::ExcludingShort => (good, offered - self.abandoned_short),
            ServiceLevelFormula::CountingAbandonedInTime => (good + self.abandoned_in_time, offered),
            ServiceLevelFormula::CountingShort => (good + self.abandoned_short, offered),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1000 answered, 860 of them in time, 60 abandoned, 20 of them before the threshold, 10 of those short.
    #[test]
    fn the_worked_example_has_a_value_by_each_formula() {
        let level = |formula| {
            let promise = Promise { share: 0.8, within_ms: 20_000, formula, short_abandon_ms: 5_000 };
            let mut figures = QueueFigures::new(Some(promise));
            (0..860).for_each(|_| figures.count_answered(20_000));
            (0..140).for_each(|_| figures.count_answered(20_001));
            (0..10).for_each(|_| figures.count_abandoned(4_999));
            (0..10).for_each(|_| figures.count_abandoned(5_000));
            (0..40).for_each(|_| figures.count_abandoned(60_000));
            (figures.service_level().unwrap() * 1_000.0).round() / 10.0
        };
        assert_eq!(level(ServiceLevelFormula::OfAnswered), 86.0);
        assert_eq!(level(ServiceLevelFormula::OfOffered), 81.1);
        assert_eq!(level(ServiceLevelFormula::ExcludingAbandonedInTime), 82.7);
        assert_eq!(level(ServiceLevelFormula::ExcludingShort), 81.9);
        assert_eq!(level(ServiceLevelFormula::CountingAbandonedInTime), 83.0);
        assert_eq!(level(ServiceLevelFormula::CountingShort), 82.1);
    }
}
