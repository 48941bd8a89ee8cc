//! The nearest known name to a misspelt one.

use tandem_stdlib::words::closest;

/// ` (did you mean …?)` with the nearest known name in backticks, or nothing when none is near.
pub(crate) fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    closest(name, known).map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"))
}
