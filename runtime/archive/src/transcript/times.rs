//! Times of turns in milliseconds since the call's start.

use tandem_stdlib::contract::Party;

use super::{Moment, RawTurn};

/// Latest time in a call: 366 days, for conversations by message.
const TIME_MS_MAX: f64 = 366.0 * 86_400_000.0;
/// Offsets up to this many times the call's length are taken for seconds.
const SECONDS_SLACK: f64 = 1.5;

/// A turn whose speaker is known, and its times where they are recorded.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SpokenTurn {
    pub(crate) party: Party,
    pub(crate) text: String,
    /// When it began and ended, in milliseconds since the call's start.
    pub(crate) times: Option<(i64, i64)>,
    /// Whether the times are estimates.
    pub(crate) estimated: bool,
}

/// Joins turns with their sides and works out their times: `offset_ms` is the dialog's start in the call, `clock_ms`
/// the call's start, `duration_ms` its length where known. Times count only when every turn has them.
pub(crate) fn resolve_times(
    turns: &[RawTurn],
    sides: &[Party],
    offset_ms: i64,
    clock_ms: i64,
    duration_ms: i64,
) -> Vec<SpokenTurn> {
    let scale = offset_scale(turns, duration_ms);
    let at = |moment: Moment| milliseconds(moment, scale, offset_ms, clock_ms);
    let starts: Vec<Option<i64>> = turns.iter().map(|turn| at(turn.start?)).collect();
    let timed = !turns.is_empty() && starts.iter().all(Option::is_some);
    let spoken = turns.iter().zip(sides).enumerate().map(|(index, (turn, party))| {
        let start = starts.get(index).copied().flatten();
        let next = starts.get(index + 1).copied().flatten();
        let recorded_end = turn.end.and_then(at).filter(|end| Some(*end) >= start);
        let times = start.filter(|_| timed).map(|start| {
            let guess = start + crate::align::speaking_ms(&turn.text);
            (start, recorded_end.unwrap_or_else(|| guess.min(next.unwrap_or(guess).max(start))))
        });
        let estimated = times.is_none() || recorded_end.is_none();
        SpokenTurn { party: *party, text: turn.text.clone(), times, estimated }
    });
    spoken.collect()
}

/// A time written as a clock moment (RFC 3339) or as `[h:]mm:ss[.fff]`.
pub(super) fn written(text: &str) -> Option<Moment> {
    if let Some(clock_ms) = crate::clock::parse(text) {
        return Some(Moment::Clock(clock_ms.0));
    }
    let mut seconds = 0.0;
    let parts: Vec<&str> = text.trim().split(':').collect();
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    for part in parts {
        let part: f64 = part.replace(',', ".").parse().ok()?;
        seconds = seconds * 60.0 + part;
    }
    (seconds.is_finite() && seconds >= 0.0).then_some(Moment::Milliseconds(seconds * 1_000.0))
}

/// Milliseconds in one unit of the offsets: 1000 for seconds, 1 for milliseconds.
fn offset_scale(turns: &[RawTurn], duration_ms: i64) -> f64 {
    let moments = turns.iter().flat_map(|turn| [turn.start, turn.end]).flatten();
    let offsets =
        moments.filter_map(|moment| if let Moment::Offset(offset) = moment { Some(offset) } else { None });
    let (mut largest, mut fractions) = (0.0_f64, false);
    for offset in offsets {
        largest = largest.max(offset);
        fractions |= offset.fract() != 0.0;
    }
    let seconds = if duration_ms > 0 {
        largest * 1_000.0 <= duration_ms as f64 * SECONDS_SLACK + 5_000.0
    } else {
        // Without a length: whole numbers beyond an hour of seconds are milliseconds.
        fractions || largest < 3_600.0
    };
    if seconds { 1_000.0 } else { 1.0 }
}

fn milliseconds(moment: Moment, scale: f64, offset_ms: i64, clock_ms: i64) -> Option<i64> {
    let since_start = match moment {
        Moment::Milliseconds(value) => value + offset_ms as f64,
        Moment::Offset(value) => value * scale + offset_ms as f64,
        Moment::Clock(value) => value.saturating_sub(clock_ms) as f64,
    };
    (0.0..=TIME_MS_MAX).contains(&since_start).then_some(since_start as i64)
}
