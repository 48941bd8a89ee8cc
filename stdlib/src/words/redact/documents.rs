//! Numbers of identity documents without a check digit: social security, national insurance, passports.
//!
//! What looks like any other number is one of these only behind words that say so: an order has nine digits too.

use std::ops::Range;

use super::digits::{Digit, each_run};
use super::{Found, Redaction};
use crate::words::fold::{Folded, fold, fold_text};

/// So many bytes before a number are looked at for words that say what it is.
const CONTEXT_BYTES_MAX: usize = 60;

const SOCIAL_SECURITY: [&str; 3] = ["social security", "ssn", "社会安全号"];
const PASSPORT: [&str; 4] = ["passport", "护照", "旅券", "パスポート"];

/// The places of a national insurance number, and of passports of China, the United States and the United Kingdom.
const PLACES: usize = 9;

/// Finds the numbers of all documents.
pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    let mut add = |bytes: Range<usize>| found.push(Found { kind: Redaction::IdNumber, bytes });
    each_run(text, |run| social_security(text, run).into_iter().for_each(&mut add));
    let mut inside = false;
    for (at, letter) in text.char_indices() {
        let is_place = place(letter).is_some();
        if is_place && !inside {
            let rest = text.get(at..).unwrap_or_default();
            let length = national_insurance(rest).or_else(|| passport(rest, || says(text, at, &PASSPORT)));
            length.into_iter().for_each(|length| add(at..at + length));
        }
        inside = is_place;
    }
}

/// Nine digits in groups of three, two and four with dashes between, or however they are written behind its name.
fn social_security(text: &str, run: &[Digit]) -> Vec<Range<usize>> {
    let places = run.windows(PLACES).filter(|digits| {
        let whole = digits.first().is_some_and(|one| one.first) && digits.last().is_some_and(|one| one.last);
        whole
            && is_issued(digits)
            && (has_dashes(text, digits) || says(text, start(digits), &SOCIAL_SECURITY))
    });
    places.map(|digits| start(digits)..digits.last().map_or(0, |last| last.end)).collect()
}

fn start(digits: &[Digit]) -> usize {
    digits.first().map_or(0, |first| first.start)
}

/// No area 000, 666 or from 900 on, no group 00, no serial 0000.
fn is_issued(digits: &[Digit]) -> bool {
    let number = |places: Range<usize>| {
        let places = digits.get(places).unwrap_or_default();
        places.iter().fold(0_u32, |sum, digit| sum * 10 + u32::from(digit.value))
    };
    let area = number(0..3);
    digits.iter().all(|digit| digit.value < 10 && !digit.plus)
        && !matches!(area, 0 | 666 | 900..)
        && number(3..5) > 0
        && number(5..PLACES) > 0
}

fn has_dashes(text: &str, digits: &[Digit]) -> bool {
    let between = |(at, pair): (usize, &[Digit])| {
        let [before, after] = pair else { return false };
        let between = text.get(before.end..after.start).unwrap_or_default();
        if matches!(at, 2 | 4) { matches!(between, "-" | "–" | "－") } else { between.is_empty() }
    };
    digits.windows(2).enumerate().all(between)
}

/// Two letters, six digits and a letter from A to D; together, or in groups with a space between.
fn national_insurance(text: &str) -> Option<usize> {
    let mut letters = text.char_indices().peekable();
    let mut places = [' '; PLACES];
    let mut end = 0;
    let mut count = 0;
    while let Some(slot) = places.get_mut(count) {
        let (at, letter) = letters.next()?;
        match place(letter) {
            Some(plain) => {
                (*slot, end) = (plain, at + letter.len_utf8());
                count += 1;
            }
            None if letter == ' ' && letters.peek().is_some_and(|(_, next)| place(*next).is_some()) => {}
            None => return None,
        }
    }
    let ends = letters.peek().is_none_or(|(_, next)| place(*next).is_none());
    let [first, second, digits @ .., suffix] = places;
    let prefix = [first, second];
    let allowed = prefix.iter().all(|letter| letter.is_ascii_lowercase() && !"dfiquv".contains(*letter))
        && second != 'o'
        && !["bg", "gb", "kn", "nk", "nt", "tn", "zz"].contains(&String::from_iter(prefix).as_str());
    let sound = allowed && digits.iter().all(char::is_ascii_digit) && matches!(suffix, 'a'..='d');
    (sound && ends).then_some(end)
}

/// Nine digits, or a letter and eight, or `E`, a letter and seven: nothing that only passports have.
fn passport(text: &str, is_said: impl FnOnce() -> bool) -> Option<usize> {
    let word = text.char_indices().take_while(|(_, letter)| place(*letter).is_some());
    let places: Vec<(usize, char)> = word.take(PLACES + 1).collect();
    let plain: String = places.iter().filter_map(|(_, letter)| place(*letter)).collect();
    let digits = plain.trim_start_matches(|letter: char| letter.is_ascii_lowercase());
    let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    let shape = matches!((plain.len() - digits.len(), plain.as_bytes()), (0 | 1, _) | (2, [b'e', ..]));
    let (at, last) = places.last().filter(|_| plain.len() == PLACES && all_digits && shape)?;
    is_said().then_some(at + last.len_utf8())
}

/// Whether one of these words stands shortly before a place.
fn says(text: &str, at: usize, words: &[&str]) -> bool {
    let from = (at.saturating_sub(CONTEXT_BYTES_MAX)..=at).find(|from| text.is_char_boundary(*from));
    let before = fold_text(from.and_then(|from| text.get(from..at)).unwrap_or_default());
    words.iter().any(|word| before.contains(fold_text(word).as_str()))
}

/// A letter or digit, small and of half width.
fn place(letter: char) -> Option<char> {
    match fold(letter) {
        Folded::Word(plain) if plain.is_ascii_alphanumeric() => Some(plain),
        _ => None,
    }
}
