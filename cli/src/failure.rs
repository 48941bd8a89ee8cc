//! Why a command could not run, and the exit codes of all commands.

use std::fmt;
use std::path::Path;
use std::process::ExitCode;

/// How a command that ran ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing found.
    Clean,
    /// Findings: errors, failed tests, changes.
    Findings,
}

impl Outcome {
    /// `Findings` if there are any.
    pub(crate) const fn from_findings(any: bool) -> Self {
        if any { Self::Findings } else { Self::Clean }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Clean => Self::SUCCESS,
            Outcome::Findings => Self::from(1),
        }
    }
}

/// Why a command could not run: a message for people, and what to do.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    help: Option<String>,
    closed_pipe: bool,
}

impl Failure {
    /// A message alone.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, closed_pipe: false }
    }

    /// Adds what to do.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// What went wrong, without what to do.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// Standard output, or the file that stands for it, could not be written.
    pub(crate) fn output(error: &std::io::Error) -> Self {
        let closed_pipe = error.kind() == std::io::ErrorKind::BrokenPipe;
        Self { closed_pipe, ..Self::new(format!("cannot write the output: {error}")) }
    }

    /// Whether the reader of standard output went away, as `head` does: no failure of ours.
    pub(crate) const fn is_closed_pipe(&self) -> bool {
        self.closed_pipe
    }

    /// A file or folder could not be read or written.
    pub(crate) fn io(doing: &str, path: &Path, error: &std::io::Error) -> Self {
        let why = match error.kind() {
            std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
            std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
            _ => error.to_string(),
        };
        Self::new(format!("cannot {doing} `{}`: {why}", path.display()))
    }
}

impl Failure {
    /// What is wrong and what to do, in one line.
    pub(crate) fn words(&self) -> String {
        match &self.help {
            Some(help) => format!("{}; {help}", self.message),
            None => self.message.clone(),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.message)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, "\n  help: {help}"))
    }
}
