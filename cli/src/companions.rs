//! The files beside a file that it needs: those whose modules it uses, and what these use in turn.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Companions are at most this large; the checker refuses larger files anyway.
const READ_MAX_BYTES: u64 = 8 << 20;

/// The given files and the companions that they need, among the policy files of their folder, in order.
pub(crate) fn with_companions(given: Vec<PathBuf>, beside: &[PathBuf]) -> Vec<PathBuf> {
    let mut all = given;
    let others: Vec<(PathBuf, Head)> = beside
        .iter()
        .filter(|path| !all.contains(path))
        .filter_map(|path| Some((path.clone(), head(path)?)))
        .collect();
    let mut wanted: BTreeSet<String> =
        all.iter().filter_map(|path| head(path)).flat_map(|head| head.uses).collect();
    // Each round adds at least one file, so this ends.
    while let Some((path, head)) =
        others.iter().find(|(path, head)| wanted.contains(&head.module) && !all.contains(path))
    {
        all.push(path.clone());
        wanted.extend(head.uses.iter().cloned());
    }
    all.sort();
    all
}

/// What a file calls itself, and every module that its `use` lines may mean.
struct Head {
    module: String,
    uses: Vec<String>,
}

fn head(path: &Path) -> Option<Head> {
    let small = std::fs::metadata(path).is_ok_and(|data| data.len() <= READ_MAX_BYTES);
    let text = small.then(|| std::fs::read_to_string(path).ok()).flatten()?;
    let named = text.lines().find_map(|line| words_after("module", line));
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let uses = text.lines().filter_map(|line| words_after("use", line)).flat_map(prefixes).collect();
    Some(Head { module: named.map_or(stem, str::to_owned), uses })
}

/// The word after a keyword that begins the line.
fn words_after<'a>(keyword: &str, line: &'a str) -> Option<&'a str> {
    line.strip_prefix(keyword)?.strip_prefix([' ', '\t'])?.split_whitespace().next()
}

/// `a.b.c` may mean a name of module `a.b`, or all of module `a.b.c`.
fn prefixes(path: &str) -> Vec<String> {
    let shorter = path.rsplit_once('.').map(|(module, _)| module.to_owned());
    [Some(path.to_owned()), shorter].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_brings_the_modules_that_it_uses_and_no_others() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let policy = write("policy.tdm", "module bank\nuse words.leaving\n");
        let words = write("w.tdm", "module words\nuse more\n");
        let more = write("more.tdm", "queue a\n");
        let other = write("other.tdm", "queue b\n");
        let beside = [policy.clone(), words.clone(), more.clone(), other];
        let mut expected = vec![policy.clone(), words, more];
        expected.sort();
        assert_eq!(with_companions(vec![policy], &beside), expected);
    }
}
