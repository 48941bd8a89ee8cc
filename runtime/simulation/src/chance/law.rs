//! The laws that times follow.

use std::sync::Arc;

use super::Draws;

/// How a time is distributed. All times are milliseconds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Law {
    /// Always the same.
    Fixed(f64),
    /// Exponential with this mean.
    Exponential(f64),
    /// Lognormal: the logarithm has this mean and deviation.
    Lognormal {
        /// Mean of the logarithm.
        mu: f64,
        /// Deviation of the logarithm.
        sigma: f64,
    },
    /// Gamma; Erlang-k when the shape is a whole number.
    Gamma {
        /// Shape.
        shape: f64,
        /// Scale.
        scale: f64,
    },
    /// Evenly between these two.
    Uniform(f64, f64),
    /// One of these, each as likely.
    Observed(Arc<[f64]>),
    /// Longer than any run.
    Endless,
}

impl Law {
    /// The lognormal law with this mean and deviation.
    pub(crate) fn lognormal(mean: f64, deviation: f64) -> Self {
        let variance = libm::log1p((deviation / mean) * (deviation / mean));
        Self::Lognormal { mu: libm::log(mean) - variance / 2.0, sigma: libm::sqrt(variance) }
    }

    /// The gamma law with this mean and deviation.
    pub(crate) fn gamma(mean: f64, deviation: f64) -> Self {
        let scale = deviation * deviation / mean;
        Self::Gamma { shape: mean / scale, scale }
    }

    /// Draws a time; infinite when it never ends.
    pub(crate) fn draw(&self, draws: &mut Draws) -> f64 {
        match self {
            Self::Fixed(time) => *time,
            Self::Exponential(mean) => mean * draws.exponential(),
            Self::Lognormal { mu, sigma } => libm::exp(mu + sigma * draws.normal()),
            Self::Gamma { shape, scale } => scale * draws.gamma(*shape),
            Self::Uniform(low, high) => low + draws.share() * (high - low),
            Self::Observed(_) => self.at(draws.share()),
            Self::Endless => f64::INFINITY,
        }
    }

    /// The observed time at a share of them, above 0 to 1; of other laws, the mean.
    pub(crate) fn at(&self, share: f64) -> f64 {
        let Self::Observed(times) = self else { return self.mean() };
        let place = (share * times.len() as f64).ceil() as usize;
        times.get(place.saturating_sub(1).min(times.len().saturating_sub(1))).copied().unwrap_or_default()
    }

    /// The mean; infinite when it never ends.
    pub(crate) fn mean(&self) -> f64 {
        match self {
            Self::Fixed(mean) | Self::Exponential(mean) => *mean,
            Self::Lognormal { mu, sigma } => libm::exp(mu + sigma * sigma / 2.0),
            Self::Gamma { shape, scale } => shape * scale,
            Self::Uniform(low, high) => f64::midpoint(*low, *high),
            Self::Observed(times) => times.iter().sum::<f64>() / times.len().max(1) as f64,
            Self::Endless => f64::INFINITY,
        }
    }
}
