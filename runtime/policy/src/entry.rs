//! One entry's code, from an address to something that can be called.

use tandem_stdlib::contract::{Entry, Slot};

/// The C signature of an entry, as [`MachineCode`] states it.
pub(crate) type EntryFn = unsafe extern "C" fn(*const Slot, *mut Slot, *mut Slot, *const usize) -> u32;

/// One entry's code with the lengths that it was compiled for.
#[derive(Clone, Copy)]
pub(crate) struct NativeEntry {
    pub(crate) call: EntryFn,
    pub(crate) state_slots: usize,
    pub(crate) answer_slots: usize,
}

impl NativeEntry {
    /// The code at the address, which `load` checked, of an entry of the manifest.
    pub(crate) fn new(entry: &Entry, address: usize) -> Self {
        Self {
            call: entry_fn(address),
            state_slots: entry.state_slots as usize,
            answer_slots: entry.answer_slots as usize,
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
