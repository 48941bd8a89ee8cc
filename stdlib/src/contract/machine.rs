//! Native code as the emitting crate hands it to the calling crate: addresses and a keep-alive, no pointers to
//! follow here.

use std::any::Any;
use std::sync::Arc;

/// Compiled code of one policy.
///
/// Entry `i` of the manifest starts at `entries[i]` and has the C signature
/// `fn(facts: *const u64, state: *mut u64, answer: *mut u64, host: *const usize) -> u32`.
/// It returns 0 for [`Status::Done`](super::Status::Done) and 1 for [`Status::Overflow`](super::Status::Overflow).
/// `host` is a table of addresses, one a [`HostOp`](super::HostOp) in order of declaration, each of the C signature
/// `fn(state: *mut u64, slots: u64, now_ms: i64, parameter: i64, sample: u64) -> u64`.
#[derive(Clone)]
pub struct MachineCode {
    /// Address of each entry's first instruction.
    pub entries: Vec<usize>,
    /// Hash of the contract that the code was compiled against: [`contract_hash`].
    pub contract_hash: u64,
    /// Bytes of executable memory.
    pub code_bytes: usize,
    /// Bytes of read-only data beside the code: the indices of tables and the answers of their rows.
    pub data_bytes: usize,
    /// Owns the executable memory; dropped last.
    pub keep_alive: Arc<dyn Any + Send + Sync>,
}

/// Hash of everything that code and host must agree on: this crate's version and the operations' signatures.
#[must_use]
pub fn contract_hash() -> u64 {
    // FNV-1a: short, stable across machines and compiler versions.
    let text = concat!("tandem-contract-1 ", env!("CARGO_PKG_VERSION"));
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
