//! What reports keep to themselves.

use std::borrow::Cow;

use tandem_stdlib::contract::{Manifest, Operand};
use tandem_stdlib::words::Redaction;
use tandem_stdlib::words::redact::mask;

use crate::value::show_value;

/// What stands for a sensitive value.
const HIDDEN: &str = "(hidden)";

/// What a policy masks in what is written down. A mask that holds for some calls alone counts for all: a report that
/// hides too much can be repaired, one that tells cannot.
pub(crate) struct Privacy(Vec<Redaction>);

impl Privacy {
    pub(crate) fn of(manifest: &Manifest) -> Self {
        let masks = manifest.masks.iter().filter(|mask| mask.transcript);
        let mut kinds: Vec<Redaction> = masks.flat_map(|mask| mask.kinds.iter().copied()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        Self(kinds)
    }

    /// Whether anything is masked.
    pub(crate) const fn hides(&self) -> bool {
        !self.0.is_empty()
    }

    /// A text as it may be written down.
    pub(crate) fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.0.is_empty() { Cow::Borrowed(text) } else { mask(text, &self.0) }
    }

    /// A value that a condition read, in the author's spelling.
    pub(crate) fn operand(&self, manifest: &Manifest, operand: &Operand, text: Option<&str>) -> String {
        if operand.sensitive {
            return HIDDEN.to_owned();
        }
        let text = text.map(|text| self.text(text));
        show_value(manifest, operand.ty, operand.value, text.as_deref())
    }
}
