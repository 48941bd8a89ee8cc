//! What a log says happened, counted the way a simulation counts.

use super::figure::Figure;
use super::model::Centre;
use super::segments::HALF_HOURS;
use super::tally::{Ended, Tally};
use crate::queue_log::{LoggedCall, LoggedEnd};
use crate::scenario::Logged;

/// The figures of a log: by segment, in the order of the centre's segments, and of the agents together.
pub(super) struct LoggedFigures {
    tallies: Vec<Tally>,
    /// Share of the time that agents were there in which they had work; an estimate.
    pub(super) occupancy: Option<f64>,
    /// Agents there on average, by half-hour of the day; `None`: not measured.
    pub(super) staff: Vec<Option<f64>>,
}

impl LoggedFigures {
    pub(super) fn new(centre: &Centre<'_>, logged: &Logged) -> Self {
        let mut tallies = vec![Tally::default(); centre.segments.list.len()];
        for (call, stream) in logged.calls.iter().zip(&logged.streams) {
            count(centre, logged, call, *stream, &mut tallies);
        }
        Self { tallies, occupancy: occupancy(centre, logged), staff: staff(centre, logged) }
    }

    /// The log's figures of a segment; nothing for one that a log knows nothing of.
    pub(super) fn of(&self, centre: &Centre<'_>, segment: usize) -> Vec<(Figure, f64)> {
        let known = self.tallies.get(segment).zip(centre.segments.list.get(segment));
        let Some((tally, segment)) = known.filter(|(tally, _)| tally.offered > 0) else { return Vec::new() };
        let figures = Figure::ALL.iter();
        figures.filter_map(|figure| Some((*figure, figure.of(tally, &segment.promise)?))).collect()
    }
}

fn count(centre: &Centre<'_>, logged: &Logged, call: &LoggedCall, stream: u32, tallies: &mut [Tally]) {
    if !(centre.spans.from_ms..centre.spans.to_ms).contains(&call.at_ms) {
        return;
    }
    let segments = &centre.segments;
    let name = logged.queues.get(call.queue);
    let queue = centre.plan.queues.iter().position(|queue| Some(&queue.name) == name);
    let places = [
        Some(0),
        queue.map(|queue| segments.queues + queue),
        Some(segments.streams + stream as usize),
        Some(segments.half_hours + centre.spans.half_hour(call.at_ms)),
    ];
    for place in places.into_iter().flatten() {
        if let Some((tally, segment)) = tallies.get_mut(place).zip(segments.list.get(place)) {
            let ended = match call.end {
                LoggedEnd::Answered => Ended::Answered,
                LoggedEnd::Abandoned => Ended::Abandoned,
                LoggedEnd::SentOff => Ended::TimedOut,
            };
            tally.ended(ended, call.waited_ms, &segment.promise);
            if call.end == LoggedEnd::Answered {
                tally.handled += 1;
                tally.talk_ms += call.talk_ms.unsigned_abs();
                // Where the log does not have it, it is what the gaps between calls show.
                tally.after_call_ms += call.after_call_ms.unwrap_or(logged.absence_ms as i64).unsigned_abs();
            }
        }
    }
}

fn occupancy(centre: &Centre<'_>, logged: &Logged) -> Option<f64> {
    let (from_ms, to_ms) = (centre.spans.from_ms, centre.spans.to_ms);
    let within = |begins_ms: i64, ends_ms: i64| (ends_ms.min(to_ms) - begins_ms.max(from_ms)).max(0) as f64;
    let there: f64 =
        logged.spells.iter().flatten().map(|(begins_ms, ends_ms)| within(*begins_ms, *ends_ms)).sum();
    let answered = logged.calls.iter().filter(|call| call.agent.is_some());
    let busy = answered.map(|call| {
        let after_ms = call.after_call_ms.map_or(logged.absence_ms, |ms| ms as f64) as i64;
        within(call.left_ms(), call.over_ms().saturating_add(after_ms))
    });
    let busy: f64 = busy.sum();
    (there > 0.0).then(|| (busy / there).min(1.0))
}

fn staff(centre: &Centre<'_>, logged: &Logged) -> Vec<Option<f64>> {
    let spans = &centre.spans;
    let sum = |stretches: &mut dyn Iterator<Item = (i64, i64)>| {
        let mut halves = [0.0; HALF_HOURS];
        for (from_ms, to_ms) in stretches.flat_map(|(from_ms, to_ms)| spans.half_hours(from_ms, to_ms)) {
            if let Some(half) = halves.get_mut(spans.half_hour(from_ms)) {
                *half += (to_ms - from_ms) as f64;
            }
        }
        halves
    };
    let there = sum(&mut logged.spells.iter().flatten().copied());
    let measured = sum(&mut std::iter::once((spans.from_ms, spans.to_ms)));
    there.iter().zip(measured).map(|(there, measured)| (measured > 0.0).then(|| there / measured)).collect()
}
