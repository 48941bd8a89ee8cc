//! How many cards an agent gets: each assist has a limit of its own, and all together one.

use tandem_stdlib::contract::{CardCap, Manifest};

use crate::limits::MAX_CARDS_REMEMBERED;

/// The cards of one call, oldest first: (watch, milliseconds since the call's start).
#[derive(Debug, Default)]
pub(crate) struct Cards {
    shown: Vec<(usize, i64)>,
    /// Since when the agent of the call has it.
    agent_since_ms: i64,
}

impl Cards {
    pub(crate) fn clear(&mut self) {
        self.shown.clear();
        self.agent_since_ms = 0;
    }

    /// Another agent has the call, whose attention nothing has taken yet.
    pub(crate) const fn agent_answers(&mut self, now_ms: i64) {
        self.agent_since_ms = now_ms;
    }

    /// Whether a watch may show a card now; counts it if so.
    pub(crate) fn allow(&mut self, manifest: &Manifest, watch: usize, now_ms: i64) -> bool {
        let own = manifest.assists.iter().find(|assist| assist.watch as usize == watch);
        let own = own.and_then(|assist| assist.cap);
        let allowed = self.is_below(own, now_ms, |shown, _| shown == watch)
            && self.is_below(manifest.attention, now_ms, |_, at_ms| at_ms >= self.agent_since_ms);
        if allowed {
            if self.shown.len() >= MAX_CARDS_REMEMBERED {
                self.shown.remove(0);
            }
            self.shown.push((watch, now_ms));
        }
        allowed
    }

    fn is_below(&self, cap: Option<CardCap>, now_ms: i64, counts: impl Fn(usize, i64) -> bool) -> bool {
        let Some(cap) = cap else { return true };
        let recent =
            self.shown.iter().rev().take_while(|(_, at_ms)| now_ms.saturating_sub(*at_ms) < cap.per_ms);
        recent.filter(|(watch, at_ms)| counts(*watch, *at_ms)).count() < cap.cards as usize
    }
}
