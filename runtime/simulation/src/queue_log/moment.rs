//! Days and times as logs write them.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

/// In which order a day is written: what stands first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum DateOrder {
    /// `1999-01-31`, `990131`
    #[default]
    Year,
    /// `31.01.1999`
    Day,
    /// `01/31/1999`
    Month,
}

impl DateOrder {
    pub(crate) const ALL: [(&'static str, Self); 3] =
        [("year first", Self::Year), ("day first", Self::Day), ("month first", Self::Month)];
}

/// A day. Two digits of a year before 70 are of this century.
pub(super) fn parse_date(text: &str, order: DateOrder) -> Option<Date> {
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let parts: [&str; 3] = match parts.as_slice() {
        [one] if order == DateOrder::Year => {
            let at = if one.len() == 8 { 4 } else { 2 };
            let known = one.is_ascii() && matches!(one.len(), 6 | 8);
            let (year, rest) = one.split_at_checked(at).filter(|_| known)?;
            let (month, day) = rest.split_at_checked(2)?;
            [year, month, day]
        }
        [one] => {
            let known = one.is_ascii() && matches!(one.len(), 6 | 8);
            let (first, rest) = one.split_at_checked(2).filter(|_| known)?;
            let (second, year) = rest.split_at_checked(2)?;
            [first, second, year]
        }
        [first, second, third] => [first, second, third],
        _ => return None,
    };
    let [first, second, third] = parts;
    // A year of four digits at the front says itself where it stands.
    let (year, month, day) = match order {
        _ if first.len() == 4 => (first, second, third),
        DateOrder::Year => (first, second, third),
        DateOrder::Day => (third, second, first),
        DateOrder::Month => (third, first, second),
    };
    let (year, month, day) = (number(year)?, month_of(month)?, number(day)?);
    let year = match year {
        0..70 => year + 2000,
        70..100 => year + 1900,
        _ => year,
    };
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

fn month_of(text: &str) -> Option<u32> {
    let named =
        MONTHS.iter().position(|month| text.get(..3).is_some_and(|three| three.eq_ignore_ascii_case(month)));
    named.map_or_else(|| number(text), |place| u32::try_from(place + 1).ok())
}

fn number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

/// A time of day in milliseconds since midnight: `8:15`, `08:15:30`, `081530`, `8:15:30 PM`. Hours from 24 on are of the
/// next day.
pub(super) fn parse_time_of_day(text: &str) -> Option<i64> {
    let text = text.trim();
    let half = text.len().checked_sub(2).and_then(|at| text.split_at_checked(at));
    let (text, later) = match half {
        Some((rest, mark)) if mark.eq_ignore_ascii_case("am") => (rest.trim_end(), Some(0)),
        Some((rest, mark)) if mark.eq_ignore_ascii_case("pm") => (rest.trim_end(), Some(12)),
        _ => (text, None),
    };
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let part_ms: i64 = format!("{part:0<3}").get(..3)?.parse().ok()?;
    let parts: Vec<&str> = whole.split(':').collect();
    let (hour, minute, second) = match parts.as_slice() {
        [one] if matches!(one.len(), 5 | 6) && one.is_ascii() => {
            let (hour, rest) = one.split_at_checked(one.len() - 4)?;
            let (minute, second) = rest.split_at_checked(2)?;
            (number(hour)?, number(minute)?, number(second)?)
        }
        [hour, minute] => (number(hour)?, number(minute)?, 0),
        [hour, minute, second] => (number(hour)?, number(minute)?, number(second)?),
        _ => return None,
    };
    let hour = match later {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(later) => hour % 12 + later,
        None => hour,
    };
    let sound = hour < 48 && minute < 60 && second < 61;
    sound.then(|| (i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second)) * 1000 + part_ms)
}

/// A local time, `ms` after midnight of a day, as a moment. A time that the clock skips is the moment after the gap; of
/// one that comes twice, the first that is not before `not_before_ms`.
pub(super) fn moment(day: Date, ms: i64, zone: &TimeZone, not_before_ms: i64) -> Option<i64> {
    let local = day.to_datetime(Time::midnight()).checked_add(SignedDuration::from_millis(ms)).ok()?;
    let ambiguous = zone.to_ambiguous_timestamp(local);
    let first = ambiguous.compatible().ok()?.as_millisecond();
    if first >= not_before_ms || !ambiguous.is_ambiguous() {
        return Some(first);
    }
    Some(ambiguous.later().ok()?.as_millisecond())
}

/// A moment in one cell: with an offset, local, or in seconds or milliseconds since 1970.
pub(super) fn parse_moment(text: &str, order: DateOrder, zone: &TimeZone) -> Option<i64> {
    if let Some(number) = text.parse::<f64>().ok().filter(|_| text.len() > 8) {
        let ms = if number < 1e11 { number * 1000.0 } else { number };
        return (0.0..1e14).contains(&ms).then_some(ms as i64);
    }
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment.as_millisecond());
    }
    let text = text.trim_end_matches('Z');
    let (day, time) = text.split_once([' ', 'T']).unwrap_or((text, "0:00"));
    moment(parse_date(day, order)?, parse_time_of_day(time)?, zone, i64::MIN)
}

/// The day of a cell that has a day, and the time that follows it.
pub(super) fn day_part(text: &str) -> &str {
    text.split([' ', 'T']).next().unwrap_or_default()
}

/// How long something took, in milliseconds: seconds, or `h:mm:ss`, or `m:ss`.
pub(super) fn parse_duration(text: &str, unit_ms: f64) -> Option<i64> {
    if text.contains(':') {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let part_ms: i64 = format!("{part:0<3}").get(..3)?.parse().ok()?;
        let mut seconds = 0_i64;
        for piece in whole.split(':') {
            seconds = seconds.checked_mul(60)?.checked_add(i64::from(number(piece)?))?;
        }
        return (seconds < 10_000_000).then_some(seconds * 1000 + part_ms);
    }
    let ms = text.parse::<f64>().ok()? * unit_ms;
    (0.0..1e10).contains(&ms).then_some(ms.round() as i64)
}

/// The next day.
pub(super) fn next_day(day: Date) -> Option<Date> {
    day.checked_add(1.day()).ok()
}
