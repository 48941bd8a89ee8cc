//! What the human report shows of single calls: the first failures of quality items, with their place in the call.

use std::sync::atomic::{AtomicBool, Ordering};

use tandem_archive::ArchiveError;
use tandem_simulation::{CallReport, QaResultWord};

use super::naming::call_name;

/// Failures that the human report lists; the JSON report has all.
pub(crate) const FAILURES_SHOWN: usize = 12;

/// Calls to listen to that the human report lists; the JSON report has all.
pub(crate) const SAMPLES_SHOWN: usize = 20;

/// What one call adds.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The first failed items.
    failures: Vec<Failure>,
    failures_count: usize,
    samples: Vec<Sample>,
    samples_count: usize,
    /// Why a record could not be read.
    pub(crate) unreadable: Option<String>,
}

/// A failed quality item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// The call, as people are shown it.
    pub(crate) call: String,
    /// The check and the item.
    pub(crate) item: String,
    /// Where the evidence lies, in milliseconds since the call's start.
    pub(crate) at_ms: i64,
}

/// A call that a sampling took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sample {
    /// The call, as people are shown it.
    pub(crate) call: String,
    /// The sampling.
    pub(crate) sampling: String,
    /// The line that took it.
    pub(crate) line: String,
    /// The author's reason.
    pub(crate) because: String,
}

/// The first failures of all calls, and how many there were.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    /// The first [`FAILURES_SHOWN`].
    pub(crate) failures: Vec<Failure>,
    /// All.
    pub(crate) failures_count: usize,
    /// The first [`SAMPLES_SHOWN`] calls to listen to.
    pub(crate) samples: Vec<Sample>,
    /// All.
    pub(crate) samples_count: usize,
    /// Records that could not be read, the first few.
    pub(crate) unreadable: Vec<String>,
}

impl Evidence {
    /// What one call adds. Runs on the call's thread. Once `full` is set, what is shown has been found, in input order,
    /// and the rest is only counted.
    pub(crate) fn of(full: &AtomicBool, report: Result<&CallReport<'_>, &ArchiveError>) -> Found {
        let report = match report {
            Ok(report) => report,
            Err(error) => return Found { unreadable: Some(error.to_string()), ..Found::default() },
        };
        let failed = report.qa.iter().filter(|line| line.result == QaResultWord::Failed);
        let failure = |line: &tandem_simulation::QaItemReport<'_>| Failure {
            call: call_name(&report.call, &report.file),
            item: format!("{}: {}", line.policy, line.item),
            at_ms: line.at_ms,
        };
        let shown = if full.load(Ordering::Relaxed) { 0 } else { FAILURES_SHOWN };
        let failures = failed.clone().take(shown).map(failure).collect();
        let sample = |one: &tandem_simulation::SampleReport<'_>| Sample {
            call: call_name(&report.call, &report.file),
            sampling: one.sampling.to_owned(),
            line: one.line.to_owned(),
            because: one.because.to_owned(),
        };
        let samples = report.samples.iter().map(sample).collect();
        let samples_count = report.samples.len();
        Found { failures, failures_count: failed.count(), samples, samples_count, unreadable: None }
    }

    /// Adds a call's, in input order.
    pub(crate) fn add(&mut self, full: &AtomicBool, found: Found) {
        self.failures_count += found.failures_count;
        let room = FAILURES_SHOWN.saturating_sub(self.failures.len());
        self.failures.extend(found.failures.into_iter().take(room));
        self.samples_count += found.samples_count;
        let room = SAMPLES_SHOWN.saturating_sub(self.samples.len());
        self.samples.extend(found.samples.into_iter().take(room));
        full.store(self.failures.len() >= FAILURES_SHOWN, Ordering::Relaxed);
        if self.unreadable.len() < FAILURES_SHOWN {
            self.unreadable.extend(found.unreadable);
        }
    }
}
