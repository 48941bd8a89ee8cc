//! Whole pages: every policy checked and run, every snippet formatted.

use std::path::{Path, PathBuf};

use crate::engines::{self, Ran};
use crate::markdown::{Page, Policy};

/// The repository's root.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The Markdown files of a folder of the repository, in order.
///
/// # Errors
/// When the folder cannot be read.
pub fn in_folder(folder: &str) -> std::io::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(root().join(folder))?;
    let mut paths: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    Ok(paths)
}

/// The files below a folder and its folders whose names end so, in order.
///
/// # Errors
/// When a folder cannot be read.
pub fn below(folder: &Path, ending: &str) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(below(&path, ending)?);
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Runs all policies that `policies` finds in a page. Answers what ran and all that is wrong.
///
/// # Errors
/// When the page cannot be read.
pub fn run(path: &Path, policies: impl Fn(&Page) -> Vec<Policy>) -> std::io::Result<(Ran, Vec<String>)> {
    let page = Page::read(&std::fs::read_to_string(path)?);
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (mut total, mut wrong) = (Ran::default(), Vec::new());
    for policy in policies(&page) {
        match engines::run(&policy) {
            Ok(ran) => {
                total.tests += ran.tests;
                total.checked += ran.checked;
            }
            Err(problem) => wrong.push(format!("{name}, {}\n{problem}", policy.title)),
        }
    }
    Ok((total, wrong))
}

/// The snippets of a page that formatting would change: the page's line and the formatted text. Snippets that must
/// fail may be beyond formatting and are passed over.
///
/// # Errors
/// When the page cannot be read.
pub fn unformatted(path: &Path) -> std::io::Result<Vec<(usize, String)>> {
    let page = Page::read(&std::fs::read_to_string(path)?);
    let sound = page.snippets.iter().filter(|snippet| !snippet.must_fail());
    let formatted = sound.map(|snippet| (snippet, formatted(&snippet.text)));
    Ok(formatted.filter(|(old, new)| old.text != *new).map(|(old, new)| (old.line, new)).collect())
}

fn formatted(text: &str) -> String {
    let mut sources = tandem_lang::source::Sources::default();
    let file = sources.add("snippet.tdm", text, false);
    tandem_lang::format::format(file, &sources)
}
