//! Recordings by a path with wildcards: `*` and `?` within a name, `**` for folders in folders.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use tandem_archive::may_hold_calls;

use crate::failure::Failure;

/// Folders in folders are followed so deep.
const DEPTH_MAX: usize = 32;

/// Files and folders that one pattern may lead past.
const ENTRIES_MAX: usize = 1_000_000;

/// The longest pattern, in bytes.
const PATTERN_BYTES_MAX: usize = 1_024;

/// The files that a pattern means, in order; a pattern without wildcards means its file or folder.
///
/// # Errors
/// When a folder cannot be read, the pattern is beyond the limits, or nothing fits it.
pub(crate) fn find(folder: &Path, pattern: &str) -> Result<Vec<PathBuf>, Failure> {
    if pattern.len() > PATTERN_BYTES_MAX {
        return Err(Failure::new(format!("the pattern is longer than {PATTERN_BYTES_MAX} bytes")));
    }
    let parts: Vec<&str> =
        pattern.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".").collect();
    let plain = parts.iter().take_while(|part| !part.contains(['*', '?'])).count();
    let (base, wild) = parts.split_at(plain);
    let base = base.iter().fold(folder.to_owned(), |path, part| path.join(part));
    let mut walk = Walk { found: BTreeSet::new(), room: ENTRIES_MAX };
    match wild {
        // A folder is searched with an eye for what belongs together.
        [] | ["**"] => drop(walk.found.insert(base.clone())),
        wild => walk.folder(&base, wild, 0)?,
    }
    let found: Vec<PathBuf> = walk.found.into_iter().filter(|path| path.exists()).collect();
    if found.is_empty() {
        return Err(Failure::new(format!("no recorded call fits `{pattern}` in `{}`", folder.display()))
            .help(
                "the path leads from the folder of the file that says it; `**` means all folders in folders",
            ));
    }
    Ok(found)
}

struct Walk {
    found: BTreeSet<PathBuf>,
    room: usize,
}

impl Walk {
    /// Everything in a folder that fits the rest of a pattern.
    fn folder(&mut self, folder: &Path, rest: &[&str], depth: usize) -> Result<(), Failure> {
        let Some((first, others)) = rest.split_first() else { return Ok(()) };
        if depth > DEPTH_MAX || !folder.is_dir() {
            return Ok(());
        }
        if *first == "**" && !others.is_empty() {
            self.folder(folder, others, depth)?;
        }
        let failure = |error: std::io::Error| Failure::io("read", folder, &error);
        for entry in std::fs::read_dir(folder).map_err(failure)? {
            let entry = entry.map_err(failure)?;
            let path = entry.path();
            self.room = self.room.checked_sub(1).ok_or_else(|| {
                Failure::new(format!("more than {ENTRIES_MAX} files lie under the pattern"))
                    .help("name the folder that is meant more closely")
            })?;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            let fits = *first == "**" || matches(first.as_bytes(), name.as_bytes());
            let kind = entry.file_type().map_err(failure)?;
            // A link to a folder leads out of the tree, or round in circles.
            if kind.is_symlink() && path.is_dir() {
                continue;
            }
            match (kind.is_dir(), fits) {
                (true, _) if *first == "**" => self.folder(&path, rest, depth + 1)?,
                (true, true) if others.is_empty() => self.folder(&path, &["**"], depth + 1)?,
                (true, true) => self.folder(&path, others, depth + 1)?,
                (false, true) if others.is_empty() && may_hold_calls(&path) => drop(self.found.insert(path)),
                _ => {}
            }
        }
        Ok(())
    }
}

/// Whether a name fits a pattern with `*` and `?`, in time linear in each other's length.
fn matches(pattern: &[u8], name: &[u8]) -> bool {
    let (mut at, mut from) = (0, 0);
    // Where the last star stands, and how much of the name it covers.
    let mut star: Option<(usize, usize)> = None;
    while let Some(letter) = name.get(from) {
        match (pattern.get(at), star) {
            (Some(b'*'), _) => {
                star = Some((at, from));
                at += 1;
            }
            (Some(wanted), _) if *wanted == b'?' || wanted == letter => {
                at += 1;
                from += 1;
            }
            (_, Some((starred, covered))) => {
                star = Some((starred, covered + 1));
                at = starred + 1;
                from = covered + 1;
            }
            _ => return false,
        }
    }
    pattern.get(at..).unwrap_or_default().iter().all(|left| *left == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_cover_any_part_of_a_name() {
        let fits = |pattern: &str, name: &str| matches(pattern.as_bytes(), name.as_bytes());
        assert!(
            fits("*.jsonl", "a.jsonl") && fits("*", "") && fits("a*b*c", "axxbyyc") && fits("a?c", "abc")
        );
        assert!(!fits("*.jsonl", "a.json") && !fits("a*b*c", "axxc") && !fits("a?c", "ac") && !fits("", "a"));
    }

    #[test]
    fn patterns_find_files_in_folders_and_tell_when_nothing_fits() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a/one.jsonl", "a/b/two.jsonl", "a/b/note.txt", "a/.hidden/three.jsonl", "c/four.wav"] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        let found = |pattern: &str| {
            let found = find(folder.path(), pattern).map_err(|error| error.to_string())?;
            let name = |path: &PathBuf| path.strip_prefix(folder.path()).unwrap().display().to_string();
            Ok::<_, String>(found.iter().map(name).collect::<Vec<_>>())
        };
        assert_eq!(found("a/**").unwrap(), ["a"]);
        assert_eq!(found("**/*").unwrap(), ["a/b/two.jsonl", "a/one.jsonl", "c/four.wav"]);
        assert_eq!(found("a/**/*.jsonl").unwrap(), ["a/b/two.jsonl", "a/one.jsonl"]);
        assert_eq!(found("./?/*.wav").unwrap(), ["c/four.wav"]);
        assert_eq!(found("a").unwrap(), ["a"]);
        assert_eq!(found("*").unwrap(), ["a/b/two.jsonl", "a/one.jsonl", "c/four.wav"]);
        for pattern in ["nowhere/**", "nowhere", "a/*.wav", "**/note.txt"] {
            assert!(found(pattern).unwrap_err().contains(pattern));
        }
        assert!(found(&"*".repeat(2_000)).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_to_folders_are_not_followed_and_those_to_files_are() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        std::fs::create_dir(&inner).unwrap();
        std::fs::write(folder.path().join("one.jsonl"), "").unwrap();
        std::os::unix::fs::symlink(folder.path(), inner.join("round")).unwrap();
        std::os::unix::fs::symlink(folder.path().join("one.jsonl"), inner.join("two.jsonl")).unwrap();
        let found = find(folder.path(), "**/*").unwrap();
        assert_eq!(found, [inner.join("two.jsonl"), folder.path().join("one.jsonl")]);
    }
}
