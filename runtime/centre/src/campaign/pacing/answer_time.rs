//! How long calls ring.

/// Width of a step, milliseconds.
const STEP_MS: i64 = 500;
/// Steps that are told apart: a minute; whatever rings longer counts as a minute.
const STEPS: usize = 120;
/// Each call makes those before it count so much less.
const FADE: f64 = 0.9995;
/// What is believed before the first call: rings of all lengths up to the ring time, as if so many calls told.
const PRIOR_CALLS: f64 = 20.0;

/// A distribution of ring times that follows what is seen.
#[derive(Clone, Debug)]
pub(super) struct RingTimes {
    weights: [f64; STEPS],
    /// Share of rings that ended by the end of each step; as of the last [`settle`](Self::settle).
    ended: [f64; STEPS],
    unsettled: u32,
}

/// After so many calls the shares are worked out anew.
const SETTLE_EVERY: u32 = 16;

impl RingTimes {
    pub(super) fn new(ring_ms: i64) -> Self {
        let steps = step_of(ring_ms) + 1;
        let mut weights = [0.0; STEPS];
        weights.iter_mut().take(steps).for_each(|weight| *weight = PRIOR_CALLS / steps as f64);
        let mut times = Self { weights, ended: [1.0; STEPS], unsettled: 0 };
        times.settle();
        times
    }

    pub(super) fn learn(&mut self, after_ms: i64) {
        self.weights.iter_mut().for_each(|weight| *weight *= FADE);
        if let Some(weight) = self.weights.get_mut(step_of(after_ms)) {
            *weight += 1.0;
        }
        self.unsettled += 1;
        if self.unsettled >= SETTLE_EVERY {
            self.settle();
        }
    }

    /// Share of rings that end within so long, 0..1.
    pub(super) fn share_within(&self, ms: i64) -> f64 {
        if ms <= 0 {
            return 0.0;
        }
        let step = step_of(ms);
        let before = step.checked_sub(1).and_then(|last| self.ended.get(last)).copied().unwrap_or(0.0);
        let by = self.ended.get(step).copied().unwrap_or(1.0);
        let into = (ms - step as i64 * STEP_MS).min(STEP_MS) as f64 / STEP_MS as f64;
        before + (by - before) * into
    }

    /// The time within which this share of rings ends, milliseconds.
    pub(super) fn quantile_ms(&self, share: f64) -> i64 {
        let step = self.ended.iter().position(|ended| *ended >= share).unwrap_or(STEPS - 1);
        (step as i64 + 1) * STEP_MS
    }

    fn settle(&mut self) {
        self.unsettled = 0;
        let whole: f64 = self.weights.iter().sum();
        let mut sum = 0.0;
        for (ended, weight) in self.ended.iter_mut().zip(self.weights) {
            sum += weight;
            *ended = sum / whole;
        }
    }
}

fn step_of(ms: i64) -> usize {
    usize::try_from(ms / STEP_MS).unwrap_or(0).min(STEPS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_what_is_seen() {
        let mut times = RingTimes::new(24_000);
        assert!((times.share_within(12_250) - 0.5).abs() < 0.02, "even before anything is seen");
        for ring in 0..20_000_i64 {
            times.learn(6_000 + ring * 7_919 % 18_000);
        }
        assert!(times.share_within(5_900) < 0.001 && times.share_within(24_500) > 0.999);
        assert!((times.share_within(15_000) - 0.5).abs() < 0.03, "{}", times.share_within(15_000));
        assert!((14_000..=16_500).contains(&times.quantile_ms(0.5)));
    }

    #[test]
    fn endless_rings_count_as_the_longest() {
        let mut times = RingTimes::new(i64::MAX);
        times.learn(i64::MAX);
        times.learn(-5);
        assert!(times.share_within(i64::MAX) <= 1.0 && times.share_within(i64::MIN) == 0.0);
    }
}
