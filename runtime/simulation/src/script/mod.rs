//! `test` blocks on a virtual clock.

mod around;
mod heard;
mod judge;
mod stage;

use tandem_centre::Core;
use tandem_stdlib::contract::{Place, Script};

pub(crate) use around::Unheard;
use judge::Judge;
use stage::Stage;

/// What came of one `test` block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptResult {
    /// The test's title.
    pub name: String,
    /// Where it stands.
    pub place: Place,
    /// Expectations that were checked.
    pub checked: usize,
    /// Expectations that did not hold, in order; empty: the test passed.
    pub failures: Vec<ScriptFailure>,
    /// All that was decided, one line each, in order of time: `5s alert supervisor "customer distressed" (bank.angry)`.
    pub decided: Vec<String>,
    /// What went wrong inside the call and was survived.
    pub incidents: Vec<String>,
    /// Outcomes that decided at least once: (index of the entry, index of the outcome).
    pub hits: Vec<(usize, usize)>,
}

impl ScriptResult {
    /// Whether everything expected came true.
    #[must_use]
    pub const fn passed(&self) -> bool {
        self.failures.is_empty()
    }
}

/// An expectation that did not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptFailure {
    /// Where it stands.
    pub place: Place,
    /// When it was checked: milliseconds since the call's start; `None`: after the call's end.
    pub at_ms: Option<i64>,
    /// What was expected, in the language's words.
    pub expected: String,
    /// What was found instead.
    pub found: String,
}

/// Runs the tests whose titles `chosen` accepts, in the manifest's order.
pub fn run_scripts(core: &Core, chosen: impl Fn(&str) -> bool) -> Vec<ScriptResult> {
    let scripts = core.manifest().scripts.iter().filter(|script| chosen(&script.name));
    scripts.map(|script| run_script(core, script)).collect()
}

/// Runs one test.
#[must_use]
pub fn run_script(core: &Core, script: &Script) -> ScriptResult {
    let mut stage = Stage::new(core, script);
    let mut judge = Judge::new(core.manifest(), script.place.clone());
    let (mut during, after): (Vec<_>, Vec<_>) = script.steps.iter().partition(|step| step.at_ms.is_some());
    during.sort_by_key(|step| step.at_ms);
    stage.start(&mut judge);
    for step in during.into_iter().chain(after) {
        match step.at_ms {
            Some(at_ms) => stage.forward(at_ms, &mut judge),
            None => stage.end(&mut judge),
        }
        if let Some(stimulus) = &step.stimulus {
            judge.happens(step.at_ms);
            if let Some(found) = stage.lacks_call(stimulus) {
                judge.no_call(step, found);
            }
            stage.act(stimulus, &mut judge);
        }
        if let Some(expectation) = &step.expectation {
            stage.settle(&mut judge);
            match stage.look_around(expectation) {
                Some(finding) => judge.hold(step, finding),
                None => judge.check(step, expectation),
            }
        }
    }
    stage.end(&mut judge);
    judge.finish(script)
}

#[cfg(test)]
mod tests;
