//! Why a call was decided as it was, and why not otherwise.

mod account;
mod watcher;

use std::fmt;

use serde::Serialize;
use tandem_archive::RecordedCall;
use tandem_centre::Core;
use tandem_stdlib::contract::{Action, EntryKind, Place, Slot, VocabularyKind};

use crate::centre::{leads, modes_on};
use crate::dialogs::DialogStepReport;
use crate::drive::Drive;
use crate::recording::hidden;
use crate::report::{CallReport, DecisionReport};
use crate::table::{SourceTable, TableSources};
use crate::value::did_you_mean;
use account::Accountant;
use watcher::{Account, Watcher};

/// What to explain.
#[derive(Clone, Copy, Debug, Default)]
pub struct ExplainOptions<'a> {
    /// Tables that answer the policy's sources.
    pub tables: &'a [SourceTable],
    /// Only what stood at this moment, in milliseconds since the call's start: of each entry its last decision until
    /// then.
    pub at_ms: Option<i64>,
    /// Also, why the call did not go to this queue.
    pub why_not: Option<&'a str>,
}

/// A question that the policy cannot answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExplainError {
    /// The policy has no such queue.
    UnknownQueue {
        /// The name as it was given.
        name: String,
        /// ` (did you mean …?)`, or nothing.
        hint: String,
    },
}

impl fmt::Display for ExplainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::UnknownQueue { name, hint } = self;
        write!(f, "the policy has no queue `{name}`{hint}; name one that it declares")
    }
}

impl std::error::Error for ExplainError {}

/// The account of one call.
#[derive(Clone, Debug)]
pub struct Explanation<'m> {
    /// Every decision asked for, in order of time.
    pub decisions: Vec<DecisionAccount<'m>>,
    /// The decisions, and what dialogs said and heard between them, in the order in which they happened.
    pub lines: Vec<Line<'m>>,
    /// With [`ExplainOptions::why_not`]: watches that would have moved the call to the queue but did not fire until
    /// the moment asked for, with their conditions as they stood then.
    pub silent_watches: Vec<SilentWatch<'m>>,
    /// Everything else about the call: quality results, warnings, notes and all decisions.
    pub report: CallReport<'m>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line<'m> {
    /// A decision: its place in [`Explanation::decisions`]. That of a handler stands before what the handler does.
    Decision(usize),
    /// A step of a dialog.
    Dialog {
        /// The dialog's full name.
        dialog: &'m str,
        /// What it did, said or heard.
        step: DialogStepReport,
    },
}

/// A decision with what led to it.
#[derive(Clone, Debug, Serialize)]
pub struct DecisionAccount<'m> {
    /// What was decided, when and by which rule.
    #[serde(flatten)]
    pub decision: DecisionReport<'m>,
    /// Where the rule stands, or the entry when no rule is known.
    pub place: Place,
    /// The deciding rule's conditions with the values that they read.
    pub conditions: Vec<Condition>,
    /// The rules before it, which did not hold.
    pub passed_over: Vec<OutcomeAccount>,
    /// With [`ExplainOptions::why_not`], when another queue was decided: every rule that would have given the queue,
    /// and why it did not decide. Empty when the route never gives the queue.
    pub why_not: Vec<OutcomeAccount>,
}

/// A watch that did not fire.
#[derive(Clone, Debug, Serialize)]
pub struct SilentWatch<'m> {
    /// The watch's full name.
    pub policy: &'m str,
    /// What it would have done.
    pub action: String,
    /// Where it stands.
    pub place: Place,
    /// Its conditions as they stood.
    pub outcomes: Vec<OutcomeAccount>,
}

/// The account of one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutcomeAccount {
    /// The row, rule or condition, such as `row 3`.
    pub rule: String,
    /// The author's reason; empty when there is none.
    pub because: String,
    /// Where it stands.
    pub place: Place,
    /// What it would have decided, for routes.
    pub answer: String,
    /// Whether all its conditions held.
    pub held: bool,
    /// When it held all the same: the rule before it that decided.
    pub hidden_by: Option<String>,
    /// The conditions that did not hold.
    pub failed: Vec<Condition>,
}

/// One condition with the values that it read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Condition {
    /// In the author's words, such as `who.tier is gold or vip`.
    pub shown: String,
    /// Whether it held.
    pub held: bool,
    /// What it read.
    pub values: Vec<NamedValue>,
}

/// A value by the author's name for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NamedValue {
    /// Such as `who.tier`.
    pub name: String,
    /// As the author would write it.
    pub value: String,
}

/// Replays one call and accounts for its decisions.
///
/// # Errors
/// When the queue asked about is not one of the policy's.
pub fn explain<'m>(
    core: &'m Core,
    recorded: &RecordedCall,
    options: ExplainOptions<'_>,
) -> Result<Explanation<'m>, ExplainError> {
    let queue = options.why_not.map(|name| queue_slot(core, name)).transpose()?;
    let mut watcher = Watcher::new(core.manifest(), Accountant { core, queue });
    let mut sources = TableSources::new(options.tables);
    let mut call = core.call();
    let until_ms = options.at_ms.unwrap_or(i64::MAX);
    let drive =
        Drive { recorded, clock: None, wants_speech: core.wants_speech(), modes: modes_on(core, recorded) };
    let driven = drive.run(&mut call, &mut sources, &mut watcher, |call, watcher| {
        if call.elapsed_ms() <= until_ms {
            watcher.note_watches(call);
        }
        watcher.account(call);
    });
    let mut silent = watcher.silent_watches(&call);
    let ((decisions, lines), mut report) = watcher.finish(recorded);
    report.call.clone_from(&recorded.id);
    report.file.clone_from(&recorded.file);
    report.duration_ms = recorded.duration_ms;
    report.audio_ms = recorded.audio_ms;
    report.events = driven.events;
    report.unmeasured = driven.measured.missing(core.manifest());
    report.leads = leads(core, &mut call);
    report.hidden = hidden(core.manifest(), &mut call, recorded);
    let (decisions, lines) = match options.at_ms {
        Some(at_ms) => standing(decisions, lines, at_ms),
        None => (decisions, lines),
    };
    let fired = |policy: &str| report.decisions.iter().any(|d| d.policy == policy && d.at_ms <= until_ms);
    silent.retain(|watch| !fired(watch.policy));
    Ok(Explanation { decisions, lines, silent_watches: silent, report })
}

/// Of each entry the last decision until a moment, and what dialogs did until then.
fn standing<'m>(decisions: Vec<DecisionAccount<'m>>, lines: Vec<Line<'m>>, at_ms: i64) -> Account<'m> {
    let mut kept: Vec<(usize, DecisionAccount<'m>)> = Vec::new();
    for (at, account) in decisions.into_iter().enumerate() {
        if account.decision.at_ms <= at_ms {
            kept.retain(|(_, known)| known.decision.policy != account.decision.policy);
            kept.push((at, account));
        }
    }
    let stands = |line: Line<'m>| match line {
        Line::Decision(at) => kept.iter().position(|(known, _)| *known == at).map(Line::Decision),
        Line::Dialog { ref step, .. } => (step.at_ms <= at_ms).then_some(line),
    };
    let lines = lines.into_iter().filter_map(stands).collect();
    (kept.into_iter().map(|(_, account)| account).collect(), lines)
}

fn queue_slot(core: &Core, name: &str) -> Result<Slot, ExplainError> {
    let queues = core.manifest().vocabularies.iter().find(|v| v.kind == VocabularyKind::Queue);
    let words = queues.map(|queues| queues.words.as_slice()).unwrap_or_default();
    let index = words.iter().position(|word| word == name);
    index.map(|index| index as Slot + 1).ok_or_else(|| ExplainError::UnknownQueue {
        name: name.to_owned(),
        hint: did_you_mean(name, words.iter().map(String::as_str)),
    })
}

/// Whether a watch moves calls to a queue, at once or as its follow-up.
fn moves_to(kind: &EntryKind, queue: Slot) -> bool {
    let EntryKind::Watch { action, follow_up, .. } = kind else { return false };
    let transfer = Action::Transfer(queue);
    *action == transfer || follow_up.is_some_and(|then| then.action == transfer)
}

#[cfg(test)]
mod tests;
