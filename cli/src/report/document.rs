//! The JSON report, written while the replay runs, so that memory does not grow with the number of calls.
//!
//! `decisions` stream straight to the output; what comes beside them waits in files without a name and follows.

use std::io::{Read, Seek, SeekFrom, Write};
use std::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};
use tandem_archive::ArchiveError;
use tandem_simulation::{CallReport, LogReport, REPORT_VERSION, Summary};
use tempfile::SpooledTempFile;

use crate::logs::LogsReplayed;

/// Bytes of a list that are kept in memory before they go to disk.
const SPOOL_BYTES: usize = 4 << 20;

/// The lists that follow `decisions`, in order.
const LISTS: [&str; 7] = ["qa", "qa_checks", "samples", "leads", "hidden", "notes", "unreadable"];

/// One call's lines, ready to be written: `decisions`, then [`LISTS`].
#[derive(Debug, Default)]
pub(crate) struct Lines {
    decisions: Vec<u8>,
    lists: [Vec<u8>; LISTS.len()],
    /// Why a record could not be read.
    pub(crate) unreadable: Option<String>,
}

/// A report that is being written.
pub(crate) struct Document<'o, W: Write> {
    out: &'o mut W,
    decisions: Separator,
    lists: [(Separator, SpooledTempFile); LISTS.len()],
}

/// Puts commas between lines, none before the first.
#[derive(Default)]
struct Separator {
    any: bool,
}

impl Separator {
    /// Writes lines that each begin with a comma and a line end, without the very first comma.
    fn write(&mut self, lines: &[u8], out: &mut impl Write) -> std::io::Result<()> {
        let lines = if self.any { lines } else { lines.strip_prefix(b",").unwrap_or(lines) };
        self.any |= !lines.is_empty();
        out.write_all(lines)
    }
}

impl<'o, W: Write> Document<'o, W> {
    /// Writes the beginning.
    pub(crate) fn begin(out: &'o mut W, seed: u64) -> std::io::Result<Self> {
        write!(out, "{{\n  \"version\": {REPORT_VERSION},\n  \"seed\": {seed},\n  \"decisions\": [")?;
        let list = || (Separator::default(), SpooledTempFile::new(SPOOL_BYTES));
        Ok(Self { out, decisions: Separator::default(), lists: std::array::from_fn(|_| list()) })
    }

    /// One call's lines. Runs on the call's thread.
    pub(crate) fn lines(report: Result<&CallReport<'_>, &ArchiveError>) -> Lines {
        let mut lines = Lines::default();
        let [qa, checks, samples, leads, hidden, notes, unreadable] = &mut lines.lists;
        match report {
            Ok(report) => {
                report.decision_lines().for_each(|line| push(&mut lines.decisions, &line));
                report.qa_lines().for_each(|line| push(qa, &line));
                report.checks.iter().for_each(|line| push(checks, &report.line(line)));
                report.samples.iter().for_each(|line| push(samples, &report.line(line)));
                report.leads.iter().for_each(|line| push(leads, &report.line(line)));
                report.hidden.iter().for_each(|line| push(hidden, &report.line(line)));
                report.notes.iter().for_each(|line| push(notes, &report.line(line)));
                report.warnings.iter().for_each(|line| push(notes, &report.line(line)));
            }
            Err(error) => {
                let file = error.path.display().to_string();
                push(unreadable, &json!({ "file": file, "line": error.line, "message": error.message }));
                lines.unreadable = Some(error.to_string());
            }
        }
        lines
    }

    /// Adds a call's lines, in input order.
    pub(crate) fn add(&mut self, lines: &Lines) -> std::io::Result<()> {
        self.decisions.write(&lines.decisions, self.out)?;
        for ((separator, spool), list) in self.lists.iter_mut().zip(&lines.lists) {
            separator.write(list, spool)?;
        }
        Ok(())
    }

    /// Writes the lists that waited, the totals, and how long it took, which alone differs from run to run.
    pub(crate) fn end(
        self,
        summary: &Summary,
        logs: &LogsReplayed,
        elapsed: Duration,
    ) -> std::io::Result<()> {
        self.out.write_all(b"\n  ]")?;
        for (name, (_, mut spool)) in LISTS.into_iter().zip(self.lists) {
            write!(self.out, ",\n  \"{name}\": [")?;
            spool.seek(SeekFrom::Start(0))?;
            copy(&mut spool, self.out)?;
            self.out.write_all(b"\n  ]")?;
        }
        for (name, value) in totals(summary) {
            write!(self.out, ",\n  \"{name}\": {value}")?;
        }
        if logs.any {
            let LogReport { campaigns, tickets, notes } = &logs.report;
            for (name, value) in
                [("campaigns", json!(campaigns)), ("tickets", json!(tickets)), ("log_notes", json!(notes))]
            {
                write!(self.out, ",\n  \"{name}\": {value}")?;
            }
        }
        writeln!(self.out, ",\n  \"elapsed_ms\": {}\n}}", elapsed.as_millis())
    }
}

fn copy(from: &mut impl Read, to: &mut impl Write) -> std::io::Result<()> {
    std::io::copy(from, to).map(|_| ())
}

fn push(lines: &mut Vec<u8>, line: &impl Serialize) {
    lines.extend_from_slice(b",\n    ");
    // Lines are made of texts and numbers; writing those to memory cannot fail.
    drop(serde_json::to_writer(lines, line));
}

fn totals(summary: &Summary) -> [(&'static str, Value); 22] {
    [
        ("calls", json!(summary.calls)),
        ("audio_seconds", json!(summary.audio_seconds)),
        ("events", json!(summary.events)),
        ("queues", json!(summary.queues)),
        ("calls_without_queue", json!(summary.calls_without_queue)),
        ("rules", json!(summary.rules)),
        ("watches", json!(summary.watches)),
        ("dialogs", json!(summary.dialogs)),
        ("alerts", json!(summary.alerts)),
        ("alert_times", json!(summary.alert_times)),
        ("qa_items", json!(summary.qa)),
        ("qa_totals", json!(summary.checks)),
        ("agents", json!(summary.agents)),
        ("samplings", json!(summary.samplings)),
        ("exports", json!(summary.exports)),
        ("fairness", json!(summary.fairness)),
        ("experiments", json!(summary.experiments)),
        ("targets", json!(summary.targets)),
        ("not_measured", json!(summary.unmeasured)),
        ("calls_diverged", json!(summary.calls_diverged)),
        ("calls_requeued", json!(summary.calls_requeued)),
        ("warnings", json!(summary.warnings)),
    ]
}
