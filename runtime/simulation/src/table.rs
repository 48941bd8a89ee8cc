//! Sources from tables: what a spreadsheet knows, in place of a live system.

use std::collections::HashMap;
use std::fmt;
use std::fmt::Write as _;

use tandem_centre::{Answer, ArgumentValue, Sources};
use tandem_stdlib::contract::{Manifest, SourceSpec, Type};

use crate::value::{Cell, did_you_mean, parse_value};

/// Rows that one table may have.
pub const MAX_TABLE_ROWS: usize = 1_000_000;

/// Mistakes of one table that are told; the rest are only counted by stopping there.
pub const MAX_TABLE_ERRORS: usize = 20;

/// A table that answers one source.
///
/// CSV with a header. The first columns hold the parameters by position, whatever they are called; the other columns
/// are named as the fields of the source's record, or `after`: how long the source takes, such as `3s`. A row that is not there, or an empty cell, is unknown.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceTable {
    source: usize,
    /// Only looked up, never iterated, so its order cannot show.
    rows: HashMap<String, Row>,
}

/// One answer.
#[derive(Clone, Debug, Default, PartialEq)]
struct Row {
    fields: Vec<(usize, Cell)>,
    after_ms: i64,
}

/// The column that says how long an answer takes, unless the record has a field of this name.
const AFTER: &str = "after";

/// A mistake in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableError {
    /// The file as it was given.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// The column's name in the header, if one is concerned.
    pub column: Option<String>,
    /// What is wrong and what to do, lower case.
    pub message: String,
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.file, self.line)?;
        if let Some(column) = &self.column {
            write!(f, "column `{column}`: ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for TableError {}

/// A column of a table.
enum Column {
    Key(Type),
    Field(usize, Type),
    After,
}

/// Reads one table.
struct Reading<'a> {
    manifest: &'a Manifest,
    file: &'a str,
    names: Vec<String>,
    columns: Vec<Column>,
    errors: Vec<TableError>,
}

impl SourceTable {
    /// Reads a table for the source at `source` in the manifest's list; `file` is its name for messages.
    ///
    /// # Errors
    /// All mistakes, up to [`MAX_TABLE_ERRORS`], each with line and column.
    pub fn parse(
        manifest: &Manifest,
        source: usize,
        file: &str,
        text: &str,
    ) -> Result<Self, Vec<TableError>> {
        let mut reading =
            Reading { manifest, file, names: Vec::new(), columns: Vec::new(), errors: Vec::new() };
        let mut table = Self { source, rows: HashMap::new() };
        match manifest.sources.get(source) {
            Some(spec) => reading.read(spec, text, &mut table),
            None => reading.fail(1, None, "the policy has no such source".to_owned()),
        }
        if reading.errors.is_empty() { Ok(table) } else { Err(reading.errors) }
    }

    /// Index of the source that it answers.
    #[must_use]
    pub const fn source(&self) -> usize {
        self.source
    }

    /// How many rows it has.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows.len()
    }
}

impl Reading<'_> {
    fn fail(&mut self, line: u64, column: Option<usize>, message: String) {
        if self.errors.len() < MAX_TABLE_ERRORS {
            let column = column.and_then(|column| self.names.get(column)).cloned();
            self.errors.push(TableError { file: self.file.to_owned(), line, column, message });
        }
    }

    fn read(&mut self, spec: &SourceSpec, text: &str, table: &mut SourceTable) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
        match reader.headers() {
            Ok(header) => self.names = header.iter().map(str::to_owned).collect(),
            Err(error) => return self.fail(1, None, show_csv_error(&error)),
        }
        self.read_header(spec);
        for record in reader.records() {
            if self.errors.len() >= MAX_TABLE_ERRORS {
                return;
            }
            match record {
                Ok(record) => self.read_row(&record, table),
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    self.fail(line, None, show_csv_error(&error));
                }
            }
        }
    }

    fn read_header(&mut self, spec: &SourceSpec) {
        let (found, needed) = (self.names.len(), spec.parameters.len());
        if found < needed {
            let message = format!("`{}` needs {needed} columns for its parameters, found {found}", spec.name);
            return self.fail(1, None, message);
        }
        self.columns = spec.parameters.iter().map(|ty| Column::Key(*ty)).collect();
        for index in needed..found {
            let name = self.names.get(index).cloned().unwrap_or_default();
            match spec.fields.iter().position(|field| field.name == name) {
                Some(field) => {
                    let ty = spec.fields.get(field).map_or(Type::Text, |field| field.ty);
                    self.columns.push(Column::Field(field, ty));
                }
                None if name == AFTER => self.columns.push(Column::After),
                None => {
                    let hint = did_you_mean(&name, spec.fields.iter().map(|field| field.name.as_str()));
                    let message = format!("`{}` has no field `{name}`{hint}; remove the column", spec.name);
                    self.fail(1, None, message);
                }
            }
        }
    }

    fn read_row(&mut self, record: &csv::StringRecord, table: &mut SourceTable) {
        let line = record.position().map_or(0, csv::Position::line);
        let (mut key, mut row) = (String::new(), Row::default());
        let mut failures = Vec::new();
        for (index, (column, text)) in self.columns.iter().zip(record).enumerate() {
            let ty = match *column {
                Column::Key(ty) | Column::Field(_, ty) => ty,
                Column::After => Type::Duration,
            };
            match (parse_value(self.manifest, ty, text), column) {
                (Ok(Some(cell)), Column::Key(_)) => add_to_key(&mut key, &cell),
                (Ok(None), Column::Key(_)) => {
                    failures.push((index, "a parameter cannot be empty".to_owned()))
                }
                (Ok(cell), Column::Field(field, _)) => row.fields.extend(cell.map(|cell| (*field, cell))),
                (Ok(Some(Cell::Slot(after))), Column::After) if after.cast_signed() >= 0 => {
                    row.after_ms = after.cast_signed();
                }
                (Ok(None), Column::After) => {}
                (Ok(_), Column::After) => {
                    failures.push((index, "no answer comes before it was asked for".to_owned()))
                }
                (Err(message), _) => failures.push((index, message)),
            }
        }
        let whole = failures.is_empty();
        failures.into_iter().for_each(|(index, message)| self.fail(line, Some(index), message));
        if whole && table.rows.len() >= MAX_TABLE_ROWS {
            self.fail(line, None, format!("a table can have {MAX_TABLE_ROWS} rows"));
        } else if whole && table.rows.insert(key, row).is_some() {
            let shown: Vec<_> = record.iter().take(self.keys()).collect();
            self.fail(line, None, format!("`{}` stands in the table twice; keep one row", shown.join(", ")));
        }
    }

    fn keys(&self) -> usize {
        self.columns.iter().filter(|column| matches!(column, Column::Key(_))).count()
    }
}

fn show_csv_error(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!(
                "the row has {len} cells but the header has {expected_len}; quote cells that contain commas"
            )
        }
        _ => "the line is no comma-separated text".to_owned(),
    }
}

/// Keys are compared as text: slots by number, texts by content, parts apart.
fn add_to_key(key: &mut String, cell: &Cell) {
    match cell {
        Cell::Slot(slot) => add_part(key, ArgumentValue::Slot(*slot)),
        Cell::Text(text) => add_part(key, ArgumentValue::Text(text)),
    }
}

fn add_part(key: &mut String, part: ArgumentValue<'_>) {
    match part {
        // Writing to a string cannot fail.
        ArgumentValue::Slot(slot) => _ = write!(key, "{slot}"),
        ArgumentValue::Text(text) => key.push_str(text),
    }
    key.push('\u{1f}');
}

/// Answers sources from tables; a source without a table answers nothing.
#[derive(Clone, Debug)]
pub struct TableSources<'a> {
    tables: &'a [SourceTable],
    key: String,
}

impl<'a> TableSources<'a> {
    /// Answers from these tables; if several answer one source, the first that has a row does.
    #[must_use]
    pub const fn new(tables: &'a [SourceTable]) -> Self {
        Self { tables, key: String::new() }
    }
}

impl Sources for TableSources<'_> {
    fn answer(&mut self, source: usize, arguments: &[ArgumentValue<'_>], answer: &mut Answer) -> bool {
        self.key.clear();
        arguments.iter().for_each(|argument| add_part(&mut self.key, *argument));
        let mut tables = self.tables.iter().filter(|table| table.source == source);
        let Some(row) = tables.find_map(|table| table.rows.get(&self.key)) else { return false };
        answer.delay(row.after_ms);
        for (field, cell) in &row.fields {
            match cell {
                Cell::Slot(slot) => answer.set(*field, *slot),
                Cell::Text(text) => answer.set_text(*field, text),
            }
        }
        true
    }
}

#[cfg(test)]
mod tests;
