//! Replays call after call on one thread, with the memory of the first.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use tandem_archive::{ArchiveError, RecordedCall};
use tandem_centre::{Call, Core};

use super::{Input, Options};
use crate::centre::{exported, groups, leads, modes_on, samples};
use crate::collect::Collector;
use crate::divergence::recorded_queue;
use crate::drive::Drive;
use crate::figures::OfRecord;
use crate::recording::hidden;
use crate::report::{CallReport, CallWarning, Timing};
use crate::table::TableSources;

/// What came of one input.
pub(super) struct Done<'m, R> {
    pub(super) report: Result<CallReport<'m>, ArchiveError>,
    pub(super) rendered: R,
}

/// One thread's memory.
pub(super) struct Worker<'m, 'o, F> {
    core: &'m Core,
    call: Call,
    recorded: RecordedCall,
    collector: Collector<'m>,
    sources: TableSources<'o>,
    options: Options<'o>,
    render: &'o F,
}

impl<'m, 'o, F> Worker<'m, 'o, F> {
    pub(super) fn new(core: &'m Core, options: Options<'o>, render: &'o F) -> Self {
        Self {
            core,
            call: core.call(),
            recorded: RecordedCall::default(),
            collector: Collector::new(core.manifest()),
            sources: TableSources::new(options.tables),
            options,
            render,
        }
    }

    /// Replays an input. A fault of the program on it costs this call alone: it counts as a record that could not be
    /// read, and everything that the fault may have left half done is thrown away.
    pub(super) fn run<R>(&mut self, input: impl Input) -> Done<'m, R>
    where
        F: Fn(Result<&CallReport<'_>, &ArchiveError>) -> R,
    {
        let whole = catch_unwind(AssertUnwindSafe(|| {
            let report = self.replay(input);
            let rendered = (self.render)(report.as_ref());
            Done { report, rendered }
        }));
        whole.unwrap_or_else(|fault| {
            let error = self.fault(fault.as_ref());
            *self = Self::new(self.core, self.options, self.render);
            let rendered = (self.render)(Err(&error));
            Done { report: Err(error), rendered }
        })
    }

    /// What a fault of the program says about the record at hand.
    fn fault(&self, fault: &(dyn Any + Send)) -> ArchiveError {
        let known = fault.downcast_ref::<&str>().copied();
        let words = known.or_else(|| fault.downcast_ref::<String>().map(String::as_str)).unwrap_or_default();
        let call = match self.recorded.id.as_str() {
            "" => String::new(),
            id => format!("call `{id}`: "),
        };
        let message = format!("{call}tandem itself failed on this record; please report it: {words}");
        let file = if self.recorded.file.is_empty() { "a record" } else { self.recorded.file.as_str() };
        ArchiveError { path: PathBuf::from(file), line: None, message }
    }

    fn replay(&mut self, input: impl Input) -> Result<CallReport<'m>, ArchiveError> {
        let begun = self.now();
        self.recorded.clear();
        input.load(&mut self.recorded)?;
        let load_ns = self.now().saturating_sub(begun);
        let drive = Drive {
            recorded: &self.recorded,
            clock: self.options.clock,
            wants_speech: self.core.wants_speech(),
            modes: modes_on(self.core, &self.recorded),
        };
        let driven = drive.run(&mut self.call, &mut self.sources, &mut self.collector, |_, _| {});
        let mut report = self.collector.finish(&self.recorded);
        report.call.clone_from(&self.recorded.id);
        report.file.clone_from(&self.recorded.file);
        report.duration_ms = self.recorded.duration_ms;
        report.audio_ms = self.recorded.audio_ms;
        report.events = driven.events;
        report.agents = driven.agents;
        report.unmeasured = driven.measured.missing(self.core.manifest());
        report.samples = samples(self.core.manifest(), &mut self.call, &self.recorded.id);
        report.leads = leads(self.core, &mut self.call);
        report.hidden = hidden(self.core.manifest(), &mut self.call, &self.recorded);
        let experiments = self.core.manifest().experiments.len();
        report.tally.tries = (0..experiments).map(|experiment| self.call.tries(experiment)).collect();
        let manifest = self.core.manifest();
        report.tally.exported = exported(manifest, &mut self.call);
        report.tally.groups = groups(manifest, &mut self.call);
        let counts = !manifest.targets.is_empty() || !manifest.replays.is_empty();
        let counts = counts || !manifest.protected.is_empty();
        report.tally.shown = counts.then(|| OfRecord::of(&self.recorded));
        if !manifest.replays.is_empty() {
            report.tally.recorded_queue = recorded_queue(manifest, &self.recorded);
        }
        report.timing = self.options.clock.map(|_| Timing { load_ns, decide_ns: driven.decide_ns });
        let oddities = self.recorded.warnings.iter();
        let oddities = oddities.map(|odd| CallWarning { code: odd.code, message: odd.message.clone() });
        report.warnings.splice(0..0, oddities);
        Ok(report)
    }

    fn now(&self) -> u64 {
        self.options.clock.map_or(0, |clock| clock())
    }
}
