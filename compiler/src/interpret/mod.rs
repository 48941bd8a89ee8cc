//! The reference interpreter: the meaning of the flow IR, step by step. Tables are read row by row.

mod explain;
mod operation;
mod run;

use std::sync::Arc;

use tandem_stdlib::contract::{Evaluator, Slot, Status};

use crate::flow::Flow;

pub(crate) use explain::Accountant;
use run::Run;

/// Runs the flow IR of one policy.
pub struct Interpreter {
    flow: Arc<Flow>,
    /// Slots of the facts record.
    facts: usize,
}

impl Interpreter {
    /// An interpreter for this flow, whose facts record has so many slots.
    #[must_use]
    pub const fn new(flow: Arc<Flow>, facts: usize) -> Self {
        Self { flow, facts }
    }
}

impl Evaluator for Interpreter {
    fn run(&self, entry: usize, facts: &[Slot], state: &mut [Slot], answer: &mut [Slot]) -> Status {
        let Some(function) = self.flow.functions.get(entry) else { return Status::Mismatch };
        let fits = facts.len() == self.facts
            && state.len() == function.state_slots as usize
            && answer.len() == function.answer.slots() as usize;
        if !fits {
            return Status::Mismatch;
        }
        match Run::new(&self.flow, function, facts, state, answer).function() {
            Ok(()) => Status::Done,
            Err(run::Overflowed) => Status::Overflow,
        }
    }
}
