use super::*;
use tandem_stdlib::words::{HoursOn, TimeRange, days_of_date, moment_ms};

fn zones(number: &str) -> &'static [&'static str] {
    match number {
        "+33" => &["Europe/Paris"],
        "+1" => &["America/New_York", "America/Los_Angeles"],
        _ => &[],
    }
}

fn hours(unsure: UnsureZone, from: u16, to: u16) -> CallingTimes {
    let weekly = vec![HoursOn {
        weekdays: 0b111_1111,
        hours: vec![TimeRange { from_min: from * 60, to_min: to * 60 }],
    }];
    let week =
        CallingWeek { clock: CallingClock::Callee { unsure }, weekly, closed: Vec::new(), listed: None };
    CallingTimes::new(&CallingHours { open: vec![week], calendars: Vec::new() }, &[], zones).unwrap()
}

fn at(month: u32, day: u32, hour: i64, zone: &str) -> i64 {
    moment_ms(days_of_date(2026, month, day).unwrap(), hour * 3_600_000, zone).unwrap()
}

#[test]
fn the_callee_s_clock_counts_across_daylight_saving() {
    let mut times = hours(UnsureZone::Strictest, 9, 20);
    // The clocks of Paris go forward in the night to 2026-03-29.
    let evening = at(3, 28, 20, "Europe/Paris");
    assert_eq!(times.next_open("+33", evening), Ok(at(3, 29, 9, "Europe/Paris")));
    assert_eq!(at(3, 29, 9, "Europe/Paris") - evening, 12 * 3_600_000, "the night is an hour shorter");
    assert_eq!(times.next_open("+33", evening - 1), Ok(evening - 1));
}

#[test]
fn a_number_of_several_zones_is_called_when_all_are_open() {
    let mut times = hours(UnsureZone::Strictest, 9, 20);
    let morning = at(6, 1, 9, "America/New_York");
    assert_eq!(times.next_open("+1", morning), Ok(at(6, 1, 9, "America/Los_Angeles")));
    let late = at(6, 1, 18, "America/Los_Angeles");
    assert_eq!(times.next_open("+1", late), Ok(at(6, 2, 9, "America/Los_Angeles")));
}

#[test]
fn what_is_unsure_is_as_the_policy_says() {
    let now = at(6, 1, 12, "UTC");
    assert_eq!(hours(UnsureZone::Never, 9, 20).next_open("+1", now), Err(NotCalled::Zone));
    assert_eq!(hours(UnsureZone::Strictest, 9, 20).next_open("+999", now), Err(NotCalled::Zone));
    let assumed = UnsureZone::Assume("Asia/Tokyo".to_owned());
    assert_eq!(hours(assumed, 9, 20).next_open("+999", now), Ok(at(6, 2, 9, "Asia/Tokyo")));
}

#[test]
fn hours_of_zones_that_never_meet_are_told() {
    assert_eq!(
        hours(UnsureZone::Strictest, 9, 11).next_open("+1", at(6, 1, 0, "UTC")),
        Err(NotCalled::Hours)
    );
}

#[test]
fn a_zone_that_does_not_exist_is_told_at_once() {
    let week = CallingWeek {
        clock: CallingClock::Zone("Mars/Olympus".to_owned()),
        weekly: Vec::new(),
        closed: Vec::new(),
        listed: None,
    };
    assert!(
        CallingTimes::new(&CallingHours { open: vec![week], calendars: Vec::new() }, &[], zones).is_err()
    );
}
