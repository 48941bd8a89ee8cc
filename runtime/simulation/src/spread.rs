//! How often something happened by time: a fixed number of steps, which grow as they must.

use serde::Serialize;

/// Steps at the most.
const STEPS_MAX: usize = 60;

/// The step of times that all are short.
const STEP_MS: i64 = 1_000;

/// How often something happened, by steps of time from 0 on. The order in which it was added does not matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Spread {
    /// How long one step is, milliseconds.
    pub step_ms: i64,
    /// By step: how often.
    pub counts: Vec<u64>,
}

impl Default for Spread {
    fn default() -> Self {
        Self { step_ms: STEP_MS, counts: Vec::new() }
    }
}

impl Spread {
    /// It happened at this moment.
    pub(crate) fn add(&mut self, at_ms: i64) {
        let at_ms = at_ms.max(0);
        while at_ms / self.step_ms >= STEPS_MAX as i64 {
            self.double();
        }
        let place = usize::try_from(at_ms / self.step_ms).unwrap_or_default();
        if self.counts.len() <= place {
            self.counts.resize(place + 1, 0);
        }
        self.counts.get_mut(place).into_iter().for_each(|count| *count += 1);
    }

    /// How often it happened at all.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// The same in steps that are at least so long.
    #[must_use]
    pub fn in_steps_of(mut self, step_ms: i64) -> Self {
        while self.step_ms < step_ms {
            self.double();
        }
        self
    }

    fn double(&mut self) {
        self.step_ms = self.step_ms.saturating_mul(2);
        self.counts = self.counts.chunks(2).map(|pair| pair.iter().sum()).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_grow_and_nothing_is_lost() {
        let times = [0, 999, 1_000, 59_999, 60_000, 3_600_000, 0];
        let (mut there, mut back) = (Spread::default(), Spread::default());
        times.iter().for_each(|at_ms| there.add(*at_ms));
        times.iter().rev().for_each(|at_ms| back.add(*at_ms));
        assert_eq!(there, back);
        assert_eq!((there.total(), there.step_ms), (7, 64_000));
        assert_eq!((there.counts.first(), there.counts.last()), (Some(&6), Some(&1)));
        let mut short = Spread::default();
        short.add(7_000);
        assert_eq!(short.clone().in_steps_of(4_000).counts, [0, 1]);
        assert_eq!(short.in_steps_of(64_000).counts, [1]);
    }
}
