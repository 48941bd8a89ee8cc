//! Personal data in texts: finding it, and masking it.
//!
//! Numbers are found as typed, in full width, read out digit by digit in English (`four one double one`) and in Chinese
//! (`六二二八`), with spaces, dashes and the like between their groups. What has a check digit is found only when it
//! holds. Time grows with the text's length; memory with what is found and with the longest run of digits.

mod digits;
mod documents;
mod email;
mod iban;
mod kind;
mod mask;
mod number;
mod spelt;
#[cfg(test)]
mod tests;
mod whole;

use std::collections::BTreeMap;
use std::ops::Range;

pub use kind::Redaction;
pub use mask::{MASK_PASSES_MAX, mask};
pub use whole::masked_text;

/// Personal data found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: Redaction,
    /// Where, in bytes.
    pub bytes: Range<usize>,
}

/// Everything of these kinds in a text, in order, nothing overlapping: where two could be meant, the longer one, then
/// the one that stands first in [`Redaction::ALL`], identity numbers before cards.
#[must_use]
pub fn find(text: &str, kinds: &[Redaction]) -> Vec<Found> {
    let mut found = Vec::new();
    digits::each_run(text, |run| number::find(run, kinds, &mut found));
    if kinds.contains(&Redaction::IdNumber) {
        documents::find(text, &mut found);
    }
    if kinds.contains(&Redaction::Email) {
        email::find(text, &mut found);
        spelt::find(text, &mut found);
    }
    if kinds.contains(&Redaction::Iban) {
        iban::find(text, &mut found);
    }
    longest_first(found)
}

fn longest_first(mut found: Vec<Found>) -> Vec<Found> {
    let rank = |kind| if kind == Redaction::IdNumber { None } else { Some(kind) };
    found.sort_by_key(|one| (std::cmp::Reverse(one.bytes.len()), one.bytes.start, rank(one.kind)));
    let mut chosen: BTreeMap<usize, Found> = BTreeMap::new();
    for one in found {
        let before = chosen.range(..one.bytes.end).next_back();
        if before.is_none_or(|(_, before)| before.bytes.end <= one.bytes.start) {
            chosen.insert(one.bytes.start, one);
        }
    }
    chosen.into_values().collect()
}
