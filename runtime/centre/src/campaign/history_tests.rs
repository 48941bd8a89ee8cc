use super::*;
use proptest::prelude::*;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
const WHO: (&str, &str) = ("p", "+33");

fn cap(max: u32, window: Window, per: AttemptsOf) -> AttemptCap {
    AttemptCap { max, window, per }
}

fn called(at: &[i64]) -> History {
    let mut history = History::default();
    at.iter().for_each(|at| history.begin(WHO.0, WHO.1, *at));
    history
}

#[test]
fn a_sliding_window_opens_when_its_oldest_attempt_leaves() {
    let caps = [cap(3, Window::Sliding(7 * DAY_MS), AttemptsOf::Person)];
    let history = called(&[0, DAY_MS, 2 * DAY_MS]);
    assert_eq!(history.allowed(&caps, WHO, 3 * DAY_MS, &["UTC"]), Some(7 * DAY_MS));
    assert_eq!(history.allowed(&caps, WHO, 7 * DAY_MS, &["UTC"]), Some(7 * DAY_MS));
    assert_eq!(called(&[0, DAY_MS]).allowed(&caps, WHO, 2 * DAY_MS, &["UTC"]), Some(2 * DAY_MS));
}

#[test]
fn a_person_with_two_numbers_is_one_person() {
    let mut history = called(&[0]);
    history.begin("p", "+44", HOUR_MS);
    let person = [cap(2, Window::Sliding(DAY_MS), AttemptsOf::Person)];
    let number = [cap(2, Window::Sliding(DAY_MS), AttemptsOf::Number)];
    assert_eq!(history.allowed(&person, ("p", "+49"), 2 * HOUR_MS, &["UTC"]), Some(DAY_MS));
    assert_eq!(history.allowed(&number, ("p", "+33"), 2 * HOUR_MS, &["UTC"]), Some(2 * HOUR_MS));
}

#[test]
fn a_day_of_the_calendar_ends_when_it_ends_in_every_zone() {
    let caps = [cap(1, Window::CalendarDay, AttemptsOf::Person)];
    let noon =
        days_of_date(2026, 6, 1).and_then(|day| moment_ms(day, 12 * HOUR_MS, "America/New_York")).unwrap();
    let history = called(&[noon]);
    let midnight = |zone| days_of_date(2026, 6, 2).and_then(|day| moment_ms(day, 0, zone));
    let zones = ["America/New_York", "America/Los_Angeles"];
    assert_eq!(history.allowed(&caps, WHO, noon + 1, &zones), midnight("America/Los_Angeles"));
    assert_eq!(history.allowed(&caps, WHO, noon + 1, &["America/New_York"]), midnight("America/New_York"));
}

#[test]
fn a_month_counts_its_attempts() {
    let january = days_of_date(2026, 1, 30).and_then(|day| moment_ms(day, 0, "UTC")).unwrap();
    let history = called(&[january]);
    let month = [cap(1, Window::CalendarMonth, AttemptsOf::Person)];
    let february = days_of_date(2026, 2, 1).and_then(|day| moment_ms(day, 0, "UTC"));
    assert_eq!(history.allowed(&month, WHO, january + 1, &["UTC"]), february);
}

#[test]
fn quiet_periods_begin_with_their_disposition_and_may_never_end() {
    let mut history = called(&[0]);
    history.end("p", Disposition::Abandoned, HOUR_MS);
    let lockouts = [(Disposition::Abandoned, 72 * HOUR_MS), (Disposition::Refused, i64::MAX)];
    assert_eq!(history.quiet_until(&lockouts, "p", 2 * HOUR_MS), Some(73 * HOUR_MS));
    history.end("p", Disposition::Refused, 2 * HOUR_MS);
    assert_eq!(history.quiet_until(&lockouts, "p", 3 * HOUR_MS), None);
    assert_eq!(history.quiet_until(&lockouts, "q", 3 * HOUR_MS), Some(3 * HOUR_MS));
}

proptest! {
    /// Whoever calls as early as allowed never makes more attempts in any window than the cap says, and memory is bounded.
    #[test]
    fn no_window_ever_holds_more_than_its_cap(
        max in 1_u32..6,
        window_ms in 1_i64..50_000,
        gaps in prop::collection::vec(0_i64..9_000, 1..200),
    ) {
        let caps = [cap(max, Window::Sliding(window_ms), AttemptsOf::Number)];
        let (mut history, mut now_ms, mut made) = (History::default(), 0, Vec::new());
        for gap in gaps {
            now_ms = history.allowed(&caps, WHO, now_ms + gap, &["UTC"]).unwrap();
            history.begin(WHO.0, WHO.1, now_ms);
            made.push(now_ms);
        }
        for at in &made {
            let inside = made.iter().filter(|other| (at - window_ms + 1..=*at).contains(*other)).count();
            prop_assert!(inside <= max as usize);
        }
        prop_assert!(history.people["p"].at_ms.len() <= MAX_ATTEMPTS_REMEMBERED);
    }
}
