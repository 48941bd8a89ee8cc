//! Why an entry decided as it did, and why not otherwise: a slow, complete account beside the fast trace bits.

use super::{Slot, Type};

/// A value that a condition read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operand {
    /// How the author wrote it, such as `who.tier`.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// Its value.
    pub value: Slot,
    /// The value must not be shown.
    pub sensitive: bool,
}

/// One condition of an outcome: a cell of a row, or a part of a rule joined by `and`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtomTrace {
    /// In the author's words, such as `who.tier is gold or vip`.
    pub shown: String,
    /// Whether it held.
    pub held: bool,
    /// What it read.
    pub operands: Vec<Operand>,
}

/// The account of one outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeTrace {
    /// Index in the entry's outcomes.
    pub outcome: usize,
    /// Whether all its conditions held.
    pub held: bool,
    /// What it would decide, one slot a route output; empty for watches and quality checks.
    pub answer: Vec<Slot>,
    /// Its conditions in order.
    pub atoms: Vec<AtomTrace>,
}

/// Gives the full account of a run. Same meaning as [`Evaluator::run`](super::Evaluator::run), far slower.
pub trait Explain: Send + Sync {
    /// Accounts for every outcome of an entry on these facts and this state (before the run).
    fn explain(&self, entry: usize, facts: &[Slot], state: &[Slot]) -> Vec<OutcomeTrace>;
}
