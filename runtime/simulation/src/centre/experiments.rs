//! What both sides of an experiment decided.

use std::collections::BTreeMap;

use serde::Serialize;
use tandem_stdlib::contract::{EntryRef, ExperimentSpec, Manifest};

use crate::report::{CallReport, DecisionReport};

/// Different answers of one side that are counted by themselves; calls with others count together.
pub const MAX_ANSWERS_COUNTED: usize = 64;

/// Where calls are counted whose answer has no line of its own.
const OTHERS: &str = "(other answers)";

/// Both sides of one route of an experiment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExperimentTotal {
    /// The experiment's full name.
    pub experiment: String,
    /// Calls as ever.
    pub usual: SideTotal,
    /// Calls that tried.
    pub tried: SideTotal,
}

/// One side of an experiment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SideTotal {
    /// The route's full name.
    pub policy: String,
    /// Calls on this side.
    pub calls: u64,
    /// The last answer of the route, and in how many calls it was that.
    pub answers: BTreeMap<String, u64>,
}

/// Adds experiments up.
pub(crate) struct Experiments {
    /// By total: its experiment.
    of: Vec<usize>,
    pub(crate) totals: Vec<ExperimentTotal>,
}

impl Experiments {
    pub(crate) fn new(manifest: &Manifest) -> Self {
        let (mut of, mut totals) = (Vec::new(), Vec::new());
        for (at, experiment) in manifest.experiments.iter().enumerate() {
            for pair in &experiment.tries {
                of.push(at);
                totals.push(total(manifest, experiment, *pair));
            }
        }
        Self { of, totals }
    }

    pub(crate) fn add(&mut self, report: &CallReport<'_>) {
        for (experiment, total) in self.of.iter().zip(&mut self.totals) {
            let tries = report.tally.tries.get(*experiment).copied().unwrap_or_default();
            let side = if tries { &mut total.tried } else { &mut total.usual };
            side.calls += 1;
            let answer = report.decisions.iter().rev().find(|decision| decision.policy == side.policy);
            if let Some(DecisionReport { action, .. }) = answer {
                count(&mut side.answers, action);
            }
        }
    }
}

fn count(answers: &mut BTreeMap<String, u64>, answer: &str) {
    let is_known = answers.contains_key(answer) || answers.len() < MAX_ANSWERS_COUNTED;
    *answers.entry(if is_known { answer } else { OTHERS }.to_owned()).or_default() += 1;
}

fn total(manifest: &Manifest, experiment: &ExperimentSpec, pair: (EntryRef, EntryRef)) -> ExperimentTotal {
    let side = |entry: EntryRef| SideTotal {
        policy: manifest.entries.get(entry as usize).map(|entry| entry.name.clone()).unwrap_or_default(),
        ..SideTotal::default()
    };
    ExperimentTotal { experiment: experiment.name.clone(), usual: side(pair.0), tried: side(pair.1) }
}
