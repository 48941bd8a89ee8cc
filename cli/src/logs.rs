//! Logs of campaigns and tickets among the recorded calls.

use std::path::Path;

use tandem_archive::{ArchiveError, CentreLog, read_log};
use tandem_centre::Core;
use tandem_simulation::{LogReport, SourceTable, replay_logs};

use crate::failure::Failure;

/// Logs as they were read.
#[derive(Debug, Default)]
pub(crate) struct Logs {
    read: Vec<(String, CentreLog)>,
}

/// What the policy says about the logs.
#[derive(Debug, Default)]
pub(crate) struct LogsReplayed {
    /// The report; empty without logs.
    pub(crate) report: LogReport,
    /// Whether there were logs.
    pub(crate) any: bool,
    /// Lines and files that could not be read.
    pub(crate) errors: u64,
}

impl Logs {
    /// Reads one more.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn read(&mut self, path: &Path) -> Result<(), ArchiveError> {
        self.read.push((path.display().to_string(), read_log(path)?));
        Ok(())
    }

    /// Holds the logs against the policy; what cannot be read is told on standard error.
    ///
    /// # Errors
    /// When calendars of the policy cannot be evaluated.
    pub(crate) fn replay(&self, core: &Core, tables: &[SourceTable]) -> Result<LogsReplayed, Failure> {
        let mut errors = 0;
        for (file, log) in &self.read {
            log.errors.iter().for_each(|error| eprintln!("warning: {error}"));
            log.warnings.iter().for_each(|warning| eprintln!("warning: {file}: {warning}"));
            errors += log.errors.len() as u64;
        }
        let report = replay_logs(core, tables, &self.read);
        let report = report.map_err(|error| Failure::new(error.to_string()))?;
        Ok(LogsReplayed { report, any: !self.read.is_empty(), errors })
    }
}
