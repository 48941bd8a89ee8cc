//! Modes, and entries of calls that look at the centre, see how it stands.

use tandem_stdlib::contract::Event;

use super::{Centre, CentreSink, LOOK_MS};
use crate::{Modes, Sources};

impl Centre {
    /// Lets modes and entries that look at the centre see how it stands.
    pub(super) fn look(&mut self, sources: &mut dyn Sources, sink: &mut dyn CentreSink) {
        self.look_at_modes(sink);
        self.look_at_answers(sources, sink);
        self.open_tickets(sources, sink);
        let wanted = self.facts.has_watchers() && (self.stale || self.floor.has_waiting());
        if !wanted || self.look_ms != i64::MAX {
            return;
        }
        self.look_ms = self.now_ms.saturating_add(LOOK_MS);
        self.stale = false;
        if !self.facts.calls_watch() {
            return;
        }
        for contact in self.calls.all() {
            let wishes = self.with_call(contact, sink, |call, elapsed_ms, heard| {
                call.centre_changed(elapsed_ms, sources, heard);
            });
            self.fulfil(contact, wishes, sink);
        }
    }

    /// Calls that an agent has taken are told, if the policy has something to do then. What follows from one answer may
    /// bring another.
    fn look_at_answers(&mut self, sources: &mut dyn Sources, sink: &mut dyn CentreSink) {
        while let Some(contact) = self.answered.pop_front() {
            let wishes = self.with_call(contact, sink, |call, elapsed_ms, heard| {
                call.handle(elapsed_ms, &Event::Answered(""), sources, heard);
            });
            self.fulfil(contact, wishes, sink);
        }
    }

    pub(super) fn look_at_modes(&mut self, sink: &mut dyn CentreSink) {
        let count = self.core.manifest().modes.len();
        if count == 0 {
            return;
        }
        let (core, now_ms) = (&self.core, self.now_ms);
        if self.modes.is_none() {
            self.modes_since_ms = now_ms;
        }
        let modes = self.modes.get_or_insert_with(|| Modes::new(core, now_ms));
        let before: Vec<bool> = (0..count).map(|mode| modes.is_on(mode)).collect();
        self.floor.forward(now_ms);
        self.facts.give_modes(&self.floor, modes);
        modes.changed(now_ms.saturating_sub(self.modes_since_ms));
        for (mode, was_on) in before.into_iter().enumerate() {
            if modes.is_on(mode) != was_on {
                self.stale = true;
                sink.mode(now_ms, mode, !was_on);
            }
        }
    }
}
