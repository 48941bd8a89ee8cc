//! No more attempts than a law allows.

use tandem_stdlib::contract::{AttemptCap, AttemptsOf, Window};

use super::{Bench, Terms};
use crate::check::context::Context;
use crate::diagnostics::Code;

/// A day at its longest, when clocks are put back.
const DAY_MS_MAX: i64 = 25 * 3_600_000;
/// A day at its shortest.
const DAY_MS_MIN: i64 = 23 * 3_600_000;
/// Days of a month at most.
const MONTH_DAYS_MAX: i64 = 31;

/// Some cap of the campaign must imply the law's; a campaign without caps has the law's.
pub(super) fn at_most(context: &mut Context<'_>, bench: &Bench<'_>, law: AttemptCap, terms: &mut Terms<'_>) {
    if terms.said.attempts.is_empty() {
        if !terms.limits.attempts.iter().any(|(cap, _)| *cap == law) {
            terms.limits.attempts.push((law, bench.line));
        }
        return;
    }
    if terms.limits.attempts.iter().any(|(own, _)| implies(*own, law)) {
        return;
    }
    let Some((_, span)) = terms.limits.attempts.first().copied() else { return };
    let asked = context.shown(bench.line);
    let message = "the limits leave room for more attempts".to_owned();
    let help = format!("add `{asked}`, or lower the limits");
    bench.breaks(context, Code::LawAttempts, span, message, &help);
}

/// Whether whoever keeps one cap keeps the other. A person's attempts are never fewer than those of one number.
fn implies(own: AttemptCap, law: AttemptCap) -> bool {
    let counted = own.per == law.per || own.per == AttemptsOf::Person;
    let most = i64::from(own.max).checked_mul(windows(own.window, law.window).unwrap_or(i64::MAX));
    counted && most.is_some_and(|most| most <= i64::from(law.max))
}

/// How many windows of the first kind cover any of the second; `None`: no number does.
fn windows(own: Window, law: Window) -> Option<i64> {
    let longest_ms = match law {
        Window::Sliding(ms) => ms,
        Window::CalendarDay => DAY_MS_MAX,
        Window::CalendarMonth => MONTH_DAYS_MAX * DAY_MS_MAX,
        Window::Campaign => i64::MAX,
    };
    match (own, law) {
        (Window::Campaign, _) => Some(1),
        (one, other) if one == other => Some(1),
        (Window::CalendarMonth, Window::CalendarDay) => Some(1),
        (Window::Sliding(ms), _) => Some(longest_ms.checked_add(ms - 1)? / ms),
        // A stretch that moves may begin late on one day and end early on another.
        (Window::CalendarDay, _) => {
            Some((longest_ms.checked_add(DAY_MS_MIN - 1)? / DAY_MS_MIN).checked_add(1)?)
        }
        (Window::CalendarMonth, _) => {
            let month_ms = 28 * DAY_MS_MIN;
            Some((longest_ms.checked_add(month_ms - 1)? / month_ms).checked_add(1)?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400_000;

    fn cap(max: u32, window: Window) -> AttemptCap {
        AttemptCap { max, window, per: AttemptsOf::Person }
    }

    #[test]
    fn a_longer_window_with_no_more_attempts_implies_a_shorter_one() {
        assert!(implies(cap(3, Window::Sliding(30 * DAY)), cap(3, Window::Sliding(7 * DAY))));
        assert!(!implies(cap(4, Window::Sliding(30 * DAY)), cap(3, Window::Sliding(7 * DAY))));
    }

    #[test]
    fn a_shorter_window_counts_as_often_as_it_fits() {
        assert!(implies(cap(1, Window::Sliding(10 * DAY)), cap(3, Window::Sliding(30 * DAY))));
        assert!(!implies(cap(1, Window::Sliding(9 * DAY)), cap(3, Window::Sliding(30 * DAY))));
        assert!(!implies(cap(3, Window::CalendarDay), cap(3, Window::Sliding(DAY))));
        assert!(implies(cap(1, Window::CalendarDay), cap(3, Window::Sliding(DAY))));
    }

    #[test]
    fn attempts_of_a_number_say_nothing_about_the_person() {
        let number = AttemptCap { per: AttemptsOf::Number, ..cap(1, Window::Campaign) };
        assert!(!implies(number, cap(3, Window::Sliding(DAY))));
        assert!(implies(cap(1, Window::Campaign), AttemptCap { max: 3, ..number }));
    }
}
