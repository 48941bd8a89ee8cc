//! All agents, and who of them is free.
//!
//! Agents who may serve the same classes of contacts, at the same level where levels decide, are a group: for any
//! contact one of a group is as good as another but for the time that they have been idle. So a choice compares the
//! first of each group, however many agents there are.

use std::collections::{BTreeMap, BTreeSet};

use super::agent::{Agent, Presence, Room};
use super::bits::Bits;
use super::kinds::Kinds;

/// Agents who are alike.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// The queues' own classes that they serve.
    pub(super) classes: Bits,
    /// The levels that decide, by queue and stage of relaxing.
    pub(super) levels: Vec<u8>,
    /// The idle: (since, index).
    pub(super) idle: BTreeSet<(i64, u32)>,
    /// Those with room beside what they have in hand: (contacts, since, index).
    pub(super) beside: BTreeSet<(u32, i64, u32)>,
    /// How many agents are in it.
    pub(super) members: usize,
    /// How many are logged in.
    pub(super) staffed: usize,
    /// How many of those have something in hand.
    pub(super) busy: usize,
}

impl Group {
    /// Takes an agent out of the list in which she stands.
    fn unlist(&mut self, listed: Room, listed_ms: i64, agent: u32) {
        match listed {
            Room::Idle => drop(self.idle.remove(&(listed_ms, agent))),
            Room::Beside(count) => drop(self.beside.remove(&(count, listed_ms, agent))),
            Room::None => {}
        }
    }
}

/// What makes a group.
pub(super) type GroupKey = (Bits, Vec<u8>);

/// All agents.
#[derive(Debug, Default)]
pub(super) struct Roster {
    pub(super) agents: Vec<Agent>,
    pub(super) groups: Vec<Group>,
    /// Agents (indices) with nothing in hand who are ready.
    pub(super) idle: Bits,
    /// Agents (indices) with room beside what they have in hand.
    pub(super) beside: Bits,
    /// Groups (indices) with somebody idle.
    pub(super) idle_groups: Bits,
    /// Groups (indices) with somebody who has room beside what she has in hand.
    pub(super) beside_groups: Bits,
    /// How many turns by weight have been taken: whoever comes back begins here.
    pub(super) turns: f64,
    /// Idle agents by their skills, once somebody asks for them.
    pub(super) kinds: Option<Kinds>,
}

impl Roster {
    /// Puts agents into groups by a key each.
    pub(super) fn new(mut agents: Vec<Agent>, key: impl Fn(&Agent) -> GroupKey) -> Self {
        let mut known: BTreeMap<GroupKey, u32> = BTreeMap::new();
        let mut groups: Vec<Group> = Vec::new();
        for agent in &mut agents {
            let (classes, levels) = key(agent);
            agent.group = *known.entry((classes.clone(), levels.clone())).or_insert_with(|| {
                groups.push(Group { classes, levels, ..Group::default() });
                u32::try_from(groups.len() - 1).unwrap_or(u32::MAX)
            });
            if let Some(group) = groups.get_mut(agent.group as usize) {
                group.members += 1;
            }
        }
        Self { agents, groups, ..Self::default() }
    }

    pub(super) fn get(&self, agent: u32) -> Option<&Agent> {
        self.agents.get(agent as usize)
    }

    pub(super) fn get_mut(&mut self, agent: u32) -> Option<&mut Agent> {
        self.agents.get_mut(agent as usize)
    }

    pub(super) fn group_of(&self, agent: u32) -> Option<&Group> {
        self.groups.get(self.get(agent)?.group as usize)
    }

    /// The groups that are in both sets.
    pub(super) fn groups_in<'a>(
        &'a self,
        left: &'a Bits,
        right: &'a Bits,
    ) -> impl Iterator<Item = &'a Group> {
        left.both(right).filter_map(|place| self.groups.get(place))
    }

    /// Changes an agent and brings the lists up to date.
    pub(super) fn change<T>(&mut self, index: u32, change: impl FnOnce(&mut Agent) -> T) -> Option<T> {
        let agent = self.agents.get_mut(index as usize)?;
        let before = (agent.presence != Presence::LoggedOut, !agent.tasks.is_empty());
        let answer = change(agent);
        let after = (agent.presence != Presence::LoggedOut, !agent.tasks.is_empty());
        if before != after {
            let group = self.groups.get_mut(agent.group as usize)?;
            count(&mut group.staffed, before.0, after.0);
            count(&mut group.busy, before.1, after.1);
        }
        self.list(index);
        Some(answer)
    }

    /// An agent belongs to another group; gives its place, which may be new or used again.
    pub(super) fn regroup(&mut self, index: u32, key: GroupKey) -> Option<u32> {
        let place = self.place_of(key);
        let agent = self.agents.get_mut(index as usize)?;
        let from = std::mem::replace(&mut agent.group, place);
        self.kinds.iter_mut().for_each(|kinds| kinds.forget(index));
        let (listed, listed_ms) = std::mem::take(&mut agent.listed);
        let (staffed, busy) = (agent.presence != Presence::LoggedOut, !agent.tasks.is_empty());
        if let Some(group) = self.groups.get_mut(from as usize) {
            group.members = group.members.saturating_sub(1);
            count(&mut group.staffed, staffed, false);
            count(&mut group.busy, busy, false);
            group.unlist(listed, listed_ms, index);
            mark(&mut self.idle_groups, from, !group.idle.is_empty());
            mark(&mut self.beside_groups, from, !group.beside.is_empty());
        }
        if let Some(group) = self.groups.get_mut(place as usize) {
            group.members += 1;
            count(&mut group.staffed, false, staffed);
            count(&mut group.busy, false, busy);
        }
        self.list(index);
        Some(place)
    }

    /// The group with a key: one that is there, one that nobody is in any more, or a new one.
    fn place_of(&mut self, (classes, levels): GroupKey) -> u32 {
        let same = |group: &Group| group.classes == classes && group.levels == levels;
        let known = self.groups.iter().position(same);
        let place = known.or_else(|| self.groups.iter().position(|group| group.members == 0));
        let place = place.unwrap_or_else(|| {
            self.groups.push(Group::default());
            self.groups.len() - 1
        });
        if let Some(group) = self.groups.get_mut(place) {
            (group.classes, group.levels) = (classes, levels);
        }
        u32::try_from(place).unwrap_or(u32::MAX)
    }

    /// Keeps lists of idle agents by their skills from now on.
    pub(super) fn keep_kinds(&mut self) {
        if self.kinds.as_ref().is_none_or(Kinds::are_stale) {
            self.kinds = Some(Kinds::new(&self.agents));
        }
    }

    /// Puts an agent into the lists of free agents where she belongs.
    fn list(&mut self, index: u32) {
        let Some(agent) = self.agents.get_mut(index as usize) else { return };
        self.kinds.iter_mut().for_each(|kinds| kinds.list(index, agent));
        let (room, since_ms) = (agent.room(), agent.free_since_ms);
        let (listed, listed_ms) = std::mem::replace(&mut agent.listed, (room, since_ms));
        if (listed, listed_ms) == (room, since_ms) {
            return;
        }
        if room == Room::Idle {
            agent.turns = agent.turns.max(self.turns);
        }
        let place = agent.group;
        let Some(group) = self.groups.get_mut(place as usize) else { return };
        group.unlist(listed, listed_ms, index);
        match room {
            Room::Idle => drop(group.idle.insert((since_ms, index))),
            Room::Beside(count) => drop(group.beside.insert((count, since_ms, index))),
            Room::None => {}
        }
        mark(&mut self.idle_groups, place, !group.idle.is_empty());
        mark(&mut self.beside_groups, place, !group.beside.is_empty());
        mark(&mut self.idle, index, room == Room::Idle);
        mark(&mut self.beside, index, matches!(room, Room::Beside(_)));
    }
}

fn mark(bits: &mut Bits, index: u32, present: bool) {
    if present { bits.insert(index as usize) } else { bits.remove(index as usize) }
}

const fn count(number: &mut usize, before: bool, after: bool) {
    match (before, after) {
        (false, true) => *number += 1,
        (true, false) => *number = number.saturating_sub(1),
        _ => {}
    }
}
