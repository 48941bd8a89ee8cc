use super::*;

mod bank;
mod queue_log;

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).expect("a zone")
}

fn local(at_ms: i64, zone: &TimeZone) -> String {
    zone.to_datetime(jiff::Timestamp::from_millisecond(at_ms).expect("a moment")).to_string()
}

fn columns(named: &[(&str, &str)]) -> Reading {
    let named = named.iter().map(|(name, column)| (role(name).expect("a role"), (*column).to_owned()));
    Reading { columns: Columns { named: named.collect(), outcomes: Vec::new() }, dates: None }
}
