//! When somebody may be called: the hours of a campaign or call-back, on the clock of whoever is called.

use std::collections::BTreeMap;
use std::sync::Arc;

use tandem_stdlib::contract::{CallingClock, CallingHours, CallingWeek, NotCalled, UnsureZone};
use tandem_stdlib::words::{Calendar, CalendarSpec, phone};

use crate::error::CoreError;

/// The zones in which a number may ring, as its numbering plan tells; one alone when that is sure, none when nothing is
/// known.
pub type ZonesOf = fn(&str) -> &'static [&'static str];

/// The zones that numbering plans tell.
#[must_use]
pub fn zones_by_number(number: &str) -> &'static [&'static str] {
    phone::zones_of(number).zones
}

/// Changes of the hours that one search for an open moment follows.
const CHANGES_MAX: usize = 2_000;

/// Zones whose hours are kept; there are fewer in the world.
const ZONES_MAX: usize = 1_000;

/// Calling hours made ready.
#[derive(Clone, Debug)]
pub struct CallingTimes {
    weeks: Vec<CallingWeek>,
    /// Calendars of the centre: the same whoever is called.
    centre: Vec<Arc<Calendar>>,
    zones_of: ZonesOf,
    /// By week and zone.
    ready: BTreeMap<(usize, String), Arc<Calendar>>,
}

impl CallingTimes {
    /// Makes hours ready; `calendars` are the manifest's.
    ///
    /// # Errors
    /// When a calendar or a week cannot be evaluated.
    pub fn new(
        hours: &CallingHours,
        calendars: &[CalendarSpec],
        zones_of: ZonesOf,
    ) -> Result<Self, CoreError> {
        let named = hours.calendars.iter().filter_map(|index| calendars.get(*index as usize));
        let centre = named.map(ready).collect::<Result<_, _>>()?;
        let mut times = Self { weeks: hours.open.clone(), centre, zones_of, ready: BTreeMap::new() };
        // A zone or range that does not exist is told now, not at the first call.
        for (index, week) in hours.open.iter().enumerate() {
            let zone = match &week.clock {
                CallingClock::Zone(zone) | CallingClock::Callee { unsure: UnsureZone::Assume(zone) } => zone,
                CallingClock::Callee { .. } => "UTC",
            };
            times.in_zone(index, week, zone)?;
        }
        Ok(times)
    }

    /// The zones on whose clocks days and months of the callee are counted: those that the number may lie in, or UTC.
    #[must_use]
    pub fn zones(&self, number: &str) -> &'static [&'static str] {
        let zones = (self.zones_of)(number);
        if zones.is_empty() { &["UTC"] } else { zones }
    }

    /// The first moment from `clock_ms` on (milliseconds since the Unix epoch) at which all hours are open for a number.
    /// Exact across daylight saving.
    ///
    /// # Errors
    /// [`NotCalled::Zone`] when the number does not tell its zone and nobody says what then; [`NotCalled::Unlisted`] when the
    /// next open day lies outside the years that a calendar's lists of holidays cover; [`NotCalled::Hours`] when no moment
    /// within a year is open.
    pub fn next_open(&mut self, number: &str, clock_ms: i64) -> Result<i64, NotCalled> {
        let calendars = self.calendars(number)?;
        let mut at_ms = clock_ms;
        for _ in 0..CHANGES_MAX {
            let closed = calendars.iter().filter(|calendar| !calendar.is_open(at_ms));
            // Nothing is open everywhere before each that is closed has opened.
            let opens = closed.map(|calendar| calendar.next_change(at_ms)).collect::<Option<Vec<i64>>>();
            match opens.ok_or(NotCalled::Hours)?.into_iter().max() {
                // A day that might be a holiday is none on which somebody is called.
                None if calendars.iter().any(|calendar| !calendar.is_listed(at_ms)) => {
                    return Err(NotCalled::Unlisted);
                }
                None => return Ok(at_ms),
                Some(opens_ms) => at_ms = opens_ms,
            }
        }
        Err(NotCalled::Hours)
    }

    /// All calendars that must be open for a number.
    fn calendars(&mut self, number: &str) -> Result<Vec<Arc<Calendar>>, NotCalled> {
        let mut calendars = self.centre.clone();
        let weeks = std::mem::take(&mut self.weeks);
        let found = weeks.iter().enumerate().try_for_each(|(index, week)| {
            let (one, zones): (&str, &[&str]) = match &week.clock {
                CallingClock::Zone(zone) => (zone, &[]),
                CallingClock::Callee { unsure } => match ((self.zones_of)(number), unsure) {
                    (sure @ [_], _) | (sure @ [_, ..], UnsureZone::Strictest) => ("", sure),
                    (_, UnsureZone::Assume(zone)) => (zone, &[]),
                    _ => return Err(NotCalled::Zone),
                },
            };
            for zone in zones.iter().copied().chain((!one.is_empty()).then_some(one)) {
                calendars.push(self.in_zone(index, week, zone).map_err(|_| NotCalled::Zone)?);
            }
            Ok(())
        });
        self.weeks = weeks;
        found.map(|()| calendars)
    }

    fn in_zone(&mut self, index: usize, week: &CallingWeek, zone: &str) -> Result<Arc<Calendar>, CoreError> {
        let key = (index, zone.to_owned());
        if let Some(calendar) = self.ready.get(&key) {
            return Ok(Arc::clone(calendar));
        }
        let calendar = ready(&CalendarSpec {
            name: "calling hours".to_owned(),
            zone: zone.to_owned(),
            weekly: week.weekly.clone(),
            closed: week.closed.clone(),
            special: Vec::new(),
            listed: week.listed,
        })?;
        if self.ready.len() >= ZONES_MAX.saturating_mul(self.weeks.len().max(1)) {
            self.ready.clear();
        }
        self.ready.insert(key, Arc::clone(&calendar));
        Ok(calendar)
    }
}

fn ready(spec: &CalendarSpec) -> Result<Arc<Calendar>, CoreError> {
    let named = |problem| CoreError::Calendar { name: spec.name.clone(), problem };
    Calendar::new(spec).map(Arc::new).map_err(|error| named(error.to_string()))
}

#[cfg(test)]
mod tests;
