//! When the modes of a policy were on.

use tandem_stdlib::contract::Manifest;

use super::segments::HALF_HOURS;
use super::spans::Spans;

/// When one mode was on in one replication.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ModeTime {
    is_on: bool,
    since_ms: i64,
    /// By half-hour of the day: measured milliseconds that it was on.
    on_ms: Vec<i64>,
    /// How often it was turned on.
    times: u64,
}

/// When a mode of the policy was on.
#[derive(Clone, Debug, PartialEq)]
pub struct ModeDay {
    /// The mode.
    pub name: String,
    /// How often a day it was turned on, over all replications.
    pub times_a_day: f64,
    /// Share of the measured time that it was on.
    pub on: f64,
    /// That by half-hour of the day; `None`: not measured.
    pub by_half_hour: Vec<Option<f64>>,
}

impl ModeTime {
    /// A mode that is off.
    pub(super) fn off() -> Self {
        Self { on_ms: vec![0; HALF_HOURS], ..Self::default() }
    }

    /// The mode is on or off at this moment.
    pub(super) fn look(&mut self, is_on: bool, now_ms: i64, spans: &Spans) {
        if self.is_on == is_on {
            return;
        }
        self.pass(now_ms, spans);
        self.is_on = is_on;
        self.times += u64::from(is_on && spans.batch(now_ms).is_some());
    }

    /// Counts the time until this moment.
    pub(super) fn pass(&mut self, now_ms: i64, spans: &Spans) {
        let since_ms = std::mem::replace(&mut self.since_ms, now_ms);
        for (from_ms, to_ms) in spans.half_hours(since_ms, now_ms).filter(|_| self.is_on) {
            if let Some(on_ms) = self.on_ms.get_mut(spans.half_hour(from_ms)) {
                *on_ms += to_ms - from_ms;
            }
        }
    }
}

/// The modes of a policy over all replications: of each replication its modes, and the measured time of its half-hours.
pub(super) fn modes(manifest: Option<&Manifest>, all: &[(&[ModeTime], &[i64; HALF_HOURS])]) -> Vec<ModeDay> {
    const DAY_MS: f64 = 86_400_000.0;
    let measured = |half: usize| -> i64 { all.iter().filter_map(|(_, halves)| halves.get(half)).sum() };
    let whole_ms: i64 = (0..HALF_HOURS).map(measured).sum();
    let specs = manifest.map(|manifest| manifest.modes.as_slice()).unwrap_or_default();
    let one = |(at, name): (usize, String)| {
        let times = || all.iter().filter_map(|(modes, _)| modes.get(at));
        let on = |half: usize| -> i64 { times().filter_map(|mode| mode.on_ms.get(half)).sum() };
        let share = |part: i64, whole: i64| (whole > 0).then(|| part as f64 / whole as f64);
        let turned: u64 = times().map(|mode| mode.times).sum();
        ModeDay {
            name,
            times_a_day: turned as f64 * DAY_MS / (whole_ms.max(1) as f64),
            on: share((0..HALF_HOURS).map(on).sum(), whole_ms).unwrap_or(0.0),
            by_half_hour: (0..HALF_HOURS).map(|half| share(on(half), measured(half))).collect(),
        }
    };
    specs.iter().map(|spec| spec.name.clone()).enumerate().map(one).collect()
}
