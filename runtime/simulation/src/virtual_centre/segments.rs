//! The segments of a report: all calls, those of a queue, of a tier, of half an hour of the day …

use serde::Serialize;
use tandem_stdlib::contract::{Metric, Promise, Slot};
use tandem_stdlib::words::ServiceLevelFormula;

/// What the calls of a segment have in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SegmentKind {
    /// Nothing: all calls.
    All,
    /// The queue in which their wait ended.
    Queue,
    /// A fact of the caller, such as `tier`.
    Fact(String),
    /// The stream of arrivals.
    Arrivals,
    /// When they began to wait: the half-hour of the day.
    HalfHour,
    /// What a target of the policy is about.
    Target,
}

/// A segment.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub(super) kind: SegmentKind,
    pub(super) name: String,
    /// What counts as in time.
    pub(super) promise: Promise,
    /// Calls of the same caller within so long are repeats.
    pub(super) window_ms: i64,
}

/// All segments. Their positions are what tallies are kept by.
#[derive(Clone, Debug, Default)]
pub(super) struct Segments {
    /// The window of segments that say nothing else.
    pub(super) window_ms: i64,
    pub(super) list: Vec<Segment>,
    /// Where the segment of the first queue stands; the others follow.
    pub(super) queues: usize,
    /// Where the segment of the first stream stands.
    pub(super) streams: usize,
    /// Where the segment of the first half-hour stands.
    pub(super) half_hours: usize,
    /// Segments of targets, with the queue that they are about; 0: all.
    pub(super) targets: Vec<(usize, Slot)>,
}

/// Of no calls.
pub(super) const NO_PROMISE: Promise =
    Promise { share: 0.0, within_ms: 0, formula: ServiceLevelFormula::OfOffered, short_abandon_ms: 0 };

/// Half-hours of a day.
pub(super) const HALF_HOURS: usize = 48;

impl Segments {
    /// Adds a segment and gives its position.
    pub(super) fn add(&mut self, kind: SegmentKind, name: &str, promise: Promise) -> usize {
        self.list.push(Segment { kind, name: name.to_owned(), promise, window_ms: self.window_ms });
        self.list.len() - 1
    }

    /// Adds a segment with the promise of all calls and gives its position.
    pub(super) fn add_like_all(&mut self, kind: SegmentKind, name: &str) -> usize {
        let promise = self.list.first().map_or(NO_PROMISE, |all| all.promise);
        self.add(kind, name, promise)
    }

    pub(super) fn add_half_hours(&mut self, promise: Promise) {
        self.half_hours = self.list.len();
        for half in 0..HALF_HOURS {
            let name = format!("{:02}:{:02}", half / 2, half % 2 * 30);
            self.add(SegmentKind::HalfHour, &name, promise);
        }
    }
}

/// What counts as in time for a target.
pub(super) const fn promise_of(metric: &Metric) -> Option<Promise> {
    match *metric {
        Metric::ServiceLevel { within_ms, formula, short_abandon_ms } => {
            Some(Promise { share: 0.0, within_ms, formula, short_abandon_ms })
        }
        Metric::Abandonment { short_abandon_ms } => Some(Promise {
            share: 0.0,
            within_ms: 0,
            formula: ServiceLevelFormula::OfOffered,
            short_abandon_ms,
        }),
        _ => None,
    }
}
