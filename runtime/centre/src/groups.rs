//! Entries that run together at every frame of a party.

use std::sync::Arc;

use tandem_stdlib::contract::{Effective, Evaluator, GROUP_MEMBERS_MAX, Group, GroupMember, Party};

use crate::schedule::{RankSet, Schedule};

/// What runs at a party's frames, as one group.
pub(crate) struct FrameGroup {
    pub(crate) ranks: RankSet,
    /// The members' ranks in order.
    pub(crate) members: Vec<usize>,
    pub(crate) group: Arc<dyn Group>,
}

impl FrameGroup {
    /// The groups of both parties, for evaluators that have groups.
    pub(crate) fn of_parties(schedule: &Schedule, evaluator: &dyn Evaluator) -> Vec<Self> {
        let parties = [Party::Customer, Party::Agent];
        parties
            .into_iter()
            .filter_map(|party| Self::new(schedule, schedule.frame(party), evaluator))
            .collect()
    }

    fn new(schedule: &Schedule, ranks: &RankSet, evaluator: &dyn Evaluator) -> Option<Self> {
        let members = ranks.iter().collect::<Vec<_>>();
        // One entry alone gains nothing.
        if !(2..=GROUP_MEMBERS_MAX).contains(&members.len()) {
            return None;
        }
        let member = |rank: &usize| {
            // Entries that hold for some time only are looked at one by one.
            let slotted = schedule.ranked.get(*rank).filter(|one| one.effective == Effective::default())?;
            let (state, answer) = (slotted.state.start, slotted.answer.start);
            Some(GroupMember { entry: slotted.entry, state, answer })
        };
        let placed = members.iter().map(member).collect::<Option<Vec<_>>>()?;
        Some(Self { ranks: ranks.clone(), members, group: evaluator.group(&placed)? })
    }
}
