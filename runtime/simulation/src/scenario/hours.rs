//! Hours of the week as a scenario writes them: `mon..fri 08:00-16:00`, `sat, sun 09:00-12:00`, `07:00-15:00`.

use tandem_stdlib::words::{Calendar, CalendarSpec, HoursOn, TimeRange};

const EXPECTED: &str =
    "hours such as `mon..fri 08:00-16:00`, `sat, sun 09:00-12:00` or `07:00-15:00` (every day)";

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

const EVERY_DAY: u8 = 0b111_1111;

const MINUTES_A_DAY: u16 = 1_440;

/// Reads hours; several are separated by `;`.
///
/// # Errors
/// What was expected.
pub(super) fn parse_hours(text: &str) -> Result<Vec<HoursOn>, String> {
    text.split(';').map(parse_one).collect()
}

/// Hours as a calendar in a zone.
///
/// # Errors
/// What was expected.
pub(super) fn calendar(zone: &str, weekly: Vec<HoursOn>) -> Result<Calendar, String> {
    let (closed, special) = (Vec::new(), Vec::new());
    let spec =
        CalendarSpec { name: String::new(), zone: zone.to_owned(), weekly, closed, special, listed: None };
    Calendar::new(&spec).map_err(|error| error.to_string())
}

fn parse_one(text: &str) -> Result<HoursOn, String> {
    let text = text.trim();
    let expected = || EXPECTED.to_owned();
    let begins = text.find(|c: char| c.is_ascii_digit());
    let (days, hours) = begins.map_or((text, ""), |at| text.split_at(at));
    let weekdays = if days.trim().is_empty() { EVERY_DAY } else { parse_days(days)? };
    let hours = if hours.is_empty() { "00:00-24:00" } else { hours };
    let (from, to) = hours.split_once('-').ok_or_else(expected)?;
    let (from_min, to_min) = (parse_minute(from)?, parse_minute(to)?);
    if from_min == MINUTES_A_DAY {
        return Err(expected());
    }
    Ok(HoursOn { weekdays, hours: vec![TimeRange { from_min, to_min }] })
}

fn parse_days(text: &str) -> Result<u8, String> {
    let expected = || EXPECTED.to_owned();
    let day = |word: &str| DAYS.iter().position(|day| *day == word.trim()).ok_or_else(expected);
    let mut weekdays = 0;
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (first, last) = part.split_once("..").unwrap_or((part, part));
        let (first, last) = (day(first)?, day(last)?);
        let length = (last + 7 - first) % 7;
        (0..=length).for_each(|step| weekdays |= 1 << ((first + step) % 7));
    }
    Ok(weekdays)
}

/// A time of day in minutes since midnight.
///
/// # Errors
/// What was expected.
pub(super) fn parse_minute(text: &str) -> Result<u16, String> {
    let expected = || EXPECTED.to_owned();
    let (hour, minute) = text.trim().split_once(':').ok_or_else(expected)?;
    let (hour, minute): (u16, u16) =
        (hour.parse().map_err(|_| expected())?, minute.parse().map_err(|_| expected())?);
    let sound = hour < 24 && minute < 60 || (hour, minute) == (24, 0);
    if sound { Ok(hour * 60 + minute) } else { Err(expected()) }
}
