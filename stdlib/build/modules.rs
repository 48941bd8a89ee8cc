//! Writes the list of modules: a file with a `module` line is a module; the files of a folder that have none are
//! together the module of the folder's name, so that each definition can have a file of its own.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

/// The module that stands first.
const PRELUDE: &str = "std.prelude";

/// Writes `modules.rs` into `out`: a list of names and texts.
pub(crate) fn write(root: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let mut modules: BTreeMap<(bool, String), String> = BTreeMap::new();
    for path in files(root)? {
        let text = std::fs::read_to_string(&path)?;
        let (name, head) = match module_line(&text) {
            Some(name) => (name.to_owned(), String::new()),
            None => {
                let name = folder_name(root, &path);
                (name.clone(), format!("module {name}\n"))
            }
        };
        let joined = modules.entry((name != PRELUDE, name)).or_insert(head);
        joined.push('\n');
        joined.push_str(&text);
    }
    let list: Vec<(&str, &str)> =
        modules.iter().map(|((_, name), text)| (name.as_str(), text.as_str())).collect();
    std::fs::write(out.join("modules.rs"), format!("&{list:?}"))?;
    Ok(())
}

/// Every policy file below a folder, in order of the names.
fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "tdm") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn module_line(text: &str) -> Option<&str> {
    text.lines().find_map(|line| line.strip_prefix("module ")).map(str::trim)
}

/// `std.phrases` for `std/phrases/farewell.tdm`.
fn folder_name(root: &Path, path: &Path) -> String {
    let folder = path.parent().and_then(|folder| folder.strip_prefix(root).ok());
    let parts = folder.into_iter().flat_map(|folder| folder.iter());
    parts.map(|part| part.to_string_lossy()).collect::<Vec<_>>().join(".")
}
