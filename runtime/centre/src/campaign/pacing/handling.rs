//! When busy agents become free: the hazard of talk and after-call work, by how long it has lasted.
//!
//! The hazard in a stretch of time is the conversations that ended in it over the time that conversations spent in it
//! (the occurrence-exposure rate of survival analysis; Cox & Oakes 1984, chapter 3). It assumes no law of talk times.

/// Time is told apart in steps of a second.
const STEP_MS: i64 = 1_000;
/// An hour; agents who are busy for longer count as busy for an hour.
const STEPS: usize = 3_600;
/// Each stretch is longer than the one before by this factor.
const STRETCH_GROWTH: f64 = 1.3;
/// Stretches until the hour is covered.
const STRETCHES: usize = 28;
/// What is believed before the first conversation: this mean, as if so much time in each stretch told.
const PRIOR_MEAN_S: f64 = 180.0;
const PRIOR_CONVERSATIONS: f64 = 2.0;
/// Each conversation makes those before it count so much less.
const FADE: f64 = 0.9995;
/// After so many conversations the table is worked out anew.
const SETTLE_EVERY: u32 = 32;

/// How long conversations last, after-call work included.
#[derive(Clone, Debug)]
pub(super) struct HandlingTimes {
    ended: [f64; STRETCHES],
    exposed_s: [f64; STRETCHES],
    /// Share of conversations that last longer than so many seconds.
    survival: Vec<f64>,
    unsettled: u32,
}

impl HandlingTimes {
    pub(super) fn new() -> Self {
        let exposed = PRIOR_MEAN_S * PRIOR_CONVERSATIONS;
        let (ended, exposed_s) = ([PRIOR_CONVERSATIONS; STRETCHES], [exposed; STRETCHES]);
        let mut times = Self { ended, exposed_s, survival: vec![1.0; STEPS + 1], unsettled: 0 };
        times.settle();
        times
    }

    pub(super) fn learn(&mut self, after_ms: i64) {
        let lasted_s = after_ms.clamp(0, STEPS as i64 * STEP_MS) as f64 / STEP_MS as f64;
        for ((ended, exposed_s), (from_s, to_s)) in
            self.ended.iter_mut().zip(&mut self.exposed_s).zip(stretches())
        {
            *ended *= FADE;
            *exposed_s *= FADE;
            *exposed_s += (lasted_s.min(to_s) - from_s).max(0.0);
            if (from_s..to_s).contains(&lasted_s) {
                *ended += 1.0;
            }
        }
        self.unsettled += 1;
        if self.unsettled >= SETTLE_EVERY {
            self.settle();
        }
    }

    /// The probability that an agent who has been busy for so long is still busy after so much longer.
    pub(super) fn still_busy(&self, for_ms: i64, longer_ms: i64) -> f64 {
        let survives = |ms: i64| {
            let step = usize::try_from(ms / STEP_MS).unwrap_or(0).min(STEPS);
            self.survival.get(step).copied().unwrap_or(0.0)
        };
        // At the end of the table the hazard stays what it was.
        let from = for_ms.clamp(0, (STEPS as i64 * STEP_MS).saturating_sub(longer_ms).max(0));
        let (now, then) = (survives(from), survives(from.saturating_add(longer_ms)));
        if now > 0.0 { then / now } else { 0.0 }
    }

    fn settle(&mut self) {
        self.unsettled = 0;
        let rates: Vec<f64> = self.ended.iter().zip(self.exposed_s).map(|(ended, s)| ended / s).collect();
        let (mut hazard, mut stretch) = (0.0, 0);
        let ends: Vec<f64> = stretches().map(|(_, to_s)| to_s).collect();
        for (second, survival) in self.survival.iter_mut().enumerate() {
            *survival = libm::exp(-hazard);
            if ends.get(stretch).is_some_and(|end| second as f64 >= *end) {
                stretch += 1;
            }
            hazard += rates.get(stretch).copied().unwrap_or(1.0 / PRIOR_MEAN_S);
        }
    }
}

/// The stretches in seconds, from 4 s on each longer than the one before.
fn stretches() -> impl Iterator<Item = (f64, f64)> {
    let mut to_s = 0.0;
    (0..STRETCHES).map(move |stretch| {
        let from_s = to_s;
        to_s = if stretch == 0 { 4.0 } else { to_s * STRETCH_GROWTH };
        (from_s, to_s)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_even_hazard_is_found_whatever_has_passed() {
        let mut times = HandlingTimes::new();
        for talk in 1..40_000_u32 {
            let share = f64::from(talk.wrapping_mul(2_654_435_761) >> 8) / f64::from(1 << 24);
            times.learn((-60_000.0 * libm::log(1.0 - share)) as i64);
        }
        for busy_ms in [0, 20_000, 90_000] {
            let still = times.still_busy(busy_ms, 15_000);
            assert!((still - 0.7788).abs() < 0.03, "{busy_ms}: {still}");
        }
    }

    #[test]
    fn talk_of_one_length_ends_at_that_length() {
        let mut times = HandlingTimes::new();
        (0..20_000).for_each(|_| times.learn(120_000));
        assert!(times.still_busy(10_000, 10_000) > 0.98);
        assert!(times.still_busy(90_000, 60_000) < 0.35, "{}", times.still_busy(90_000, 60_000));
        assert!((0.0..=1.0).contains(&times.still_busy(i64::MAX, i64::MAX)));
        assert!((0.0..=1.0).contains(&times.still_busy(-5, 0)));
    }
}
