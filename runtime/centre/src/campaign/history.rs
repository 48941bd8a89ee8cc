//! Who was called when, and how it ended: what attempt caps, waits and quiet periods look at.

use std::collections::{BTreeMap, VecDeque};

use tandem_stdlib::contract::{AttemptCap, AttemptsOf, Disposition, Window};
use tandem_stdlib::words::{date_of_days, day_at, days_of_date, moment_ms};

use super::limits::{MAX_ATTEMPTS_REMEMBERED, MAX_REMEMBERED};

/// Attempts of one person or number. Bounded by [`MAX_ATTEMPTS_REMEMBERED`]; older ones are forgotten.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attempts {
    /// When, oldest first, milliseconds since the Unix epoch.
    at_ms: VecDeque<i64>,
    /// When each disposition came last.
    ended: BTreeMap<Disposition, i64>,
}

impl Attempts {
    fn begin(&mut self, now_ms: i64) {
        // Logs may tell things out of order.
        let place = self.at_ms.partition_point(|at| *at <= now_ms);
        self.at_ms.insert(place, now_ms);
        if self.at_ms.len() > MAX_ATTEMPTS_REMEMBERED {
            self.at_ms.pop_front();
        }
    }

    /// The first moment from `now_ms` on at which a cap allows another attempt; `None`: never.
    fn allowed(&self, cap: &AttemptCap, now_ms: i64, zones: &[&str]) -> Option<i64> {
        let max = usize::try_from(cap.max).unwrap_or(usize::MAX).min(MAX_ATTEMPTS_REMEMBERED);
        match cap.window {
            _ if max == 0 => None,
            // Of one campaign alone: its lead counts.
            Window::Campaign => Some(now_ms),
            Window::Sliding(window_ms) => {
                // The attempt that must have left the window.
                let oldest = self.at_ms.len().checked_sub(max).and_then(|index| self.at_ms.get(index));
                Some(oldest.map_or(now_ms, |at| at.saturating_add(window_ms).max(now_ms)))
            }
            window => zones
                .iter()
                .map(|zone| self.allowed_on(max, window, now_ms, zone))
                .try_fold(now_ms, |latest, allowed| Some(latest.max(allowed?))),
        }
    }

    /// As [`allowed`](Self::allowed), for days and months on the calendar of one zone.
    fn allowed_on(&self, max: usize, window: Window, now_ms: i64, zone: &str) -> Option<i64> {
        let (first, next) = period(window, day_at(now_ms, zone)?)?;
        let (from_ms, until_ms) = (moment_ms(first, 0, zone)?, moment_ms(next, 0, zone)?);
        let made = self.at_ms.iter().filter(|at| (from_ms..until_ms).contains(*at)).count();
        Some(if made < max { now_ms } else { until_ms })
    }
}

/// The first day of the calendar's day or month, and the day after its last.
fn period(window: Window, day: i32) -> Option<(i32, i32)> {
    let Window::CalendarMonth = window else { return Some((day, day.checked_add(1)?)) };
    let (year, month, _) = date_of_days(day)?;
    let next =
        if month == 12 { days_of_date(year.checked_add(1)?, 1, 1) } else { days_of_date(year, month + 1, 1) };
    Some((days_of_date(year, month, 1)?, next?))
}

/// Attempts of everybody, over all campaigns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    people: BTreeMap<String, Attempts>,
    numbers: BTreeMap<String, Attempts>,
    /// People and numbers that are never called again.
    do_not_call: std::collections::BTreeSet<String>,
}

impl History {
    /// Whether there is room for another person and number.
    #[must_use]
    pub fn has_room(&self) -> bool {
        let remembered = self.people.len().max(self.numbers.len());
        remembered < MAX_REMEMBERED && self.do_not_call.len() < MAX_REMEMBERED
    }

    /// An attempt begins.
    pub fn begin(&mut self, person: &str, number: &str, now_ms: i64) {
        of(&mut self.people, person).begin(now_ms);
        of(&mut self.numbers, number).begin(now_ms);
    }

    /// An attempt has ended.
    pub fn end(&mut self, person: &str, disposition: Disposition, now_ms: i64) {
        let last = of(&mut self.people, person).ended.entry(disposition).or_insert(now_ms);
        *last = now_ms.max(*last);
    }

    /// A person or number is never called again.
    pub fn never_again(&mut self, who: &str) {
        self.do_not_call.insert(who.to_owned());
    }

    /// Whether a person or number is on the do-not-call list.
    #[must_use]
    pub fn is_never_called(&self, person: &str, number: &str) -> bool {
        self.do_not_call.contains(person) || self.do_not_call.contains(number)
    }

    /// The first moment from `now_ms` on at which all caps but those of the whole campaign allow another attempt; `None`:
    /// never. `zones` are those of the number.
    #[must_use]
    pub fn allowed(
        &self,
        caps: &[AttemptCap],
        (person, number): (&str, &str),
        now_ms: i64,
        zones: &[&str],
    ) -> Option<i64> {
        let none = Attempts::default();
        caps.iter().try_fold(now_ms, |latest, cap| {
            let attempts = match cap.per {
                AttemptsOf::Person => self.people.get(person),
                AttemptsOf::Number => self.numbers.get(number),
            };
            Some(latest.max(attempts.unwrap_or(&none).allowed(cap, now_ms, zones)?))
        })
    }

    /// When the quiet periods after earlier dispositions are over; `None`: never.
    #[must_use]
    pub fn quiet_until(&self, lockouts: &[(Disposition, i64)], person: &str, now_ms: i64) -> Option<i64> {
        let Some(attempts) = self.people.get(person) else { return Some(now_ms) };
        lockouts.iter().try_fold(now_ms, |latest, (disposition, quiet_ms)| {
            match attempts.ended.get(disposition) {
                Some(_) if *quiet_ms == i64::MAX => None,
                Some(ended_ms) => Some(latest.max(ended_ms.saturating_add(*quiet_ms))),
                None => Some(latest),
            }
        })
    }
}

fn of<'a>(map: &'a mut BTreeMap<String, Attempts>, key: &str) -> &'a mut Attempts {
    if !map.contains_key(key) {
        map.insert(key.to_owned(), Attempts::default());
    }
    map.entry(key.to_owned()).or_default()
}

#[cfg(test)]
#[path = "history_tests.rs"]
mod tests;
