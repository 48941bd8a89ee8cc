//! What dialogs did in one call.

use serde::Serialize;
use tandem_centre::{DialogStep, Heard, Told};
use tandem_stdlib::contract::{Manifest, VocabularyKind};

use super::words::told;
use crate::privacy::Privacy;
use crate::word::word_of;

/// Steps of one call's dialogs that are kept.
const STEPS_MAX: usize = 10_000;

/// One dialog of one call.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DialogReport<'m> {
    /// Index in the manifest.
    #[serde(skip)]
    pub(crate) index: usize,
    /// The dialog's full name.
    pub dialog: &'m str,
    /// When it began: milliseconds since the call's start.
    pub began_ms: i64,
    /// How it ended.
    pub end: DialogEnd,
    /// The queue that it transferred to, if it did.
    pub queue: Option<&'m str>,
    /// Why: the author's reason of the transfer, or what the last handler waited for.
    pub reason: String,
    /// Answers that the caller gave.
    pub answers: u32,
    /// What was handed over, name and value.
    pub handover: Vec<(String, String)>,
    /// Everything that it did.
    pub steps: Vec<DialogStepReport>,
    /// Counts for the summary.
    #[serde(skip)]
    pub(crate) counts: Counts,
}

/// How often things happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) asked: u64,
    pub(crate) unresolved: u64,
    pub(crate) silent: u64,
    pub(crate) retained: u64,
    pub(crate) offered: u64,
    pub(crate) accepted: u64,
    pub(crate) declined: u64,
    pub(crate) answered: u64,
    pub(crate) not_answered: u64,
}

/// How a dialog ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DialogEnd {
    /// The call ended while it went on.
    #[default]
    HungUp,
    /// The caller's matter is settled.
    Resolved,
    /// It transferred the call.
    Transferred,
    /// It ended the call.
    Ended,
    /// It came to its end, and the call went on.
    Finished,
    /// Something else moved the call.
    TakenAway,
    /// The recording cannot tell how it would have gone on.
    NotRecorded,
}

impl DialogEnd {
    /// In words.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::HungUp => "hung up",
            Self::Resolved => "resolved",
            Self::Transferred => "transferred",
            Self::Ended => "ended",
            Self::Finished => "finished",
            Self::TakenAway => "taken away",
            Self::NotRecorded => "not recorded",
        }
    }
}

/// One thing that a dialog did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DialogStepReport {
    /// Milliseconds since the call's start.
    pub at_ms: i64,
    /// In words, such as `asks "…"`.
    pub what: String,
}

/// Collects the dialogs of one call.
#[derive(Default)]
pub(crate) struct Recorder<'m> {
    done: Vec<DialogReport<'m>>,
}

impl<'m> Recorder<'m> {
    /// Takes a step.
    ///
    /// Gives the dialog's name and the step as it is kept; `None` when there is no room for more.
    pub(crate) fn tell(
        &mut self,
        manifest: &'m Manifest,
        privacy: &Privacy,
        step: DialogStep<'_>,
    ) -> Option<(&'m str, &DialogStepReport)> {
        if step.what == Told::Began {
            let dialog = manifest.dialogs.get(step.dialog).map_or("", |dialog| &dialog.name);
            let began =
                DialogReport { index: step.dialog, dialog, began_ms: step.at_ms, ..DialogReport::default() };
            self.done.push(began);
        }
        let report = self.done.last_mut()?;
        report.count(step.what);
        report.close(manifest, privacy, step.what);
        if report.steps.len() == STEPS_MAX {
            return None;
        }
        let what = match step.what {
            // Key by key, a number that is masked would stand in the open.
            Told::Heard(Heard::Key(_)) if privacy.hides() => "hears a key".to_owned(),
            what => privacy.text(&told(manifest, what)).into_owned(),
        };
        report.steps.push(DialogStepReport { at_ms: step.at_ms, what });
        Some(report.dialog).zip(report.steps.last())
    }

    /// The last handler's words are the reason of a transfer that has none of its own.
    pub(crate) fn handled(&mut self, handler: &str, because: &str) {
        if let Some(report) = self.done.last_mut()
            && report.reason.is_empty()
        {
            report.reason = if because.is_empty() { handler.to_owned() } else { because.to_owned() };
        }
    }

    /// The dialog was left because the recording cannot tell how it would have gone on.
    pub(crate) fn not_recorded(&mut self, at_ms: i64) -> Option<(&'m str, &DialogStepReport)> {
        let report = self.done.last_mut()?;
        report.end = DialogEnd::NotRecorded;
        let what = "is left: the recording has no such question".to_owned();
        report.steps.push(DialogStepReport { at_ms, what });
        Some(report.dialog).zip(report.steps.last())
    }

    pub(crate) fn take(&mut self) -> Vec<DialogReport<'m>> {
        std::mem::take(&mut self.done)
    }
}

impl<'m> DialogReport<'m> {
    fn count(&mut self, what: Told<'_>) {
        let counts = &mut self.counts;
        let count = match what {
            Told::Asked { offers: 0, .. } => &mut counts.asked,
            Told::Asked { again: false, .. } => &mut counts.offered,
            Told::Unresolved(_) => &mut counts.unresolved,
            Told::Silent(_) => &mut counts.silent,
            Told::Retained(_) => &mut counts.retained,
            Told::Accepted(_) => &mut counts.accepted,
            Told::Declined(_) => &mut counts.declined,
            Told::Answered(_) => &mut counts.answered,
            Told::NotAnswered { .. } => &mut counts.not_answered,
            _ => return,
        };
        *count += 1;
    }

    fn close(&mut self, manifest: &'m Manifest, privacy: &Privacy, what: Told<'_>) {
        self.end = match what {
            Told::Transferred { queue, handover, because, answers } => {
                self.queue = Some(word_of(manifest, VocabularyKind::Queue, queue));
                because.clone_into(&mut self.reason);
                let masked =
                    |(name, value): &(String, String)| (name.clone(), privacy.text(value).into_owned());
                self.handover = handover.iter().map(masked).collect();
                self.answers = answers;
                DialogEnd::Transferred
            }
            Told::Resolved => DialogEnd::Resolved,
            Told::Ended => DialogEnd::Ended,
            Told::Finished => DialogEnd::Finished,
            Told::TakenAway => DialogEnd::TakenAway,
            _ => return,
        };
    }
}
