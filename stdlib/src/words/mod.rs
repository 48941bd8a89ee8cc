//! The nouns and functions of the language that the host computes: text folding, phrases, calendars, windows, telephone
//! numbers, personal data in texts, and the figures of a centre.

mod calendar;
mod currency;
pub mod fold;
mod hours;
pub mod kpi;
mod moment;
mod name;
mod pattern;
pub mod phone;
mod phrase;
pub mod redact;
mod service_level;
pub mod window;

pub use calendar::{CalendarSpec, DateRange, HoursOn, TimeRange};
pub use currency::{CURRENCIES, currency_digits, is_currency};
pub use hours::{Calendar, CalendarError, HoursNow, LOOK_AHEAD_DAYS, NEXT_CHANGE_DAYS_MAX};
pub use moment::{date_of_days, day_at, days_of_date, moment_ms, nearest_zone, year_of_day, zone_exists};
pub use name::{LANGUAGES, closest, is_e164, is_language};
pub use pattern::{
    EXPANSIONS_MAX, NESTING_MAX, PATTERN_BYTES_MAX, Pattern, PatternError, PatternErrorKind, Phrase,
};
pub use phrase::{AUTOMATA_MAX, NO_MATCH, PhraseAutomaton, PhraseIndex, PhraseOutput};
pub use redact::Redaction;
pub use service_level::{AnswerCounts, ServiceLevelFormula};
