//! Numbers as people write them, to the one form.

use super::{countries, north_america};
use crate::words::fold::{Folded, fold};

/// The most digits of a number, country code included (E.164, 6.2.1).
const DIGITS_MAX: usize = 15;

/// The longest text that is read as a number, in characters.
const LETTERS_MAX: usize = 64;

/// Why a text is no telephone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneError {
    /// It has no digits, or something that numbers do not have.
    NotANumber,
    /// It has too few or too many digits for its country.
    Length,
    /// Its country code is given to nobody.
    UnknownCountry,
    /// It has no country code, and no country was given to read it in.
    NoCountry,
}

impl std::fmt::Display for PhoneError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NotANumber => "this is no telephone number; write it as `+8613800138000`",
            Self::Length => "this has too few or too many digits for a number of its country",
            Self::UnknownCountry => "no country has this country code",
            Self::NoCountry => "this has no country code; write it with a plus, as `+8613800138000`",
        })
    }
}

impl std::error::Error for PhoneError {}

/// The form `+8613800138000` of a number as people write it: with spaces, dashes, dots, brackets or slashes, in full
/// width, with `+` or `00` before the country code. A number without a country code is read as one of the country `home`
/// (ISO 3166-1, such as `CN`), its trunk prefix left out.
///
/// # Errors
/// When it is none; see [`PhoneError`].
pub fn normalise(text: &str, home: Option<&str>) -> Result<String, PhoneError> {
    let (digits, plus) = digits_of(text)?;
    let international = if plus { Some(digits.as_str()) } else { digits.strip_prefix("00") };
    if let Some(international) = international {
        return whole(international.to_owned());
    }
    let home = home.ok_or(PhoneError::NoCountry)?;
    let country = countries::of_iso(home).ok_or(PhoneError::UnknownCountry)?;
    let national = digits.strip_prefix(country.trunk).filter(|_| !country.trunk.is_empty());
    whole(format!("{}{}", country.calling, national.unwrap_or(&digits)))
}

/// Whether digits are a country code and as many digits as numbers of that country have.
pub(super) fn is_whole(digits: &str) -> bool {
    whole(digits.to_owned()).is_ok()
}

fn whole(digits: String) -> Result<String, PhoneError> {
    if let Some(rest) = digits.strip_prefix('1') {
        let known = north_america::country(rest).is_some();
        return match (known, rest.len()) {
            (true, 10) => Ok(format!("+{digits}")),
            (true, _) => Err(PhoneError::Length),
            (false, _) => Err(PhoneError::UnknownCountry),
        };
    }
    let (country, rest) = countries::find(&digits).ok_or(PhoneError::UnknownCountry)?;
    let fits = (country.digits.0..=country.digits.1).contains(&rest.len()) && digits.len() <= DIGITS_MAX;
    if fits { Ok(format!("+{digits}")) } else { Err(PhoneError::Length) }
}

/// The digits of a text, and whether a plus stands before them.
fn digits_of(text: &str) -> Result<(String, bool), PhoneError> {
    let (mut digits, mut plus) = (String::new(), false);
    for (read, letter) in text.chars().enumerate() {
        if read >= LETTERS_MAX {
            return Err(PhoneError::NotANumber);
        }
        match (letter, fold(letter)) {
            (_, Folded::Word(digit)) if digit.is_ascii_digit() => digits.push(digit),
            ('+' | '＋', _) if digits.is_empty() && !plus => plus = true,
            (
                ' ' | '\u{a0}' | '\u{3000}' | '-' | '‐'..='―' | '－' | '.' | '/' | '(' | ')' | '（' | '）',
                _,
            ) => {}
            (_, Folded::Ignored) => {}
            _ => return Err(PhoneError::NotANumber),
        }
    }
    if digits.is_empty() { Err(PhoneError::NotANumber) } else { Ok((digits, plus)) }
}
