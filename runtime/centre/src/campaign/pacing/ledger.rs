//! What an abandonment cap still allows over its window.

use std::collections::VecDeque;

use tandem_stdlib::contract::{AbandonCap, CallingClock, CampaignSpec, Manifest, Window};
use tandem_stdlib::words::{date_of_days, day_at, days_of_date, moment_ms};

/// A sliding window is kept in so many parts; the oldest is only partly inside, and counts as is worse.
const PARTS: i64 = 720;

/// Abandoned calls and those that they are a share of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AbandonCount {
    /// Calls that were abandoned.
    pub abandoned: u64,
    /// Calls of the cap's denominator.
    pub of: u64,
}

impl AbandonCount {
    /// 0..1; 0 when there were no calls.
    #[must_use]
    pub fn share(self) -> f64 {
        if self.of == 0 { 0.0 } else { self.abandoned as f64 / self.of as f64 }
    }

    /// How many more may be abandoned; below 0 when it was too many.
    fn left(self, cap: f64) -> f64 {
        cap * self.of as f64 - self.abandoned as f64
    }

    const fn add(&mut self, more: Self) {
        self.abandoned = self.abandoned.saturating_add(more.abandoned);
        self.of = self.of.saturating_add(more.of);
    }

    const fn take(&mut self, less: Self) {
        self.abandoned = self.abandoned.saturating_sub(less.abandoned);
        self.of = self.of.saturating_sub(less.of);
    }
}

/// The clock on which days and months of the calendar begin: an IANA zone; UTC when it is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarClock(pub String);

impl CalendarClock {
    /// The clock of a campaign: that of its own hours, else of its centre's calendar, else UTC.
    #[must_use]
    pub fn of(spec: &CampaignSpec, manifest: &Manifest) -> Self {
        let zone = spec.hours.open.iter().find_map(|week| match &week.clock {
            CallingClock::Zone(zone) => Some(zone.clone()),
            CallingClock::Callee { .. } => None,
        });
        let calendar = spec.hours.calendars.first().and_then(|index| manifest.calendars.get(*index as usize));
        let zone = zone.or_else(|| calendar.map(|calendar| calendar.zone.clone()));
        Self(zone.unwrap_or_else(|| "UTC".to_owned()))
    }

    /// When the day (or month) at this moment ends, milliseconds since the Unix epoch.
    fn end_of(&self, window: Window, now_ms: i64) -> i64 {
        let zone = if day_at(now_ms, &self.0).is_some() { self.0.as_str() } else { "UTC" };
        let Some(today) = day_at(now_ms, zone) else { return i64::MAX };
        let next = match (window, date_of_days(today)) {
            (Window::CalendarMonth, Some((year, 12, _))) => days_of_date(year.saturating_add(1), 1, 1),
            (Window::CalendarMonth, Some((year, month, _))) => days_of_date(year, month + 1, 1),
            _ => Some(today.saturating_add(1)),
        };
        next.and_then(|day| moment_ms(day, 0, zone)).unwrap_or(i64::MAX)
    }
}

/// A part of a sliding window.
#[derive(Clone, Copy, Debug)]
struct Part {
    until_ms: i64,
    count: AbandonCount,
}

/// Counts abandoned calls over the window of a cap. Memory: at most 721 parts.
#[derive(Clone, Debug)]
pub struct Ledger {
    cap: AbandonCap,
    clock: CalendarClock,
    whole: AbandonCount,
    parts: VecDeque<Part>,
    /// A window of the calendar ends then.
    period_ends_ms: Option<i64>,
}

impl Ledger {
    /// Nothing has been counted.
    #[must_use]
    pub const fn new(cap: AbandonCap, clock: CalendarClock) -> Self {
        Self {
            cap,
            clock,
            whole: AbandonCount { abandoned: 0, of: 0 },
            parts: VecDeque::new(),
            period_ends_ms: None,
        }
    }

    /// Counts calls at a moment, milliseconds since the Unix epoch; moments never fall.
    pub fn add(&mut self, now_ms: i64, more: AbandonCount) {
        self.forward(now_ms);
        self.whole.add(more);
        let Window::Sliding(window_ms) = self.cap.window else { return };
        match self.parts.back_mut().filter(|part| now_ms < part.until_ms) {
            Some(part) => part.count.add(more),
            None => {
                let until_ms = now_ms.saturating_add((window_ms / PARTS).max(1));
                self.parts.push_back(Part { until_ms, count: more });
            }
        }
    }

    /// What the window holds now.
    pub fn count(&mut self, now_ms: i64) -> AbandonCount {
        self.forward(now_ms);
        self.whole
    }

    /// How many calls may still be abandoned now.
    pub(super) fn left(&mut self, now_ms: i64) -> f64 {
        self.forward(now_ms);
        let whole = self.whole.left(self.cap.share);
        let oldest = self.parts.front().filter(|_| self.parts.len() > 1).map(|part| part.count);
        let mut without = self.whole;
        without.take(oldest.unwrap_or_default());
        whole.min(if oldest.is_some() { without.left(self.cap.share) } else { whole })
    }

    /// How many calls the window so far allowed to abandon.
    pub(super) fn granted(&self) -> f64 {
        self.cap.share * self.whole.of as f64
    }

    /// Forgets what lies outside of the window.
    fn forward(&mut self, now_ms: i64) {
        match self.cap.window {
            Window::Sliding(window_ms) => {
                let from_ms = now_ms.saturating_sub(window_ms);
                while let Some(part) = self.parts.pop_front_if(|part| part.until_ms <= from_ms) {
                    self.whole.take(part.count);
                }
            }
            Window::CalendarDay | Window::CalendarMonth => {
                if self.period_ends_ms.is_none_or(|end| end <= now_ms) {
                    self.whole = AbandonCount::default();
                    self.period_ends_ms = Some(self.clock.end_of(self.cap.window, now_ms));
                }
            }
            Window::Campaign => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tandem_stdlib::contract::AbandonedOf;

    const DAY_MS: i64 = 86_400_000;

    fn ledger(window: Window) -> Ledger {
        let cap = AbandonCap { share: 0.03, of: AbandonedOf::LiveAnswers, window };
        Ledger::new(cap, CalendarClock("America/New_York".to_owned()))
    }

    fn one(abandoned: u64) -> AbandonCount {
        AbandonCount { abandoned, of: 1 }
    }

    #[test]
    fn a_sliding_window_forgets_and_never_flatters() {
        let mut ledger = ledger(Window::Sliding(30 * DAY_MS));
        ledger.add(0, AbandonCount { abandoned: 0, of: 1_000 });
        ledger.add(DAY_MS, AbandonCount { abandoned: 5, of: 100 });
        // The first thousand are on their way out: they no longer excuse anything.
        assert!(ledger.left(DAY_MS) < 0.0);
        assert_eq!(ledger.count(30 * DAY_MS).of, 1_100);
        assert_eq!(ledger.count(31 * DAY_MS - 1), AbandonCount { abandoned: 5, of: 100 });
        assert_eq!(ledger.count(32 * DAY_MS), AbandonCount::default());
    }

    #[test]
    fn memory_is_bounded() {
        let mut ledger = ledger(Window::Sliding(DAY_MS));
        for step in 0..200_000 {
            ledger.add(step * 1_000, one(0));
        }
        assert!(ledger.parts.len() as i64 <= PARTS + 1, "{}", ledger.parts.len());
        assert_eq!(ledger.count(200_000_000).of, ledger.parts.iter().map(|part| part.count.of).sum::<u64>());
    }

    #[test]
    fn a_month_of_the_calendar_begins_at_local_midnight() {
        let mut ledger = ledger(Window::CalendarMonth);
        // 2026-11-30 23:59 and 2026-12-01 00:00 in New York.
        let december = moment_ms(days_of_date(2026, 12, 1).unwrap(), 0, "America/New_York").unwrap();
        ledger.add(december - 60_000, one(1));
        assert_eq!(ledger.count(december - 1).abandoned, 1);
        assert_eq!(ledger.count(december), AbandonCount::default());
    }
}
