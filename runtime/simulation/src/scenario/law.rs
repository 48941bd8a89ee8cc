//! Laws of times as a scenario writes them: `5min`, `lognormal 4min sd 3min`, `erlang-3 90s`, `file talk.csv seconds`.

use super::read::Files;
use crate::chance::Law;
use crate::value::parse_time;

const EXPECTED: &str = "a time such as `5min` (exponential with this mean), or `fixed 90s`, `exponential 5min`, \
     `uniform 6s..24s`, `lognormal 4min sd 3min`, `gamma 4min sd 2min`, `erlang-3 4min`, `file talk.csv seconds` (file and column)";

/// Times that one file may give.
const MAX_OBSERVED: usize = 5_000_000;

/// Reads a law.
///
/// # Errors
/// What was expected.
pub(super) fn parse_law(text: &str, files: &dyn Files) -> Result<Law, String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let expected = || EXPECTED.to_owned();
    match words.as_slice() {
        ["fixed", time] => time_ms(time).map(Law::Fixed),
        ["uniform", range] => {
            let (low, high) = range.split_once("..").ok_or_else(expected)?;
            let (low, high) = (time_ms(low)?, time_ms(high)?);
            if low <= high { Ok(Law::Uniform(low, high)) } else { Err(expected()) }
        }
        ["exponential", mean] | [mean] => positive(mean).map(Law::Exponential),
        ["lognormal", mean, "sd", deviation] => Ok(Law::lognormal(positive(mean)?, positive(deviation)?)),
        ["gamma", mean, "sd", deviation] => Ok(Law::gamma(positive(mean)?, positive(deviation)?)),
        ["file", file] => observed(file, None, files),
        ["file", file, column] => observed(file, Some(column), files),
        [erlang, mean] => {
            let shape = erlang.strip_prefix("erlang-").and_then(|shape| shape.parse::<u8>().ok());
            let shape = f64::from(shape.filter(|shape| *shape > 0).ok_or_else(expected)?);
            Ok(Law::Gamma { shape, scale: positive(mean)? / shape })
        }
        _ => Err(expected()),
    }
}

/// Reads a law of patience, which may be `endless`.
///
/// # Errors
/// What was expected.
pub(super) fn parse_patience(text: &str, files: &dyn Files) -> Result<Law, String> {
    if text.trim() == "endless" {
        return Ok(Law::Endless);
    }
    parse_law(text, files).map_err(|expected| format!("`endless`, or {expected}"))
}

fn time_ms(text: &str) -> Result<f64, String> {
    parse_time(text).map(|ms| ms as f64).map_err(|_| EXPECTED.to_owned())
}

fn positive(text: &str) -> Result<f64, String> {
    let ms = time_ms(text)?;
    if ms > 0.0 { Ok(ms) } else { Err("a time longer than 0".to_owned()) }
}

/// Seconds in a column of a CSV file; without a name, the first column.
fn observed(file: &str, column: Option<&str>, files: &dyn Files) -> Result<Law, String> {
    let text = files.text(file)?;
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| format!("a CSV file, but `{file}`: {error}"))?.clone();
    let place = match column {
        None => 0,
        Some(column) => header.iter().position(|name| name == column).ok_or_else(|| {
            let names: Vec<String> = header.iter().map(|name| format!("`{name}`")).collect();
            format!("a column of `{file}`; it has {}", names.join(", "))
        })?,
    };
    let mut times = Vec::new();
    for (row, record) in reader.records().enumerate().take(MAX_OBSERVED) {
        let record = record.map_err(|error| format!("a CSV file, but `{file}`: {error}"))?;
        let cell = record.get(place).unwrap_or_default();
        if cell.is_empty() {
            continue;
        }
        let seconds = cell.parse::<f64>().ok().filter(|seconds| (0.0..=1e9).contains(seconds));
        let seconds = seconds
            .ok_or_else(|| format!("seconds in each row, but line {} of `{file}` says `{cell}`", row + 2))?;
        times.push(seconds * 1000.0);
    }
    if times.is_empty() {
        Err(format!("times, but `{file}` has none"))
    } else {
        Ok(Law::Observed(times.into()))
    }
}
