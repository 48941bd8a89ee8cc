//! What the human report shows of single calls: the first failures of quality items, with their place in the call.

use tandem_archive::ArchiveError;
use tandem_simulation::{CallReport, QaResultWord};

/// Failures that the human report lists; the JSON report has all.
pub(crate) const FAILURES_SHOWN: usize = 12;

/// What one call adds.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Failed items: call, item, offset in milliseconds.
    failures: Vec<Failure>,
    /// Why a record could not be read.
    pub(crate) unreadable: Option<String>,
}

/// A failed quality item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// The call.
    pub(crate) call: String,
    /// The check and the item.
    pub(crate) item: String,
    /// Where the evidence lies, in milliseconds since the call's start.
    pub(crate) at_ms: i64,
}

/// The first failures of all calls, and how many there were.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    /// The first [`FAILURES_SHOWN`].
    pub(crate) failures: Vec<Failure>,
    /// All.
    pub(crate) failures_count: usize,
    /// Records that could not be read, the first few.
    pub(crate) unreadable: Vec<String>,
}

impl Evidence {
    /// What one call adds. Runs on the call's thread.
    pub(crate) fn of(report: Result<&CallReport<'_>, &ArchiveError>) -> Found {
        let report = match report {
            Ok(report) => report,
            Err(error) => return Found { unreadable: Some(error.to_string()), ..Found::default() },
        };
        let failed = report.qa.iter().filter(|line| line.result == QaResultWord::Failed);
        let failure = |line: &tandem_simulation::QaItemReport<'_>| Failure {
            call: report.call.clone(),
            item: format!("{}: {}", line.policy, line.item),
            at_ms: line.at_ms,
        };
        Found { failures: failed.map(failure).collect(), unreadable: None }
    }

    /// Adds a call's, in input order.
    pub(crate) fn add(&mut self, found: Found) {
        self.failures_count += found.failures.len();
        let room = FAILURES_SHOWN.saturating_sub(self.failures.len());
        self.failures.extend(found.failures.into_iter().take(room));
        if self.unreadable.len() < FAILURES_SHOWN {
            self.unreadable.extend(found.unreadable);
        }
    }
}
