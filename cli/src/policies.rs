//! Finds the policies that a path means.
//!
//! A folder with `.tdm` files in it is one policy, its subfolders included. A folder without any stands for the
//! policies in its subfolders. Files that are named one by one and lie in the same folder are one policy, with the
//! files beside them whose modules they use.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::companions::with_companions;
use crate::failure::Failure;

/// How deep folders may be nested.
const DEPTH_MAX: usize = 16;

/// The texts of one policy, before anybody looked at them.
#[derive(Debug)]
pub(crate) struct PolicyTexts {
    /// The folder that it lies in.
    pub(crate) folder: PathBuf,
    /// File names as shown to people, and contents.
    pub(crate) texts: Vec<(String, Vec<u8>)>,
}

/// All policies under the paths, in order of their names.
///
/// # Errors
/// When a path cannot be read, or nothing under a path is a policy.
pub(crate) fn find(paths: &[PathBuf]) -> Result<Vec<PolicyTexts>, Failure> {
    let mut policies = Vec::new();
    let mut lone: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    for path in paths {
        let data = std::fs::metadata(path).map_err(|error| Failure::io("read", path, &error))?;
        if data.is_dir() {
            let before = policies.len();
            find_in(path, 0, &mut policies)?;
            if policies.len() == before {
                return Err(Failure::new(format!("there is no policy in `{}`", path.display()))
                    .help("a policy is a file whose name ends in `.tdm`"));
            }
        } else {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            lone.entry(folder.unwrap_or(Path::new(".")).to_owned()).or_default().push(path.clone());
        }
    }
    for (folder, files) in lone {
        let beside = list(&folder)?.0;
        policies.push((folder, with_companions(files, &beside)));
    }
    policies.into_iter().map(|(folder, files)| read(folder, files)).collect()
}

/// The one policy that a path means.
///
/// # Errors
/// As [`find`], and when the path holds several policies.
pub(crate) fn find_one(path: &Path) -> Result<PolicyTexts, Failure> {
    let mut found = find(&[path.to_owned()])?;
    match (found.pop(), found.is_empty()) {
        (Some(one), true) => Ok(one),
        _ => Err(Failure::new(format!("`{}` holds several policies", path.display()))
            .help("name the folder or the file of one of them")),
    }
}

type Found = Vec<(PathBuf, Vec<PathBuf>)>;

fn find_in(folder: &Path, depth: usize, policies: &mut Found) -> Result<(), Failure> {
    let (files, folders) = list(folder)?;
    if files.is_empty() && depth < DEPTH_MAX {
        return folders.iter().try_for_each(|inner| find_in(inner, depth + 1, policies));
    }
    let mut all = files;
    folders.iter().try_for_each(|inner| collect(inner, depth + 1, &mut all))?;
    policies.push((folder.to_owned(), all));
    Ok(())
}

fn collect(folder: &Path, depth: usize, all: &mut Vec<PathBuf>) -> Result<(), Failure> {
    if depth > DEPTH_MAX {
        return Ok(());
    }
    let (files, folders) = list(folder)?;
    all.extend(files);
    folders.iter().try_for_each(|inner| collect(inner, depth + 1, all))
}

/// Policy files and visible folders, each in order.
fn list(folder: &Path) -> Result<(Vec<PathBuf>, Vec<PathBuf>), Failure> {
    let failure = |error: std::io::Error| Failure::io("read", folder, &error);
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for entry in std::fs::read_dir(folder).map_err(failure)? {
        let entry = entry.map_err(failure)?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        let path = entry.path();
        if hidden {
            continue;
        } else if entry.file_type().map_err(failure)?.is_dir() {
            folders.push(path);
        } else if path.extension().is_some_and(|extension| extension == "tdm") {
            files.push(path);
        }
    }
    files.sort();
    folders.sort();
    Ok((files, folders))
}

/// Files beyond this size are not read at all; the checker's own, smaller limit gives the message.
const READ_MAX_BYTES: u64 = 64 << 20;

fn read(folder: PathBuf, files: Vec<PathBuf>) -> Result<PolicyTexts, Failure> {
    use std::io::Read as _;
    let read_one = |path: &PathBuf| {
        let mut bytes = Vec::new();
        let file = std::fs::File::open(path).map_err(|error| Failure::io("read", path, &error))?;
        file.take(READ_MAX_BYTES)
            .read_to_end(&mut bytes)
            .map_err(|error| Failure::io("read", path, &error))?;
        Ok((path.display().to_string(), bytes))
    };
    let texts = files.iter().map(read_one).collect::<Result<_, Failure>>()?;
    Ok(PolicyTexts { folder, texts })
}
