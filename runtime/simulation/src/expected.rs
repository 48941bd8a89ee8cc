//! Whether recorded calls come to what a policy's `replay` items expect.

use std::collections::BTreeMap;

use tandem_archive::ArchiveError;
use tandem_centre::Core;
use tandem_stdlib::contract::{
    Action, Manifest, ReplayExpectation, ReplayFigure, ReplaySpec, Slot, VocabularyKind,
};
use tandem_stdlib::words::kpi::{share, transfer_rate};

use crate::names::show_action;
use crate::replay::{Input, Options, replay};
use crate::report::{CallReport, DecisionKind};
use crate::summary::Summary;
use crate::word::word_of;

/// Calls that changed which a result lists; the rest are only counted.
pub const MAX_CHANGED_LISTED: usize = 20;

/// A call whose decided queue is another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedCall {
    /// The call's name.
    pub call: String,
    /// The file that it was read from.
    pub file: String,
    /// Where it went, by the record or by the policy as it was before.
    pub before: String,
    /// Where the policy sends it.
    pub now: String,
}

/// An expectation and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplayFinding {
    /// What was expected, in the author's words.
    pub expectation: ReplayExpectation,
    /// The share, or the number of warnings; `None`: no call tells it.
    pub value: Option<f64>,
    /// What was found, in words.
    pub found: String,
    /// Whether it held.
    pub held: bool,
}

/// What came of one `replay`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReplayResult {
    /// Calls that were replayed.
    pub calls: u64,
    /// Records that could not be read.
    pub unreadable: u64,
    /// Calls whose queues could be compared.
    pub compared: u64,
    /// Calls whose decided queue is another.
    pub changed: u64,
    /// The first [`MAX_CHANGED_LISTED`] of these.
    pub changed_calls: Vec<ChangedCall>,
    /// By expectation, in order.
    pub findings: Vec<ReplayFinding>,
    /// Warnings by code, and how often each came.
    pub warnings: BTreeMap<&'static str, u64>,
}

impl ReplayResult {
    /// Whether all expectations held.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.findings.iter().all(|finding| finding.held)
    }
}

/// The queue that the policy decided for each call, in input order; calls without one have an empty name.
///
/// Memory grows with the number of calls, by one name each.
pub fn decided_queues<I: Input>(
    core: &Core,
    inputs: impl Iterator<Item = I> + Send,
    options: Options<'_>,
) -> Vec<String> {
    let manifest = core.manifest();
    let queue = |report: Result<&CallReport<'_>, &ArchiveError>| {
        report.ok().and_then(CallReport::queue).map_or_else(String::new, |slot| name(manifest, slot))
    };
    let mut queues = Vec::new();
    replay(core, inputs, options, queue, |queue| queues.push(queue));
    queues
}

/// Replays all inputs and holds what came of them against a `replay` of the policy.
///
/// `before`: what the policy as it was before decided about the same inputs in the same order; without it decisions are
/// compared with what the records tell. `deliver` is called once an input, with why it could not be read.
pub fn replay_expected<I: Input>(
    core: &Core,
    spec: &ReplaySpec,
    before: Option<&[String]>,
    inputs: impl Iterator<Item = I> + Send,
    options: Options<'_>,
    mut deliver: impl FnMut(Option<&str>),
) -> ReplayResult {
    let manifest = core.manifest();
    let actions: Vec<Option<String>> = spec.expected.iter().map(|one| action(manifest, one.figure)).collect();
    let mut totals = Totals { acted: vec![0; actions.len()], ..Totals::default() };
    let mut at = 0;
    let summary = replay(
        core,
        inputs,
        options,
        |report| Taken::of(manifest, report, &actions),
        |taken| {
            deliver(taken.unreadable.as_deref());
            totals.add(taken, before.and_then(|before| before.get(at)));
            at += 1;
        },
    );
    let Totals { compared, changed, calls, acted } = totals;
    let mut result = ReplayResult {
        calls: summary.calls,
        unreadable: summary.unreadable,
        compared,
        changed,
        changed_calls: calls,
        ..ReplayResult::default()
    };
    // What is odd about the policy alone is no oddity of a call.
    let odd = summary.warnings.iter().filter(|(_, total)| !total.call.is_empty());
    result.warnings = odd.map(|(code, total)| (*code, total.count)).collect();
    let findings = spec.expected.iter().zip(acted);
    result.findings = findings.map(|(one, acted)| finding(one, acted, &summary, &result)).collect();
    result
}

fn name(manifest: &Manifest, queue: Slot) -> String {
    word_of(manifest, VocabularyKind::Queue, queue).to_owned()
}

/// The text by which reports name the action that is counted.
fn action(manifest: &Manifest, figure: ReplayFigure) -> Option<String> {
    match figure {
        ReplayFigure::Alert(role) => Some(show_action(manifest, Action::Alert(role))),
        ReplayFigure::Transfer(queue) => Some(show_action(manifest, Action::Transfer(queue))),
        _ => None,
    }
}

/// What one call adds.
struct Taken {
    call: String,
    file: String,
    now: String,
    recorded: String,
    /// By expectation: the action came.
    acted: Vec<bool>,
    unreadable: Option<String>,
}

impl Taken {
    fn of(
        manifest: &Manifest,
        report: Result<&CallReport<'_>, &ArchiveError>,
        actions: &[Option<String>],
    ) -> Self {
        let report = match report {
            Ok(report) => report,
            Err(error) => {
                let (call, file, now, recorded) = Default::default();
                return Self {
                    call,
                    file,
                    now,
                    recorded,
                    acted: Vec::new(),
                    unreadable: Some(error.to_string()),
                };
            }
        };
        let acts =
            report.decisions.iter().filter(|one| one.kind.is_action() && one.kind != DecisionKind::Card);
        let acts: Vec<&str> = acts.map(|one| &*one.action).collect();
        let shown = |slot: Option<Slot>| slot.map_or_else(String::new, |slot| name(manifest, slot));
        Self {
            call: report.call.clone(),
            file: report.file.clone(),
            now: shown(report.queue()),
            recorded: shown(Some(report.tally.recorded_queue).filter(|slot| *slot != 0)),
            acted: actions
                .iter()
                .map(|action| action.as_deref().is_some_and(|one| acts.contains(&one)))
                .collect(),
            unreadable: None,
        }
    }
}

#[derive(Default)]
struct Totals {
    compared: u64,
    changed: u64,
    calls: Vec<ChangedCall>,
    acted: Vec<u64>,
}

impl Totals {
    fn add(&mut self, taken: Taken, before: Option<&String>) {
        if taken.unreadable.is_some() {
            return;
        }
        for (total, acted) in self.acted.iter_mut().zip(&taken.acted) {
            *total += u64::from(*acted);
        }
        let before = match before {
            Some(before) => before.clone(),
            None if taken.recorded.is_empty() => return,
            None => taken.recorded,
        };
        self.compared += 1;
        if before == taken.now {
            return;
        }
        self.changed += 1;
        if self.calls.len() < MAX_CHANGED_LISTED {
            self.calls.push(ChangedCall { call: taken.call, file: taken.file, before, now: taken.now });
        }
    }
}

fn finding(
    expectation: &ReplayExpectation,
    acted: u64,
    summary: &Summary,
    result: &ReplayResult,
) -> ReplayFinding {
    let of = |part: u64, whole: u64| format!("{part} of {whole}");
    let (passed, failed) = summary
        .checks
        .iter()
        .fold((0, 0), |(passed, failed), check| (passed + check.passed, failed + check.failed));
    let (value, counted, nothing) = match expectation.figure {
        ReplayFigure::ChangedQueue => (
            share(result.changed, result.compared),
            of(result.changed, result.compared),
            "no recording tells its queue: it has no transfer to a queue of the policy and no label `queue`",
        ),
        ReplayFigure::Alert(_) | ReplayFigure::Transfer(_) => {
            (share(acted, summary.calls), of(acted, summary.calls), NO_CALLS)
        }
        ReplayFigure::TransferRate => {
            let transferred = summary.transferred;
            (transfer_rate(transferred, summary.calls), of(transferred, summary.calls), NO_CALLS)
        }
        ReplayFigure::QualityPassed => (
            share(passed, passed + failed),
            of(passed, passed + failed),
            "no quality check applies to any call",
        ),
        ReplayFigure::Warnings => return warnings(expectation, result),
    };
    let enough = |value: f64| {
        if expectation.at_least { value >= expectation.value } else { value <= expectation.value }
    };
    let found = value.map_or_else(|| nothing.to_owned(), |value| format!("{} ({counted})", percent(value)));
    ReplayFinding { expectation: expectation.clone(), value, found, held: value.is_some_and(enough) }
}

const NO_CALLS: &str = "no call could be read";

fn warnings(expectation: &ReplayExpectation, result: &ReplayResult) -> ReplayFinding {
    let count: u64 = result.warnings.values().sum::<u64>() + result.unreadable;
    let mut found: Vec<String> =
        result.warnings.iter().map(|(code, count)| format!("{count} × `{code}`")).collect();
    if result.unreadable > 0 {
        found.push(format!("{} could not be read", result.unreadable));
    }
    let found = if found.is_empty() { "none".to_owned() } else { found.join(", ") };
    let value = Some(count as f64);
    ReplayFinding { expectation: expectation.clone(), value, found, held: count == 0 }
}

fn percent(share: f64) -> String {
    format!("{}%", (share * 1e3).round() / 10.0)
}
