//! `[sources]`: how often the policy's sources fail, and how long they take.

use toml::de::{DeTable, DeValue};

use super::law::parse_law;
use super::read::Reading;
use super::section::{Section, Value, share};
use crate::chance::Law;

/// Parts that a source's name may have.
const PARTS_MAX: usize = 8;

/// How one source answers, or all that have no line of their own.
#[derive(Clone, Debug, Default)]
pub(crate) struct SourceRow {
    /// The source's full name; empty: all others.
    pub(crate) name: String,
    /// Share of questions that it does not answer.
    pub(crate) fails: Option<f64>,
    /// How long an answer takes.
    pub(crate) takes: Option<Law>,
}

/// Reads `[sources]`: a row for all, where there is one, and one for each that is named.
pub(super) fn read(reading: &Reading<'_>, root: &Section<'_, '_>) -> Vec<SourceRow> {
    let mut rows = Vec::new();
    let mut all = SourceRow::default();
    for (name, value) in root.table_entries("sources") {
        match value.get_ref() {
            DeValue::Table(table) => named(reading, root, vec![name], table, &mut rows),
            _ => line(reading, root, name, value, &mut all),
        }
    }
    if all.fails.is_some() || all.takes.is_some() {
        rows.push(all);
    }
    rows
}

/// `crm.customer = { fails = "2%" }` is a table in a table.
fn named<'t>(
    reading: &Reading<'_>,
    root: &Section<'_, 't>,
    name: Vec<&str>,
    table: &DeTable<'t>,
    rows: &mut Vec<SourceRow>,
) {
    let mut row = SourceRow { name: name.join("."), ..SourceRow::default() };
    for (key, value) in table {
        match value.get_ref() {
            DeValue::Table(inner) if name.len() < PARTS_MAX => {
                let mut longer = name.clone();
                longer.push(key.get_ref().as_ref());
                named(reading, root, longer, inner, rows);
            }
            _ => line(reading, root, key.get_ref().as_ref(), value, &mut row),
        }
    }
    if row.fails.is_some() || row.takes.is_some() {
        rows.push(row);
    }
}

fn line<'t>(
    reading: &Reading<'_>,
    root: &Section<'_, 't>,
    key: &str,
    value: &Value<'t>,
    row: &mut SourceRow,
) {
    match key {
        "fails" => row.fails = root.parse_value(key, value, share),
        "takes" => row.takes = root.parse_value(key, value, |text| parse_law(text, reading.files)),
        _ => root.tell(
            &value.span(),
            format!("a source has no `{key}`; it may have `fails` and `takes`, as in `crm.customer = {{ fails = \"2%\" }}`"),
        ),
    }
}
