//! Experiments: a share of calls runs other entries in place of the usual ones.

use tandem_stdlib::contract::{CallStart, ChosenBy, Manifest};

use crate::chance;
use crate::fact_slots::Slots;
use crate::schedule::Slotted;

/// An experiment with the ranks of its entries.
pub(crate) struct Trial {
    name: String,
    share: f64,
    by: ChosenBy,
    /// (rank of the usual entry, rank of the one that is tried).
    swaps: Vec<(usize, usize)>,
    /// The same of dialogs, by index.
    dialogs: Vec<(usize, usize)>,
}

impl Trial {
    pub(crate) fn all(manifest: &Manifest, ranked: &[Slotted]) -> Vec<Self> {
        let rank = |entry: u32| ranked.iter().position(|slotted| slotted.entry == entry as usize);
        let trial = |one: &tandem_stdlib::contract::ExperimentSpec| Self {
            name: one.name.clone(),
            share: one.share,
            by: one.by,
            swaps: one.tries.iter().filter_map(|(usual, tried)| rank(*usual).zip(rank(*tried))).collect(),
            dialogs: one.dialogs.iter().map(|(usual, tried)| (*usual as usize, *tried as usize)).collect(),
        };
        manifest.experiments.iter().map(trial).collect()
    }

    /// Whoever reads a watch reads the one that is tried in its place. Watches are the first ranks.
    pub(crate) fn share_readers(&self, watches: &mut Vec<Slots>) {
        for (usual, tried) in &self.swaps {
            let Some(readers) = watches.get(*usual).cloned().filter(|readers| !readers.is_empty()) else {
                continue;
            };
            if watches.len() <= *tried {
                watches.resize_with(*tried + 1, Slots::default);
            }
            watches.get_mut(*tried).into_iter().for_each(|slots| slots.extend_from_slice(&readers));
        }
    }

    /// Whether a call is on the side that tries. A caller whose number is not known counts as a call of its own.
    fn takes(&self, start: &CallStart<'_>) -> bool {
        let by = match self.by {
            ChosenBy::Caller if !start.from.is_empty() => start.from,
            ChosenBy::Caller | ChosenBy::Call => start.id,
        };
        chance::of(by, &self.name) < self.share
    }
}

/// What one call tries.
#[derive(Debug, Default)]
pub(crate) struct Tried {
    /// By experiment.
    sides: Vec<bool>,
    swaps: Vec<(usize, usize)>,
    dialogs: Vec<(usize, usize)>,
    /// Sides that the host has chosen, by experiment.
    chosen: Vec<(usize, bool)>,
}

impl Tried {
    pub(crate) fn clear(&mut self) {
        self.forget_sides();
        self.chosen.clear();
    }

    fn forget_sides(&mut self) {
        self.sides.clear();
        self.swaps.clear();
        self.dialogs.clear();
    }

    /// Puts the next call on a side, whatever chance says.
    pub(crate) fn choose(&mut self, experiment: usize, tries: bool) {
        self.chosen.push((experiment, tries));
    }

    pub(crate) fn start(&mut self, trials: &[Trial], start: &CallStart<'_>) {
        self.forget_sides();
        for (experiment, trial) in trials.iter().enumerate() {
            let chosen = self.chosen.iter().rev().find(|(known, _)| *known == experiment);
            let takes = chosen.map_or_else(|| trial.takes(start), |(_, tries)| *tries);
            self.sides.push(takes);
            if takes {
                self.swaps.extend_from_slice(&trial.swaps);
                self.dialogs.extend_from_slice(&trial.dialogs);
            }
        }
    }

    /// The rank that runs when this one is due.
    pub(crate) fn instead_of(&self, rank: usize) -> usize {
        self.swaps.iter().find(|(usual, _)| *usual == rank).map_or(rank, |(_, tried)| *tried)
    }

    /// The dialog that runs when this one would.
    pub(crate) fn dialog_instead_of(&self, dialog: usize) -> usize {
        self.dialogs.iter().find(|(usual, _)| *usual == dialog).map_or(dialog, |(_, tried)| *tried)
    }

    pub(crate) fn is_on(&self, experiment: usize) -> bool {
        self.sides.get(experiment).copied().unwrap_or_default()
    }
}
