use std::path::{Path, PathBuf};

use crate::check::{Checked, check_texts};

/// Findings as `CODE message`, in order.
pub(super) fn findings(checked: &Checked) -> Vec<String> {
    let shown = |one: &crate::diagnostics::Diagnostic| {
        let place = checked.sources.place(one.span);
        format!("{} {} ({}:{})", one.code.text(), one.message, place.file, place.line)
    };
    checked.diagnostics.iter().map(shown).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn policies_in(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|suffix| suffix == "tdm"));
    paths.sort();
    paths.into_iter().map(|path| (path.display().to_string(), std::fs::read(&path).unwrap())).collect()
}

#[test]
fn the_example_policies_have_no_finding() {
    for name in ["bank", "shop", "office"] {
        let texts = policies_in(&root().join("examples").join(name));
        assert!(!texts.is_empty(), "{name}");
        let checked = check_texts(texts);
        assert_eq!(findings(&checked), Vec::<String>::new(), "{name}");
        assert!(checked.program.is_some());
    }
}
