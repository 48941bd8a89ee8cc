//! Time that counts only while a calendar is open.

use tandem_stdlib::words::Calendar;

use super::limits::MAX_CALENDAR_CHANGES;

/// The moment at which a calendar has been open for `within_ms` since `from_ms`. A calendar that does not open any more
/// counts as open, so that no deadline is lost.
pub(super) fn after_open(calendar: Option<&Calendar>, from_ms: i64, within_ms: i64) -> i64 {
    let Some(calendar) = calendar else { return from_ms.saturating_add(within_ms) };
    let (mut at_ms, mut left_ms) = (from_ms, within_ms);
    for _ in 0..MAX_CALENDAR_CHANGES {
        let Some(changes_ms) = calendar.next_change(at_ms) else { break };
        if calendar.is_open(at_ms) {
            let stretch_ms = changes_ms.saturating_sub(at_ms);
            if stretch_ms >= left_ms {
                break;
            }
            left_ms = left_ms.saturating_sub(stretch_ms);
        }
        at_ms = changes_ms;
    }
    at_ms.saturating_add(left_ms)
}

#[cfg(test)]
mod tests {
    use super::after_open;
    use tandem_stdlib::words::{Calendar, CalendarSpec, HoursOn, TimeRange, days_of_date, moment_ms};

    #[test]
    fn the_night_and_the_week_end_do_not_count() {
        let hours = vec![TimeRange { from_min: 540, to_min: 1_080 }];
        let calendar = Calendar::new(&CalendarSpec {
            name: "office".to_owned(),
            zone: "Europe/Berlin".to_owned(),
            weekly: vec![HoursOn { weekdays: 0b001_1111, hours }],
            closed: Vec::new(),
            special: Vec::new(),
            listed: None,
        })
        .unwrap();
        let at = |day, hour: i64| {
            moment_ms(days_of_date(2026, 3, day).unwrap(), hour * 3_600_000, "Europe/Berlin").unwrap()
        };
        // Friday 17:00 and two hours of open time: Monday 10:00, over the night in which clocks go forward.
        assert_eq!(after_open(Some(&calendar), at(27, 17), 7_200_000), at(30, 10));
        assert_eq!(after_open(Some(&calendar), at(27, 17), 3_600_000), at(27, 18), "the last minute counts");
        assert_eq!(after_open(None, 5, 7), 12);
    }
}
