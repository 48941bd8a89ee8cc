//! The files of `stdlib/modules`: one definition each.

use std::path::{Path, PathBuf};

use tandem_tests::pages;

/// One file of the standard library.
pub(crate) struct Definition {
    /// Its name without the ending, which is that of what it declares.
    pub(crate) name: String,
    /// Its text.
    pub(crate) text: String,
}

/// Every file below a folder of `stdlib/modules/std`, in order of the names.
pub(crate) fn in_folder(folder: &str) -> Vec<Definition> {
    let mut paths = Vec::new();
    walk(&pages::root().join("stdlib/modules/std").join(folder), &mut paths);
    paths.sort();
    let read = |path: PathBuf| Definition {
        name: path.file_stem().expect("a name").to_string_lossy().into_owned(),
        text: std::fs::read_to_string(&path).expect("UTF-8"),
    };
    paths.into_iter().map(read).collect()
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "tdm") {
            found.push(path);
        }
    }
}
