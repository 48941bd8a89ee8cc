//! Collects what comes out of one call and turns it into a report.

use tandem_archive::RecordedCall;
use tandem_centre::{Decision, DialogStep, Incident, IncidentKind, QaResult, Sink, Verdict, What};
use tandem_stdlib::contract::{EntryKind, Manifest, Slot, Type, VocabularyKind};

use crate::actions::Actions;
use crate::dialogs::{Departure, DialogStepReport, Recorder};
use crate::divergence::Divergence;
use crate::drive::FollowsRecord;
use crate::privacy::Privacy;
use crate::quality::{add_up, word};
use crate::report::{CallNote, CallReport, CallWarning, DecisionReport, QaCheckReport, QaItemReport};
use crate::value::show_time;

/// The warning of a call on a day that no list of holidays covers.
pub const UNLISTED_DAY: &str = "unlisted-day";

/// Decisions of one call that are kept; a policy that decides more often is told of it.
pub const MAX_DECISIONS_PER_CALL: usize = 100_000;

/// The sink of a replay. Reused from call to call.
pub(crate) struct Collector<'m> {
    manifest: &'m Manifest,
    privacy: Privacy,
    pub(crate) report: CallReport<'m>,
    /// By entry: the evidence of its items.
    evidence: Vec<Vec<i64>>,
    verdicts: Vec<Vec<Verdict>>,
    /// By entry: which output is the queue.
    queue_outputs: Vec<Option<usize>>,
    actions: Actions,
    pub(crate) dialogs: Recorder<'m>,
    departure: Departure,
    divergence: Divergence<'m>,
    dropped: u64,
}

impl<'m> Collector<'m> {
    pub(crate) fn new(manifest: &'m Manifest) -> Self {
        let items = |kind: &EntryKind| if let EntryKind::Qa { items, .. } = kind { items.len() } else { 0 };
        Self {
            manifest,
            privacy: Privacy::of(manifest),
            report: CallReport::default(),
            evidence: manifest.entries.iter().map(|entry| vec![0; items(&entry.kind)]).collect(),
            verdicts: manifest
                .entries
                .iter()
                .map(|entry| vec![Verdict::Pending; items(&entry.kind)])
                .collect(),
            queue_outputs: manifest.entries.iter().map(|entry| queue_output(manifest, &entry.kind)).collect(),
            actions: Actions::new(manifest),
            dialogs: Recorder::default(),
            departure: Departure::default(),
            divergence: Divergence::default(),
            dropped: 0,
        }
    }

    /// Ends the call: gives its report and gets ready for the next.
    pub(crate) fn finish(&mut self, recorded: &RecordedCall) -> CallReport<'m> {
        self.add_quality();
        self.add_notes(recorded);
        self.report.dialogs = self.dialogs.take();
        if std::mem::take(&mut self.dropped) > 0 {
            self.report.warnings.push(CallWarning {
                code: "too-many-decisions",
                message: format!("only the first {MAX_DECISIONS_PER_CALL} decisions of the call are listed"),
            });
        }
        self.evidence.iter_mut().for_each(|items| items.fill(0));
        self.verdicts.iter_mut().for_each(|items| items.fill(Verdict::Pending));
        std::mem::take(&mut self.report)
    }

    fn add_quality(&mut self) {
        let manifest = self.manifest;
        for (index, entry) in manifest.entries.iter().enumerate() {
            let EntryKind::Qa { items, pass_share } = &entry.kind else { continue };
            let (Some(verdicts), Some(evidence)) = (self.verdicts.get(index), self.evidence.get(index))
            else {
                continue;
            };
            let sum = add_up(items, verdicts, *pass_share);
            self.report.checks.push(QaCheckReport {
                policy: &entry.name,
                result: sum.result,
                points: sum.points,
                points_of: sum.points_of,
                critical: sum.critical,
            });
            let results = items.iter().zip(verdicts).zip(evidence).zip(1..);
            self.report.qa.extend(results.map(|(((item, verdict), at_ms), number)| QaItemReport {
                policy: &entry.name,
                item: &item.label,
                number,
                result: word(*verdict),
                at_ms: *at_ms,
                because: &item.reason.because,
            }));
            self.report.tally.verdicts.push((index, verdicts.clone()));
        }
    }

    fn add_notes(&mut self, recorded: &RecordedCall) {
        let [transfer, requeue] = self.divergence.take_notes(self.manifest, recorded);
        (self.report.tally.moved, self.report.tally.requeued) = (transfer.is_some(), requeue.is_some());
        self.report.notes.extend(transfer.into_iter().chain(requeue));
        self.report.notes.sort_by_key(|note| note.at_ms);
    }

    fn decision(&mut self, decision: &Decision<'_>) -> DecisionReport<'m> {
        let entry = self.manifest.entries.get(decision.entry);
        let rule = entry.zip(decision.outcome).and_then(|(entry, outcome)| entry.outcomes.get(outcome));
        let (kind, action) = self.actions.text(self.manifest, decision.entry, decision.what);
        DecisionReport {
            at_ms: decision.at_ms,
            policy: entry.map_or("", |entry| entry.name.as_str()),
            rule: rule.map_or("", |rule| rule.label.as_str()),
            kind,
            action,
            because: decision.because(self.manifest),
            changed: decision.changed,
        }
    }

    /// Takes a step of a dialog; gives it as it is kept.
    pub(crate) fn told(&mut self, step: DialogStep<'_>) -> Option<(&'m str, &DialogStepReport)> {
        self.departure.tell(step);
        self.dialogs.tell(self.manifest, &self.privacy, step)
    }

    /// Leaves a dialog that has just asked what nobody asks in the recording; gives the step that says so.
    pub(crate) fn leaves(&mut self, recorded: &RecordedCall) -> Option<(&'m str, &DialogStepReport)> {
        let (at_ms, question) = self.departure.departs(recorded)?;
        let left = self.dialogs.not_recorded(at_ms)?;
        let action = self.privacy.text(&format!("asks \"{question}\"")).into();
        self.report.notes.push(CallNote { at_ms, policy: left.0, action, asked: true });
        Some(left)
    }

    fn queue_of(&self, decision: &Decision<'_>) -> Option<Slot> {
        match decision.what {
            What::Outputs(slots) => {
                let output = self.queue_outputs.get(decision.entry).copied().flatten()?;
                slots.get(output).copied()
            }
            What::Transfer { queue, .. } => Some(queue),
            What::Alert { .. }
            | What::Card { .. }
            | What::Mode(_)
            | What::Handler { .. }
            | What::Noticed
            | What::Cleared => None,
        }
    }
}

impl FollowsRecord for Collector<'_> {
    fn departs(&mut self, recorded: &RecordedCall) -> bool {
        self.leaves(recorded).is_some()
    }
}

impl Sink for Collector<'_> {
    fn decided(&mut self, decision: Decision<'_>) {
        let queue = self.queue_of(&decision);
        self.report.tally.queues.extend(queue);
        let line = self.decision(&decision);
        if decision.act.is_some() {
            self.dialogs.handled(line.rule, line.because);
        }
        if let Some(queue) = queue {
            self.divergence.decided(line.kind, line.at_ms, line.policy, &line.action, queue);
        }
        self.report.tally.decisions.push((decision.entry, decision.outcome, line.kind));
        if self.report.decisions.len() < MAX_DECISIONS_PER_CALL {
            self.report.decisions.push(line);
        } else {
            self.dropped += 1;
        }
    }

    fn dialog(&mut self, step: DialogStep<'_>) {
        self.told(step);
    }

    fn judged(&mut self, result: QaResult) {
        let verdict = self.verdicts.get_mut(result.entry).and_then(|items| items.get_mut(result.item));
        let evidence = self.evidence.get_mut(result.entry).and_then(|items| items.get_mut(result.item));
        if let (Some(verdict), Some(evidence)) = (verdict, evidence) {
            *verdict = result.verdict;
            *evidence = result.evidence_ms;
        }
    }

    fn incident(&mut self, incident: Incident) {
        let place = incident.subject(self.manifest).map_or(String::new(), |name| format!("`{name}`: "));
        let message = format!("at {}: {place}{}", show_time(incident.at_ms), incident.kind);
        let repeated = self.report.tally.incidents.contains(&incident.kind);
        self.report.tally.incidents.push(incident.kind);
        // One warning of a kind says it; the rest are counted.
        if !repeated {
            self.report.warnings.push(CallWarning { code: incident_code(incident.kind), message });
        }
    }
}

/// Which output of a route is the queue.
fn queue_output(manifest: &Manifest, kind: &EntryKind) -> Option<usize> {
    let EntryKind::Route { outputs, .. } = kind else { return None };
    let is_queue = |ty: Type| {
        let Type::Word(index) = ty else { return false };
        let vocabulary = manifest.vocabularies.get(index as usize);
        vocabulary.is_some_and(|vocabulary| vocabulary.kind == VocabularyKind::Queue)
    };
    outputs.iter().position(|output| is_queue(output.ty))
}

/// The permanent code of an incident, as warnings carry it.
pub(crate) const fn incident_code(kind: IncidentKind) -> &'static str {
    match kind {
        IncidentKind::Overflow => "overflow",
        IncidentKind::Mismatch => "mismatch",
        IncidentKind::TimeBackwards => "time-backwards",
        IncidentKind::OutsideCall => "outside-call",
        IncidentKind::UnknownIntent => "unknown-intent",
        IncidentKind::TooManyAlerts => "too-many-alerts",
        IncidentKind::TooManyWakes => "too-many-wakes",
        IncidentKind::TooManyTexts => "too-many-texts",
        IncidentKind::TooManyKeys => "too-many-keys",
        IncidentKind::TooManyLookups => "too-many-lookups",
        IncidentKind::TooManyQuestions => "too-many-questions",
        IncidentKind::TooManyActs => "too-many-acts",
        IncidentKind::UnlistedDay { .. } => UNLISTED_DAY,
    }
}
