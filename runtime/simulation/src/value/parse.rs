//! The author's spelling into slots, for tables that people keep in spreadsheets.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use tandem_stdlib::contract::{Currency, Manifest, Slot, Type};

use super::suggest::did_you_mean;

/// A value that was read: a slot, or a text whose slot only its call can give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A value that a slot holds directly.
    Slot(Slot),
    /// A phone number or a text.
    Text(String),
}

/// Reads a value of a type. Empty text and, for words, `unknown` give `None`: not known.
///
/// # Errors
/// What is wrong with the text and what was expected, lower case.
pub fn parse_value(manifest: &Manifest, ty: Type, text: &str) -> Result<Option<Cell>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let slot = match ty {
        Type::Word(_) if text == "unknown" => return Ok(None),
        Type::Phone | Type::Text => return Ok(Some(Cell::Text(text.to_owned()))),
        Type::Word(vocabulary) => parse_word(manifest, vocabulary, text)?,
        Type::YesNo => parse_yes_no(text)?,
        Type::Number => parse_number(text, "", "a number such as `90` or `0.7`")?,
        Type::Percent => parse_percent(text)?,
        Type::Decibel => parse_number(text, "dB", "a level such as `-20 dB`")?,
        Type::TimesUsual => parse_number(text, "times usual", "a ratio such as `1.3 times usual`")?,
        Type::Hertz => parse_number(text, "Hz", "a frequency such as `180 Hz`")?,
        Type::SyllablesPerSecond => parse_number(text, "syllables/s", "a rate such as `5 syllables/s`")?,
        Type::Money(currency) => parse_money(text, currency)?,
        Type::Duration => parse_time(text)?.cast_unsigned(),
        Type::Moment => parse_moment(text)?,
        Type::Date => parse_date(text)?,
        Type::TimeOfDay => parse_time_of_day(text)?,
        Type::Record(_) => return Err("a whole record cannot stand in one cell".to_owned()),
    };
    Ok(Some(Cell::Slot(slot)))
}

fn expected(text: &str, what: &str) -> String {
    format!("`{text}` is not {what}")
}

fn parse_word(manifest: &Manifest, vocabulary: u32, text: &str) -> Result<Slot, String> {
    let Some(vocabulary) = manifest.vocabularies.get(vocabulary as usize) else {
        return Err("the type has no words".to_owned());
    };
    if let Some(index) = vocabulary.words.iter().position(|word| word == text) {
        return Ok(index as Slot + 1);
    }
    let hint = did_you_mean(text, vocabulary.words.iter().map(String::as_str));
    Err(format!(
        "`{text}` is no word of `{}`{hint}; write one of its words, or leave it empty",
        vocabulary.name
    ))
}

fn parse_yes_no(text: &str) -> Result<Slot, String> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "true" => Ok(1),
        "no" | "false" => Ok(0),
        _ => Err(expected(text, "`yes` or `no`")),
    }
}

fn parse_number(text: &str, unit: &str, what: &str) -> Result<Slot, String> {
    let digits = text.strip_suffix(unit).unwrap_or(text).trim();
    let number: f64 = digits.parse().map_err(|_| expected(text, what))?;
    if number.is_finite() { Ok(number.to_bits()) } else { Err(expected(text, what)) }
}

fn parse_percent(text: &str) -> Result<Slot, String> {
    let what = "a share such as `30%` or `0.3`";
    let Some(digits) = text.strip_suffix('%') else { return parse_number(text, "", what) };
    let percent = f64::from_bits(parse_number(digits.trim(), "", what)?);
    Ok((percent / 100.0).to_bits())
}

fn parse_money(text: &str, currency: Currency) -> Result<Slot, String> {
    let what = || expected(text, &format!("an amount such as `1000 {currency}` with at most four decimals"));
    let code = currency.to_string();
    let digits = text.strip_suffix(code.as_str()).unwrap_or(text).trim();
    let (sign, digits) = digits.strip_prefix('-').map_or((1, digits), |rest| (-1, rest));
    let (major, minor) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(major) || !all_digits(minor) || minor.len() > 4 {
        return Err(what());
    }
    let major: i64 = major.parse().map_err(|_| what())?;
    let minor: i64 = format!("{minor:0<4}").parse().map_err(|_| what())?;
    let amount = major.checked_mul(10_000).and_then(|whole| whole.checked_add(minor)).ok_or_else(what)?;
    Ok((sign * amount).cast_unsigned())
}

/// Reads a span of time as [`show_time`](crate::show_time) writes it: `90s`, `2min`, `1h30min`, in milliseconds.
///
/// # Errors
/// When the text is no span of time; the message says how to write one.
pub fn parse_time(text: &str) -> Result<i64, String> {
    let what = || expected(text, "a duration such as `90s`, `2min` or `1h30min`");
    let mut rest = text;
    let mut total_ms = 0.0_f64;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').ok_or_else(what)?;
        let (number, tail) = rest.split_at(digits);
        let unit_end = tail.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(unit_end);
        let unit_ms = match unit {
            "ms" => 1.0,
            "s" => 1e3,
            "min" => 60e3,
            "h" => 3_600e3,
            "d" => 86_400e3,
            _ => return Err(what()),
        };
        let number: f64 = number.parse().map_err(|_| what())?;
        total_ms += number * unit_ms;
        rest = tail.trim_start();
    }
    // Ten thousand years: beyond it, a slip.
    if total_ms > 3.2e14 { Err(what()) } else { Ok(total_ms.round() as i64) }
}

fn parse_moment(text: &str) -> Result<Slot, String> {
    let what =
        || expected(text, "a moment such as `2026-03-29 00:59:50 Europe/London` or `2026-03-29T00:59:50Z`");
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok(moment.as_millisecond().cast_unsigned());
    }
    let (local, zone) = text.rsplit_once(' ').ok_or_else(what)?;
    let local: DateTime = local.parse().map_err(|_| what())?;
    let moment = local.in_tz(zone).map_err(|_| what())?;
    Ok(moment.timestamp().as_millisecond().cast_unsigned())
}

fn parse_date(text: &str) -> Result<Slot, String> {
    let date: Date = text.parse().map_err(|_| expected(text, "a date such as `2026-10-01`"))?;
    let since = date.since(Date::constant(1970, 1, 1)).map_err(|_| expected(text, "a date of this era"))?;
    Ok(i64::from(since.get_days()).cast_unsigned())
}

fn parse_time_of_day(text: &str) -> Result<Slot, String> {
    let time: Time = text.parse().map_err(|_| expected(text, "a time of day such as `08:00`"))?;
    let ms = i64::from(time.hour()) * 3_600_000
        + i64::from(time.minute()) * 60_000
        + i64::from(time.second()) * 1000
        + i64::from(time.millisecond());
    Ok(ms.cast_unsigned())
}
