//! The tables that answer a policy's sources: `sources/crm.customer.csv` beside the policy.

use std::path::Path;

use tandem_simulation::SourceTable;
use tandem_stdlib::contract::Manifest;
use tandem_stdlib::words::closest;

use crate::failure::Failure;

/// The folder beside a policy that holds its tables.
const FOLDER: &str = "sources";

/// Tables for every source of the policy that has one. A source without a table answers unknown.
///
/// # Errors
/// When a table cannot be read, or has mistakes: all of them, each with its place.
pub(crate) fn read(manifest: &Manifest, policy_folder: &Path) -> Result<Vec<SourceTable>, Failure> {
    strangers(manifest, &policy_folder.join(FOLDER))
        .iter()
        .for_each(|warning| eprintln!("warning: {warning}"));
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

/// Tables that answer no source of the policy, in order of their names, each with what may have been meant.
fn strangers(manifest: &Manifest, folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let known = || manifest.sources.iter().map(|source| source.name.as_str());
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "csv"));
    paths.sort();
    let names = paths.iter().filter_map(|path| Some((path, path.file_stem()?.to_str()?)));
    let strange = names.filter(|(_, name)| !known().any(|source| source == *name));
    strange
        .map(|(path, name)| {
            let hint = closest(name, known())
                .map_or_else(String::new, |near| format!(" (did you mean `{near}.csv`?)"));
            format!("`{}` answers no source of the policy and is not used{hint}", path.display())
        })
        .collect()
}

fn mistakes(errors: Vec<tandem_simulation::TableError>) -> Failure {
    let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
    Failure::new(lines.join("\nerror: "))
        .help("a table's first line names the record's fields; values are written as in policies")
}

#[cfg(test)]
mod tests {
    use super::*;
    use tandem_stdlib::contract::SourceSpec;

    #[test]
    fn a_table_of_no_source_is_told_with_what_was_meant() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["crm.customer.csv", "crm.custmer.csv", "notes.txt"] {
            std::fs::write(folder.path().join(name), "phone\n").unwrap();
        }
        let name = "crm.customer".to_owned();
        let source = SourceSpec { name, parameters: Vec::new(), fields: Vec::new(), within_ms: 1 };
        let manifest = Manifest { sources: vec![source], ..Manifest::default() };
        let told = strangers(&manifest, folder.path());
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].ends_with("is not used (did you mean `crm.customer.csv`?)"), "{told:?}");
    }
}
