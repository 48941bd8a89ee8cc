//! The facts of the centre that the policy reads, and who reads them.

use tandem_stdlib::contract::{FactSource, Manifest, QueueFact, Slot, Trigger};

use crate::floor::Floor;
use crate::{Call, Modes};

/// What the policy reads of queues and modes, worked out once.
pub(super) struct Facts {
    queues: Vec<(u32, QueueFact)>,
    modes: Vec<u32>,
    /// Entries of calls run when the centre changes.
    calls_watch: bool,
    /// The policy has modes.
    has_modes: bool,
}

impl Facts {
    pub(super) fn new(manifest: &Manifest) -> Self {
        let mut facts = Self {
            queues: Vec::new(),
            modes: Vec::new(),
            calls_watch: manifest.entries.iter().any(|entry| entry.triggers.contains(&Trigger::Centre)),
            has_modes: !manifest.modes.is_empty(),
        };
        for fact in &manifest.facts {
            match fact.source {
                FactSource::Queue(queue, fact) => facts.queues.push((queue, fact)),
                FactSource::Mode(mode) => facts.modes.push(mode),
                _ => {}
            }
        }
        facts
    }

    /// Gives a call the facts as they stand.
    pub(super) fn give(&self, floor: &Floor, modes: Option<&Modes>, call: &mut Call) {
        for (queue, fact) in &self.queues {
            call.give(FactSource::Queue(*queue, *fact), floor.queue_fact(Slot::from(*queue), *fact));
        }
        for mode in &self.modes {
            let is_on = modes.is_some_and(|modes| modes.is_on(*mode as usize));
            call.give(FactSource::Mode(*mode), Slot::from(is_on));
        }
    }

    /// Gives the modes the facts as they stand.
    pub(super) fn give_modes(&self, floor: &Floor, modes: &mut Modes) {
        for (queue, fact) in &self.queues {
            modes.give(FactSource::Queue(*queue, *fact), floor.queue_fact(Slot::from(*queue), *fact));
        }
    }

    /// Whether entries of calls run when the centre changes.
    pub(super) const fn calls_watch(&self) -> bool {
        self.calls_watch
    }

    /// Whether anybody wants to know of facts that grow with time alone.
    pub(super) fn has_watchers(&self) -> bool {
        (self.calls_watch || self.has_modes) && !(self.queues.is_empty() && self.modes.is_empty())
    }
}
