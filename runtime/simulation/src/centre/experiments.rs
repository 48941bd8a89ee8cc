//! What both sides of an experiment decided.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;
use tandem_stdlib::contract::{EntryKind, ExperimentSpec, Manifest};

use crate::report::CallReport;

/// Different answers of one side that are counted by themselves; calls with others count together.
pub const MAX_ANSWERS_COUNTED: usize = 64;

/// Where calls are counted whose answer has no line of its own.
const OTHERS: &str = "(other answers)";

/// Both sides of one thing that an experiment tries.
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
    /// The full name of the route, watch, assist, quality check or dialog.
    pub policy: String,
    /// What it is.
    #[serde(skip)]
    pub(crate) kind: SideKind,
    /// Calls on this side.
    pub calls: u64,
    /// What it made of calls, and of how many: the last answer of a route, how often a watch came, what a check found, how a
    /// dialog ended.
    pub answers: BTreeMap<String, u64>,
}

/// What a side is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum SideKind {
    #[default]
    Route,
    Watch,
    Quality,
    Dialog,
}

/// Adds experiments up.
pub(crate) struct Experiments {
    /// By total: its experiment.
    of: Vec<usize>,
    pub(crate) totals: Vec<ExperimentTotal>,
}

impl Experiments {
    pub(crate) fn new(manifest: &Manifest) -> Self {
        let (mut of, mut totals): (Vec<usize>, Vec<ExperimentTotal>) = (Vec::new(), Vec::new());
        for (at, experiment) in manifest.experiments.iter().enumerate() {
            for total in pairs(manifest, experiment) {
                // Versions of one name with dates are one line.
                if !totals.contains(&total) {
                    of.push(at);
                    totals.push(total);
                }
            }
        }
        Self { of, totals }
    }

    pub(crate) fn add(&mut self, report: &CallReport<'_>) {
        for (experiment, total) in self.of.iter().zip(&mut self.totals) {
            let tries = report.tally.tries.get(*experiment).copied().unwrap_or_default();
            let side = if tries { &mut total.tried } else { &mut total.usual };
            side.calls += 1;
            if let Some(answer) = side.answer(report) {
                count(&mut side.answers, &answer);
            }
        }
    }
}

impl SideTotal {
    /// What this side made of a call: a route's last answer, how often a watch or an assist came, what a quality check
    /// found, how a dialog ended.
    fn answer<'r>(&self, report: &'r CallReport<'_>) -> Option<Cow<'r, str>> {
        let mut decided = report.decisions.iter().rev().filter(|decision| decision.policy == self.policy);
        match self.kind {
            SideKind::Route => decided.next().map(|decision| Cow::Borrowed(&*decision.action)),
            SideKind::Watch => {
                let times = decided.filter(|decision| decision.kind.is_action()).count();
                Some(Cow::Owned(format!("{times} times")))
            }
            SideKind::Quality => {
                let check = report.checks.iter().find(|check| check.policy == self.policy)?;
                Some(Cow::Borrowed(check.result.words()))
            }
            SideKind::Dialog => {
                let talk = report.dialogs.iter().find(|talk| talk.dialog == self.policy)?;
                Some(Cow::Borrowed(talk.end.words()))
            }
        }
    }
}

fn count(answers: &mut BTreeMap<String, u64>, answer: &str) {
    let is_known = answers.contains_key(answer) || answers.len() < MAX_ANSWERS_COUNTED;
    *answers.entry(if is_known { answer } else { OTHERS }.to_owned()).or_default() += 1;
}

/// A line for each pair of an experiment.
fn pairs(manifest: &Manifest, experiment: &ExperimentSpec) -> Vec<ExperimentTotal> {
    let entry = |at: u32| manifest.entries.get(at as usize);
    let side = |policy: Option<&String>, kind: SideKind| SideTotal {
        policy: policy.cloned().unwrap_or_default(),
        kind,
        ..SideTotal::default()
    };
    let of_entry = |at: u32| {
        let kind = match entry(at).map(|entry| &entry.kind) {
            Some(EntryKind::Watch { .. }) => SideKind::Watch,
            Some(EntryKind::Qa { .. }) => SideKind::Quality,
            _ => SideKind::Route,
        };
        side(entry(at).map(|entry| &entry.name), kind)
    };
    let of_dialog =
        |at: u32| side(manifest.dialogs.get(at as usize).map(|dialog| &dialog.name), SideKind::Dialog);
    let name = &experiment.name;
    let total = |usual, tried| ExperimentTotal { experiment: name.clone(), usual, tried };
    let entries = experiment.tries.iter().map(|(usual, tried)| total(of_entry(*usual), of_entry(*tried)));
    let dialogs = experiment.dialogs.iter().map(|(usual, tried)| total(of_dialog(*usual), of_dialog(*tried)));
    entries.chain(dialogs).collect()
}
