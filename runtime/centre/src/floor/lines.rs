//! Who waits for what, in order.
//!
//! Contacts that the same agents may serve form a class: one queue's requirement at one stage of relaxing, or a
//! requirement of a contact's own. A class keeps its contacts in order. Ageing gains every contact of a queue the same
//! for the same time, so `priority − ageing × joined` orders a class for ever, and nothing is sorted again as time
//! passes. Contacts of different classes are compared by what their priority is now.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use tandem_stdlib::contract::{Need, Slot};

use super::agent::Agent;
use super::bits::Bits;
use super::limits::MAX_IDLE_REQUIREMENTS;
use super::requirement::{level_wanted, serves};

/// A contact's turn in a line: the more urgent first, then who waits longer, then who came first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turn {
    /// Priority, less what ageing gave by the moment of joining.
    pub(super) urgency: f64,
    pub(super) joined_ms: i64,
    pub(super) number: u64,
    /// Slot of the contact.
    pub(super) contact: u32,
}

impl Ord for Turn {
    fn cmp(&self, other: &Self) -> Ordering {
        other.urgency.total_cmp(&self.urgency).then_with(|| self.in_time(other))
    }
}

impl Turn {
    /// Whoever waits longer first.
    pub(super) fn in_time(&self, other: &Self) -> Ordering {
        self.joined_ms.cmp(&other.joined_ms).then(self.number.cmp(&other.number))
    }
}

impl PartialOrd for Turn {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Turn {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Turn {}

/// What makes a class.
#[derive(Clone, Debug)]
pub(super) struct ClassKey {
    pub(super) queue: usize,
    pub(super) shares: bool,
    pub(super) needs: Vec<Need>,
}

impl ClassKey {
    /// The same for the same key, and for no other.
    fn code(&self) -> Vec<u64> {
        let mut code = vec![self.queue as u64, u64::from(self.shares)];
        for need in &self.needs {
            code.push(need.all_of.len() as u64);
            let skills = need.all_of.iter();
            code.extend(skills.flat_map(|wanted| [wanted.skill, wanted.low.into(), wanted.high.into()]));
        }
        code
    }
}

/// Contacts that the same agents may serve.
#[derive(Debug)]
pub(super) struct Class {
    pub(super) key: ClassKey,
    /// Agents (indices) who may serve.
    pub(super) agents: Bits,
    /// By agent (index): the highest level in the skills wanted; 0 for those who may not serve.
    pub(super) levels: Vec<u8>,
    /// Groups of agents who may serve; `None` for a contact's own requirement, which groups know nothing of.
    pub(super) groups: Option<Bits>,
    pub(super) line: BTreeSet<Turn>,
}

impl Class {
    /// A class in which nobody waits, of a contact's own requirement.
    pub(super) fn new(key: ClassKey, all: &[Agent]) -> Self {
        let (mut agents, mut levels) = (Bits::default(), vec![0; all.len()]);
        for (index, (agent, level)) in all.iter().zip(&mut levels).enumerate() {
            if serves(&key.needs, &agent.skills) {
                agents.insert(index);
                *level = level_wanted(&key.needs, &agent.skills);
            }
        }
        Self { key, agents, levels, groups: None, line: BTreeSet::new() }
    }

    /// The level of an agent (index).
    pub(super) fn level(&self, agent: u32) -> u8 {
        self.levels.get(agent as usize).copied().unwrap_or(0)
    }
}

/// All classes.
#[derive(Debug, Default)]
pub(super) struct Lines {
    classes: Vec<Class>,
    /// How many of them are the queues' own.
    fixed: usize,
    /// The queues' own classes in which somebody waits.
    pub(super) occupied: Bits,
    /// Other classes by their codes.
    own: BTreeMap<Vec<u64>, u32>,
    /// Other classes in which somebody waits.
    pub(super) own_occupied: BTreeSet<u32>,
    /// Other classes in which nobody waits.
    own_empty: Vec<u32>,
}

impl Lines {
    pub(super) fn new(fixed: Vec<Class>) -> Self {
        Self { fixed: fixed.len(), classes: fixed, ..Self::default() }
    }

    pub(super) fn class(&self, class: u32) -> Option<&Class> {
        self.classes.get(class as usize)
    }

    /// An agent (index) has other skills; gives the queues' own classes that she serves now.
    pub(super) fn restaff(&mut self, agent: u32, skills: &[(Slot, u8)]) -> Bits {
        let mut served = Bits::default();
        for (index, class) in self.classes.iter_mut().enumerate() {
            let (serves, place) = (serves(&class.key.needs, skills), agent as usize);
            let level = if serves { level_wanted(&class.key.needs, skills) } else { 0 };
            class.levels.get_mut(place).into_iter().for_each(|slot| *slot = level);
            if serves {
                class.agents.insert(place)
            } else {
                class.agents.remove(place)
            }
            if serves && index < self.fixed {
                served.insert(index);
            }
        }
        served
    }

    /// A group (index) serves these of the queues' own classes.
    pub(super) fn regroup(&mut self, group: u32, served: &Bits) {
        let fixed = self.classes.iter_mut().take(self.fixed).enumerate();
        for (index, groups) in fixed.filter_map(|(index, class)| Some((index, class.groups.as_mut()?))) {
            if served.has(index) { groups.insert(group as usize) } else { groups.remove(group as usize) }
        }
    }

    pub(super) fn insert(&mut self, class: u32, turn: Turn) {
        let Some(found) = self.classes.get_mut(class as usize) else { return };
        found.line.insert(turn);
        if (class as usize) < self.fixed {
            self.occupied.insert(class as usize);
        } else if self.own_occupied.insert(class) {
            self.own_empty.retain(|empty| *empty != class);
        }
    }

    pub(super) fn remove(&mut self, class: u32, turn: &Turn) {
        let Some(found) = self.classes.get_mut(class as usize) else { return };
        found.line.remove(turn);
        if !found.line.is_empty() {
            return;
        }
        if (class as usize) < self.fixed {
            self.occupied.remove(class as usize);
        } else if self.own_occupied.remove(&class) {
            self.own_empty.push(class);
        }
    }

    /// The class of a contact's own requirement.
    pub(super) fn own_class(&mut self, key: ClassKey, all: &[Agent]) -> u32 {
        let code = key.code();
        if let Some(known) = self.own.get(&code) {
            return *known;
        }
        let class = Class::new(key, all);
        let index = self.room_for_own();
        match self.classes.get_mut(index as usize) {
            Some(place) => *place = class,
            None => self.classes.push(class),
        }
        self.own.insert(code, index);
        self.own_empty.push(index);
        index
    }

    /// Where a new class goes: where one is that nobody has used for longest, when enough are kept, else at the end.
    fn room_for_own(&mut self) -> u32 {
        if self.own_empty.len() < MAX_IDLE_REQUIREMENTS {
            return u32::try_from(self.classes.len()).unwrap_or(u32::MAX);
        }
        let index = self.own_empty.remove(0);
        if let Some(class) = self.class(index) {
            let code = class.key.code();
            self.own.remove(&code);
        }
        index
    }

    #[cfg(test)]
    pub(super) fn len_of_all(&self) -> usize {
        self.classes.iter().map(|class| class.line.len()).sum()
    }
}
