//! From the evaluator's account of a run to one that people read.

use tandem_centre::{Call, Core};
use tandem_stdlib::contract::{
    AtomTrace, Entry, EntryKind, Operand, OutcomeTrace, Slot, Type, VocabularyKind,
};

use super::{Condition, DecisionAccount, NamedValue, OutcomeAccount};
use crate::names::show_outputs;
use crate::privacy::Privacy;
use crate::report::DecisionReport;

/// Accounts for runs of one policy.
#[derive(Clone, Copy)]
pub(super) struct Accountant<'m> {
    pub(super) core: &'m Core,
    /// The queue that was asked about.
    pub(super) queue: Option<Slot>,
}

/// A decision with what its entry saw.
pub(super) struct Snapshot {
    pub(super) entry: usize,
    pub(super) outcome: Option<usize>,
    /// What a route gave.
    pub(super) answer: Vec<Slot>,
    pub(super) facts: Vec<Slot>,
    pub(super) state: Vec<Slot>,
}

impl<'m> Accountant<'m> {
    /// The account of a decision. Texts are read from the call, which is still the same.
    pub(super) fn decision(
        self,
        decision: DecisionReport<'m>,
        snapshot: &Snapshot,
        call: &Call,
    ) -> DecisionAccount<'m> {
        // A follow-up is decided by the clock alone: no entry ran, so there is nothing to account for.
        let traces = match snapshot.facts.is_empty() {
            true => Vec::new(),
            false => self.trace(snapshot.entry, &snapshot.facts, &snapshot.state),
        };
        let entry = self.core.manifest().entries.get(snapshot.entry);
        let decided = snapshot.outcome;
        let before = decided.unwrap_or(0);
        let conditions = traces.iter().find(|trace| Some(trace.outcome) == decided);
        let conditions = conditions.map(|trace| self.conditions(&trace.atoms, call)).unwrap_or_default();
        let earlier = traces.iter().filter(|trace| trace.outcome < before && !trace.held);
        let passed_over = earlier.map(|trace| self.outcome(snapshot.entry, trace, None, call)).collect();
        let rule = entry.zip(decided).and_then(|(entry, outcome)| entry.outcomes.get(outcome));
        let place = rule.map(|rule| &rule.place).or_else(|| entry.map(|entry| &entry.place));
        DecisionAccount {
            place: place.cloned().unwrap_or_default(),
            conditions,
            passed_over,
            why_not: entry.map_or_else(Vec::new, |entry| self.why_not(entry, snapshot, &traces, call)),
            decision,
        }
    }

    /// An account of every outcome of an entry on these facts and this state.
    pub(super) fn outcomes(
        self,
        entry: usize,
        facts: &[Slot],
        state: &[Slot],
        call: &Call,
    ) -> Vec<OutcomeAccount> {
        let traces = self.trace(entry, facts, state);
        traces.iter().map(|trace| self.outcome(entry, trace, None, call)).collect()
    }

    fn trace(self, entry: usize, facts: &[Slot], state: &[Slot]) -> Vec<OutcomeTrace> {
        self.core.artefact().explain.explain(entry, facts, state)
    }

    /// The outcomes that would have given the queue asked about, when another was decided.
    fn why_not(
        self,
        entry: &Entry,
        snapshot: &Snapshot,
        traces: &[OutcomeTrace],
        call: &Call,
    ) -> Vec<OutcomeAccount> {
        let (Some(queue), EntryKind::Route { outputs, .. }) = (self.queue, &entry.kind) else {
            return Vec::new();
        };
        let Some(output) = outputs.iter().position(|output| self.is_queue(output.ty)) else {
            return Vec::new();
        };
        if snapshot.answer.get(output) == Some(&queue) {
            return Vec::new();
        }
        let label = |outcome: usize| entry.outcomes.get(outcome).map(|outcome| outcome.label.clone());
        let hidden_by = snapshot.outcome.and_then(label);
        let wanted = traces.iter().filter(|trace| trace.answer.get(output) == Some(&queue));
        wanted.map(|trace| self.outcome(snapshot.entry, trace, hidden_by.clone(), call)).collect()
    }

    fn is_queue(self, ty: Type) -> bool {
        let Type::Word(index) = ty else { return false };
        let vocabulary = self.core.manifest().vocabularies.get(index as usize);
        vocabulary.is_some_and(|vocabulary| vocabulary.kind == VocabularyKind::Queue)
    }

    fn outcome(
        self,
        entry: usize,
        trace: &OutcomeTrace,
        hidden_by: Option<String>,
        call: &Call,
    ) -> OutcomeAccount {
        let manifest = self.core.manifest();
        let outcome = manifest.entries.get(entry).and_then(|entry| entry.outcomes.get(trace.outcome));
        let failed = trace.atoms.iter().filter(|atom| !atom.held);
        OutcomeAccount {
            rule: outcome.map_or_else(String::new, |outcome| outcome.label.clone()),
            because: outcome.map_or_else(String::new, |outcome| outcome.because.clone()),
            place: outcome.map(|outcome| outcome.place.clone()).unwrap_or_default(),
            answer: Privacy::of(manifest)
                .text(&show_outputs(manifest, entry, &trace.answer, |slot| call.text(slot)))
                .into_owned(),
            held: trace.held,
            hidden_by: hidden_by.filter(|_| trace.held),
            failed: failed.map(|atom| self.condition(atom, call)).collect(),
        }
    }

    fn conditions(self, atoms: &[AtomTrace], call: &Call) -> Vec<Condition> {
        atoms.iter().map(|atom| self.condition(atom, call)).collect()
    }

    fn condition(self, atom: &AtomTrace, call: &Call) -> Condition {
        let manifest = self.core.manifest();
        let privacy = Privacy::of(manifest);
        let values = atom.operands.iter().map(|operand| NamedValue {
            name: operand.name.clone(),
            value: match is_never(operand) {
                true => "never".to_owned(),
                false => privacy.operand(manifest, operand, call.text(operand.value)),
            },
        });
        Condition { shown: atom.shown.clone(), held: atom.held, values: values.collect() }
    }
}

/// Whether it is the moment of words that nobody said: the only time before a call's start that a fact holds.
fn is_never(operand: &Operand) -> bool {
    operand.ty == Type::Duration && operand.value.cast_signed() == -1
}
