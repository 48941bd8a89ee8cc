//! When a log itself says that agents came, paused and went.

use std::collections::{BTreeMap, BTreeSet};

use super::presence::Spell;

/// An agent as told so far.
#[derive(Debug, Default)]
struct Told {
    queues: BTreeSet<String>,
    paused: bool,
    /// It was told that she came or went, not only that she paused.
    comes_and_goes: bool,
    since_ms: Option<i64>,
    spells: Vec<Spell>,
}

impl Told {
    /// What is told changes something.
    fn change(&mut self, at_ms: i64, change: impl FnOnce(&mut Self)) {
        change(self);
        let there = !self.queues.is_empty() && !self.paused;
        match (self.since_ms, there) {
            (None, true) => self.since_ms = Some(at_ms),
            (Some(since_ms), false) => {
                self.spells.push((since_ms, at_ms));
                self.since_ms = None;
            }
            _ => {}
        }
    }
}

/// What is told of agents.
#[derive(Debug, Default)]
pub(super) struct Said(BTreeMap<usize, Told>);

impl Said {
    pub(super) fn comes(&mut self, agent: usize, queue: &str, at_ms: i64) {
        let told = self.0.entry(agent).or_default();
        told.comes_and_goes = true;
        told.change(at_ms, |told| _ = told.queues.insert(queue.to_owned()));
    }

    pub(super) fn goes(&mut self, agent: usize, queue: &str, at_ms: i64) {
        let told = self.0.entry(agent).or_default();
        told.comes_and_goes = true;
        told.change(at_ms, |told| {
            let known = told.queues.remove(queue);
            // Agents who log off as such leave all queues.
            if !known || queue == "NONE" {
                told.queues.clear();
            }
            told.paused &= !told.queues.is_empty();
        });
    }

    pub(super) fn pauses(&mut self, agent: usize, _queue: &str, at_ms: i64) {
        self.0.entry(agent).or_default().change(at_ms, |told| told.paused = true);
    }

    pub(super) fn returns(&mut self, agent: usize, _queue: &str, at_ms: i64) {
        self.0.entry(agent).or_default().change(at_ms, |told| told.paused = false);
    }

    /// By agent: when she was there; empty where it was not told.
    pub(super) fn into_spells(self, agents: usize, end_ms: i64) -> Vec<Vec<Spell>> {
        let mut spells = vec![Vec::new(); agents];
        for (agent, mut told) in self.0.into_iter().filter(|(_, told)| told.comes_and_goes) {
            told.spells.extend(told.since_ms.map(|since_ms| (since_ms, end_ms)));
            if let Some(slot) = spells.get_mut(agent) {
                *slot = told.spells;
            }
        }
        spells
    }
}
