//! The nouns and functions of the language that the host computes: text folding, phrases, calendars, windows.

mod calendar;
mod phrase;

pub use calendar::{CalendarSpec, DateRange, HoursOn, TimeRange};
pub use phrase::PhraseIndex;
