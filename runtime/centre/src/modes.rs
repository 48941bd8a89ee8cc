//! The modes of a centre: watches over its facts that turn something on until it is clear again.

use std::sync::Arc;

use tandem_stdlib::contract::{FactSource, Slot};

use crate::Core;
use crate::live::{Io, Live, Phase};
use crate::plan::Plan;
use crate::sink::{Decision, Incident, QaResult, Sink, What};
use crate::sources::NoSources;

/// The modes of one centre, sans-IO: facts and the time in, which modes are on out.
pub struct Modes {
    plan: Arc<Plan>,
    live: Live,
    on: Vec<bool>,
}

impl Modes {
    /// All modes off, at a moment in milliseconds since the Unix epoch; times of all other methods count from it.
    #[must_use]
    pub fn new(core: &Core, clock_ms: i64) -> Self {
        let plan = core.plan();
        let mut live = Live::new(&plan);
        (live.phase, live.clock_ms) = (Phase::Live, clock_ms);
        live.set_time(&plan, 0);
        let on = vec![false; plan.artefact.manifest.modes.len()];
        Self { plan, live, on }
    }

    /// Sets a fact of the centre; takes effect at the next [`changed`](Self::changed).
    pub fn give(&mut self, fact: FactSource, value: Slot) {
        if let Some(slots) = self.plan.slots.given.get(&fact) {
            self.live.set(slots, value);
        }
    }

    /// Looks at the facts as they stand. `true` when a mode was turned on or off.
    pub fn changed(&mut self, now_ms: i64) -> bool {
        let before = self.on.clone();
        self.advance(now_ms);
        self.live.renew_wakes();
        self.live.set_time(&self.plan, now_ms.max(self.live.now_ms));
        self.look();
        self.settle(&before);
        before != self.on
    }

    /// Runs the watches of all modes on the facts as they stand.
    fn look(&mut self) {
        self.live.due.union(&self.plan.schedule.modes);
        let mut switches = Switches { plan: Arc::clone(&self.plan), turned: Vec::new() };
        self.live.run_due(&self.plan, &mut Io { sources: &mut NoSources, sink: &mut switches });
        self.turn(&switches.turned);
    }

    /// Modes look at modes: one that turned is seen by the others at the same moment. Two that turn each other for ever
    /// rest after as many looks as there are modes.
    fn settle(&mut self, before: &[bool]) {
        let mut seen = before.to_vec();
        for _ in 0..self.on.len() {
            if seen == self.on {
                return;
            }
            seen.clone_from(&self.on);
            self.look();
        }
    }

    /// Does what is due until now. `true` when a mode was turned on or off.
    pub fn wake(&mut self, now_ms: i64) -> bool {
        let before = self.on.clone();
        while let Some(opens_ms) = self.opens_at().filter(|at_ms| *at_ms <= now_ms) {
            self.advance(opens_ms);
            self.live.set_time(&self.plan, opens_ms.max(self.live.now_ms));
            self.look();
        }
        self.advance(now_ms);
        self.settle(&before);
        before != self.on
    }

    /// When a mode may turn by time alone.
    #[must_use]
    pub fn wake_at(&self) -> Option<i64> {
        let wakes_ms = Some(self.live.next_wake_ms()).filter(|at_ms| *at_ms != i64::MAX);
        wakes_ms.into_iter().chain(self.opens_at()).min()
    }

    /// When a calendar next opens or closes.
    fn opens_at(&self) -> Option<i64> {
        let until_ms = self.live.calendars_until_ms;
        let asks = !self.plan.slots.calendars.is_empty() && !self.on.is_empty() && until_ms != i64::MAX;
        asks.then(|| until_ms.saturating_sub(self.live.clock_ms))
    }

    /// Whether a mode (index in the manifest) is on.
    #[must_use]
    pub fn is_on(&self, mode: usize) -> bool {
        self.on.get(mode).copied().unwrap_or_default()
    }

    fn advance(&mut self, now_ms: i64) {
        let mut switches = Switches { plan: Arc::clone(&self.plan), turned: Vec::new() };
        let io = &mut Io { sources: &mut NoSources, sink: &mut switches };
        self.live.advance(&self.plan, now_ms, now_ms, io);
        self.turn(&switches.turned);
    }

    fn turn(&mut self, turned: &[(usize, bool)]) {
        for (mode, is_on) in turned {
            if let Some(on) = self.on.get_mut(*mode) {
                *on = *is_on;
            }
            let number = u32::try_from(*mode).unwrap_or(u32::MAX);
            self.give(FactSource::Mode(number), Slot::from(*is_on));
        }
    }
}

/// Takes what watches of modes decide.
struct Switches {
    plan: Arc<Plan>,
    turned: Vec<(usize, bool)>,
}

impl Sink for Switches {
    fn decided(&mut self, decision: Decision<'_>) {
        let modes = &self.plan.artefact.manifest.modes;
        if let Some(mode) = modes.iter().position(|mode| mode.watch as usize == decision.entry) {
            self.turned.push((mode, decision.what != What::Cleared));
        }
    }

    fn judged(&mut self, _result: QaResult) {}

    fn incident(&mut self, _incident: Incident) {}
}
