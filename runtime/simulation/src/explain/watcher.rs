//! The sink of an explanation: keeps what entries saw until it is accounted for.

use tandem_archive::RecordedCall;
use tandem_centre::{Call, Decision, DialogStep, Incident, QaResult, Record, Sink, Told, What};
use tandem_stdlib::contract::{EntryKind, Manifest, Slot};

use super::account::{Accountant, Snapshot};
use super::{DecisionAccount, Line, SilentWatch, moves_to};
use crate::collect::Collector;
use crate::dialogs::DialogStepReport;
use crate::drive::FollowsRecord;
use crate::names::show_action;
use crate::report::CallReport;

/// Collects a call's report and accounts for its decisions as they come.
pub(super) struct Watcher<'m> {
    manifest: &'m Manifest,
    accountant: Accountant<'m>,
    collector: Collector<'m>,
    /// Decisions that are not accounted for yet.
    waiting: Vec<Snapshot>,
    accounts: Vec<DecisionAccount<'m>>,
    lines: Vec<Line<'m>>,
    /// The handler that is followed has its line already: it stands before what it does.
    followed: bool,
    /// The watches that would move the call to the queue asked about, as things stood last.
    watches: Vec<WatchAsSeen>,
}

/// Every decision, and what happened in order.
pub(super) type Account<'m> = (Vec<DecisionAccount<'m>>, Vec<Line<'m>>);

/// What a watch saw last.
struct WatchAsSeen {
    entry: usize,
    facts: Vec<Slot>,
    state: Vec<Slot>,
}

impl<'m> Watcher<'m> {
    pub(super) fn new(manifest: &'m Manifest, accountant: Accountant<'m>) -> Self {
        let queue = accountant.queue;
        let asked = |kind: &EntryKind| queue.is_some_and(|queue| moves_to(kind, queue));
        let watches = manifest.entries.iter().enumerate().filter(|(_, entry)| asked(&entry.kind));
        let unseen = |(entry, _)| WatchAsSeen { entry, facts: Vec::new(), state: Vec::new() };
        Self {
            manifest,
            accountant,
            collector: Collector::new(manifest),
            waiting: Vec::new(),
            accounts: Vec::new(),
            lines: Vec::new(),
            followed: false,
            watches: watches.map(unseen).collect(),
        }
    }

    /// Accounts for the decisions since the last time.
    pub(super) fn account(&mut self, call: &Call) {
        let waiting = std::mem::take(&mut self.waiting);
        let decisions = self.collector.report.decisions.iter().skip(self.accounts.len());
        let accounts = decisions.zip(&waiting);
        let accounts = accounts.map(|(line, seen)| self.accountant.decision(line.clone(), seen, call));
        self.accounts.extend(accounts);
    }

    /// Notes what the watches asked about see now.
    pub(super) fn note_watches(&mut self, call: &Call) {
        for watch in &mut self.watches {
            watch.facts.clear();
            watch.facts.extend_from_slice(call.facts());
            watch.state.clear();
            watch.state.extend_from_slice(call.state(watch.entry));
        }
    }

    /// The watches asked about, with their conditions as noted last.
    pub(super) fn silent_watches(&self, call: &Call) -> Vec<SilentWatch<'m>> {
        let entries =
            self.watches.iter().filter_map(|seen| Some((seen, self.manifest.entries.get(seen.entry)?)));
        entries
            .map(|(seen, entry)| SilentWatch {
                policy: &entry.name,
                action: self.action_of(&entry.kind),
                place: entry.place.clone(),
                outcomes: self.accountant.outcomes(seen.entry, &seen.facts, &seen.state, call),
            })
            .collect()
    }

    pub(super) fn finish(mut self, recorded: &RecordedCall) -> (Account<'m>, CallReport<'m>) {
        ((self.accounts, self.lines), self.collector.finish(recorded))
    }

    fn action_of(&self, kind: &EntryKind) -> String {
        let EntryKind::Watch { action, follow_up, .. } = kind else { return String::new() };
        let then = follow_up.map(|then| format!(" then {}", show_action(self.manifest, then.action)));
        format!("{}{}", show_action(self.manifest, *action), then.unwrap_or_default())
    }
}

impl FollowsRecord for Watcher<'_> {
    fn departs(&mut self, recorded: &RecordedCall) -> bool {
        let left = self.collector.leaves(recorded).map(line);
        let departs = left.is_some();
        self.lines.extend(left);
        departs
    }
}

impl Sink for Watcher<'_> {
    fn dialog(&mut self, step: DialogStep<'_>) {
        let told = self.collector.told(step).map(line);
        if matches!(step.what, Told::Followed { .. }) {
            self.followed = true;
            self.lines.push(Line::Decision(self.collector.report.decisions.len()));
        } else {
            self.lines.extend(told);
        }
    }

    fn decided(&mut self, decision: Decision<'_>) {
        let Record { facts, state } = decision.record.unwrap_or(Record { facts: &[], state: &[] });
        if !std::mem::take(&mut self.followed) {
            self.lines.push(Line::Decision(self.collector.report.decisions.len()));
        }
        let answer = if let What::Outputs(outputs) = decision.what { outputs } else { &[] };
        self.waiting.push(Snapshot {
            entry: decision.entry,
            outcome: decision.outcome,
            answer: answer.to_vec(),
            facts: facts.to_vec(),
            state: state.to_vec(),
        });
        self.collector.decided(decision);
    }

    fn judged(&mut self, result: QaResult) {
        self.collector.judged(result);
    }

    fn incident(&mut self, incident: Incident) {
        self.collector.incident(incident);
    }

    fn wants_records(&self) -> bool {
        true
    }
}

fn line<'m>((dialog, step): (&'m str, &DialogStepReport)) -> Line<'m> {
    Line::Dialog { dialog, step: step.clone() }
}
