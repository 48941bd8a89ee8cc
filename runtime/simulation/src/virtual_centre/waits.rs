//! How waits are spread, in steps that grow with them.

/// Steps in which a wait doubles: each is 9 % longer than the last.
const STEPS_A_DOUBLING: f64 = 8.0;

/// Counts of waits by step; none for waits that nobody had.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Waits(Vec<u32>);

impl Waits {
    /// Counts a wait in milliseconds.
    pub(super) fn add(&mut self, waited_ms: u64) {
        let step = place(waited_ms as f64) as usize;
        if self.0.len() <= step {
            self.0.resize(step + 1, 0);
        }
        if let Some(count) = self.0.get_mut(step) {
            *count = count.saturating_add(1);
        }
    }

    /// How many were longer than this; of the step in which it lies, the part beyond it.
    pub(super) fn beyond(&self, limit_ms: f64) -> f64 {
        let limit = place(limit_ms);
        let part =
            |(step, count): (usize, &u32)| (step as f64 + 1.0 - limit).clamp(0.0, 1.0) * f64::from(*count);
        self.0.iter().enumerate().map(part).sum()
    }
}

/// Where a wait lies among the steps.
fn place(waited_ms: f64) -> f64 {
    STEPS_A_DOUBLING * libm::log2(1.0 + waited_ms.max(0.0) / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_tell_how_many_waited_longer() {
        let mut waits = Waits::default();
        (0..10_000).for_each(|second| waits.add(second * 10));
        assert!((waits.beyond(0.0) - 10_000.0).abs() < 1e-9);
        for limit_s in [1.0, 7.5, 20.0, 60.0, 99.0] {
            let expected = 10_000.0 - limit_s * 100.0;
            let found = waits.beyond(limit_s * 1000.0);
            assert!((found - expected).abs() < 120.0, "{limit_s}: {found}, expected {expected}");
        }
        assert!(waits.beyond(1e9) < 1e-9 && Waits::default().beyond(0.0) < 1e-9);
    }
}
