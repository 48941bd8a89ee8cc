//! Calling the native code of several entries: the lengths are checked once for all of them.

use std::any::Any;
use std::sync::Arc;

use tandem_stdlib::contract::{GROUP_MEMBERS_MAX, Group, GroupMember, Slot};

use crate::entry::{EntryFn, NativeEntry};
use crate::host_table::HostTable;

/// One member: its code, and where its records begin.
struct Member {
    call: EntryFn,
    state: usize,
    answer: usize,
}

/// Members whose records all lie below the lengths that are kept here.
pub(crate) struct NativeGroup {
    members: Vec<Member>,
    /// Bits of the answer beyond the members'.
    unused_bits: u32,
    fact_slots: usize,
    states_end: usize,
    answers_end: usize,
    host: HostTable,
    /// Owns the memory that `members` point into; declared last, so that it is dropped last.
    _keep_alive: Arc<dyn Any + Send + Sync>,
}

impl NativeGroup {
    /// `None` for more than [`GROUP_MEMBERS_MAX`] members, or records without an end.
    pub(crate) fn new(
        fact_slots: usize,
        members: &[(NativeEntry, GroupMember)],
        keep_alive: Arc<dyn Any + Send + Sync>,
    ) -> Option<Self> {
        if members.len() > GROUP_MEMBERS_MAX {
            return None;
        }
        let (mut states_end, mut answers_end) = (0, 0);
        for (entry, member) in members {
            states_end = states_end.max(member.state.checked_add(entry.state_slots)?);
            answers_end = answers_end.max(member.answer.checked_add(entry.answer_slots)?);
        }
        let members = members.iter().map(|(entry, member)| Member {
            call: entry.call,
            state: member.state,
            answer: member.answer,
        });
        let (members, host) = (members.collect::<Vec<_>>(), HostTable::new());
        let unused_bits = u32::try_from(GROUP_MEMBERS_MAX - members.len()).ok()?;
        Some(Self {
            members,
            unused_bits,
            fact_slots,
            states_end,
            answers_end,
            host,
            _keep_alive: keep_alive,
        })
    }
}

impl Group for NativeGroup {
    fn run(&self, facts: &[Slot], states: &mut [Slot], answers: &mut [Slot]) -> Option<u64> {
        if facts.len() != self.fact_slots
            || states.len() < self.states_end
            || answers.len() < self.answers_end
        {
            return None;
        }
        Some(enter_all(self, facts, states, answers))
    }
}

#[expect(unsafe_code, reason = "the one place where the native code of a group runs")]
fn enter_all(group: &NativeGroup, facts: &[Slot], states: &mut [Slot], answers: &mut [Slot]) -> u64 {
    let (facts, host) = (facts.as_ptr(), group.host.as_ptr());
    let (states, answers) = (states.as_mut_ptr(), answers.as_mut_ptr());
    let mut overflowed = 0_u64;
    for member in &group.members {
        let (state, answer) = (states.wrapping_add(member.state), answers.wrapping_add(member.answer));
        // SAFETY: `NativeGroup::new` found the end of every member's records, and the caller compared the records'
        // lengths with those ends and with the number of facts, so both places lie in the records, and the code
        // touches no slot outside its own; otherwise as for a single entry in `native`.
        let status = unsafe { (member.call)(facts, state, answer, host) };
        // The first member's bit comes to lie lowest.
        overflowed = overflowed >> 1 | u64::from(status) << (GROUP_MEMBERS_MAX - 1);
    }
    overflowed.unbounded_shr(group.unused_bits)
}
