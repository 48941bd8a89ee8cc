//! Calling native code: the lengths are checked here, so that the call itself cannot reach outside the records.

use std::any::Any;
use std::sync::Arc;

use tandem_stdlib::contract::{Evaluator, MachineCode, Manifest, Slot, Status};

use crate::host_table::HostTable;

/// The C signature of an entry, as [`MachineCode`] states it.
type EntryFn = unsafe extern "C" fn(*const Slot, *mut Slot, *mut Slot, *const usize) -> u32;

/// One entry's code with the lengths that it was compiled for.
struct NativeEntry {
    call: EntryFn,
    state_slots: usize,
    answer_slots: usize,
}

/// The native code of one policy.
pub(crate) struct Native {
    entries: Vec<NativeEntry>,
    fact_slots: usize,
    host: HostTable,
    /// Owns the memory that `entries` point into; declared last, so that it is dropped last.
    _keep_alive: Arc<dyn Any + Send + Sync>,
}

impl Native {
    /// Takes over code whose entries were found to fit the manifest.
    pub(crate) fn new(manifest: &Manifest, code: MachineCode) -> Self {
        let entries = manifest.entries.iter().zip(&code.entries).map(|(entry, address)| NativeEntry {
            call: entry_fn(*address),
            state_slots: entry.state_slots as usize,
            answer_slots: entry.answer_slots as usize,
        });
        Self {
            entries: entries.collect(),
            fact_slots: manifest.facts.len(),
            host: HostTable::new(),
            _keep_alive: code.keep_alive,
        }
    }
}

#[expect(
    unsafe_code,
    reason = "the compiler hands functions over as addresses, so that it needs no unsafe type"
)]
fn entry_fn(address: usize) -> EntryFn {
    // SAFETY: `load` refused null addresses and code of another contract; under this contract `MachineCode::entries`
    // are addresses of functions with exactly this C signature, and `keep_alive` keeps their memory executable for
    // as long as the `Native` that holds the result lives.
    unsafe { std::mem::transmute::<*const (), EntryFn>(std::ptr::with_exposed_provenance(address)) }
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
}

#[expect(unsafe_code, reason = "the one place where native code runs")]
fn enter(call: EntryFn, facts: &[Slot], state: &mut [Slot], answer: &mut [Slot], host: &HostTable) -> u32 {
    // SAFETY: the caller compared all three lengths with those that the code was compiled for, and the code touches
    // no slot outside them; the host table has one address an operation of this contract; the code keeps no pointer
    // after it returns, never unwinds, and its memory lives as long as the `Native` that `call` came from.
    unsafe { call(facts.as_ptr(), state.as_mut_ptr(), answer.as_mut_ptr(), host.as_ptr()) }
}
