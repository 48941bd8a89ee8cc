//! An estimate and how sure it is.

use serde::Serialize;

use super::student;

/// How sure intervals are: they hold the true value in 95 of 100 cases.
const CONFIDENCE: f64 = 0.95;

/// A mean of independent samples with its 95 % confidence interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The mean of the samples.
    pub mean: f64,
    /// Half of the interval's width: the value lies within `mean ± half_width`; `None` for a single sample.
    pub half_width: Option<f64>,
}

impl Estimate {
    /// The estimate from samples that are independent of each other; `None` without any.
    #[must_use]
    pub fn of(samples: &[f64]) -> Option<Self> {
        let count = samples.len() as f64;
        if samples.is_empty() {
            return None;
        }
        let mean = samples.iter().sum::<f64>() / count;
        if samples.len() == 1 {
            return Some(Self { mean, half_width: None });
        }
        let squares: f64 = samples.iter().map(|sample| (sample - mean) * (sample - mean)).sum();
        let error = libm::sqrt(squares / (count - 1.0) / count);
        let degrees = u32::try_from(samples.len() - 1).unwrap_or(u32::MAX);
        Some(Self { mean, half_width: Some(student::quantile(CONFIDENCE, degrees) * error) })
    }

    /// Where one more sample lies in 95 of 100 cases, of this many (prediction interval); `None` for a single one.
    #[must_use]
    pub fn range_of_one(&self, samples: usize) -> Option<(f64, f64)> {
        // The half width has s / √n, a further sample differs from the mean by s √(1 + 1/n).
        let half = self.half_width.filter(|_| samples > 1)? * libm::sqrt(samples as f64 + 1.0);
        Some((self.mean - half, self.mean + half))
    }

    /// Whether the interval holds a value.
    #[must_use]
    pub fn holds(&self, value: f64) -> bool {
        self.half_width.is_some_and(|half| (self.mean - value).abs() <= half)
    }
}
