//! Scores of agents, for policies that prefer by an expression of their own.

use tandem_stdlib::contract::{AgentFact, EntryRef, Slot};

use super::requirement::level_in;
use super::{AgentId, ContactId};

/// A free agent who could take a contact, with what a score may look at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate<'a> {
    /// Who.
    pub agent: AgentId,
    /// Skills (slot values of `skill`) with levels.
    pub skills: &'a [(Slot, u8)],
    /// The highest level in the skills wanted.
    pub level: u8,
    /// Contacts in hand over contacts at most, 0..1.
    pub load: f64,
    /// Share of today's time at work with something in hand, 0..1.
    pub occupancy: f64,
    /// How long free, milliseconds.
    pub idle_ms: i64,
    /// Contacts handled today.
    pub handled: u32,
    /// The customer is this agent's own.
    pub is_owner: bool,
}

impl Candidate<'_> {
    /// A fact as the facts record has it.
    #[must_use]
    pub fn fact(&self, fact: AgentFact) -> Slot {
        match fact {
            AgentFact::SkillLevel => f64::from(self.level).to_bits(),
            AgentFact::LevelIn(skill) => f64::from(level_in(Slot::from(skill), self.skills)).to_bits(),
            AgentFact::Load => self.load.to_bits(),
            AgentFact::Occupancy => self.occupancy.to_bits(),
            AgentFact::Idle => self.idle_ms.cast_unsigned(),
            AgentFact::Handled => f64::from(self.handled).to_bits(),
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
}

/// For floors whose queues do not prefer by a score: everybody is as good as anybody, and the longest idle is taken.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoScores;

impl Scorer for NoScores {
    fn score(&mut self, _: ContactId, _: EntryRef, _: &[Candidate<'_>], _: &mut Vec<f64>) {}
}
