//! Runs the `replay` items of a policy.

use std::path::{Path, PathBuf};

use tandem_centre::Core;
use tandem_simulation::{Options, ReplayResult, SourceTable, decided_queues, replay_expected};
use tandem_stdlib::contract::ReplaySpec;

use crate::arguments::Engine;
use crate::failure::Failure;
use crate::policy::{self, Built};
use crate::{calls, policies, progress, recordings, tables};

/// What came of a `replay`: its result, or why it could not be run.
pub(crate) struct Replayed {
    /// The item.
    pub(crate) spec: ReplaySpec,
    /// What came of it.
    pub(crate) result: Result<ReplayResult, String>,
}

impl Replayed {
    /// Whether all that it expects holds.
    pub(crate) fn passed(&self) -> bool {
        self.result.as_ref().is_ok_and(ReplayResult::passed)
    }
}

/// Runs all `replay` items of a policy, one after another, each on all cores.
///
/// # Errors
/// When the tables of the policy's sources cannot be read.
pub(crate) fn run(core: &Core, folder: &Path, engine: Engine) -> Result<Vec<Replayed>, Failure> {
    let specs = &core.manifest().replays;
    if specs.is_empty() {
        return Ok(Vec::new());
    }
    let tables = tables::read(core.manifest(), folder)?;
    let one = |spec: &ReplaySpec| Replayed {
        spec: spec.clone(),
        result: replay(core, &tables, spec, engine).map_err(|failure| failure.words()),
    };
    Ok(specs.iter().map(one).collect())
}

fn replay(
    core: &Core,
    tables: &[SourceTable],
    spec: &ReplaySpec,
    engine: Engine,
) -> Result<ReplayResult, Failure> {
    let beside = Path::new(&spec.place.file).parent().unwrap_or(Path::new("")).to_owned();
    let found = recordings::find(&beside, &spec.pattern)?;
    let before = match &spec.since {
        Some(since) => Some(queues_before(&beside.join(since), &found, engine)?),
        None => None,
    };
    let calls = calls::find(&found)?;
    let bar = progress::bar(calls.known_count(), "replaying");
    let told = |unreadable: Option<&str>| {
        bar.inc(1);
        unreadable.into_iter().for_each(|message| bar.suspend(|| eprintln!("warning: {message}")));
    };
    let result = replay_expected(core, spec, before.as_deref(), calls, options(tables), told);
    bar.finish_and_clear();
    Ok(result)
}

/// The queues that another policy decides about the same calls.
fn queues_before(path: &Path, found: &[PathBuf], engine: Engine) -> Result<Vec<String>, Failure> {
    let texts = policies::find_one(path)?;
    let folder = texts.folder.clone();
    let Built::Ready(artefact) = policy::build(texts, engine)? else {
        return Err(Failure::new(format!("the policy before, `{}`, has errors", path.display())));
    };
    let core = Core::new(artefact).map_err(|error| Failure::new(error.to_string()))?;
    let tables = tables::read(core.manifest(), &folder)?;
    Ok(decided_queues(&core, calls::find(found)?, options(&tables)))
}

fn options(tables: &[SourceTable]) -> Options<'_> {
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    Options { jobs, tables, clock: None }
}
