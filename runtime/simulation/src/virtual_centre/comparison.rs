//! Logged figures beside the simulated ones.

use super::figure::{Figure, Unit};
use super::report::Row;
use crate::statistics::Estimate;

/// A logged figure beside the simulated one.
#[derive(Clone, Copy, Debug)]
pub struct Comparison {
    /// The figure.
    pub figure: Figure,
    /// What the log says.
    pub logged: f64,
    /// What the simulation says.
    pub simulated: Estimate,
    /// Where a single run of the simulation lies in 95 of 100 cases, as the logged time was a single run; `None`:
    /// too few samples.
    pub range: Option<(f64, f64)>,
}

impl Comparison {
    /// Whether the logged figure could be one of the simulated ones.
    #[must_use]
    pub fn is_inside(&self) -> Option<bool> {
        // Shares and seconds are compared as finely as they are shown.
        let (low, high) = self.range?;
        let dust = 1e-9 * self.logged.abs().max(1.0);
        Some((low - dust..=high + dust).contains(&self.logged))
    }
}

impl Row {
    /// What the log says of a figure.
    #[must_use]
    pub fn logged(&self, figure: Figure) -> Option<f64> {
        self.logged.iter().find(|(one, _)| *one == figure).map(|(_, value)| *value)
    }

    /// The logged figures beside the simulated ones.
    #[must_use]
    pub fn comparisons(&self) -> Vec<Comparison> {
        let samples = self.samples.first().map_or(0, Vec::len);
        let one = |(figure, logged): &(Figure, f64)| {
            let simulated = self.figure(*figure)?;
            // A batch of a single run is shorter than the log: its counts are others, and its range is too wide.
            let whole = !self.in_batches;
            let range = simulated.range_of_one(samples).filter(|_| whole);
            let comparable = whole || figure.unit() != Unit::Calls;
            comparable.then_some(Comparison { figure: *figure, logged: *logged, simulated, range })
        };
        self.logged.iter().filter_map(one).collect()
    }
}
