//! Which files under the given paths hold calls.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::audio::is_audio;
use crate::error::ArchiveError;
use crate::input::{Input, audio_beside, unreadable};
use crate::vcon;

/// Folders in folders are followed so deep.
const DEPTH_MAX: u32 = 32;
/// Files and folders that are looked at, all paths together.
const ENTRIES_MAX: usize = 1_000_000;
/// After so many more of them, the caller is told.
const TOLD_EVERY: usize = 1_000;
/// Bytes of a `.json` file that are looked at to tell whether it may be a record.
const PEEK_BYTES: u64 = 64 << 10;

/// Finds the calls under these files and folders, recursively, in order of their paths, each file once.
///
/// Audio that belongs to a record found here is part of that record. In folders, a `.json` file counts when it looks
/// like a record, other files are passed over. Links to files are followed, links to folders are not: they lead out of the
/// folder, or round in circles.
///
/// # Errors
/// A path does not exist or cannot be read, a named file is none that holds calls, a folder has no calls in it, or the
/// folders hold too many files.
pub fn discover(paths: &[PathBuf]) -> Result<Vec<Input>, ArchiveError> {
    discover_telling(paths, &mut |_| {})
}

/// The same; `tell` hears from time to time how many files and folders have been looked at.
///
/// # Errors
/// As [`discover`].
pub fn discover_telling(paths: &[PathBuf], tell: &mut dyn FnMut(usize)) -> Result<Vec<Input>, ArchiveError> {
    let mut inputs = BTreeSet::new();
    let mut walk = Walk { files: Vec::new(), looked_at: 0, most: ENTRIES_MAX, tell };
    for path in paths {
        let metadata = std::fs::metadata(path).map_err(|error| unreadable(path, &error))?;
        if metadata.is_dir() {
            walk.files.clear();
            walk.folder(path, 0)?;
            let found = of_folder(&walk.files);
            if found.is_empty() {
                let message =
                    "no recorded calls in this folder; they end in .vcon.json, .json, .mp3, .wav or .jsonl";
                return Err(ArchiveError::new(path, message));
            }
            inputs.extend(found);
        } else {
            inputs.insert(named(path)?);
        }
    }
    Ok(inputs.into_iter().collect())
}

/// Whether a file's name is one that recorded calls have.
#[must_use]
pub fn may_hold_calls(path: &Path) -> bool {
    is_timeline(path) || is_audio(path) || is_record(path)
}

/// A file that was given by name.
fn named(path: &Path) -> Result<Input, ArchiveError> {
    if is_timeline(path) {
        return Ok(Input::Timeline(path.to_path_buf()));
    }
    if is_audio(path) {
        return Ok(Input::Recording(record_beside(path).unwrap_or_else(|| path.to_path_buf())));
    }
    if is_record(path) {
        return Ok(Input::Recording(path.to_path_buf()));
    }
    Err(ArchiveError::new(
        path,
        "not a recorded call; those end in .vcon.json, .json, .vcon, .mp3, .wav or .jsonl",
    ))
}

/// A walk through folders.
struct Walk<'t> {
    files: Vec<PathBuf>,
    looked_at: usize,
    most: usize,
    tell: &'t mut dyn FnMut(usize),
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path, depth: u32) -> Result<(), ArchiveError> {
        let failure = |error: std::io::Error| unreadable(folder, &error);
        for entry in std::fs::read_dir(folder).map_err(failure)? {
            let entry = entry.map_err(failure)?;
            self.look_at(folder)?;
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            let (path, kind) = (entry.path(), entry.file_type().map_err(failure)?);
            if kind.is_dir() {
                if depth < DEPTH_MAX {
                    self.folder(&path, depth + 1)?;
                }
            } else if !kind.is_symlink() || path.is_file() {
                self.files.push(path);
            }
        }
        Ok(())
    }

    fn look_at(&mut self, folder: &Path) -> Result<(), ArchiveError> {
        self.looked_at += 1;
        if self.looked_at > self.most {
            let message = format!(
                "more than {} files lie in the folders given; name the folders that are meant more closely",
                self.most
            );
            return Err(ArchiveError::new(folder, message));
        }
        if self.looked_at.is_multiple_of(TOLD_EVERY) {
            (self.tell)(self.looked_at);
        }
        Ok(())
    }
}

fn of_folder(files: &[PathBuf]) -> Vec<Input> {
    let records: Vec<&PathBuf> =
        files.iter().filter(|path| is_record(path) && looks_like_record(path)).collect();
    let claimed = claimed(&records, files);
    let audio = files.iter().filter(|path| is_audio(path) && !claimed.contains(*path));
    let timelines = files.iter().filter(|path| is_timeline(path)).cloned().map(Input::Timeline);
    records.iter().copied().chain(audio).cloned().map(Input::Recording).chain(timelines).collect()
}

/// Audio files that belong to one of the records: of the same name, or named in it.
fn claimed(records: &[&PathBuf], files: &[PathBuf]) -> BTreeSet<PathBuf> {
    let (mut claimed, mut alone) = (BTreeSet::new(), Vec::new());
    for record in records {
        match audio_beside(record) {
            Some(audio) => drop(claimed.insert(audio)),
            None => alone.push(record),
        }
    }
    let free: Vec<&PathBuf> =
        files.iter().filter(|path| is_audio(path) && !claimed.contains(*path)).collect();
    if free.is_empty() {
        return claimed;
    }
    let mentions = alone.iter().filter_map(|record| Some((record.parent()?, peek(record)?)));
    for (folder, text) in mentions {
        let named = free
            .iter()
            .filter(|audio| audio.parent() == Some(folder))
            .filter(|audio| audio.file_name().is_some_and(|name| text.contains(&*name.to_string_lossy())));
        claimed.extend(named.map(|audio| (*audio).clone()));
    }
    claimed
}

fn record_beside(audio: &Path) -> Option<PathBuf> {
    let endings = ["vcon.json", "json", "vcon"];
    endings
        .iter()
        .map(|ending| audio.with_extension(ending))
        .find(|path| path.is_file() && looks_like_record(path))
}

fn looks_like_record(path: &Path) -> bool {
    let name = path.to_string_lossy();
    if name.ends_with(".vcon.json") || name.ends_with(".vcon") || audio_beside(path).is_some() {
        return true;
    }
    let marks = ["\"vcon\"", "\"dialog\"", "\"Transcript\"", "\"speaker\"", "\"payload\""];
    peek(path).is_some_and(|text| marks.iter().any(|mark| text.contains(mark)))
}

fn peek(path: &Path) -> Option<String> {
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(PEEK_BYTES).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn is_record(path: &Path) -> bool {
    has_extension(path, &["json", "vcon"]) && !vcon::stem(path).is_empty()
}

fn is_timeline(path: &Path) -> bool {
    has_extension(path, &["jsonl", "ndjson"])
}

fn has_extension(path: &Path, known: &[&str]) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| known.iter().any(|known| known.eq_ignore_ascii_case(extension)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_too_many_files_are_an_error_that_says_so() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["one.wav", "two.wav", "three.wav"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let mut told = |_| {};
        let mut walk =
            |most| Walk { files: Vec::new(), looked_at: 0, most, tell: &mut told }.folder(folder.path(), 0);
        assert!(walk(3).is_ok());
        assert!(walk(2).unwrap_err().to_string().contains("more than 2 files"));
    }
}
