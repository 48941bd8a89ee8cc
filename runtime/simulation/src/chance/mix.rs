//! A choice among a few things by weight.

use super::Draws;

/// Things with weights.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mix<T> {
    /// Each thing with the sum of the weights up to it.
    summed: Vec<(f64, T)>,
}

impl<T> Mix<T> {
    /// Things with their weights; weights at or below 0 are never drawn.
    pub(crate) fn new(weighted: impl IntoIterator<Item = (T, f64)>) -> Self {
        let mut sum = 0.0;
        let summed = weighted.into_iter().map(|(thing, weight)| {
            sum += weight.max(0.0);
            (sum, thing)
        });
        Self { summed: summed.collect() }
    }

    /// Whether there is nothing to draw.
    pub(crate) const fn is_empty(&self) -> bool {
        self.summed.is_empty()
    }

    /// Draws one; nothing when there are none.
    pub(crate) fn draw(&self, draws: &mut Draws) -> Option<&T> {
        self.at(draws.share())
    }

    /// The one at a share of the weights, above 0 to 1.
    pub(crate) fn at(&self, share: f64) -> Option<&T> {
        let (whole, _) = self.summed.last()?;
        let at = share * whole;
        self.summed.iter().find(|(sum, _)| *sum >= at).map(|(_, thing)| thing)
    }

    /// The same weights with other things.
    pub(crate) fn map<U>(&self, mut change: impl FnMut(&T) -> U) -> Mix<U> {
        Mix { summed: self.summed.iter().map(|(sum, thing)| (*sum, change(thing))).collect() }
    }
}
