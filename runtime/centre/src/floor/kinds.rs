//! Agents who have the same skills, for scores that look at nothing else.
//!
//! Two idle agents with the same skills have the same score unless one is the customer's own, so that only the longest
//! idle of each kind, and the owner, need one. Lists are kept from the first such score on: a floor without scores
//! pays nothing for them.

use std::collections::{BTreeMap, BTreeSet};

use tandem_stdlib::contract::Slot;

use super::agent::{Agent, Room};
use super::bits::Bits;
use super::lines::Class;

/// Somebody idle: since when, and who.
type Idle = (i64, u32);

/// Kinds of skills that nobody has any more, kept beside those of the agents before all are worked out anew.
const STALE_MAX: usize = 256;

/// Idle agents by their skills.
#[derive(Debug, Default)]
pub(super) struct Kinds {
    known: BTreeMap<Vec<(Slot, u8)>, usize>,
    /// By agent (index).
    places: Vec<Place>,
    /// By kind.
    idle: Vec<BTreeSet<Idle>>,
    /// Kinds with somebody idle.
    occupied: Bits,
}

/// Where an agent is listed.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    /// Her kind, once it was asked for.
    kind: Option<usize>,
    /// Where she stands among the idle: kind and since when.
    listed: Option<(usize, i64)>,
}

impl Kinds {
    /// Lists of all who are idle now.
    pub(super) fn new(agents: &[Agent]) -> Self {
        let mut kinds = Self { places: vec![Place::default(); agents.len()], ..Self::default() };
        for (index, agent) in (0..).zip(agents) {
            kinds.list(index, agent);
        }
        kinds
    }

    /// Whether most kinds are of skills that nobody has any more.
    pub(super) fn are_stale(&self) -> bool {
        self.known.len() > self.places.len() + STALE_MAX
    }

    /// An agent has other skills.
    pub(super) fn forget(&mut self, index: u32) {
        self.places.get_mut(index as usize).into_iter().for_each(|place| place.kind = None);
    }

    /// Brings the list of an agent up to date.
    pub(super) fn list(&mut self, index: u32, agent: &Agent) {
        let Some(place) = self.places.get(index as usize).copied() else { return };
        let idle = agent.room() == Room::Idle;
        let kind = if idle { Some(place.kind.unwrap_or_else(|| self.kind_of(agent))) } else { place.kind };
        let listed = kind.filter(|_| idle).map(|kind| (kind, agent.free_since_ms));
        self.places.get_mut(index as usize).into_iter().for_each(|place| *place = Place { kind, listed });
        if place.listed == listed {
            return;
        }
        if let Some((kind, since_ms)) = place.listed
            && let Some(idle) = self.idle.get_mut(kind)
        {
            idle.remove(&(since_ms, index));
            if idle.is_empty() {
                self.occupied.remove(kind);
            }
        }
        if let Some((kind, since_ms)) = listed
            && let Some(idle) = self.idle.get_mut(kind)
        {
            idle.insert((since_ms, index));
            self.occupied.insert(kind);
        }
    }

    /// The longest idle of each kind that may serve, but for those who are left out.
    pub(super) fn first_of_each(&self, class: &Class, but: [Option<u32>; 2]) -> Vec<Idle> {
        let kinds = self.occupied.both(&self.occupied).filter_map(|kind| self.idle.get(kind));
        // All of a kind serve, or none.
        let serving =
            kinds.filter(|idle| idle.first().is_some_and(|(_, agent)| class.agents.has(*agent as usize)));
        let first =
            |idle: &BTreeSet<Idle>| idle.iter().find(|(_, agent)| !but.contains(&Some(*agent))).copied();
        serving.filter_map(first).collect()
    }

    fn kind_of(&mut self, agent: &Agent) -> usize {
        let mut skills: BTreeMap<Slot, u8> = BTreeMap::new();
        for (skill, level) in &agent.skills {
            let known = skills.entry(*skill).or_default();
            *known = (*known).max(*level);
        }
        let next = self.known.len();
        let kind = *self.known.entry(skills.into_iter().collect()).or_insert(next);
        if kind == next {
            self.idle.push(BTreeSet::new());
        }
        kind
    }
}
