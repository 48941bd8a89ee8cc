//! What can go wrong with one file, told to the person who gave it.

use std::path::{Path, PathBuf};

/// A file, or a call in it, that cannot be read. Other files are not affected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchiveError {
    /// The file.
    pub path: PathBuf,
    /// The line, counted from 1, where the file has lines.
    pub line: Option<u64>,
    /// What is wrong and what to do, lower case.
    pub message: String,
}

impl ArchiveError {
    /// An error about a whole file.
    pub(crate) fn new(path: &Path, message: impl Into<String>) -> Self {
        Self { path: path.to_path_buf(), line: None, message: message.into() }
    }

    /// An error about a line of a file.
    pub(crate) fn at_line(path: &Path, line: u64, message: impl Into<String>) -> Self {
        Self { path: path.to_path_buf(), line: Some(line), message: message.into() }
    }
}

impl std::fmt::Display for ArchiveError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for ArchiveError {}

/// Something odd about a recorded call that is read all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The kind, the same for every call with this oddity, such as `no-time-zone`.
    pub code: &'static str,
    /// What is odd and what was assumed instead, lower case.
    pub message: String,
}

impl std::fmt::Display for Warning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} [{}]", self.message, self.code)
    }
}
