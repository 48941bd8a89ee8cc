//! Holidays and calendars.

use super::{Name, Path, Quoted, Spanned};
use crate::source::Span;

/// A range of days, both ends included, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// First.
    pub first: i32,
    /// Last.
    pub last: i32,
    /// Where.
    pub span: Span,
}

/// `holidays NAME covers 2025..2026 { … }`
#[derive(Clone, Debug)]
pub struct Holidays {
    /// Name.
    pub name: Name,
    /// First and last year covered.
    pub covers: Option<(Spanned<f64>, Spanned<f64>)>,
    /// The days and how they are called.
    pub days: Vec<(Days, Option<Quoted>)>,
    /// The whole item.
    pub span: Span,
}

/// A range of the clock in minutes since midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// 0..1440.
    pub from_min: u16,
    /// 0..=1440; at or before `from_min`: on the next day.
    pub to_min: u16,
    /// Where.
    pub span: Span,
}

/// `calendar NAME in Zone { … }`
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Name.
    pub name: Name,
    /// IANA zone as written.
    pub zone: Spanned<String>,
    /// Lines.
    pub lines: Vec<CalendarLine>,
    /// The whole item.
    pub span: Span,
}

/// A line of a calendar.
#[derive(Clone, Debug)]
pub enum CalendarLine {
    /// `mon..fri, sun 08:00-21:00, …`; bit 0 = Monday.
    Weekly {
        /// Bit set of week days.
        weekdays: u8,
        /// Open hours.
        hours: Vec<Hours>,
        /// Where.
        span: Span,
    },
    /// `closed on NAME`
    ClosedOnHolidays(Path),
    /// `closed on 2026-12-24..2026-12-26, …`
    ClosedOn(Vec<Days>),
    /// `open on 2026-10-10 09:00-18:00`
    OpenOn(Vec<Days>, Vec<Hours>),
}
