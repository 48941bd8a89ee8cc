//! Calling native code: the lengths are checked here, so that the call itself cannot reach outside the records.

use std::any::Any;
use std::sync::Arc;

use tandem_stdlib::contract::{Evaluator, Group, GroupMember, MachineCode, Manifest, Slot, Status};

use crate::entry::{EntryFn, NativeEntry};
use crate::group::NativeGroup;
use crate::host_table::HostTable;

/// The native code of one policy.
pub(crate) struct Native {
    entries: Vec<NativeEntry>,
    fact_slots: usize,
    host: HostTable,
    /// Owns the memory that `entries` point into; declared last, so that it is dropped last.
    keep_alive: Arc<dyn Any + Send + Sync>,
}

impl Native {
    /// Takes over code whose entries were found to fit the manifest.
    pub(crate) fn new(manifest: &Manifest, code: MachineCode) -> Self {
        let entries = manifest
            .entries
            .iter()
            .zip(&code.entries)
            .map(|(entry, address)| NativeEntry::new(entry, *address));
        Self {
            entries: entries.collect(),
            fact_slots: manifest.facts.len(),
            host: HostTable::new(),
            keep_alive: code.keep_alive,
        }
    }
}

impl Evaluator for Native {
    fn run(&self, entry: usize, facts: &[Slot], state: &mut [Slot], answer: &mut [Slot]) -> Status {
        let Some(entry) = self.entries.get(entry) else { return Status::Mismatch };
        if facts.len() != self.fact_slots
            || state.len() != entry.state_slots
            || answer.len() != entry.answer_slots
        {
            return Status::Mismatch;
        }
        match enter(entry.call, facts, state, answer, &self.host) {
            0 => Status::Done,
            1 => Status::Overflow,
            _ => Status::Mismatch,
        }
    }

    fn group(&self, members: &[GroupMember]) -> Option<Arc<dyn Group>> {
        let entry = |member: &GroupMember| Some((*self.entries.get(member.entry)?, *member));
        let members = members.iter().map(entry).collect::<Option<Vec<_>>>()?;
        let group = NativeGroup::new(self.fact_slots, &members, Arc::clone(&self.keep_alive))?;
        Some(Arc::new(group))
    }
}

#[expect(unsafe_code, reason = "the one place where native code runs")]
fn enter(call: EntryFn, facts: &[Slot], state: &mut [Slot], answer: &mut [Slot], host: &HostTable) -> u32 {
    // SAFETY: the caller compared all three lengths with those that the code was compiled for, and the code touches
    // no slot outside them; the host table has one address an operation of this contract; the code keeps no pointer
    // after it returns, never unwinds, and its memory lives as long as the `Native` that `call` came from.
    unsafe { call(facts.as_ptr(), state.as_mut_ptr(), answer.as_mut_ptr(), host.as_ptr()) }
}
