//! `tandem simulate`

use std::io::{BufWriter, Write};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use indicatif::ProgressBar;
use tandem_archive::ArchiveError;
use tandem_centre::Core;
use tandem_simulation::{CallReport, Options, SourceTable, Summary, UNLISTED_DAY, replay};

use crate::arguments::{SimulateArguments, SimulateFormat};
use crate::calls::{self, Calls};
use crate::failure::{Failure, Outcome};
use crate::logs::LogsReplayed;
use crate::policy::{self, Built};
use crate::report::replay_page::{Limits, Page};
use crate::report::{document::Document, evidence::Evidence, human, logs, naming};
use crate::{policies, progress, tables};

/// Replays recorded calls and writes the report.
///
/// # Errors
/// When the policy or the calls cannot be found, or the report cannot be written.
pub(crate) fn run(arguments: &SimulateArguments) -> Result<Outcome, Failure> {
    if let Some(scenario) = &arguments.centre {
        return super::centre::run(arguments, scenario);
    }
    // Without a centre, the arguments ask for a policy.
    let path = arguments.policy.as_ref().ok_or_else(|| Failure::new("no policy was named"))?;
    let texts = policies::find_one(path)?;
    let folder = texts.folder.clone();
    let mut calls = calls::find(&arguments.calls)?;
    let artefact = match policy::build(texts, arguments.engine)? {
        Built::Ready(artefact) => artefact,
        Built::Broken => return Ok(Outcome::Findings),
    };
    let core = Core::new(artefact).map_err(|error| Failure::new(error.to_string()))?;
    let tables = tables::read(core.manifest(), &folder)?;
    let logs = &calls.take_logs().replay(&core, &tables)?;
    let (jobs, seed) = (jobs(arguments), arguments.seed.unwrap_or(0));
    let shown = path.display().to_string();
    let run = Run { core: &core, tables: &tables, logs, jobs, seed, policy: &shown };
    let format = arguments.format;
    let summary = match &arguments.output {
        Some(path) => {
            let file = std::fs::File::create(path).map_err(|error| Failure::io("write", path, &error))?;
            run.write(calls, format, &mut BufWriter::new(file))?
        }
        None => run.write(calls, format, &mut BufWriter::new(std::io::stdout().lock()))?,
    };
    let unlisted = summary.warnings.contains_key(UNLISTED_DAY);
    Ok(Outcome::from_findings(summary.unreadable > 0 || logs.errors > 0 || unlisted))
}

/// As many threads as asked for, or as the machine runs at once.
pub(super) fn jobs(arguments: &SimulateArguments) -> usize {
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    arguments.jobs.map_or_else(cores, usize::from)
}

/// Everything that a replay needs beside the calls.
#[derive(Clone, Copy)]
struct Run<'a> {
    core: &'a Core,
    tables: &'a [SourceTable],
    logs: &'a LogsReplayed,
    jobs: usize,
    seed: u64,
    /// The policy's path, as it was given.
    policy: &'a str,
}

impl Run<'_> {
    fn write(self, calls: Calls, format: SimulateFormat, out: &mut impl Write) -> Result<Summary, Failure> {
        let bar = progress::bar(calls.known_count(), "replaying");
        let begun = Instant::now();
        let summary = match format {
            SimulateFormat::Human => self.human(calls, &bar, out),
            SimulateFormat::Json => self.json(calls, &bar, begun, out),
            SimulateFormat::Html => self.html(calls, &bar, out),
        };
        let summary = summary.and_then(|summary| out.flush().map(|()| summary));
        bar.finish_and_clear();
        let summary = summary.map_err(|error| Failure::output(&error))?;
        say_speed(&summary, begun);
        Ok(summary)
    }

    fn human(self, calls: Calls, bar: &ProgressBar, out: &mut impl Write) -> std::io::Result<Summary> {
        let mut evidence = Evidence::default();
        let full = AtomicBool::new(false);
        let summary = self.replay(
            calls,
            |report| Evidence::of(&full, report),
            |found| {
                bar.inc(1);
                found.unreadable.iter().for_each(|message| bar.suspend(|| eprintln!("warning: {message}")));
                evidence.add(&full, found);
            },
        );
        // Logs alone have no calls to speak of.
        if summary.calls + summary.unreadable > 0 || !self.logs.any {
            out.write_all(human::report(self.core.manifest(), &summary, &evidence).as_bytes())?;
        }
        out.write_all(logs::report(&self.logs.report).as_bytes())?;
        Ok(summary)
    }

    fn html(self, calls: Calls, bar: &ProgressBar, out: &mut impl Write) -> std::io::Result<Summary> {
        let (mut page, limits) = (Page::default(), Limits::default());
        let summary = self.replay(
            calls,
            |report| Page::part(&limits, report),
            |part| {
                bar.inc(1);
                part.unreadable().iter().for_each(|message| bar.suspend(|| eprintln!("warning: {message}")));
                page.add(&limits, part);
            },
        );
        out.write_all(page.html(self.policy, &summary, self.logs).as_bytes())?;
        Ok(summary)
    }

    fn json(
        self,
        calls: Calls,
        bar: &ProgressBar,
        begun: Instant,
        out: &mut impl Write,
    ) -> std::io::Result<Summary> {
        let mut document = Document::begin(out, self.seed)?;
        let mut written = Ok(());
        let summary = self.replay(calls, Document::<Vec<u8>>::lines, |lines| {
            bar.inc(1);
            lines.unreadable.iter().for_each(|message| bar.suspend(|| eprintln!("warning: {message}")));
            if written.is_ok() {
                written = document.add(&lines);
            }
        });
        written?;
        document.end(&summary, self.logs, begun.elapsed())?;
        Ok(summary)
    }

    fn replay<R: Send>(
        self,
        calls: Calls,
        render: impl Fn(Result<&CallReport<'_>, &ArchiveError>) -> R + Sync,
        deliver: impl FnMut(R),
    ) -> Summary {
        let begun = Instant::now();
        let clock = move || u64::try_from(begun.elapsed().as_nanos()).unwrap_or(u64::MAX);
        let options = Options { jobs: self.jobs, tables: self.tables, clock: Some(&clock) };
        replay(self.core, calls, options, render, deliver)
    }
}

/// How fast it went, on standard error: the report itself is a function of its input alone.
fn say_speed(summary: &Summary, begun: Instant) {
    let elapsed = begun.elapsed().as_secs_f64();
    let audio = match summary.audio_seconds {
        seconds if seconds > 0.0 => format!(", {:.0} × real time", seconds / elapsed.max(1e-9)),
        _ => String::new(),
    };
    let slowest = summary.slowest.as_ref().map_or_else(String::new, |slowest| {
        let ms = slowest.nanoseconds as f64 / 1e6;
        let step = if slowest.step == "load" { "reading" } else { "deciding about" };
        format!("; slowest step: {step} {} ({ms:.1} ms)", naming::call_name(&slowest.call, &slowest.file))
    });
    let rate = summary.calls as f64 / elapsed.max(1e-9);
    eprintln!(
        "{} in {elapsed:.2} s ({rate:.0} calls a second{audio}){slowest}",
        human::counted(summary.calls, "call")
    );
}
