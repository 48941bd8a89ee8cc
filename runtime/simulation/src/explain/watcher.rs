//! The sink of an explanation: keeps what entries saw until it is accounted for.

use tandem_archive::RecordedCall;
use tandem_centre::{Call, Decision, DialogStep, Incident, QaResult, Record, Sink, What};
use tandem_stdlib::contract::{EntryKind, Manifest, Slot};

use super::account::{Accountant, Snapshot};
use super::{DecisionAccount, SilentWatch, moves_to};
use crate::collect::Collector;
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
    /// The watches that would move the call to the queue asked about, as things stood last.
    watches: Vec<WatchAsSeen>,
}

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

    pub(super) fn finish(mut self, recorded: &RecordedCall) -> (Vec<DecisionAccount<'m>>, CallReport<'m>) {
        (self.accounts, self.collector.finish(recorded))
    }

    fn action_of(&self, kind: &EntryKind) -> String {
        let EntryKind::Watch { action, follow_up, .. } = kind else { return String::new() };
        let then = follow_up.map(|then| format!(" then {}", show_action(self.manifest, then.action)));
        format!("{}{}", show_action(self.manifest, *action), then.unwrap_or_default())
    }
}

impl FollowsRecord for Watcher<'_> {
    fn departs(&mut self, recorded: &RecordedCall) -> bool {
        self.collector.departs(recorded)
    }
}

impl Sink for Watcher<'_> {
    fn dialog(&mut self, step: DialogStep<'_>) {
        self.collector.dialog(step);
    }

    fn decided(&mut self, decision: Decision<'_>) {
        let Record { facts, state } = decision.record.unwrap_or(Record { facts: &[], state: &[] });
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
