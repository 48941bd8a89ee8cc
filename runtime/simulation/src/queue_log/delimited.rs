//! Delimited logs: a header, and a line for each call.

use csv::{Reader, ReaderBuilder, StringRecord, Trim};
use jiff::tz::TimeZone;

use super::call::QueueLog;
use super::columns::{Columns, Places, Role};
use super::moment::{DateOrder, day_part, parse_date};
use super::row::Rows;
use super::{MAX_LINES, Reading};

/// Lines that are looked at to learn how days are written.
const LINES_LOOKED_AT: usize = 20_000;

const SEPARATORS: [u8; 4] = [b'\t', b';', b',', b'|'];

/// Whether a text is such a log: several columns, one of which says when.
pub(super) fn is_log(text: &str) -> bool {
    let places = Places::find(&header(&mut reader(text)).unwrap_or_default(), &Columns::default());
    places.is_ok_and(|places| {
        places.place(Role::Time).is_some()
            && [Role::Wait, Role::Talk, Role::Outcome, Role::Agent]
                .into_iter()
                .any(|role| places.place(role).is_some())
    })
}

/// Reads such a log.
///
/// # Errors
/// What was expected of its header.
pub(super) fn read(file: &str, text: &str, how: &Reading, zone: &TimeZone) -> Result<QueueLog, String> {
    let header =
        header(&mut reader(text)).map_err(|error| format!("a log with a header, but `{file}`: {error}"))?;
    let places = Places::find(&header, &how.columns).map_err(|wrong| format!("{wrong} (`{file}`)"))?;
    if places.place(Role::Time).is_none() {
        let names: Vec<String> = places.header().iter().take(30).map(|name| format!("`{name}`")).collect();
        return Err(format!(
            "a column that says when calls came, but `{file}` has {}; say which with \
             `[log] columns = {{ time = \"…\" }}`",
            names.join(", ")
        ));
    }
    let (dates, doubtful) = match how.dates {
        Some(order) => (order, false),
        None => date_order(text, &places),
    };
    let mut rows = Rows::new(&places, &how.columns, dates, zone);
    if doubtful {
        rows.assume("days are written day first (`[log] dates = \"month first\"` otherwise)");
    }
    let mut reader = reader(text);
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {
                let line = record.position().map_or(0, csv::Position::line);
                if !record.iter().all(str::is_empty) {
                    rows.take(line, &record);
                }
            }
            Err(error) => rows.broken(error.position().map_or(0, csv::Position::line), &error.to_string()),
        }
        if rows.lines() >= MAX_LINES {
            break;
        }
    }
    Ok(rows.into_log())
}

pub(super) fn reader(text: &str) -> Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(separator(text))
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes())
}

/// The separator that the first line has most often.
fn separator(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |separator: &u8| first.bytes().filter(|byte| byte == separator).count();
    SEPARATORS.into_iter().max_by_key(count).unwrap_or(b',')
}

pub(super) fn header(reader: &mut Reader<&[u8]>) -> Result<Vec<String>, String> {
    let header = reader.headers().map_err(|error| error.to_string())?;
    Ok(header.iter().map(str::to_owned).collect())
}

/// How days are written, by the numbers that cannot be months; and whether none of them told.
fn date_order(text: &str, places: &Places) -> (DateOrder, bool) {
    let place = places.place(Role::Date).or_else(|| places.place(Role::Time));
    let Some(place) = place else { return (DateOrder::Year, false) };
    let records = reader(text).into_records().take(LINES_LOOKED_AT).filter_map(Result::ok);
    let mut read = [0_u64; 3];
    for record in records {
        let day = day_part(record.get(place).unwrap_or_default());
        for (count, (_, order)) in read.iter_mut().zip(DateOrder::ALL) {
            *count += u64::from(parse_date(day, order).is_some());
        }
    }
    let [year_first, day_first, month_first] = read;
    if year_first >= day_first.max(month_first) {
        (DateOrder::Year, false)
    } else if month_first > day_first {
        (DateOrder::Month, false)
    } else {
        (DateOrder::Day, month_first == day_first)
    }
}
