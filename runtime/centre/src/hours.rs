//! Calendars as facts.

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

    /// The word of the `hours` vocabulary at a moment, and the clock until which it holds.
    pub(crate) fn at(&self, manifest: &Manifest, ty: Type, clock_ms: i64) -> (Slot, i64) {
        let now = self.0.hours_at(clock_ms);
        (word(manifest, ty, if now.open { "open" } else { "closed" }), now.until_ms)
    }
}
