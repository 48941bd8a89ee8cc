//! Opening hours in a time zone, with holidays and exceptions.

use serde::{Deserialize, Serialize};

/// A calendar: open or closed at every moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarSpec {
    /// Full name.
    pub name: String,
    /// IANA time zone, such as `Asia/Shanghai`.
    pub zone: String,
    /// Weekly hours.
    pub weekly: Vec<HoursOn>,
    /// Days closed whatever the week says; both ends included.
    pub closed: Vec<DateRange>,
    /// Days with hours of their own; they win over `closed`.
    pub special: Vec<(DateRange, Vec<TimeRange>)>,
    /// The days of which every list of holidays in use speaks; `None` when none is used or none says its years. Of
    /// other days nobody knows whether they are holidays.
    pub listed: Option<DateRange>,
}

/// Hours on some days of the week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursOn {
    /// Bit 0 = Monday … bit 6 = Sunday.
    pub weekdays: u8,
    /// Open in these ranges.
    pub hours: Vec<TimeRange>,
}

/// A range of the clock, the end excluded; an end at or before the start lies on the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeRange {
    /// Minutes since midnight, 0..1440.
    pub from_min: u16,
    /// Minutes since midnight, 0..=1440.
    pub to_min: u16,
}

/// A range of days, both ends included, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateRange {
    /// First day.
    pub first: i32,
    /// Last day.
    pub last: i32,
}
