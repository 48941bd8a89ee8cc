//! Running an entry: the one trait that native code and the reference interpreter share.

use super::Slot;

/// How a run ended. Answers count only after [`Status::Done`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The answer record is filled.
    Done,
    /// A calculation left the range of its type; nothing was decided.
    Overflow,
    /// The entry, or a record's length, does not fit the manifest; nothing ran.
    Mismatch,
}

/// Runs the entries of one compiled policy.
pub trait Evaluator: Send + Sync {
    /// Runs the entry at `entry` in the manifest's list.
    ///
    /// `facts` has one slot for each of the manifest's facts; `state` has the entry's `state_slots`, kept by the
    /// host from call event to call event and all zero at the call's start; `answer` has its `answer_slots` and
    /// is overwritten. Same input, same output, on every evaluator.
    fn run(&self, entry: usize, facts: &[Slot], state: &mut [Slot], answer: &mut [Slot]) -> Status;
}
