//! Which numbers a run of digits holds.

use super::digits::{Digit, TEN};
use super::{Found, Redaction};
use crate::words::days_of_date;
use crate::words::phone;

/// The most digits of any number looked for: a payment card's.
const DIGITS_MAX: usize = 19;

/// The fewest: a telephone number's, with its country code.
const DIGITS_MIN: usize = 8;

/// Finds numbers that begin and end with a group of the run.
pub(super) fn find(run: &[Digit], kinds: &[Redaction], found: &mut Vec<Found>) {
    for (start, first) in run.iter().enumerate().filter(|(_, digit)| digit.first) {
        let window = run.get(start..run.len().min(start + DIGITS_MAX)).unwrap_or_default();
        for (count, last) in (1..).zip(window).filter(|(count, digit)| *count >= DIGITS_MIN && digit.last) {
            let mut values = [0_u8; DIGITS_MAX];
            values.iter_mut().zip(window).for_each(|(value, digit)| *value = digit.value);
            let Some(values) = values.get(..count) else { continue };
            let is_kind = |kind: &&Redaction| holds(**kind, values, window);
            let bytes = first.start..last.end;
            found
                .extend(kinds.iter().filter(is_kind).map(|kind| Found { kind: *kind, bytes: bytes.clone() }));
        }
    }
}

/// Whether digits are a number of a kind; `run` is what they begin.
fn holds(kind: Redaction, digits: &[u8], run: &[Digit]) -> bool {
    let plus = run.first().is_some_and(|digit| digit.plus);
    match kind {
        Redaction::CardNumber => !plus && is_card(digits),
        Redaction::IdNumber => !plus && is_chinese_id(digits),
        Redaction::Phone => !digits.contains(&TEN) && is_phone(digits, run, plus),
        Redaction::Email | Redaction::Iban => false,
    }
}

/// ISO/IEC 7812: 13–19 digits with Luhn's check digit, that begin as cards for payment do (2–6, and 81 and 82).
pub(super) fn is_card(digits: &[u8]) -> bool {
    let issued = matches!(digits, [2..=6, ..] | [8, 1 | 2, ..]);
    issued && (13..=19).contains(&digits.len()) && !digits.contains(&TEN) && luhn(digits)
}

fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let value = u32::from(*digit) << (place % 2);
            if value > 9 { value - 9 } else { value }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// GB 11643: region, date of birth, order, and a check digit of ISO 7064 MOD 11-2, of which ten is an X.
pub(super) fn is_chinese_id(digits: &[u8]) -> bool {
    let &[region @ 1..=9, _, _, _, _, _, y1, y2, y3, y4, m1, m2, d1, d2, ref order @ .., _] = digits else {
        return false;
    };
    let number = |parts: &[u8]| parts.iter().fold(0_u32, |sum, part| sum * 10 + u32::from(*part));
    let year = i32::try_from(number(&[y1, y2, y3, y4])).unwrap_or_default();
    let born =
        (1850..=2100).contains(&year) && days_of_date(year, number(&[m1, m2]), number(&[d1, d2])).is_some();
    let places = order.len() == 3 && digits.iter().rev().skip(1).all(|digit| *digit < TEN);
    let checked = digits.iter().fold(0_u32, |sum, digit| (sum * 2 + u32::from(*digit)) % 11) == 1;
    places && region != 9 && born && checked
}

/// A number in the international form with a plus or `00`, a Chinese mobile number, a North American one of a known
/// area, or a national one after a trunk zero: 10–12 digits, as in China's landlines, the United Kingdom, France,
/// Germany and Japan.
fn is_phone(digits: &[u8], run: &[Digit], plus: bool) -> bool {
    if plus {
        return digits.len() <= 15 && phone::starts_with_country(digits);
    }
    match digits {
        [0, 0, rest @ ..] => (8..=15).contains(&rest.len()) && phone::starts_with_country(rest),
        [0, 1..=9, ..] => (10..=12).contains(&digits.len()),
        [8, 6, 1, 3..=9, ..] if digits.len() == 13 => true,
        [1, 3..=9, ..] if digits.len() == 11 => true,
        [1, rest @ ..] if rest.len() == 10 => is_north_american(rest, run.get(1..).unwrap_or_default()),
        rest if rest.len() == 10 => is_north_american(rest, run),
        _ => false,
    }
}

/// Ten digits, area and exchange set apart from the rest as North America writes them, or a known area with nothing or
/// everything set apart: a date and a time are no number.
fn is_north_american(digits: &[u8], run: &[Digit]) -> bool {
    let only_there =
        |is: fn(&Digit) -> bool| (1..10).all(|at| run.get(at).is_some_and(is) == matches!(at, 3 | 6));
    if only_there(|digit| digit.first) || only_there(|digit| digit.apart) {
        return matches!(digits, [2..=9, ..]);
    }
    let is_first = |at: usize| run.get(at).is_some_and(|digit| digit.first);
    phone::is_north_american(digits) && (is_first(3) && is_first(6) || !(1..10).any(is_first))
}
