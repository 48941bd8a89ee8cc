//! Accounts of decisions: every outcome with its conditions and what they read.

use std::sync::Arc;

use tandem_lang::program::Program;
use tandem_stdlib::contract::{AtomTrace, Explain, Manifest, Operand, OutcomeTrace, Slot};

use super::Run;
use crate::flow::Flow;
use crate::lower::{Account, AtomAccount, OperandAccount, account_of_route, account_of_watch};

/// Accounts for the decisions of one policy.
pub(crate) struct Accountant {
    program: Arc<Program>,
    manifest: Arc<Manifest>,
    flow: Arc<Flow>,
}

impl Accountant {
    pub(crate) const fn new(program: Arc<Program>, manifest: Arc<Manifest>, flow: Arc<Flow>) -> Self {
        Self { program, manifest, flow }
    }

    /// The account of a route or a watch.
    fn account(&self, entry: usize) -> Option<Account> {
        let facts = &self.manifest.facts;
        if let Some(route) = self.program.routes.get(entry) {
            return account_of_route(&self.program, facts, route).ok();
        }
        let watch = self.program.watches.get(entry.checked_sub(self.program.routes.len())?)?;
        account_of_watch(&self.program, facts, watch).ok()
    }

    /// Quality items are their own account: what each asks, and whether it passed.
    fn quality(&self, entry: usize, facts: &[Slot], state: &mut [Slot]) -> Vec<OutcomeTrace> {
        let Some(function) = self.flow.functions.get(entry) else { return Vec::new() };
        let outcomes = self.manifest.entries.get(entry).map_or(&[][..], |entry| &entry.outcomes);
        let mut answer = vec![0; function.answer.slots() as usize];
        let done = Run::new(&self.flow, function, facts, state, &mut answer).forgiving().function();
        if done.is_err() {
            return Vec::new();
        }
        let bits = answer.get(function.answer.answers as usize..).unwrap_or_default();
        let held = |at: usize| bits.get(at / 64).is_some_and(|word| (word >> (at % 64)) & 1 == 1);
        let trace = |(outcome, shown): (usize, String)| OutcomeTrace {
            outcome,
            held: held(outcome),
            answer: Vec::new(),
            atoms: vec![AtomTrace { shown, held: held(outcome), operands: Vec::new() }],
        };
        outcomes.iter().map(|outcome| outcome.label.clone()).enumerate().map(trace).collect()
    }
}

impl Explain for Accountant {
    fn explain(&self, entry: usize, facts: &[Slot], state: &[Slot]) -> Vec<OutcomeTrace> {
        let mut state = state.to_vec();
        let Some(account) = self.account(entry) else { return self.quality(entry, facts, &mut state) };
        let mut run = Run::new(&self.flow, &account.function, facts, &mut state, &mut []).forgiving();
        if run.function().is_err() {
            return Vec::new();
        }
        account
            .outcomes
            .iter()
            .enumerate()
            .map(|(index, outcome)| {
                let atom = |atom: &AtomAccount| AtomTrace {
                    shown: atom.shown.clone(),
                    held: run.value(atom.held) != 0,
                    operands: operands(&run, &atom.operands),
                };
                let atoms = outcome.atoms.iter().map(atom).collect::<Vec<_>>();
                OutcomeTrace {
                    outcome: index,
                    held: atoms.iter().all(|atom| atom.held),
                    answer: outcome.answers.iter().map(|answer| run.value(*answer)).collect(),
                    atoms,
                }
            })
            .collect()
    }
}

fn operands(run: &Run<'_>, operands: &[OperandAccount]) -> Vec<Operand> {
    let is_left_out = |operand: &&OperandAccount| operand.unless.is_some_and(|unless| run.value(unless) != 0);
    let shown = operands.iter().filter(|operand| !is_left_out(operand));
    shown
        .map(|one| Operand {
            name: one.name.clone(),
            ty: one.ty,
            value: run.value(one.value),
            sensitive: one.sensitive,
        })
        .collect()
}
