//! Whether a calendar is open at a moment, and until when that holds.
//!
//! Hours follow the clock on the wall in the calendar's zone. Where daylight saving skips an hour, that hour does
//! not exist; where it repeats one, both passes count. Hours belong to the day on which they begin: a range past
//! midnight runs on into the next day, unless that day is closed and the range comes from the week; special hours
//! run on whatever follows.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ToSpan};

use super::calendar::{CalendarSpec, DateRange, TimeRange};
use super::moment::{date_of, day_of, zone};

/// The longest stretch that one look-ahead of [`Calendar::hours_at`] covers, in days.
pub const LOOK_AHEAD_DAYS: i32 = 8;

/// The longest stretch that [`Calendar::next_change`] searches, in days.
pub const NEXT_CHANGE_DAYS_MAX: i32 = 400;

const MINUTES_A_DAY: u16 = 1_440;
const MS_A_DAY: i64 = 86_400_000;

/// A calendar that cannot be evaluated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarError {
    /// The zone is not in the IANA time zone database.
    UnknownZone(String),
    /// A range of the clock leaves the day: `from_min` above 1439 or `to_min` above 1440.
    TimeOutOfRange(TimeRange),
    /// A range of days ends before it begins or leaves the years 1–9999.
    DateOutOfRange(DateRange),
}

impl std::fmt::Display for CalendarError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::UnknownZone(name) => write!(f, "`{name}` is not an IANA time zone"),
            Self::TimeOutOfRange(range) => {
                write!(f, "minutes {}..{} do not fit a day of 1440 minutes", range.from_min, range.to_min)
            }
            Self::DateOutOfRange(range) => {
                write!(f, "days {}..{} are not a range of dates", range.first, range.last)
            }
        }
    }
}

impl std::error::Error for CalendarError {}

/// What a calendar says at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoursNow {
    /// Open or closed.
    pub open: bool,
    /// `false` when nobody knows whether the day is a holiday, and it was taken as none: it lies outside the years that
    /// the lists of holidays cover, and the calendar has no line of its own about it.
    pub listed: bool,
    /// The answer holds before this moment, in milliseconds since the Unix epoch.
    pub until_ms: i64,
}

/// A calendar ready to answer.
#[derive(Clone, Debug)]
pub struct Calendar {
    zone: TimeZone,
    /// Hours by weekday, Monday first.
    week: [Vec<TimeRange>; 7],
    closed: Vec<DateRange>,
    special: Vec<(DateRange, Vec<TimeRange>)>,
    listed: Option<DateRange>,
}

impl Calendar {
    /// Prepares a calendar.
    ///
    /// # Errors
    /// When the zone is unknown or a range does not fit.
    pub fn new(spec: &CalendarSpec) -> Result<Self, CalendarError> {
        let zone = zone(&spec.zone).ok_or_else(|| CalendarError::UnknownZone(spec.zone.clone()))?;
        let special_hours = spec.special.iter().flat_map(|(_, hours)| hours);
        spec.weekly.iter().flat_map(|on| &on.hours).chain(special_hours).try_for_each(check_time)?;
        spec.special.iter().map(|(days, _)| days).chain(&spec.closed).try_for_each(check_dates)?;
        let mut week: [Vec<TimeRange>; 7] = Default::default();
        for (weekday, hours) in week.iter_mut().enumerate() {
            let on_this_day = spec.weekly.iter().filter(|on| on.weekdays >> weekday & 1 == 1);
            hours.extend(on_this_day.flat_map(|on| on.hours.iter().copied()));
        }
        let (closed, special) = (spec.closed.clone(), spec.special.clone());
        Ok(Self { zone, week, closed, special, listed: spec.listed })
    }

    /// Whether the calendar is open at a moment, in milliseconds since the Unix epoch. A moment outside the years
    /// 1–9999 is closed.
    #[must_use]
    pub fn is_open(&self, clock_ms: i64) -> bool {
        let Ok(timestamp) = Timestamp::from_millisecond(clock_ms) else { return false };
        let local = self.zone.to_datetime(timestamp);
        let minute = minute_of(local.time());
        let today = day_of(local.date());
        let (hours, _) = self.hours_of(today);
        let (yesterday, is_special) = self.hours_of(today - 1);
        hours.iter().any(|range| today_part(*range).contains(&minute))
            || (is_special || !self.is_closed(today))
                && yesterday.iter().any(|range| minute < tomorrow_part(*range))
    }

    /// The answer at a moment and until when it holds: the next change, or [`LOOK_AHEAD_DAYS`] days later when
    /// nothing changes before. Made for keeping: ask again when the moment has come.
    #[must_use]
    pub fn hours_at(&self, clock_ms: i64) -> HoursNow {
        let (open, listed) = (self.is_open(clock_ms), self.is_listed(clock_ms));
        let differs = |at| self.is_open(at) != open || self.is_listed(at) != listed;
        let until_ms = self.change_within(clock_ms, differs).unwrap_or_else(|end| end);
        HoursNow { open, listed, until_ms }
    }

    /// Whether it is known if the day of a moment is a holiday; see [`HoursNow::listed`].
    #[must_use]
    pub fn is_listed(&self, clock_ms: i64) -> bool {
        let Some(listed) = self.listed else { return true };
        let Ok(timestamp) = Timestamp::from_millisecond(clock_ms) else { return false };
        let day = day_of(self.zone.to_datetime(timestamp).date());
        covers(listed, day)
            || self.closed.iter().any(|days| covers(*days, day))
            || self.special.iter().any(|(days, _)| covers(*days, day))
    }

    /// The first moment after `clock_ms` at which the answer differs from the one at `clock_ms`; `None` when it
    /// stays the same for [`NEXT_CHANGE_DAYS_MAX`] days.
    #[must_use]
    pub fn next_change(&self, clock_ms: i64) -> Option<i64> {
        let open = self.is_open(clock_ms);
        let mut from_ms = clock_ms;
        for _ in 0..NEXT_CHANGE_DAYS_MAX / LOOK_AHEAD_DAYS {
            match self.change_within(from_ms, |at| self.is_open(at) != open) {
                Ok(change_ms) => return Some(change_ms),
                Err(end_ms) => from_ms = end_ms,
            }
        }
        None
    }

    /// The first moment after `from_ms` whose answer differs, or the end of the stretch searched.
    fn change_within(&self, from_ms: i64, differs: impl Fn(i64) -> bool) -> Result<i64, i64> {
        let end_ms = from_ms.saturating_add(i64::from(LOOK_AHEAD_DAYS) * MS_A_DAY);
        let mut moments = self.boundaries(from_ms, end_ms);
        moments.sort_unstable();
        let mut later = moments.into_iter().filter(|at| *at > from_ms && *at <= end_ms);
        later.find(|at| differs(*at)).ok_or(end_ms)
    }

    /// Every moment at which the answer can change: ends of ranges, midnights, and shifts of the clock.
    fn boundaries(&self, from_ms: i64, end_ms: i64) -> Vec<i64> {
        let mut moments = Vec::new();
        let Ok(from) = Timestamp::from_millisecond(from_ms) else { return moments };
        let shifts = self.zone.following(from).map(|shift| shift.timestamp().as_millisecond());
        moments.extend(shifts.take_while(|at| *at <= end_ms));
        let today = day_of(self.zone.to_datetime(from).date());
        // One day more at either end: a shift of the clock may cross midnight.
        for day in today - 1..=today + LOOK_AHEAD_DAYS + 1 {
            self.day_boundaries(day, &mut moments);
        }
        moments
    }

    fn day_boundaries(&self, day: i32, moments: &mut Vec<i64>) {
        let Some(date) = date_of(day) else { return };
        let (hours, _) = self.hours_of(day);
        moments.extend(self.instants(date, 0));
        for range in hours {
            moments.extend(self.instants(date, range.from_min));
            let (end_date, end) = if range.to_min <= range.from_min {
                (date.tomorrow().unwrap_or(date), range.to_min)
            } else {
                (date, range.to_min)
            };
            moments.extend(self.instants(end_date, end));
        }
    }

    /// The moments at which the clock shows this minute: none in a gap, two in an overlap.
    fn instants(&self, date: Date, minute: u16) -> impl Iterator<Item = i64> + use<> {
        let local = DateTime::from_parts(date, Time::midnight()).checked_add(i64::from(minute).minutes());
        let offsets = local.as_ref().ok().map(|local| self.zone.to_ambiguous_timestamp(*local).offset());
        let pair = match offsets {
            Some(AmbiguousOffset::Unambiguous { offset }) => [Some(offset), None],
            Some(AmbiguousOffset::Fold { before, after }) => [Some(before), Some(after)],
            Some(AmbiguousOffset::Gap { .. }) | None => [None, None],
        };
        let local = local.ok();
        pair.into_iter()
            .flatten()
            .filter_map(move |offset| offset.to_timestamp(local?).ok())
            .map(Timestamp::as_millisecond)
    }

    /// The hours that begin on a day, and whether they are the day's own.
    fn hours_of(&self, day: i32) -> (&[TimeRange], bool) {
        if let Some((_, hours)) = self.special.iter().find(|(days, _)| covers(*days, day)) {
            return (hours, true);
        }
        if self.is_closed(day) {
            return (&[], false);
        }
        // Day 0, 1970-01-01, was a Thursday.
        let weekday = (day + 3).rem_euclid(7).unsigned_abs() as usize;
        (self.week.get(weekday).map_or(&[], Vec::as_slice), false)
    }

    fn is_closed(&self, day: i32) -> bool {
        self.closed.iter().any(|days| covers(*days, day))
            && !self.special.iter().any(|(days, _)| covers(*days, day))
    }
}

fn covers(days: DateRange, day: i32) -> bool {
    days.first <= day && day <= days.last
}

/// The minutes of a range on the day on which it begins.
fn today_part(range: TimeRange) -> std::ops::Range<u16> {
    range.from_min..if range.to_min <= range.from_min { MINUTES_A_DAY } else { range.to_min }
}

/// How many minutes of the next day belong to a range.
fn tomorrow_part(range: TimeRange) -> u16 {
    if range.to_min <= range.from_min { range.to_min } else { 0 }
}

fn minute_of(time: Time) -> u16 {
    u16::from(time.hour().unsigned_abs()) * 60 + u16::from(time.minute().unsigned_abs())
}

fn check_time(range: &TimeRange) -> Result<(), CalendarError> {
    if range.from_min < MINUTES_A_DAY && range.to_min <= MINUTES_A_DAY {
        Ok(())
    } else {
        Err(CalendarError::TimeOutOfRange(*range))
    }
}

fn check_dates(days: &DateRange) -> Result<(), CalendarError> {
    let known = date_of(days.first).is_some() && date_of(days.last).is_some();
    if known && days.first <= days.last { Ok(()) } else { Err(CalendarError::DateOutOfRange(*days)) }
}

#[cfg(test)]
mod tests;
