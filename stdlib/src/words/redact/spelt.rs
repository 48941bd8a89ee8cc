//! E-mail addresses as they are read out: `anna dot bell at example dot com`, letters one by one included.

use super::{Found, Redaction};

/// The most words of an address.
const WORDS_MAX: usize = 80;

/// Ends of domains that are worth a search; others are read out too seldom.
const TOPS: &[&str] = &[
    "com", "org", "net", "edu", "gov", "info", "biz", "io", "co", "me", "uk", "us", "ca", "au", "cn", "hk",
    "jp", "de", "fr", "eu", "it", "es", "nl", "ch", "at", "in",
];

/// Words before `at` that name no mailbox: `look at example dot com`.
const NO_NAMES: &[&str] =
    &["look", "us", "website", "online", "available", "found", "shop", "page", "site", "everything"];

/// Finds addresses; time grows with the text's length.
pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    let words = words(text);
    let ats = words.iter().enumerate().filter(|(_, (_, word))| word.eq_ignore_ascii_case("at"));
    for (at, _) in ats {
        let start = words.get(..at).and_then(|before| name(text, before));
        let end = words.get(at + 1..).and_then(domain);
        if let (Some(start), Some(end)) = (start, end) {
            found.push(Found { kind: Redaction::Email, bytes: start..end });
        }
    }
}

/// Runs of ASCII letters and digits, with where they begin.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        if letter.is_ascii_alphanumeric() {
            start = start.or(Some(at));
        } else if let Some(start) = start.take() {
            words.extend(text.get(start..at).map(|word| (start, word)));
        }
    }
    words
}

/// Where the name that ends before an `at` begins: words with `dot` and the like between, or letters.
fn name(text: &str, before: &[(usize, &str)]) -> Option<usize> {
    let (last_at, last) = before.last()?;
    let behind = text.get(last_at + last.len()..)?.trim_start_matches([' ', ',', '\u{a0}']);
    if !behind.get(..2).is_some_and(|next| next.eq_ignore_ascii_case("at")) || is_one_of(NO_NAMES, last) {
        return None;
    }
    let mut start = before.len() - 1;
    while start > 0 && before.len() - start < WORDS_MAX {
        let (word, (earlier_at, earlier)) = (before.get(start)?.1, *before.get(start - 1)?);
        let joins = |word: &str| is_one_of(&["dot", "underscore", "dash", "hyphen"], word);
        // The letter of `it's` is none of a name.
        let is_ending = text.get(..earlier_at)?.ends_with(['\'', '’']);
        if is_ending || !(joins(word) || joins(earlier) || word.len() == 1 && earlier.len() == 1) {
            break;
        }
        start -= 1;
    }
    before.get(start).map(|(at, _)| *at)
}

/// Where the domain at the beginning of words ends: words or letters with `dot` between, the last a known end.
fn domain(words: &[(usize, &str)]) -> Option<usize> {
    let (mut label, mut dots, mut end) = (String::new(), 0, None);
    for (at, word) in words.iter().take(WORDS_MAX) {
        if is_one_of(&["dot"], word) && !label.is_empty() {
            label.clear();
            dots += 1;
            continue;
        }
        // A label is a word, or letters one by one.
        if !label.is_empty() && (word.len() > 1 || end.is_some()) {
            break;
        }
        label.push_str(&word.to_ascii_lowercase());
        if dots > 0 && TOPS.contains(&label.as_str()) {
            end = Some(at + word.len());
        }
    }
    end
}

fn is_one_of(words: &[&str], word: &str) -> bool {
    words.iter().any(|known| known.eq_ignore_ascii_case(word))
}
