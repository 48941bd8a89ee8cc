//! Arrivals from a log: a CSV file with a column of times, or an Asterisk queue_log.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Arrivals that one log may give.
const MAX_LOGGED: usize = 10_000_000;

/// Moments at which callers came, in order, milliseconds since the Unix epoch.
///
/// # Errors
/// What was expected of the log.
pub(super) fn read_log(
    file: &str,
    text: &str,
    column: Option<&str>,
    queue: Option<&str>,
    zone: &TimeZone,
) -> Result<Vec<i64>, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut moments = if is_queue_log(text) {
        queue_log(file, text, queue)?
    } else {
        csv_column(file, text, column.unwrap_or("time"), zone)?
    };
    if moments.is_empty() {
        return Err(format!("a log with arrivals, but `{file}` has none"));
    }
    moments.sort_unstable();
    Ok(moments)
}

/// Lines are `epoch|call|queue|agent|event|…`.
fn is_queue_log(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut parts = first.split('|');
    let epoch = parts.next().unwrap_or_default();
    parts.count() >= 4 && epoch.parse::<f64>().is_ok()
}

fn queue_log(file: &str, text: &str, queue: Option<&str>) -> Result<Vec<i64>, String> {
    let mut moments = Vec::new();
    for (number, line) in text.lines().enumerate().take(MAX_LOGGED) {
        let parts: Vec<&str> = line.split('|').collect();
        let [epoch, _, logged_queue, _, event, ..] = parts.as_slice() else { continue };
        if *event != "ENTERQUEUE" || queue.is_some_and(|queue| queue != *logged_queue) {
            continue;
        }
        let seconds: f64 = epoch.parse().map_err(|_| {
            format!(
                "seconds since 1970 first in each line, but line {} of `{file}` says `{epoch}`",
                number + 1
            )
        })?;
        moments.push((seconds * 1000.0) as i64);
    }
    Ok(moments)
}

fn csv_column(file: &str, text: &str, column: &str, zone: &TimeZone) -> Result<Vec<i64>, String> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let failed = |error: csv::Error| format!("a CSV file, but `{file}`: {error}");
    let header = reader.headers().map_err(failed)?.clone();
    let place = header.iter().position(|name| name == column).ok_or_else(|| {
        let names: Vec<String> = header.iter().map(|name| format!("`{name}`")).collect();
        format!(
            "a column of `{file}`; it has {}, and `column = \"…\"` says which holds times",
            names.join(", ")
        )
    })?;
    let mut moments = Vec::new();
    for (row, record) in reader.records().enumerate().take(MAX_LOGGED) {
        let record = record.map_err(failed)?;
        let cell = record.get(place).unwrap_or_default();
        if cell.is_empty() {
            continue;
        }
        moments.push(parse_moment(cell, zone).ok_or_else(|| {
            format!(
                "times such as `2026-10-05 08:15:00` or `2026-10-05T08:15:00Z`, but line {} of `{file}` says \
                 `{cell}`",
                row + 2
            )
        })?);
    }
    Ok(moments)
}

/// A moment with an offset, a local time in the zone, or seconds since 1970.
fn parse_moment(text: &str, zone: &TimeZone) -> Option<i64> {
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment.as_millisecond());
    }
    if let Ok(seconds) = text.parse::<f64>() {
        return (0.0..1e11).contains(&seconds).then_some((seconds * 1000.0) as i64);
    }
    let local: DateTime = text.parse().ok()?;
    Some(local.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond())
}
