//! Scores of agents, for policies that prefer by an expression of their own.

use tandem_stdlib::contract::{AgentFact, EntryRef, Slot};

use super::agent::Agent;
use super::requirement::level_in;
use super::{AgentId, ContactId};

/// A free agent who could take a contact. Facts are worked out when asked for.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    pub(super) id: AgentId,
    pub(super) agent: &'a Agent,
    /// The highest level in the skills wanted.
    pub(super) level: u8,
    pub(super) is_owner: bool,
    pub(super) now_ms: i64,
}

impl Candidate<'_> {
    /// Who.
    #[must_use]
    pub const fn id(&self) -> AgentId {
        self.id
    }

    /// A fact as the facts record has it.
    #[must_use]
    pub fn fact(&self, fact: AgentFact) -> Slot {
        let number = |number: u32| f64::from(number).to_bits();
        match fact {
            AgentFact::SkillLevel => number(self.level.into()),
            AgentFact::LevelIn(skill) => number(level_in(Slot::from(skill), &self.agent.skills).into()),
            AgentFact::Load => (self.agent.tasks.len() as f64 / f64::from(self.agent.capacity)).to_bits(),
            AgentFact::Occupancy => self.agent.day.occupancy(self.now_ms).to_bits(),
            AgentFact::Idle => self.now_ms.saturating_sub(self.agent.free_since_ms).cast_unsigned(),
            AgentFact::Handled => number(self.agent.day.handled),
            AgentFact::IsOwner => Slot::from(self.is_owner),
        }
    }
}

/// Gives agents scores.
pub trait Scorer {
    /// Pushes one score a candidate, in their order; the highest is taken, and what is no number comes last. Agents
    /// without a score have the lowest.
    fn score(
        &mut self,
        contact: ContactId,
        entry: EntryRef,
        candidates: &[Candidate<'_>],
        scores: &mut Vec<f64>,
    );

    /// Whether scores for a contact look at nothing of an agent but her skills, her load, and whether she is the
    /// customer's own: then two idle agents with the same skills have the same score, and one of them is asked for.
    fn by_skills_alone(&self, contact: ContactId) -> bool {
        let _ = contact;
        false
    }
}

/// For floors whose queues do not prefer by a score: everybody is as good as anybody, and the longest idle is taken.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoScores;

impl Scorer for NoScores {
    fn score(&mut self, _: ContactId, _: EntryRef, _: &[Candidate<'_>], _: &mut Vec<f64>) {}
}
