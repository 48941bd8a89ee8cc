//! The files of `stdlib/modules`: one definition each.

use std::path::PathBuf;

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
    let folder = pages::root().join("stdlib/modules/std").join(folder);
    let paths = pages::below(&folder, ".tdm").expect("a readable folder");
    let read = |path: PathBuf| Definition {
        name: path.file_stem().expect("a name").to_string_lossy().into_owned(),
        text: std::fs::read_to_string(&path).expect("UTF-8"),
    };
    paths.into_iter().map(read).collect()
}
