//! Calendars as facts.

use std::collections::BTreeMap;

use tandem_stdlib::contract::{Manifest, Slot, Type};
use tandem_stdlib::words::{Calendar, CalendarSpec};

use crate::error::CoreError;
use crate::fact_slots::word;

/// A calendar made ready.
pub(crate) struct Hours(Calendar);

impl Hours {
    pub(crate) fn new(spec: &CalendarSpec) -> Result<Self, CoreError> {
        let calendar = Calendar::new(spec);
        let named = |problem| CoreError::Calendar { name: spec.name.clone(), problem };
        calendar.map(Self).map_err(|error| named(error.to_string()))
    }

    /// What the calendar says at a moment, and the clock until which it holds.
    pub(crate) fn at(&self, manifest: &Manifest, ty: Type, clock_ms: i64) -> (Said, i64) {
        let now = self.0.hours_at(clock_ms);
        let word = word(manifest, ty, if now.open { "open" } else { "closed" });
        (Said { word, listed: now.listed }, now.until_ms)
    }
}

/// What a calendar says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    /// The word of the `hours` vocabulary.
    pub(crate) word: Slot,
    /// Whether it is known if the day is a holiday.
    pub(crate) listed: bool,
}

/// Stretches of one calendar that are kept; beyond, they are forgotten and worked out again.
const STRETCHES_MAX: usize = 1_024;

/// What a calendar has answered so far. Kept from call to call: calls of one day ask for the same stretches, and an
/// answer depends on nothing but the clock.
#[derive(Debug, Default)]
pub(crate) struct KnownHours {
    /// By the clock at its end: the stretch's beginning, as far back as known, and what was said.
    stretches: BTreeMap<i64, (i64, Said)>,
}

impl KnownHours {
    /// As [`Hours::at`].
    pub(crate) fn at(&mut self, hours: &Hours, manifest: &Manifest, ty: Type, clock_ms: i64) -> (Said, i64) {
        let ends_later = self.stretches.range(clock_ms.saturating_add(1)..).next();
        if let Some((until_ms, (from_ms, value))) = ends_later
            && *from_ms <= clock_ms
        {
            return (*value, *until_ms);
        }
        let (value, until_ms) = hours.at(manifest, ty, clock_ms);
        if self.stretches.len() >= STRETCHES_MAX {
            self.stretches.clear();
        }
        // A stretch that ends there already is the same one, seen from later on.
        self.stretches.insert(until_ms, (clock_ms, value));
        (value, until_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tandem_stdlib::contract::{Vocabulary, VocabularyKind};
    use tandem_stdlib::words::{HoursOn, TimeRange};

    #[test]
    fn what_is_known_is_what_the_calendar_says() {
        let words = ["open".to_owned(), "closed".to_owned()].to_vec();
        let vocabulary = Vocabulary { name: "hours".to_owned(), kind: VocabularyKind::Enum, words };
        let manifest = Manifest { vocabularies: vec![vocabulary], ..Manifest::default() };
        let spec = CalendarSpec {
            name: "service_hours".to_owned(),
            zone: "Europe/London".to_owned(),
            weekly: vec![HoursOn {
                weekdays: 0b001_1111,
                hours: vec![TimeRange { from_min: 540, to_min: 1_080 }],
            }],
            closed: Vec::new(),
            special: Vec::new(),
            listed: None,
        };
        let hours = Hours::new(&spec).unwrap();
        let (mut known, ty) = (KnownHours::default(), Type::Word(0));
        for step in 0..3_000_i64 {
            // Back and forth through two weeks, by strides that hit every hour.
            let clock_ms = (step * 7_919 % 336) * 3_600_000 + step % 2;
            let (value, until_ms) = known.at(&hours, &manifest, ty, clock_ms);
            assert_eq!(value, hours.at(&manifest, ty, clock_ms).0, "at {clock_ms}");
            assert_eq!(value, hours.at(&manifest, ty, until_ms - 1).0, "until {until_ms}");
            assert!(until_ms > clock_ms);
        }
        assert!(known.stretches.len() <= 60, "known answers are used");
    }
}
