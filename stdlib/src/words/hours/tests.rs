use proptest::prelude::*;

use super::*;
use crate::words::{HoursOn, days_of_date, moment_ms};

const HOUR_MS: i64 = 3_600_000;

fn hours(from_min: u16, to_min: u16) -> TimeRange {
    TimeRange { from_min, to_min }
}

fn days(first: (i32, u32, u32), last: (i32, u32, u32)) -> DateRange {
    let number = |(year, month, day)| days_of_date(year, month, day).unwrap();
    DateRange { first: number(first), last: number(last) }
}

fn day(date: (i32, u32, u32)) -> DateRange {
    days(date, date)
}

fn spec(zone: &str, weekdays: u8, ranges: &[TimeRange]) -> CalendarSpec {
    CalendarSpec {
        name: "test.hours".to_owned(),
        zone: zone.to_owned(),
        weekly: vec![HoursOn { weekdays, hours: ranges.to_vec() }],
        closed: Vec::new(),
        special: Vec::new(),
        listed: None,
    }
}

fn always(zone: &str, ranges: &[TimeRange]) -> Calendar {
    Calendar::new(&spec(zone, 0x7f, ranges)).unwrap()
}

/// Milliseconds since the epoch of an RFC 3339 text.
fn at(text: &str) -> i64 {
    text.parse::<Timestamp>().unwrap().as_millisecond()
}

#[test]
fn a_skipped_hour_is_never_open_and_the_hours_around_it_meet() {
    let london = always("Europe/London", &[hours(60, 120)]);
    assert!(!london.is_open(at("2026-03-29T00:59:59Z")));
    assert!(!london.is_open(at("2026-03-29T01:00:00Z")));
    assert_eq!(london.next_change(at("2026-03-29T00:00:00Z")), Some(at("2026-03-30T00:00:00Z")));
    let through = always("Europe/London", &[hours(30, 180)]);
    assert_eq!(through.next_change(at("2026-03-29T00:30:00Z")), Some(at("2026-03-29T02:00:00Z")));
}

#[test]
fn a_range_that_begins_in_the_skipped_hour_opens_at_the_jump() {
    let new_york = always("America/New_York", &[hours(150, 240)]);
    let jump = at("2026-03-08T07:00:00Z");
    assert!(!new_york.is_open(jump - 1) && new_york.is_open(jump));
    assert_eq!(new_york.next_change(jump - HOUR_MS), Some(jump));
    assert_eq!(new_york.next_change(jump), Some(jump + HOUR_MS));
}

#[test]
fn a_repeated_hour_is_open_twice() {
    let london = always("Europe/London", &[hours(60, 90)]);
    let first = at("2026-10-25T00:00:00Z");
    let changes = [first + HOUR_MS / 2, first + HOUR_MS, first + HOUR_MS * 3 / 2];
    let mut clock = first;
    for (index, change) in changes.into_iter().enumerate() {
        assert_eq!(london.is_open(clock), index % 2 == 0);
        assert_eq!(london.next_change(clock), Some(change));
        clock = change;
    }
}

#[test]
fn the_southern_hemisphere_and_odd_offsets_hold() {
    let sydney = always("Australia/Sydney", &[hours(120, 180)]);
    assert!(!sydney.is_open(at("2026-10-03T16:30:00Z")));
    assert!(sydney.is_open(at("2026-04-04T15:30:00Z")) && sydney.is_open(at("2026-04-04T16:30:00Z")));
    let nine = [hours(540, 1_020)];
    for (zone, opening) in [
        ("Asia/Kolkata", "2026-05-04T03:30:00Z"),
        ("Asia/Kathmandu", "2026-05-04T03:15:00Z"),
        ("Australia/Eucla", "2026-05-04T00:15:00Z"),
        ("Australia/Lord_Howe", "2026-05-03T22:30:00Z"),
    ] {
        let calendar = always(zone, &nine);
        assert!(!calendar.is_open(at(opening) - 1) && calendar.is_open(at(opening)), "{zone}");
    }
}

#[test]
fn a_range_past_midnight_belongs_to_its_first_day() {
    // Fridays from 22:00 to 02:00.
    let friday = Calendar::new(&spec("Asia/Shanghai", 1 << 4, &[hours(1_320, 120)])).unwrap();
    assert!(friday.is_open(at("2026-05-08T15:00:00Z")));
    assert!(friday.is_open(at("2026-05-08T17:59:59Z")));
    assert!(!friday.is_open(at("2026-05-08T18:00:00Z")));
    assert!(!friday.is_open(at("2026-05-07T17:00:00Z")));
}

#[test]
fn special_hours_win_over_closed_days_and_closed_days_over_the_week() {
    let mut spec = spec("Asia/Shanghai", 0x7f, &[hours(480, 1_260)]);
    spec.closed = vec![days((2026, 10, 1), (2026, 10, 7))];
    spec.special = vec![(day((2026, 10, 3)), vec![hours(540, 600)])];
    let calendar = Calendar::new(&spec).unwrap();
    assert!(!calendar.is_open(at("2026-10-01T04:00:00Z")));
    assert!(calendar.is_open(at("2026-10-03T01:30:00Z")));
    assert!(!calendar.is_open(at("2026-10-03T04:00:00Z")));
    assert!(calendar.is_open(at("2026-10-08T04:00:00Z")));
    assert_eq!(calendar.next_change(at("2026-10-03T04:00:00Z")), Some(at("2026-10-08T00:00:00Z")));
}

#[test]
fn a_closed_day_cuts_the_night_before_but_not_special_hours() {
    let mut spec = spec("UTC", 0x7f, &[hours(1_320, 120)]);
    spec.closed = vec![days((2026, 12, 25), (2026, 12, 26))];
    let plain = Calendar::new(&spec).unwrap();
    assert!(plain.is_open(at("2026-12-24T23:00:00Z")) && !plain.is_open(at("2026-12-25T01:00:00Z")));
    spec.special = vec![(day((2026, 12, 24)), vec![hours(1_380, 120)])];
    assert!(Calendar::new(&spec).unwrap().is_open(at("2026-12-25T01:00:00Z")));
}

#[test]
fn days_outside_the_listed_years_are_told_from_the_first_moment_on() {
    let mut spec = spec("Asia/Shanghai", 0x7f, &[hours(0, 1_440)]);
    spec.listed = Some(days((2025, 1, 1), (2026, 12, 31)));
    spec.special = vec![(day((2027, 1, 4)), vec![hours(0, 1_440)])];
    let calendar = Calendar::new(&spec).unwrap();
    let last = calendar.hours_at(at("2026-12-31T12:00:00Z"));
    assert!(last.listed);
    // Midnight in Shanghai.
    assert_eq!(last.until_ms, at("2026-12-31T16:00:00Z"));
    let after = calendar.hours_at(last.until_ms);
    assert!(after.open && !after.listed);
    assert_eq!(after.until_ms, at("2027-01-03T16:00:00Z"), "the calendar itself speaks of that day");
    assert!(calendar.hours_at(after.until_ms).listed);
    assert!(!calendar.hours_at(at("2024-06-01T00:00:00Z")).listed);
    assert_eq!(calendar.next_change(last.until_ms), None, "open or closed, it does not change");
}

#[test]
fn a_calendar_that_never_changes_says_so() {
    let open = always("UTC", &[hours(0, 1_440)]);
    assert!(open.is_open(0));
    assert_eq!(open.next_change(0), None);
    assert!(open.hours_at(0).until_ms > 0);
    assert!(!Calendar::new(&spec("UTC", 0, &[])).unwrap().hours_at(0).open);
}

#[test]
fn ranges_that_do_not_fit_are_refused() {
    assert!(matches!(Calendar::new(&spec("Mars/Base", 1, &[])), Err(CalendarError::UnknownZone(_))));
    let late = Calendar::new(&spec("UTC", 1, &[hours(1_440, 10)]));
    assert!(matches!(late, Err(CalendarError::TimeOutOfRange(_))));
    let mut backwards = spec("UTC", 1, &[]);
    backwards.closed = vec![DateRange { first: 2, last: 1 }];
    assert!(matches!(Calendar::new(&backwards), Err(CalendarError::DateOutOfRange(_))));
}

#[test]
fn absurd_moments_are_closed() {
    let open = always("UTC", &[hours(0, 1_440)]);
    for clock_ms in [i64::MIN, i64::MAX] {
        assert!(!open.is_open(clock_ms));
        assert!(!open.hours_at(clock_ms).open);
        assert_eq!(open.next_change(clock_ms), None);
    }
}

#[test]
fn moments_and_hours_agree() {
    let shanghai = always("Asia/Shanghai", &[hours(480, 1_260)]);
    let day = days_of_date(2026, 1, 5).unwrap();
    let opening = moment_ms(day, 8 * HOUR_MS, "Asia/Shanghai").unwrap();
    assert!(!shanghai.is_open(opening - 1) && shanghai.is_open(opening));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn the_next_change_is_the_first_minute_that_differs(
        zone in prop::sample::select(vec!["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]),
        weekdays in 0u8..128,
        ranges in prop::collection::vec((0u16..1_440, 0u16..=1_440), 0..4),
        minute in 0i64..525_600,
    ) {
        let ranges: Vec<_> = ranges.into_iter().map(|(from, to)| hours(from, to)).collect();
        let calendar = Calendar::new(&spec(zone, weekdays, &ranges)).unwrap();
        let clock = at("2026-01-01T00:00:00Z") + minute * 60_000;
        let now = calendar.hours_at(clock);
        let mut scan = clock;
        while scan < now.until_ms {
            prop_assert_eq!(calendar.is_open(scan), now.open);
            scan += 60_000;
        }
        if let Some(change) = calendar.next_change(clock) {
            prop_assert_ne!(calendar.is_open(change), now.open);
            prop_assert_eq!(calendar.is_open(change - 1), now.open);
        }
    }
}
