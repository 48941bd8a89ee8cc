//! The probability that many independent things that may happen happen at least so many times (Poisson-binomial law).
//!
//! Few are counted out exactly. Many are taken as normal with a correction for skewness and half a step of continuity
//! (Volkova 1996, "A refinement of the central limit theorem for sums of independent random indicators"), whose error
//! is far below what the probabilities themselves are known to.

/// Up to so many things are counted out.
const COUNTED_MAX: usize = 24;

/// Things that may happen, each with its probability.
#[derive(Clone, Debug, Default)]
pub(super) struct Chances {
    few: Vec<f64>,
    count: usize,
    mean: f64,
    variance: f64,
    skewed: f64,
}

impl Chances {
    pub(super) fn clear(&mut self) {
        self.few.clear();
        *self = Self { few: std::mem::take(&mut self.few), ..Self::default() };
    }

    pub(super) fn add(&mut self, probability: f64) {
        let p = probability.clamp(0.0, 1.0);
        if self.few.len() < COUNTED_MAX {
            self.few.push(p);
        }
        self.count += 1;
        self.mean += p;
        self.variance += p * (1.0 - p);
        self.skewed += p * (1.0 - p) * (1.0 - 2.0 * p);
    }

    /// The probability that at least `least` of them happen.
    pub(super) fn at_least(&self, least: usize) -> f64 {
        if least == 0 {
            1.0
        } else if least > self.count {
            0.0
        } else if self.count <= COUNTED_MAX {
            self.counted(least)
        } else {
            self.approximated(least)
        }
    }

    fn counted(&self, least: usize) -> f64 {
        // exactly[k]: the probability that k of those so far happen; the last place gathers all from `least` on.
        let mut exactly = [0.0; COUNTED_MAX + 1];
        let [none, ..] = &mut exactly;
        *none = 1.0;
        for p in &self.few {
            let mut carried = 0.0;
            for (k, chance) in exactly.iter_mut().enumerate().take(least + 1) {
                let moves = if k == least { 0.0 } else { *chance * p };
                *chance += carried - moves;
                carried = moves;
            }
        }
        exactly.get(least).copied().unwrap_or(0.0)
    }

    fn approximated(&self, least: usize) -> f64 {
        let deviation = self.variance.sqrt();
        if deviation < 1e-9 {
            return f64::from(u8::from(self.mean + 0.5 >= least as f64));
        }
        let x = (least as f64 - 0.5 - self.mean) / deviation;
        let skewness = self.skewed / (self.variance * deviation);
        let density = libm::exp(-x * x / 2.0) / libm::sqrt(std::f64::consts::TAU);
        let above = libm::erfc(x * std::f64::consts::FRAC_1_SQRT_2) / 2.0;
        (above - skewness * (1.0 - x * x) * density / 6.0).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(probabilities: impl IntoIterator<Item = f64>) -> Chances {
        let mut chances = Chances::default();
        probabilities.into_iter().for_each(|p| chances.add(p));
        chances
    }

    #[test]
    fn few_are_counted_out() {
        let coins = of([0.5; 4]);
        assert!((coins.at_least(3) - 5.0 / 16.0).abs() < 1e-12);
        assert!((of([0.2, 0.9]).at_least(2) - 0.18).abs() < 1e-12);
        assert!((of([0.2, 0.9]).at_least(1) - 0.92).abs() < 1e-12);
        assert!(coins.at_least(0) == 1.0 && coins.at_least(5) == 0.0);
    }

    #[test]
    fn many_are_as_if_counted_out() {
        // 40 chances of .25 (binomial): P(>= 10) = .56046, P(>= 15) = .05444, P(>= 20) = .00060.
        let calls = of([0.25; 40]);
        for (least, exact) in [(10, 0.56046), (15, 0.05444), (20, 0.00060)] {
            let found = calls.at_least(least);
            assert!((found - exact).abs() < 1.5e-3, "{least}: {found} instead of {exact}");
        }
    }

    #[test]
    fn certainties_are_certain() {
        let sure = of([1.0; 30]);
        assert!(sure.at_least(30) == 1.0 && sure.at_least(31) == 0.0);
        assert!(of([0.0; 30]).at_least(1) == 0.0);
    }
}
