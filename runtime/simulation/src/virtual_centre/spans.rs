//! Stretches of time: which are measured, which batch and which half-hour of the day they belong to.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::segments::HALF_HOURS;
use crate::scenario::Scenario;

const HALF_HOUR_MS: i64 = 1_800_000;

/// Batches of a single replication: as many independent samples as it is taken for.
const BATCHES: usize = 20;

/// The measured time of a run.
#[derive(Clone, Debug)]
pub(super) struct Spans {
    pub(super) from_ms: i64,
    pub(super) to_ms: i64,
    pub(super) batches: usize,
    /// Cells of the week, by half-hours since the measured time began.
    cells: Vec<u16>,
}

impl Spans {
    /// One replication is cut into batches, several are samples as they are.
    pub(super) fn new(scenario: &Scenario) -> Self {
        let (from_ms, to_ms) = (scenario.warm_up_ms, scenario.end_ms);
        let zone = TimeZone::get(&scenario.zone).unwrap_or(TimeZone::UTC);
        let steps = (to_ms - from_ms) / HALF_HOUR_MS + 2;
        let cell = |step: i64| {
            // The middle of a step that begins at the last half-hour before the measured time.
            let at_ms = from_ms - from_ms.rem_euclid(HALF_HOUR_MS) + step * HALF_HOUR_MS + HALF_HOUR_MS / 2;
            let moment = Timestamp::from_millisecond(at_ms).unwrap_or_default();
            let there = zone.to_datetime(moment);
            let half = i16::from(there.hour()) * 2 + i16::from(there.minute() >= 30);
            let day = i16::from(there.date().weekday().to_monday_zero_offset());
            u16::try_from(day * HALF_HOURS as i16 + half).unwrap_or_default()
        };
        let batches = if scenario.replications == 1 { BATCHES } else { 1 };
        Self { from_ms, to_ms, batches, cells: (0..steps).map(cell).collect() }
    }

    /// The batch of a moment, if it is measured.
    pub(super) fn batch(&self, at_ms: i64) -> Option<usize> {
        if !(self.from_ms..self.to_ms).contains(&at_ms) {
            return None;
        }
        let (passed, whole) = ((at_ms - self.from_ms) as u128, (self.to_ms - self.from_ms) as u128);
        usize::try_from(passed * self.batches as u128 / whole).ok()
    }

    /// The half-hour of the day at a measured moment.
    pub(super) fn half_hour(&self, at_ms: i64) -> usize {
        self.cell(at_ms) % HALF_HOURS
    }

    /// The half-hour of the week at a measured moment, from Monday's midnight.
    pub(super) fn cell(&self, at_ms: i64) -> usize {
        let first = self.from_ms - self.from_ms.rem_euclid(HALF_HOUR_MS);
        let step = usize::try_from((at_ms - first) / HALF_HOUR_MS).unwrap_or_default();
        usize::from(self.cells.get(step).copied().unwrap_or_default())
    }

    /// The hour of the day at a moment; of one that is not measured, the first of the run.
    pub(super) fn hour(&self, at_ms: i64) -> i8 {
        i8::try_from(self.half_hour(at_ms) / 2).unwrap_or_default()
    }

    /// The measured part of a stretch, cut at the ends of half-hours.
    pub(super) fn half_hours(&self, from_ms: i64, to_ms: i64) -> impl Iterator<Item = (i64, i64)> + use<> {
        let (mut from_ms, to_ms) = (from_ms.max(self.from_ms), to_ms.min(self.to_ms));
        std::iter::from_fn(move || {
            if from_ms >= to_ms {
                return None;
            }
            let next_ms = (from_ms - from_ms.rem_euclid(HALF_HOUR_MS) + HALF_HOUR_MS).min(to_ms);
            Some((std::mem::replace(&mut from_ms, next_ms), next_ms))
        })
    }

    /// The measured part of a stretch, cut at the ends of batches.
    pub(super) fn batches(&self, from_ms: i64, to_ms: i64) -> impl Iterator<Item = (usize, i64)> {
        let (mut from_ms, to_ms) = (from_ms.max(self.from_ms), to_ms.min(self.to_ms));
        std::iter::from_fn(move || {
            let batch = self.batch(from_ms).filter(|_| from_ms < to_ms)?;
            let whole = i128::from(self.to_ms - self.from_ms);
            // The first moment of the next batch.
            let next = (whole * (batch as i128 + 1) + self.batches as i128 - 1) / self.batches as i128;
            let next_ms = self.from_ms.saturating_add(i64::try_from(next).unwrap_or(i64::MAX)).min(to_ms);
            Some((batch, next_ms - std::mem::replace(&mut from_ms, next_ms)))
        })
    }
}
