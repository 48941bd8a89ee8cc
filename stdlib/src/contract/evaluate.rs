//! Running entries: the one trait that native code and the reference interpreter share.

use std::sync::Arc;

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

    /// Prepares entries that always run together, at the same event; `None` when the host should run them one by one,
    /// which gives the same answers.
    fn group(&self, members: &[GroupMember]) -> Option<Arc<dyn Group>> {
        let _ = members;
        None
    }
}

/// The most entries of one group.
pub const GROUP_MEMBERS_MAX: usize = 64;

/// An entry of a group, and where its records lie among those of all members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupMember {
    /// Index in the manifest's list of entries.
    pub entry: usize,
    /// First slot of its state.
    pub state: usize,
    /// First slot of its answer record.
    pub answer: usize,
}

/// Entries that run together: the lengths of their records are checked once for all of them.
pub trait Group: Send + Sync {
    /// Runs all members in order over the same facts. `states` and `answers` must reach beyond every member's records.
    ///
    /// Gives one bit a member in order: set when it overflowed and its answer does not count. `None`: the records do
    /// not fit, and nothing ran.
    fn run(&self, facts: &[Slot], states: &mut [Slot], answers: &mut [Slot]) -> Option<u64>;
}
