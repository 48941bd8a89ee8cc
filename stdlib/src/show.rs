//! Slots as the author would write them.

use crate::contract::{Manifest, Slot, Type};
use jiff::Timestamp;
use jiff::civil::Date;

/// A value as the author would write it: `vip`, `1000 CNY`, `5s`, `08:00`, `30%`, `-20 dB`, `unknown`.
///
/// `text` is the content of a phone number or a text, whose slots only their call can read.
#[must_use]
pub fn show_value(manifest: &Manifest, ty: Type, slot: Slot, text: Option<&str>) -> String {
    let number = f64::from_bits(slot);
    let whole = slot.cast_signed();
    match ty {
        Type::YesNo => if slot == 0 { "no" } else { "yes" }.to_owned(),
        Type::Word(vocabulary) => show_word(manifest, vocabulary, slot),
        _ if ty.is_float() && number.is_nan() => "unknown".to_owned(),
        Type::Number => show_number(number),
        Type::Percent => format!("{}%", show_number(number * 100.0)),
        Type::Decibel => format!("{} dB", show_number(number)),
        Type::TimesUsual => format!("{} times usual", show_number(number)),
        Type::Hertz => format!("{} Hz", show_number(number)),
        Type::SyllablesPerSecond => format!("{} syllables/s", show_number(number)),
        Type::Money(currency) => format!("{} {currency}", show_money(whole)),
        Type::Duration => show_time(whole),
        Type::Moment => {
            Timestamp::from_millisecond(whole).map_or_else(|_| whole.to_string(), |t| t.to_string())
        }
        Type::Date => show_date(whole),
        Type::TimeOfDay => show_time_of_day(whole),
        Type::Phone | Type::Text => {
            text.map_or_else(|| show_text(manifest, slot), |text| format!("\"{text}\""))
        }
        Type::Record(_) => "a record".to_owned(),
    }
}

/// A value as a bot says it: texts without quotation marks, words without their `_`.
#[must_use]
pub fn spoken_value(manifest: &Manifest, ty: Type, slot: Slot, text: Option<&str>) -> String {
    match ty {
        Type::Word(_) => show_value(manifest, ty, slot, text).replace('_', " "),
        Type::Phone | Type::Text => {
            let own =
                || manifest.literals.get(usize::try_from(slot.checked_sub(1)?).ok()?).map(String::as_str);
            text.or_else(own).unwrap_or_default().to_owned()
        }
        _ => show_value(manifest, ty, slot, text),
    }
}

/// A span of milliseconds in the language's spelling: `800ms`, `12.5s`, `2min`, `1h30min`, `7d`, `0s`. A day has 24 hours.
#[must_use]
pub fn show_time(ms: i64) -> String {
    let sign = if ms < 0 { "-" } else { "" };
    let ms = ms.unsigned_abs();
    let units = [(ms / 86_400_000, "d"), (ms / 3_600_000 % 24, "h"), (ms / 60_000 % 60, "min")];
    let rest_ms = ms % 60_000;
    let mut shown = sign.to_owned();
    for (count, unit) in units.into_iter().filter(|(count, _)| *count > 0) {
        shown.push_str(&format!("{count}{unit}"));
    }
    if rest_ms > 0 || shown.len() == sign.len() {
        shown.push_str(&show_seconds(rest_ms));
    }
    shown
}

fn show_seconds(ms: u64) -> String {
    match ms {
        1..1000 => format!("{ms}ms"),
        _ if ms.is_multiple_of(1000) => format!("{}s", ms / 1000),
        _ => format!("{}s", show_number(ms as f64 / 1000.0)),
    }
}

fn show_word(manifest: &Manifest, vocabulary: u32, slot: Slot) -> String {
    let words =
        manifest.vocabularies.get(vocabulary as usize).map(|v| v.words.as_slice()).unwrap_or_default();
    let index = slot.checked_sub(1).and_then(|index| usize::try_from(index).ok());
    index.and_then(|index| words.get(index)).cloned().unwrap_or_else(|| "unknown".to_owned())
}

/// At most four decimals, no trailing zeros.
fn show_number(number: f64) -> String {
    if !number.is_finite() {
        return number.to_string();
    }
    let shown = format!("{number:.4}");
    let trimmed = shown.trim_end_matches('0').trim_end_matches('.');
    if trimmed == "-0" { "0".to_owned() } else { trimmed.to_owned() }
}

/// Ten-thousandths of the major unit: whole amounts plain, others with at least two decimals.
fn show_money(amount: i64) -> String {
    let sign = if amount < 0 { "-" } else { "" };
    let (major, rest) = (amount.unsigned_abs() / 10_000, amount.unsigned_abs() % 10_000);
    match rest {
        0 => format!("{sign}{major}"),
        _ if rest.is_multiple_of(100) => format!("{sign}{major}.{:02}", rest / 100),
        _ => format!("{sign}{major}.{rest:04}"),
    }
}

fn show_date(days: i64) -> String {
    let date = i32::try_from(days)
        .ok()
        .and_then(|days| Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok());
    date.map_or_else(|| days.to_string(), |date| date.to_string())
}

fn show_time_of_day(ms: i64) -> String {
    let (hours, minutes, seconds) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60);
    if seconds == 0 {
        format!("{hours:02}:{minutes:02}")
    } else {
        format!("{hours:02}:{minutes:02}:{seconds:02}")
    }
}

fn show_text(manifest: &Manifest, slot: Slot) -> String {
    let index = slot.checked_sub(1).and_then(|index| usize::try_from(index).ok());
    match index.map(|index| manifest.literals.get(index)) {
        None => "unknown".to_owned(),
        Some(Some(literal)) => format!("\"{literal}\""),
        Some(None) => "a text".to_owned(),
    }
}
