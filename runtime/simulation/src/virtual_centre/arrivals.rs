//! When the callers of a stream come.

use crate::chance::{Draws, Purpose, Seeds};
use crate::scenario::Arrivals;

/// The arrivals of one stream, one after the other.
#[derive(Debug)]
pub(super) struct Coming<'m> {
    arrivals: &'m Arrivals,
    draws: Draws,
    /// Where in the list of rates or moments the stream is.
    place: usize,
    now_ms: f64,
    end_ms: f64,
    /// How many have come.
    pub(super) count: u64,
}

impl<'m> Coming<'m> {
    pub(super) fn new(arrivals: &'m Arrivals, stream: u32, seeds: Seeds, start_ms: i64, end_ms: i64) -> Self {
        let draws = seeds.draws(Purpose::Arrivals, stream, 0);
        Self { arrivals, draws, place: 0, now_ms: start_ms as f64, end_ms: end_ms as f64, count: 0 }
    }

    /// When the next caller comes; nothing when nobody comes any more.
    pub(super) fn next_ms(&mut self) -> Option<i64> {
        let next_ms = match self.arrivals {
            Arrivals::Rates(rates) => self.next_random(rates)?,
            Arrivals::Logged(moments) => {
                self.place += 1;
                *moments.get(self.place - 1)?
            }
        };
        self.count += 1;
        Some(next_ms)
    }

    /// One exponential draw a caller, spent on the rates as they change: a higher rate brings the same callers earlier.
    fn next_random(&mut self, rates: &[(i64, f64)]) -> Option<i64> {
        let mut left = self.draws.exponential();
        loop {
            let (_, rate) = *rates.get(self.place)?;
            let until_ms = rates.get(self.place + 1).map_or(self.end_ms, |(next_ms, _)| *next_ms as f64);
            let room = rate * (until_ms - self.now_ms).max(0.0);
            if room > left {
                self.now_ms += left / rate;
                return Some(self.now_ms as i64);
            }
            left -= room;
            self.now_ms = self.now_ms.max(until_ms);
            self.place += 1;
        }
    }
}
