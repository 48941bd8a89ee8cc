//! The tables that answer a policy's sources: `sources/crm.customer.csv` beside the policy.

use std::path::Path;

use tandem_simulation::SourceTable;
use tandem_stdlib::contract::Manifest;

use crate::failure::Failure;

/// The folder beside a policy that holds its tables.
const FOLDER: &str = "sources";

/// Tables for every source of the policy that has one. A source without a table answers unknown.
///
/// # Errors
/// When a table cannot be read, or has mistakes: all of them, each with its place.
pub(crate) fn read(manifest: &Manifest, policy_folder: &Path) -> Result<Vec<SourceTable>, Failure> {
    let mut tables = Vec::new();
    for (index, source) in manifest.sources.iter().enumerate() {
        let path = policy_folder.join(FOLDER).join(format!("{}.csv", source.name));
        if !path.exists() {
            continue;
        }
        let text = std::fs::read_to_string(&path).map_err(|error| Failure::io("read", &path, &error))?;
        tables
            .push(SourceTable::parse(manifest, index, &path.display().to_string(), &text).map_err(mistakes)?);
    }
    Ok(tables)
}

fn mistakes(errors: Vec<tandem_simulation::TableError>) -> Failure {
    let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
    Failure::new(lines.join("\nerror: "))
        .help("a table's first line names the record's fields; values are written as in policies")
}
