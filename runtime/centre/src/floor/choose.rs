//! Which of several free agents takes a contact.
//!
//! Where the first of each group decides (longest idle, skills, turns) the cost does not depend on the number of agents;
//! where each must be looked at (scores, occupancy, weights) at most
//! [`MAX_CANDIDATES`](super::limits::MAX_CANDIDATES) are, those who have been idle longest. Scores that look at skills
//! alone are asked for of one agent of each [kind](super::kinds). Ties go to the longest idle, then to the lowest number.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use tandem_stdlib::contract::{EntryRef, Prefer};

use super::agent::{Agent, Room};
use super::contact::Contact;
use super::limits::MAX_CANDIDATES;
use super::lines::Class;
use super::score::{Candidate, Scorer};
use super::{AgentId, Floor};

/// Somebody idle: since when, and who.
type Idle = (i64, u32);

/// Who must not get the contact: she has just given it away.
type But = Option<u32>;

impl Floor {
    /// The agent for a contact in one of its classes; idle ones first, then, for a contact that shares, those with room
    /// beside what they have in hand.
    pub(super) fn choose(&self, contact: &Contact, class: &Class, scorer: &mut dyn Scorer) -> Option<u32> {
        let idle = self.choose_idle(contact, class, scorer);
        if idle.is_some() || !contact.shares {
            return idle;
        }
        self.choose_beside(class, contact.not_for)
    }

    fn choose_idle(&self, contact: &Contact, class: &Class, scorer: &mut dyn Scorer) -> Option<u32> {
        if let Some(entry) = contact.score {
            return self.best_score(contact, class, entry, scorer);
        }
        let (queue, but) = (self.queues.get(class.key.queue)?, contact.not_for);
        match queue.spec.prefer {
            Prefer::LongestIdle => self.longest_idle(class, but),
            Prefer::OwnerFirst => self.free_owner(contact, class).or_else(|| self.longest_idle(class, but)),
            Prefer::MostSkilled => self.by_level(class, but, |level| u8::MAX - level),
            Prefer::LeastSkilled => self.by_level(class, but, |level| level),
            Prefer::RoundRobin => self.in_turn(class, but, queue.last_turn.wrapping_add(1)),
            Prefer::LeastOccupied => self.least(class, but, |agent| agent.day.occupancy(self.now_ms)),
            Prefer::Weighted => self.least(class, but, |agent| agent.turns),
            Prefer::Score(entry) => self.best_score(contact, class, entry, scorer),
        }
    }

    fn longest_idle(&self, class: &Class, but: But) -> Option<u32> {
        let Some(groups) = &class.groups else {
            return self.idle_of(class, but).into_iter().min().map(|(_, agent)| agent);
        };
        let idle = self.roster.groups_in(groups, &self.roster.idle_groups);
        let first = idle.filter_map(|group| first(&group.idle, but));
        first.min().map(|(_, agent)| agent)
    }

    /// The owner, if she is idle and serves.
    fn free_owner(&self, contact: &Contact, class: &Class) -> Option<u32> {
        let owner = contact.owner?;
        let agent = self.roster.get(owner)?;
        let free = agent.room() == Room::Idle && class.agents.has(owner as usize);
        (free && contact.not_for != Some(owner)).then_some(owner)
    }

    /// The lowest rank by level first.
    fn by_level(&self, class: &Class, but: But, rank: impl Fn(u8) -> u8) -> Option<u32> {
        let Some(groups) = &class.groups else {
            let ranked = self.idle_of(class, but).into_iter().map(|idle| (rank(class.level(idle.1)), idle));
            return ranked.min().map(|(_, (_, agent))| agent);
        };
        let idle = self.roster.groups_in(groups, &self.roster.idle_groups);
        let ranked = idle.filter_map(|group| {
            let first = first(&group.idle, but)?;
            // All of a group have the same level.
            Some((rank(class.level(first.1)), first))
        });
        ranked.min().map(|(_, (_, agent))| agent)
    }

    /// The next by number, from `start` on and then from the beginning.
    fn in_turn(&self, class: &Class, but: But, start: usize) -> Option<u32> {
        let next = |start| self.roster.idle.next_of_both(&class.agents, start);
        let other = |start: usize| {
            let found = next(start)?;
            if but.is_some_and(|but| but as usize == found) { next(found + 1) } else { Some(found) }
        };
        u32::try_from(other(start).or_else(|| other(0))?).ok()
    }

    /// The lowest measure first.
    fn least(&self, class: &Class, but: But, measure: impl Fn(&Agent) -> f64) -> Option<u32> {
        let measured = self
            .candidates(class, but)
            .into_iter()
            .filter_map(|idle| Some((measure(self.roster.get(idle.1)?), idle)));
        let least = measured.min_by(|left, right| left.0.total_cmp(&right.0).then(left.1.cmp(&right.1)));
        least.map(|(_, (_, agent))| agent)
    }

    fn best_score(
        &self,
        contact: &Contact,
        class: &Class,
        entry: EntryRef,
        scorer: &mut dyn Scorer,
    ) -> Option<u32> {
        let idle = match &self.roster.kinds {
            Some(kinds) if scorer.by_skills_alone(contact.id) => {
                let owner = self.free_owner(contact, class).and_then(|owner| self.idle_since(owner));
                let mut first = kinds.first_of_each(class, [contact.not_for, contact.owner]);
                first.extend(owner);
                longest(first)
            }
            _ => self.candidates(class, contact.not_for),
        };
        let candidate = |index: u32| {
            let (agent, is_owner) = (self.roster.get(index)?, contact.owner == Some(index));
            let (id, level) = (AgentId(index), class.level(index));
            Some(Candidate { id, agent, level, is_owner, now_ms: self.now_ms })
        };
        let candidates: Vec<_> = idle.iter().filter_map(|(_, agent)| candidate(*agent)).collect();
        let mut scores = Vec::with_capacity(candidates.len());
        if candidates.len() > 1 {
            scorer.score(contact.id, entry, &candidates, &mut scores);
        }
        scores.resize(idle.len(), f64::NEG_INFINITY);
        let scored = idle.into_iter().zip(scores);
        let best = scored.min_by(|left, right| by_score(left.1, right.1).then(left.0.cmp(&right.0)));
        best.map(|((_, agent), _)| agent)
    }

    /// Everybody idle who serves, in no order of time.
    fn idle_of(&self, class: &Class, but: But) -> Vec<Idle> {
        let numbers = self.roster.idle.both(&class.agents).filter_map(|index| u32::try_from(index).ok());
        let numbers = numbers.filter(|agent| Some(*agent) != but);
        numbers.filter_map(|agent| self.idle_since(agent)).collect()
    }

    /// Those who are compared one by one.
    fn candidates(&self, class: &Class, but: But) -> Vec<Idle> {
        longest(self.idle_of(class, but))
    }

    fn idle_since(&self, agent: u32) -> Option<Idle> {
        Some((self.roster.get(agent)?.free_since_ms, agent))
    }

    /// Whoever has least in hand, then whoever was free longest.
    fn choose_beside(&self, class: &Class, but: But) -> Option<u32> {
        if let Some(groups) = &class.groups {
            let free = self.roster.groups_in(groups, &self.roster.beside_groups);
            let first =
                free.filter_map(|group| group.beside.iter().find(|(_, _, agent)| Some(*agent) != but));
            return first.min().map(|(_, _, agent)| *agent);
        }
        let numbers = self.roster.beside.both(&class.agents).filter_map(|index| u32::try_from(index).ok());
        let numbers = numbers.filter(|agent| Some(*agent) != but);
        let ranked = numbers.filter_map(|index| {
            let agent = self.roster.get(index)?;
            Some((agent.tasks.len(), agent.free_since_ms, index))
        });
        ranked.min().map(|(_, _, agent)| agent)
    }
}

/// At most [`MAX_CANDIDATES`], the longest idle.
fn longest(mut idle: Vec<Idle>) -> Vec<Idle> {
    if idle.len() > MAX_CANDIDATES {
        idle.select_nth_unstable(MAX_CANDIDATES);
        idle.truncate(MAX_CANDIDATES);
    }
    idle
}

/// The longest idle of a group.
fn first(idle: &BTreeSet<Idle>, but: But) -> Option<Idle> {
    idle.iter().find(|(_, agent)| Some(*agent) != but).copied()
}

/// Higher scores first; what is no number last.
fn by_score(left: f64, right: f64) -> Ordering {
    let rank = |score: f64| if score.is_nan() { f64::NEG_INFINITY } else { score };
    rank(right).total_cmp(&rank(left))
}
