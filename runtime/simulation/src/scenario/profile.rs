//! Rates of arrivals over the run, from hours of the week.

use tandem_stdlib::words::{Calendar, HoursOn, TimeRange};

use super::hours::{calendar, parse_hours};
use crate::value::parse_time;

/// The highest rate, in calls an hour.
pub(super) const MAX_PER_HOUR: f64 = 10_000_000.0;

const MS_A_HOUR: f64 = 3_600_000.0;

/// Calls a millisecond, from `200 per hour`, `3.5 per min` or a number of calls an hour.
///
/// # Errors
/// What was expected.
pub(super) fn parse_rate(text: &str) -> Result<f64, String> {
    let expected = || "a rate such as `200 per hour`, `3.5 per min` or `4000 per day`".to_owned();
    let (digits, unit) = text.split_once(" per ").unwrap_or((text, "hour"));
    let number: f64 = digits.trim().parse().map_err(|_| expected())?;
    let unit_ms = match unit.trim() {
        "s" | "second" => 1_000.0,
        "min" | "minute" => 60_000.0,
        "h" | "hour" => MS_A_HOUR,
        "d" | "day" => 24.0 * MS_A_HOUR,
        other => parse_time(other).ok().filter(|ms| *ms > 0).ok_or_else(expected)? as f64,
    };
    let rate = number / unit_ms;
    if (0.0..=MAX_PER_HOUR / MS_A_HOUR).contains(&rate) { Ok(rate) } else { Err(expected()) }
}

/// A part of the week with a rate.
pub(super) struct RateOn {
    hours: Calendar,
    rate: f64,
}

impl RateOn {
    /// The same hours with so many times the rate.
    pub(super) fn times(mut self, factor: f64) -> Self {
        self.rate *= factor;
        self
    }
}

/// The parts of `hours`, cut evenly into as many as there are rates.
///
/// # Errors
/// What was expected.
pub(super) fn parse_row(hours: &str, rates: &[f64], zone: &str) -> Result<Vec<RateOn>, String> {
    let ranges = parse_hours(hours)?;
    let mut rows = Vec::new();
    for on in &ranges {
        for range in &on.hours {
            let length = (range.to_min + 1_440 - range.from_min - 1) % 1_440 + 1;
            let parts = u16::try_from(rates.len()).unwrap_or(u16::MAX);
            if parts == 0 || length % parts != 0 {
                return Err(format!("as many rates as divide {length} minutes evenly, not {parts}"));
            }
            let step = length / parts;
            for (part, rate) in (0..parts).zip(rates) {
                let from_min = (range.from_min + part * step) % 1_440;
                let to_min = (from_min + step - 1) % 1_440 + 1;
                // What begins after midnight of a range past it belongs to the next day.
                let late = range.from_min + part * step >= 1_440;
                let weekdays = if late { next_day(on.weekdays) } else { on.weekdays };
                let weekly = vec![HoursOn { weekdays, hours: vec![TimeRange { from_min, to_min }] }];
                rows.push(RateOn { hours: calendar(zone, weekly)?, rate: *rate });
            }
        }
    }
    Ok(rows)
}

const fn next_day(weekdays: u8) -> u8 {
    (weekdays << 1 | weekdays >> 6) & 0b111_1111
}

/// The rate from each moment of the run on; rows that overlap add up.
pub(super) fn rates(rows: &[RateOn], from_ms: i64, to_ms: i64) -> Vec<(i64, f64)> {
    let mut changes: Vec<(i64, f64)> = Vec::new();
    for row in rows {
        let mut at_ms = from_ms;
        let mut open = row.hours.is_open(at_ms);
        changes.push((at_ms, if open { row.rate } else { 0.0 }));
        while let Some(next_ms) = row.hours.next_change(at_ms).filter(|next_ms| *next_ms < to_ms) {
            open = !open;
            changes.push((next_ms, if open { row.rate } else { -row.rate }));
            at_ms = next_ms;
        }
    }
    changes.sort_by_key(|(at_ms, _)| *at_ms);
    let mut rates: Vec<(i64, f64)> = vec![(from_ms, 0.0)];
    for (at_ms, change) in changes {
        let rate = rates.last().map_or(0.0, |(_, rate)| *rate) + change;
        // Sums of rates that cancel leave dust.
        let rate = if rate.abs() < 1e-15 { 0.0 } else { rate.max(0.0) };
        match rates.last_mut() {
            Some((last_ms, last)) if *last_ms == at_ms => *last = rate,
            _ => rates.push((at_ms, rate)),
        }
    }
    rates
}
