//! Asterisk's `queue_log` as its database tables have it, written to a delimited file: a line an event, with a header.

use csv::StringRecord;

use super::columns::plain;
use super::delimited::{header, reader};

/// Usual names of the columns of an event, in the order of a `queue_log` line.
const COLUMNS: [&str; 5] = [
    "time eventtime event_time created timestamp",
    "callid call_id uniqueid",
    "queuename queue queue_name",
    "agent",
    "event verb",
];

/// Names of the columns of parameters, in order. Old tables have one column for all of them.
const PARAMETERS: [&str; 5] = ["data1", "data2", "data3", "data4", "data5"];
const ALL_PARAMETERS: &str = "data";

/// The table's events as the lines of a `queue_log`; nothing if it is no such table.
pub(super) fn as_queue_log(text: &str) -> Option<String> {
    let header: Vec<String> = header(&mut reader(text)).ok()?.iter().map(|name| plain(name)).collect();
    let place = |names: &str| names.split(' ').find_map(|name| header.iter().position(|one| one == name));
    let columns = COLUMNS.map(place);
    if columns.iter().any(Option::is_none) {
        return None;
    }
    let parameters: Vec<usize> = PARAMETERS.into_iter().filter_map(place).collect();
    let together: Vec<usize> = place(ALL_PARAMETERS).into_iter().collect();
    let mut lines = String::new();
    let mut record = StringRecord::new();
    let mut reader = reader(text);
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {
                let apart =
                    parameters.iter().any(|place| record.get(*place).is_some_and(|one| !one.is_empty()));
                let parameters = if apart { &parameters } else { &together };
                line(&record, &columns, parameters, &mut lines);
            }
            Err(_) => lines.push_str("?\n"),
        }
    }
    Some(lines)
}

fn line(record: &StringRecord, columns: &[Option<usize>], parameters: &[usize], lines: &mut String) {
    let cell = |place: usize| record.get(place).unwrap_or_default();
    let known = columns.iter().flatten().map(|place| cell(*place));
    let told: Vec<&str> = parameters.iter().map(|place| cell(*place)).collect();
    let used = told.iter().rposition(|one| !one.is_empty()).map_or(0, |last| last + 1);
    for (number, one) in known.chain(told.into_iter().take(used)).enumerate() {
        if number > 0 {
            lines.push('|');
        }
        // A line stays a line.
        lines.extend(one.chars().map(|letter| if letter.is_control() { ' ' } else { letter }));
    }
    lines.push('\n');
}
