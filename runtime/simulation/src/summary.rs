//! What a replay of many calls comes to. Its size depends on the policy, not on the number of calls.

use std::collections::BTreeMap;

use serde::Serialize;
use tandem_centre::Verdict;
use tandem_stdlib::contract::{EntryKind, FactSource, Manifest, VocabularyKind};

use crate::agents::{AgentTotal, Agents};
use crate::centre::{
    ExperimentTotal, Experiments, ExportTotal, Exports, Fairness, FairnessTotal, LeadTotal, Leads, Samples,
    SamplingTotal, TargetResult, results, runs_in_calls, without_centre,
};
use crate::dialogs::{DialogTotal, reactions};
use crate::figures::Figures;
use crate::names::word_of;
use crate::report::{CallReport, DecisionKind, QaResultWord};
use crate::spread::Spread;
use crate::totals::{
    AlertLine, AlertTimes, CheckTotal, QaTotal, QueueTotal, RuleTotal, SignalGap, SlowestStep, WarningTotal,
    WatchTotal,
};

/// Alerts that a summary lists with call and time; the rest are only counted.
pub const MAX_ALERTS_LISTED: usize = 1_000;

/// Totals of a replay.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Summary {
    /// Calls that were replayed.
    pub calls: u64,
    /// Records that could not be read.
    pub unreadable: u64,
    /// Seconds of audio that were analysed.
    pub audio_seconds: f64,
    /// Events that the policy saw.
    pub events: u64,
    /// Decisions, those that changed nothing and clears included.
    pub decisions: u64,
    /// Every queue of the policy, in its order.
    pub queues: Vec<QueueTotal>,
    /// Calls for which no queue was decided.
    pub calls_without_queue: u64,
    /// Every row and rule of routes and every condition of watches in the policy's order, those that never decided
    /// included. Quality items are in [`Summary::qa`].
    pub rules: Vec<RuleTotal>,
    /// Every watch of the policy in its order.
    pub watches: Vec<WatchTotal>,
    /// Every dialog of the policy in its order.
    pub dialogs: Vec<DialogTotal>,
    /// The first [`MAX_ALERTS_LISTED`] alerts and transfers by watches and dialogs, in input order.
    pub alerts: Vec<AlertLine>,
    /// By watch or dialog, in the order of the first: when in a call all of these came.
    pub alert_times: Vec<AlertTimes>,
    /// Every quality item of the policy in its order.
    pub qa: Vec<QaTotal>,
    /// Every quality check of the policy in its order.
    pub checks: Vec<CheckTotal>,
    /// Every agent whom the records name, by name.
    pub agents: Vec<AgentTotal>,
    /// Signals that the policy reads, and in how many calls each was never measured.
    pub unmeasured: Vec<SignalGap>,
    /// Calls for which the record cannot know what would have followed a decided transfer.
    pub calls_diverged: u64,
    /// Calls for which a route changed the queue during the call and the record shows no such transfer.
    pub calls_requeued: u64,
    /// Every sampling of the policy in its order.
    pub samplings: Vec<SamplingTotal>,
    /// What leaves for others to learn from, in the policy's order.
    pub exports: Vec<ExportTotal>,
    /// How callers fared by every protected field of the policy's sources.
    pub fairness: Vec<FairnessTotal>,
    /// Every campaign of which callers become leads, in the policy's order.
    pub lead_totals: Vec<LeadTotal>,
    /// Every route that an experiment of the policy tries, in its order.
    pub experiments: Vec<ExperimentTotal>,
    /// Calls that the record shows to be transferred, where a target or a `replay` of the policy asks.
    pub transferred: u64,
    /// Every figure that the policy wants to reach, in its order.
    pub targets: Vec<TargetResult>,
    /// Warnings by code: how many, and the first one's words.
    pub warnings: BTreeMap<&'static str, WarningTotal>,
    /// The slowest step, if a clock was given. Differs from run to run.
    pub slowest: Option<SlowestStep>,
}

/// Adds calls up, in input order.
pub(crate) struct Adder<'m> {
    manifest: &'m Manifest,
    summary: Summary,
    /// By entry: where its outcomes begin in `summary.rules`.
    first_rule: Vec<usize>,
    /// By entry: its place in `summary.watches`.
    watch: Vec<Option<usize>>,
    /// By entry: where its items begin in `summary.qa`, and its place in `summary.checks`.
    check: Vec<Option<(usize, usize)>>,
    samples: Samples,
    leads: Leads,
    exports: Exports<'m>,
    fairness: Fairness<'m>,
    experiments: Experiments,
    figures: Figures,
    agents: Agents,
    /// By watch: it fired in the call that is being added.
    fired: Vec<bool>,
}

impl<'m> Adder<'m> {
    pub(crate) fn new(manifest: &'m Manifest) -> Self {
        let mut adder = Self {
            manifest,
            summary: Summary::default(),
            first_rule: Vec::new(),
            watch: Vec::new(),
            check: Vec::new(),
            samples: Samples::new(manifest),
            leads: Leads::new(manifest),
            exports: Exports::new(manifest),
            fairness: Fairness::new(manifest),
            experiments: Experiments::new(manifest),
            figures: Figures::new(manifest),
            agents: Agents::default(),
            fired: Vec::new(),
        };
        adder.add_queues();
        let reactions = reactions(manifest);
        for (at, entry) in manifest.entries.iter().enumerate() {
            adder.add_entry(entry, runs_in_calls(manifest, at) || reactions.contains(&at));
        }
        adder.summary.dialogs = manifest.dialogs.iter().map(DialogTotal::new).collect();
        adder.add_signals();
        if let Some(message) = without_centre(manifest) {
            let said = WarningTotal { count: 1, call: String::new(), file: String::new(), message };
            adder.summary.warnings.insert("no-centre", said);
        }
        adder.fired = vec![false; adder.summary.watches.len()];
        adder
    }

    pub(crate) fn finish(mut self) -> Summary {
        let checks = &self.summary.checks;
        self.figures.quality =
            (checks.iter().map(|check| check.passed).sum(), checks.iter().map(|check| check.failed).sum());
        self.figures.add_dialogs(&self.summary.dialogs);
        self.figures.by_agent = self.agents.worst_of_targets(self.manifest);
        let targets = results(self.manifest, &self.figures);
        let agents = self.agents.totals(self.manifest);
        let (samplings, lead_totals) = (self.samples.0, self.leads.0);
        let experiments = self.experiments.totals;
        let (transferred, fairness) = (self.figures.transferred(), self.fairness.finish());
        let exports = self.exports.finish();
        Summary {
            samplings,
            lead_totals,
            exports,
            fairness,
            experiments,
            targets,
            transferred,
            agents,
            ..self.summary
        }
    }

    pub(crate) const fn add_unreadable(&mut self) {
        self.summary.unreadable += 1;
    }

    pub(crate) fn add(&mut self, report: &CallReport<'_>) {
        let summary = &mut self.summary;
        summary.calls += 1;
        summary.audio_seconds = audio_sum(summary.audio_seconds, report.audio_ms);
        summary.events += report.events;
        summary.decisions += report.tally.decisions.len() as u64;
        summary.calls_diverged += u64::from(report.tally.moved);
        summary.calls_requeued += u64::from(report.tally.requeued);
        self.add_call_queues(report);
        self.add_decisions(report);
        self.add_alerts(report);
        self.add_dialogs(report);
        self.add_quality(report);
        self.add_gaps(report);
        self.add_warnings(report);
        self.add_timing(report);
        self.samples.add(&report.samples);
        self.leads.add(&report.leads);
        self.fairness.add(report);
        self.exports.add(&report.tally.exported);
        self.experiments.add(report);
        self.agents.add(report);
        report.tally.shown.iter().for_each(|shown| self.figures.add(shown));
    }

    fn add_queues(&mut self) {
        let queues = self.manifest.vocabularies.iter().find(|v| v.kind == VocabularyKind::Queue);
        let totals = queues.into_iter().flat_map(|queues| &queues.words);
        let total = |queue: &String| QueueTotal { queue: queue.clone(), calls: 0, decisions: 0 };
        self.summary.queues = totals.map(total).collect();
    }

    fn add_entry(&mut self, entry: &tandem_stdlib::contract::Entry, runs: bool) {
        self.first_rule.push(self.summary.rules.len());
        let items = matches!(entry.kind, EntryKind::Qa { .. });
        let rules = entry.outcomes.iter().take(if items || !runs { 0 } else { usize::MAX });
        self.summary.rules.extend(rules.map(|outcome| RuleTotal {
            policy: entry.name.clone(),
            rule: outcome.label.clone(),
            hits: 0,
            because: outcome.because.clone(),
            file: outcome.place.file.clone(),
            line: outcome.place.line,
        }));
        let watches = runs && matches!(entry.kind, EntryKind::Watch { .. });
        self.watch.push(watches.then_some(self.summary.watches.len()));
        if watches {
            let policy = entry.name.clone();
            self.summary.watches.push(WatchTotal { policy, fired: 0, calls: 0, follow_ups: 0 });
        }
        let EntryKind::Qa { items, .. } = &entry.kind else { return self.check.push(None) };
        self.check.push(Some((self.summary.qa.len(), self.summary.checks.len())));
        self.summary.qa.extend(items.iter().map(|item| QaTotal {
            policy: entry.name.clone(),
            item: item.label.clone(),
            passed: 0,
            failed: 0,
            not_applicable: 0,
        }));
        let policy = entry.name.clone();
        self.summary.checks.push(CheckTotal { policy, passed: 0, failed: 0, critical: 0, not_applicable: 0 });
    }

    fn add_signals(&mut self) {
        for fact in &self.manifest.facts {
            if let FactSource::Signal(party, signal) = fact.source {
                let gap = SignalGap { party: party.name(), signal: signal.name(), calls: 0 };
                if !self.summary.unmeasured.contains(&gap) {
                    self.summary.unmeasured.push(gap);
                }
            }
        }
    }

    fn add_call_queues(&mut self, report: &CallReport<'_>) {
        let mut last = None;
        for slot in &report.tally.queues {
            let index = slot.checked_sub(1).and_then(|index| usize::try_from(index).ok());
            if let Some(total) = index.and_then(|index| self.summary.queues.get_mut(index)) {
                total.decisions += 1;
                last = index;
            }
        }
        match last.and_then(|index| self.summary.queues.get_mut(index)) {
            Some(total) => total.calls += 1,
            None => self.summary.calls_without_queue += 1,
        }
    }

    fn add_decisions(&mut self, report: &CallReport<'_>) {
        self.fired.fill(false);
        for (entry, outcome, kind) in &report.tally.decisions {
            let watch = self.watch.get(*entry).copied().flatten();
            let total = watch.and_then(|watch| self.summary.watches.get_mut(watch));
            match (kind, total) {
                (DecisionKind::Clear, _) => continue,
                (DecisionKind::FollowUpAlert | DecisionKind::FollowUpTransfer, total) => {
                    total.into_iter().for_each(|total| total.follow_ups += 1);
                    continue;
                }
                (_, Some(total)) => {
                    total.fired += 1;
                    let first = watch
                        .and_then(|watch| self.fired.get_mut(watch))
                        .map(|f| !std::mem::replace(f, true));
                    total.calls += u64::from(first.unwrap_or_default());
                }
                (_, None) => {}
            }
            let next = self.first_rule.get(*entry + 1).copied().unwrap_or(self.summary.rules.len());
            let rule = self.first_rule.get(*entry).zip(*outcome).map(|(first, outcome)| first + outcome);
            let rule = rule.filter(|rule| *rule < next);
            if let Some(rule) = rule.and_then(|rule| self.summary.rules.get_mut(rule)) {
                rule.hits += 1;
            }
        }
    }

    fn add_dialogs(&mut self, report: &CallReport<'_>) {
        for talk in &report.dialogs {
            let total = self.summary.dialogs.get_mut(talk.index);
            total.into_iter().for_each(|total| total.add(talk));
        }
    }

    fn add_alerts(&mut self, report: &CallReport<'_>) {
        let acted = || report.decisions.iter().filter(|decision| decision.kind.is_action());
        acted().for_each(|decision| self.add_time(decision.policy, decision.at_ms));
        let room = MAX_ALERTS_LISTED.saturating_sub(self.summary.alerts.len());
        let lines = acted().take(room);
        self.summary.alerts.extend(lines.map(|decision| AlertLine {
            call: report.call.clone(),
            file: report.file.clone(),
            at_ms: decision.at_ms,
            policy: decision.policy.to_owned(),
            action: decision.action.to_string(),
        }));
    }

    fn add_time(&mut self, policy: &str, at_ms: i64) {
        let all = &mut self.summary.alert_times;
        match all.iter_mut().find(|one| one.policy == policy) {
            Some(one) => one.times.add(at_ms),
            None => {
                let mut one = AlertTimes { policy: policy.to_owned(), times: Spread::default() };
                one.times.add(at_ms);
                all.push(one);
            }
        }
    }

    fn add_quality(&mut self, report: &CallReport<'_>) {
        for ((entry, verdicts), check) in report.tally.verdicts.iter().zip(&report.checks) {
            let Some((first, place)) = self.check.get(*entry).copied().flatten() else { continue };
            for (total, verdict) in self.summary.qa.iter_mut().skip(first).zip(verdicts) {
                match verdict {
                    Verdict::Passed => total.passed += 1,
                    Verdict::Failed => total.failed += 1,
                    Verdict::Pending | Verdict::NotApplicable => total.not_applicable += 1,
                }
            }
            let Some(total) = self.summary.checks.get_mut(place) else { continue };
            match check.result {
                QaResultWord::Passed => total.passed += 1,
                QaResultWord::Failed => total.failed += 1,
                QaResultWord::NotApplicable | QaResultWord::Pending => total.not_applicable += 1,
            }
            total.critical += u64::from(check.critical);
        }
    }

    fn add_gaps(&mut self, report: &CallReport<'_>) {
        for (party, signal) in &report.unmeasured {
            let mut gaps = self.summary.unmeasured.iter_mut();
            let gap = gaps.find(|gap| gap.party == party.name() && gap.signal == signal.name());
            gap.into_iter().for_each(|gap| gap.calls += 1);
        }
    }

    fn add_warnings(&mut self, report: &CallReport<'_>) {
        for warning in &report.warnings {
            let first = || WarningTotal {
                count: 0,
                call: report.call.clone(),
                file: report.file.clone(),
                message: warning.message.clone(),
            };
            self.summary.warnings.entry(warning.code).or_insert_with(first).count += 1;
        }
    }

    fn add_timing(&mut self, report: &CallReport<'_>) {
        let Some(timing) = report.timing else { return };
        for (step, nanoseconds) in [("load", timing.load_ns), ("decide", timing.decide_ns)] {
            if self.summary.slowest.as_ref().is_none_or(|slowest| slowest.nanoseconds < nanoseconds) {
                let (call, file) = (report.call.clone(), report.file.clone());
                self.summary.slowest = Some(SlowestStep { call, file, step, nanoseconds });
            }
        }
    }
}

impl Summary {
    /// The rows, rules and conditions that never decided.
    pub fn never_fired(&self) -> impl Iterator<Item = &RuleTotal> {
        self.rules.iter().filter(|rule| rule.hits == 0)
    }

    /// The signals that no call measured although the policy reads them.
    pub fn never_measured(&self) -> impl Iterator<Item = &SignalGap> {
        self.unmeasured.iter().filter(|gap| gap.calls > 0 && gap.calls == self.calls)
    }
}

/// Whole milliseconds are added, so that the order of adding cannot show in the last digits.
fn audio_sum(seconds: f64, audio_ms: i64) -> f64 {
    let sum_ms = (seconds * 1000.0).round() + audio_ms as f64;
    sum_ms / 1000.0
}

/// The queue at a slot, for callers that list decisions by queue.
#[must_use]
pub fn queue_name(manifest: &Manifest, slot: tandem_stdlib::contract::Slot) -> &str {
    word_of(manifest, VocabularyKind::Queue, slot)
}
