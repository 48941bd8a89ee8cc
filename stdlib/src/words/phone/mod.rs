//! Telephone numbers: their one form (ITU-T E.164), their country, and the time zones in which they may ring.
//!
//! A number tells where it was given out. People move and keep it, mobile numbers above all: the zones are those that
//! the numbering plan allows, no more. Where they are several or none, ask [`HoursInZones`], which is open only when
//! every zone agrees.

mod areas;
mod countries;
mod everywhere;
mod north_america;
mod parse;
#[cfg(test)]
mod tests;

pub use countries::Country;
pub use everywhere::HoursInZones;
pub use parse::{PhoneError, normalise};

/// The time zones in which a number may ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ZoneGuess {
    /// IANA names, those of the number's area or else of its whole country; none when the country is unknown.
    pub zones: &'static [&'static str],
    /// Whether the numbering plan leaves one zone alone.
    pub sure: bool,
}

/// The country of a number of the form `+8613800138000`; `None` when its code belongs to no country.
#[must_use]
pub fn country_of(number: &str) -> Option<&'static Country> {
    let digits = number.strip_prefix('+')?;
    match digits.strip_prefix('1') {
        Some(rest) => north_america::country(rest),
        None => countries::find(digits).map(|(country, _)| country),
    }
}

/// The zones in which a number of the form `+8613800138000` may ring.
#[must_use]
pub fn zones_of(number: &str) -> ZoneGuess {
    let digits = number.strip_prefix('+').unwrap_or_default();
    let zones = match digits.strip_prefix('1') {
        Some(rest) => north_america::zones(rest),
        None => countries::find(digits)
            .map_or(&[][..], |(country, rest)| areas::zones(country.iso, rest).unwrap_or(country.zones)),
    };
    ZoneGuess { zones, sure: zones.len() == 1 }
}

/// Whether digits are a number of a known country in full, its code first.
pub(super) fn starts_with_country(digits: &[u8]) -> bool {
    let text: String = digits.iter().map(|digit| char::from(b'0' + digit.min(&9))).collect();
    parse::is_whole(&text)
}

/// Whether ten digits are a number of a known area of North America.
pub(super) fn is_north_american(digits: &[u8]) -> bool {
    let [a, b, c, 2..=9, ..] = digits else { return false };
    let code = u16::from(*a) * 100 + u16::from(*b) * 10 + u16::from(*c);
    digits.len() == 10 && north_america::is_area(code)
}
