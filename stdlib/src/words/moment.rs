//! Dates, zones and moments as numbers.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use super::name::closest;

/// The day of 1970-01-01 plus `days`; `None` outside the years 1–9999.
pub(crate) fn date_of(days: i32) -> Option<Date> {
    let epoch = Date::constant(1970, 1, 1);
    let date = epoch.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
    (1..=9999).contains(&date.year()).then_some(date)
}

/// Days since 1970-01-01.
pub(crate) fn day_of(date: Date) -> i32 {
    let epoch = Date::constant(1970, 1, 1);
    epoch.until(date).map_or(0, |span| span.get_days())
}

/// Looks a zone up in the bundled IANA database, spelt exactly.
pub(crate) fn zone(name: &str) -> Option<TimeZone> {
    TimeZone::get(name).ok().filter(|zone| zone.iana_name() == Some(name))
}

/// Whether `name` is an IANA time zone, spelt exactly.
#[must_use]
pub fn zone_exists(name: &str) -> bool {
    zone(name).is_some()
}

/// The IANA zone whose name is closest to a misspelt one, by its full name or by its city alone.
#[must_use]
pub fn nearest_zone(name: &str) -> Option<String> {
    let zones = jiff::tz::db().available().map(|zone| zone.to_string());
    // `Etc/GMT+1` lies an hour behind, not ahead: nobody who writes `GMT+1` means it, nor `GMT+0`.
    let is_place = |zone: &String| zone.contains('/') && !zone.starts_with("Etc/");
    let zones: Vec<String> = zones.filter(is_place).chain(["UTC".to_owned()]).collect();
    let wanted = name.replace(' ', "_");
    let city = |zone: &str| zone.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(&wanted));
    let same = zones.iter().find(|zone| zone.eq_ignore_ascii_case(&wanted) || city(zone));
    same.cloned().or_else(|| closest(&wanted, zones.iter().map(String::as_str)).map(str::to_owned))
}

/// Days since 1970-01-01 of a date; `None` when there is no such day in the years 1–9999.
#[must_use]
pub fn days_of_date(year: i32, month: u32, day: u32) -> Option<i32> {
    let year = i16::try_from(year).ok().filter(|year| (1..=9999).contains(year))?;
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some(day_of(date))
}

/// Year, month 1–12 and day 1–31 of a day since 1970-01-01; `None` outside the years 1–9999.
#[must_use]
pub fn date_of_days(days: i32) -> Option<(i32, u32, u32)> {
    let date = date_of(days)?;
    Some((i32::from(date.year()), date.month().unsigned_abs().into(), date.day().unsigned_abs().into()))
}

/// The year of a day since 1970-01-01; 0 outside the years 1–9999.
#[must_use]
pub fn year_of_day(days: i32) -> i32 {
    date_of(days).map_or(0, |date| i32::from(date.year()))
}

/// The day since 1970-01-01 that the calendar shows in `zone` at a moment (milliseconds since the Unix epoch, UTC).
/// `None` for an unknown zone or a moment outside the years 1–9999.
#[must_use]
pub fn day_at(clock_ms: i64, zone_name: &str) -> Option<i32> {
    let timestamp = jiff::Timestamp::from_millisecond(clock_ms).ok()?;
    let date = zone(zone_name)?.to_datetime(timestamp).date();
    (date.year() >= 1).then(|| day_of(date))
}

/// Milliseconds since the Unix epoch, UTC, at which the clock in `zone` shows a time of day (in milliseconds since
/// midnight, 0..86,400,000) on a day (since 1970-01-01).
///
/// A time that the clock skips means as long after the jump as it was meant to be after the last minute before;
/// a time that the clock shows twice means the first time (RFC 5545, section 3.3.5). `None` for an unknown zone, a
/// time of day that does not exist or a day outside the years 1–9999.
#[must_use]
pub fn moment_ms(day: i32, time_ms: i64, zone_name: &str) -> Option<i64> {
    if !(0..86_400_000).contains(&time_ms) {
        return None;
    }
    let midnight = DateTime::from_parts(date_of(day)?, Time::midnight());
    let local = midnight.checked_add(jiff::Span::new().try_milliseconds(time_ms).ok()?).ok()?;
    let timestamp = zone(zone_name)?.to_ambiguous_timestamp(local).compatible().ok()?;
    Some(timestamp.as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_from_the_epoch_and_back() {
        assert_eq!(days_of_date(1970, 1, 1), Some(0));
        assert_eq!(days_of_date(2026, 10, 1), Some(20_727));
        assert_eq!(date_of_days(20_727), Some((2026, 10, 1)));
        assert_eq!(days_of_date(2026, 2, 29), None);
        assert_eq!(days_of_date(2028, 2, 29).and_then(date_of_days), Some((2028, 2, 29)));
        assert_eq!(days_of_date(0, 1, 1), None);
        assert_eq!(date_of_days(i32::MAX), None);
    }

    #[test]
    fn a_moment_before_the_clock_jumps_is_in_winter_time() {
        let day = days_of_date(2026, 3, 29).unwrap();
        // 00:59:50 is UTC; the clock jumps from 01:00 to 02:00 ten seconds later.
        assert_eq!(moment_ms(day, 3_590_000, "Europe/London"), Some(1_774_745_990_000));
        // 01:30 does not exist: half an hour after the jump.
        assert_eq!(moment_ms(day, 5_400_000, "Europe/London"), Some(1_774_747_800_000));
    }

    #[test]
    fn the_day_is_that_of_the_zone() {
        let day = days_of_date(2026, 3, 29).unwrap();
        let evening = moment_ms(day, 82_800_000, "America/New_York").unwrap();
        assert_eq!(day_at(evening, "America/New_York"), Some(day));
        assert_eq!(day_at(evening, "Asia/Shanghai"), Some(day + 1));
        assert_eq!(day_at(evening, "Nowhere"), None);
        assert_eq!(day_at(i64::MAX, "UTC"), None);
    }

    #[test]
    fn a_repeated_time_means_its_first_pass() {
        let day = days_of_date(2026, 10, 25).unwrap();
        // 01:30 British Summer Time is 00:30 UTC.
        assert_eq!(moment_ms(day, 5_400_000, "Europe/London"), Some(1_792_888_200_000));
    }

    #[test]
    fn zones_are_spelt_exactly_and_suggested_otherwise() {
        assert!(zone_exists("Asia/Shanghai"));
        assert!(!zone_exists("asia/shanghai"));
        assert!(!zone_exists("Europe/Londn"));
        assert_eq!(nearest_zone("asia/shanghai").as_deref(), Some("Asia/Shanghai"));
        assert_eq!(nearest_zone("Europe/Londn").as_deref(), Some("Europe/London"));
        assert_eq!(nearest_zone("New York").as_deref(), Some("America/New_York"));
        assert_eq!(nearest_zone("xq"), None);
    }
}
