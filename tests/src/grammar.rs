//! The parts of the grammar that examples must show and generators must use.

use std::collections::BTreeSet;

use tandem_lang::parse::{Part, grammar_parts, grammar_parts_in};
use tandem_lang::source::Sources;

/// Every part that a sound policy can use.
#[must_use]
pub fn needed() -> BTreeSet<Part> {
    grammar_parts().into_iter().filter(|(rule, part)| !is_beyond(rule, part)).collect()
}

/// What no sound policy uses.
fn is_beyond(rule: &str, part: &str) -> bool {
    match (rule, part) {
        // A cell that is one word is read without the grammar.
        ("cell", "kw_any") | ("kw_any", _) => true,
        // Known, so that a test that sets them is told why it cannot.
        ("signal", "\"talk_share\"" | "\"silence\"") => true,
        // An operation without `else`, whose parts are those of operations.
        ("condition", part) => !part.is_empty(),
        _ => false,
    }
}

/// The parts that texts use.
#[must_use]
pub fn used<'t>(texts: impl IntoIterator<Item = &'t str>) -> BTreeSet<Part> {
    let mut sources = Sources::default();
    let files: Vec<_> = texts.into_iter().map(|text| sources.add("policy.tdm", text, false)).collect();
    files.into_iter().flat_map(|file| grammar_parts_in(file, &sources)).collect()
}

/// What is needed and not used, a line each.
#[must_use]
pub fn missing(used: &BTreeSet<Part>, of: impl Fn(&Part) -> bool) -> String {
    let words = |(rule, part): &Part| {
        if part.is_empty() { format!("`{rule}`") } else { format!("`{rule}` with {part}") }
    };
    let missing: Vec<String> = needed().difference(used).filter(|part| of(part)).map(words).collect();
    missing.join("\n")
}
