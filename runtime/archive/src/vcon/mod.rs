//! vCon files (IETF draft, version 0.0.2, and the older names in the wild) to recorded calls.

mod dialog;
mod history;
mod labels;
mod language;
mod parties;
mod recording;
mod seal;

pub(crate) use dialog::{Dialog, DialogKind, dialogs};
pub(crate) use history::Moment;
pub(crate) use labels::labels;
pub(crate) use language::language;
pub(crate) use parties::people;
pub(crate) use recording::{Found, Recording, decode, stem};

use serde_json::{Map, Value};

/// Whether an object looks like a vCon.
pub(crate) fn is_vcon(object: &Map<String, Value>) -> bool {
    object.contains_key("vcon") || (object.contains_key("dialog") && object.contains_key("parties"))
}

#[cfg(test)]
mod tests;
