//! Masking what was found.

use std::borrow::Cow;

use super::digits::each_run;
use super::{Found, Redaction, find};

/// How often a text is looked through: what is left of one number may, with the digits after it, be another.
pub const MASK_PASSES_MAX: usize = 8;

/// Numbers of fewer places show fewer.
const LONG: usize = 15;

/// What stands for a digit or a letter that is hidden.
const HIDDEN: char = '*';

/// Hides everything of these kinds in a text, and keeps what people need to recognise it by:
///
/// | kind | keeps | for example |
/// |---|---|---|
/// | `card_number` | the last 4 digits | `**** **** **** 1111` |
/// | `id_number` | the first 3 and the last 4 places; of fewer than 15, the last 4 alone | `110***********4514` |
/// | `phone` | the last 4 digits, and the first 3 of 10 or more | `138****8000` |
/// | `email` | the first letter and the domain | `a***@example.com` |
/// | `iban` | the first 4 and the last 4 places | `GB29 **** **** **** **98 19` |
///
/// A digit that was read out becomes one star; what stands between digits stays. Masking a masked text changes
/// nothing.
#[must_use]
pub fn mask<'t>(text: &'t str, kinds: &[Redaction]) -> Cow<'t, str> {
    let mut masked = Cow::Borrowed(text);
    for _ in 0..MASK_PASSES_MAX {
        let found = find(&masked, kinds);
        if found.is_empty() {
            break;
        }
        masked = Cow::Owned(hide(&masked, &found));
    }
    masked
}

fn hide(text: &str, found: &[Found]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut kept_to = 0;
    for Found { kind, bytes } in found {
        masked.push_str(text.get(kept_to..bytes.start).unwrap_or_default());
        let part = text.get(bytes.clone()).unwrap_or_default();
        match kind {
            Redaction::Email => hide_email(part, &mut masked),
            Redaction::Iban => hide_letters(part, 4, &mut masked),
            Redaction::IdNumber if part.bytes().any(|byte| byte.is_ascii_alphabetic()) && is_short(part) => {
                hide_letters(part, 0, &mut masked);
            }
            Redaction::CardNumber | Redaction::IdNumber | Redaction::Phone => {
                hide_digits(*kind, part, &mut masked)
            }
        }
        kept_to = bytes.end;
    }
    masked.push_str(text.get(kept_to..).unwrap_or_default());
    masked
}

fn hide_email(part: &str, masked: &mut String) {
    let at = part.find(['@', '＠']).or_else(|| part.to_ascii_lowercase().rfind(" at "));
    let local = part.get(..at.unwrap_or(part.len())).unwrap_or(part);
    masked.extend(local.chars().next());
    masked.push_str("***");
    masked.push_str(part.get(local.len()..).unwrap_or_default());
}

/// Whether it has fewer places than a Chinese identity number, and no words that stand for digits.
fn is_short(part: &str) -> bool {
    part.chars().filter(|letter| letter.is_alphanumeric()).count() < LONG
}

/// Hides all but the first and the last four places.
fn hide_letters(part: &str, first: usize, masked: &mut String) {
    let is_place = |letter: &char| *letter != ' ';
    let places = part.chars().filter(is_place).count();
    let mut place = 0;
    for letter in part.chars() {
        let keeps = !is_place(&letter) || place < first || place + 4 >= places;
        masked.push(if keeps { letter } else { HIDDEN });
        place += usize::from(is_place(&letter));
    }
}

fn hide_digits(kind: Redaction, part: &str, masked: &mut String) {
    let mut spans = Vec::new();
    each_run(part, |run| spans.extend(run.iter().map(|digit| (digit.start, digit.end))));
    let first = match kind {
        Redaction::CardNumber => 0,
        Redaction::Phone if spans.len() < 10 => 0,
        Redaction::IdNumber if spans.len() < LONG => 0,
        _ => 3,
    };
    let (count, mut written_to) = (spans.len(), 0);
    for (place, (start, end)) in spans.into_iter().enumerate() {
        if place < first || place + 4 >= count || end <= written_to {
            continue;
        }
        // Of digits that share a word, one hidden hides the word.
        masked.push_str(part.get(written_to..start).unwrap_or_default());
        masked.push(HIDDEN);
        written_to = end;
    }
    masked.push_str(part.get(written_to..).unwrap_or_default());
}
