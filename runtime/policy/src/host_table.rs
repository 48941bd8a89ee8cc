//! The table of host operations that native code calls by slot.

use tandem_stdlib::contract::{HostOp, Slot};

/// The C signature of a host operation, as [`MachineCode`](tandem_stdlib::contract::MachineCode) states it.
type HostFn = extern "C" fn(*mut Slot, u64, i64, i64, Slot) -> Slot;

/// Addresses of the operations in order of [`HostOp::ALL`].
pub(crate) struct HostTable([usize; HostOp::ALL.len()]);

impl HostTable {
    pub(crate) fn new() -> Self {
        Self(HostOp::ALL.map(|operation| host_fn(operation) as usize))
    }

    pub(crate) const fn as_ptr(&self) -> *const usize {
        self.0.as_ptr()
    }
}

/// The shim of an operation. A closed match: a new operation does not compile until it has one.
fn host_fn(operation: HostOp) -> HostFn {
    match operation {
        HostOp::Rise => rise,
        HostOp::Fall => fall,
        HostOp::UsualRatio => usual_ratio,
        HostOp::CountWithin => count_within,
    }
}

extern "C" fn rise(state: *mut Slot, slots: u64, now_ms: i64, parameter: i64, sample: Slot) -> Slot {
    apply(HostOp::Rise, state, slots, now_ms, parameter, sample)
}

extern "C" fn fall(state: *mut Slot, slots: u64, now_ms: i64, parameter: i64, sample: Slot) -> Slot {
    apply(HostOp::Fall, state, slots, now_ms, parameter, sample)
}

extern "C" fn usual_ratio(state: *mut Slot, slots: u64, now_ms: i64, parameter: i64, sample: Slot) -> Slot {
    apply(HostOp::UsualRatio, state, slots, now_ms, parameter, sample)
}

extern "C" fn count_within(state: *mut Slot, slots: u64, now_ms: i64, parameter: i64, sample: Slot) -> Slot {
    apply(HostOp::CountWithin, state, slots, now_ms, parameter, sample)
}

fn apply(op: HostOp, state: *mut Slot, slots: u64, now_ms: i64, parameter: i64, sample: Slot) -> Slot {
    let Ok(length) = usize::try_from(slots) else { return 0 };
    op.apply(state_of(state, length), now_ms, parameter, sample)
}

#[expect(unsafe_code, reason = "native code hands a part of the entry's state over as pointer and length")]
fn state_of<'a>(state: *mut Slot, length: usize) -> &'a mut [Slot] {
    if length == 0 || state.is_null() {
        return &mut [];
    }
    // SAFETY: compiled code passes a pointer into the state record that `Native::run` gave it, with a length that
    // the compiler laid out inside that record, so the slots are valid, aligned, initialised and live for the whole
    // call; the code does not touch the state while the operation runs, so the borrow is unique.
    unsafe { std::slice::from_raw_parts_mut(state, length) }
}

/// The shim at a place of the table, for tests.
#[cfg(test)]
pub(crate) fn shim_for_test(index: usize) -> HostFn {
    host_fn(HostOp::ALL[index])
}
