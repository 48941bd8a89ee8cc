//! International bank account numbers, ISO 13616.

use super::{Found, Redaction};
use crate::words::fold::{Folded, fold};

/// The length of each country's numbers, from the registry that SWIFT keeps.
const LENGTHS: &str = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 \
    EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 \
    LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 \
    SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20";

/// Finds numbers whose check digits hold: all together or in groups with a space between.
pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    let mut inside = false;
    for (at, letter) in text.char_indices() {
        let is_word = matches!(fold(letter), Folded::Word(_));
        if is_word && !inside {
            let bytes = text.get(at..).and_then(length).map(|length| at..at + length);
            found.extend(bytes.map(|bytes| Found { kind: Redaction::Iban, bytes }));
        }
        inside = is_word;
    }
}

/// How many bytes the number at the beginning of a text has.
fn length(text: &str) -> Option<usize> {
    let mut letters = text.char_indices().peekable();
    let mut country = [0_u8; 2];
    for place in &mut country {
        *place = u8::try_from(word(letters.next()?.1).filter(char::is_ascii_lowercase)?)
            .ok()?
            .to_ascii_uppercase();
    }
    let wanted = places(&country)?;
    let (mut count, mut end, mut body) = (2, 0, 0);
    // The number's letters go behind: first the rest, then the country, then the check digits.
    let mut check = [0_u32; 2];
    while count < wanted {
        let (at, letter) = letters.next()?;
        match word(letter) {
            Some(digit) if count < 4 => *check.get_mut(count - 2)? = digit.to_digit(10)?,
            Some(digit) => body = append(body, digit)?,
            None if letter == ' ' && letters.peek().is_some_and(|(_, next)| word(*next).is_some()) => {
                continue;
            }
            None => return None,
        }
        (count, end) = (count + 1, at + letter.len_utf8());
    }
    let ends = letters.peek().is_none_or(|(_, next)| word(*next).is_none());
    let all =
        country.iter().try_fold(body, |sum, letter| append(sum, char::from(*letter).to_ascii_lowercase()))?;
    let [tens, ones] = check;
    let sum = (all * 100 + tens * 10 + ones) % 97;
    (ends && sum == 1).then_some(end)
}

/// The remainder of 97 with a digit or a letter (10–35) behind the number.
fn append(sum: u32, letter: char) -> Option<u32> {
    let value = letter.to_digit(36)?;
    Some((sum * if value < 10 { 10 } else { 100 } + value) % 97)
}

/// A letter or digit, small.
fn word(letter: char) -> Option<char> {
    match fold(letter) {
        Folded::Word(folded) if folded.is_ascii_alphanumeric() => Some(folded),
        _ => None,
    }
}

fn places(country: &[u8; 2]) -> Option<usize> {
    let mut rows = LENGTHS.split_ascii_whitespace();
    let row = rows.find(|row| row.as_bytes().starts_with(country))?;
    row.get(2..)?.parse().ok()
}
