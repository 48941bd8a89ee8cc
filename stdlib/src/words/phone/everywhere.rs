//! Hours in several zones at once.

use crate::words::{Calendar, CalendarError, CalendarSpec};

/// The longest search of [`HoursInZones::next_open`], in changes of the calendars.
const CHANGES_MAX: usize = 2_000;

/// A calendar in every zone in which somebody may be: open when it is open in all of them.
///
/// This is the strictest reading of calling hours for a number whose zone is not sure.
#[derive(Clone, Debug)]
pub struct HoursInZones(Vec<Calendar>);

impl HoursInZones {
    /// Prepares a calendar's hours, holidays and exceptions in each zone; its own zone does not matter. Without a zone
    /// it is never open.
    ///
    /// # Errors
    /// When a zone is unknown or the calendar cannot be evaluated.
    pub fn new(hours: &CalendarSpec, zones: &[&str]) -> Result<Self, CalendarError> {
        let there = zones
            .iter()
            .map(|zone| Calendar::new(&CalendarSpec { zone: (*zone).to_owned(), ..hours.clone() }));
        there.collect::<Result<_, _>>().map(Self)
    }

    /// Whether it is open in all zones at a moment, in milliseconds since the Unix epoch.
    #[must_use]
    pub fn is_open(&self, clock_ms: i64) -> bool {
        !self.0.is_empty() && self.0.iter().all(|calendar| calendar.is_open(clock_ms))
    }

    /// The first moment from `clock_ms` on at which it is open in all zones; `None` when there is none for a year, or
    /// the hours of the zones never meet.
    #[must_use]
    pub fn next_open(&self, clock_ms: i64) -> Option<i64> {
        let mut at_ms = clock_ms;
        for _ in 0..CHANGES_MAX {
            let closed: Vec<&Calendar> = self.0.iter().filter(|calendar| !calendar.is_open(at_ms)).collect();
            if closed.is_empty() {
                return (!self.0.is_empty()).then_some(at_ms);
            }
            // Nothing can open everywhere before each closed zone has opened.
            at_ms = closed
                .into_iter()
                .map(|calendar| calendar.next_change(at_ms))
                .try_fold(at_ms, |latest, next| next.map(|next| latest.max(next)))?;
        }
        None
    }
}
