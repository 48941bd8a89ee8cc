//! When a dialog next has something to do of its own.

use super::{DialogRun, Step};
use crate::live::Live;
use crate::plan::Plan;

impl DialogRun {
    /// When a source has answered, a turn counts as unresolved or a question as unanswered; `None`: not before something happens.
    pub(crate) fn due_ms(&self, plan: &Plan, live: &Live) -> Option<i64> {
        if let Some(looking) = &self.looking {
            return Some(looking.due_ms());
        }
        let open = self.open.last()?;
        if self.waiting_ms.is_some() {
            return self.waiting_ms;
        }
        let spec = plan.artefact.manifest.dialogs.get(self.running?)?;
        let patience_ms = spec.asks.get(open.ask)?.patience_ms.max(1);
        // Whoever speaks, the bot that asks or the caller who answers, is not silent.
        let quiet_ms = live.talk.quiet_since_ms()?;
        Some(quiet_ms.max(open.asked_ms).saturating_add(patience_ms))
    }
}

impl Step<'_, '_> {
    /// Does what is due at this moment.
    pub(crate) fn wake(&mut self) {
        match (&self.run.looking, self.run.waiting_ms) {
            (Some(_), _) => self.looked_up(),
            (None, Some(_)) => self.not_understood(),
            (None, None) => self.silent(),
        }
    }
}
