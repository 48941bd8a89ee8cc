//! Native code is stood in for by `extern "C"` functions of the test itself.

use super::*;
use tandem_stdlib::contract::{
    CallFact, Entry, EntryKind, FactSource, FactSpec, GroupMember, HostOp, OutcomeTrace, Place, Slot, Status,
    Type,
};

struct NoAccount;

impl Explain for NoAccount {
    fn explain(&self, _entry: usize, _facts: &[Slot], _state: &[Slot]) -> Vec<OutcomeTrace> {
        Vec::new()
    }
}

extern "C" fn done(_: *const Slot, _: *mut Slot, _: *mut Slot, _: *const usize) -> u32 {
    0
}

extern "C" fn overflow(_: *const Slot, _: *mut Slot, _: *mut Slot, _: *const usize) -> u32 {
    1
}

fn manifest(entries: usize) -> Arc<Manifest> {
    let entry = Entry {
        effective: Default::default(),
        name: "bank.arrival".to_owned(),
        kind: EntryKind::Route { prefer: None, outputs: Vec::new() },
        triggers: Vec::new(),
        outcomes: Vec::new(),
        state_slots: 3,
        answer_slots: 2,
        place: Place::default(),
    };
    let elapsed = FactSpec {
        name: "call.elapsed".to_owned(),
        ty: Type::Duration,
        source: FactSource::Call(CallFact::Elapsed),
    };
    Arc::new(Manifest { facts: vec![elapsed], entries: vec![entry; entries], ..Manifest::default() })
}

fn code(entries: Vec<usize>) -> MachineCode {
    MachineCode {
        entries,
        contract_hash: contract_hash(),
        code_bytes: 0,
        data_bytes: 0,
        keep_alive: Arc::new(()),
    }
}

fn address(function: extern "C" fn(*const Slot, *mut Slot, *mut Slot, *const usize) -> u32) -> usize {
    function as usize
}

#[test]
fn code_of_another_contract_is_refused() {
    let mut other = code(vec![address(done)]);
    other.contract_hash ^= 1;
    let refused = load(manifest(1), other, Arc::new(NoAccount)).err();
    assert_eq!(refused, Some(LoadError::Contract { needed: contract_hash(), found: contract_hash() ^ 1 }));
}

#[test]
fn code_that_does_not_fit_the_manifest_is_refused() {
    let missing = load(manifest(2), code(vec![address(done)]), Arc::new(NoAccount)).err();
    assert_eq!(missing, Some(LoadError::EntryCount { manifest: 2, code: 1 }));
    let null = load(manifest(1), code(vec![0]), Arc::new(NoAccount)).err();
    assert_eq!(null, Some(LoadError::NullEntry { entry: 0 }));
}

#[test]
fn wrong_lengths_never_reach_the_code() {
    // The code would report an overflow, so a mismatch proves that it did not run.
    let artefact = load(manifest(1), code(vec![address(overflow)]), Arc::new(NoAccount)).unwrap();
    let run = |entry, facts: usize, state: usize, answer: usize| {
        artefact.evaluator.run(entry, &vec![0; facts], &mut vec![0; state], &mut vec![0; answer])
    };
    assert_eq!(run(0, 1, 3, 2), Status::Overflow);
    assert_eq!(run(1, 1, 3, 2), Status::Mismatch);
    assert_eq!(run(0, 0, 3, 2), Status::Mismatch);
    assert_eq!(run(0, 1, 2, 2), Status::Mismatch);
    assert_eq!(run(0, 1, 3, 3), Status::Mismatch);
}

#[test]
fn a_group_runs_its_members_on_their_own_records_and_tells_who_overflowed() {
    #[expect(unsafe_code, clippy::multiple_unsafe_ops_per_block, reason = "stands in for native code")]
    extern "C" fn count(_: *const Slot, state: *mut Slot, answer: *mut Slot, _: *const usize) -> u32 {
        // SAFETY: the manifest says three slots of state and two of answer, and the group checks them.
        unsafe {
            *state += 1;
            *answer = *state;
        }
        0
    }
    let entries = code(vec![address(count), address(overflow)]);
    let artefact = load(manifest(2), entries, Arc::new(NoAccount)).unwrap();
    let at = |entry, state, answer| GroupMember { entry, state, answer };
    let group = artefact.evaluator.group(&[at(0, 3, 2), at(1, 6, 4), at(0, 0, 0)]).unwrap();
    let (mut states, mut answers) = ([0, 0, 0, 7, 0, 0, 0, 0, 0], [0; 6]);
    assert_eq!(group.run(&[0], &mut states, &mut answers), Some(0b010));
    assert_eq!((states, answers), ([1, 0, 0, 8, 0, 0, 0, 0, 0], [1, 0, 8, 0, 0, 0]));
    assert_eq!(group.run(&[0, 0], &mut states, &mut answers), None);
    assert_eq!(group.run(&[0], &mut states[..8], &mut answers), None);
    assert_eq!(group.run(&[0], &mut states, &mut answers[..5]), None);
    assert!(artefact.evaluator.group(&[at(2, 0, 0)]).is_none());
    assert!(artefact.evaluator.group(&[at(0, usize::MAX, 0)]).is_none());
    assert!(artefact.evaluator.group(&[at(0, 0, 0); 65]).is_none());
}

#[test]
fn the_host_table_carries_out_the_operations_of_the_contract() {
    for (index, operation) in HostOp::ALL.into_iter().enumerate() {
        let mut through_table = [0_u64; 16];
        let mut direct = [0_u64; 16];
        for (now_ms, sample) in [(0, -30.0_f64), (100, -24.0), (200, -27.5)] {
            let shim = crate::host_table::shim_for_test(index);
            let expected = operation.apply(&mut direct, now_ms, 150, sample.to_bits());
            let found = shim(through_table.as_mut_ptr(), 16, now_ms, 150, sample.to_bits());
            assert_eq!((found, through_table), (expected, direct), "{operation:?}");
        }
    }
}
