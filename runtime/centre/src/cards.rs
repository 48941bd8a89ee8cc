//! How many cards an agent gets: each assist has a limit of its own, and all together one.

use tandem_stdlib::contract::{CardCap, Manifest};

use crate::limits::MAX_CARDS_REMEMBERED;

/// The cards of one call, oldest first: (watch, milliseconds since the call's start).
#[derive(Debug, Default)]
pub(crate) struct Cards {
    shown: Vec<(usize, i64)>,
}

impl Cards {
    pub(crate) fn clear(&mut self) {
        self.shown.clear();
    }

    /// Whether a watch may show a card now; counts it if so.
    pub(crate) fn allow(&mut self, manifest: &Manifest, watch: usize, now_ms: i64) -> bool {
        let own = manifest.assists.iter().find(|assist| assist.watch as usize == watch);
        let own = own.and_then(|assist| assist.cap);
        let allowed = self.is_below(own, now_ms, |shown| shown == watch)
            && self.is_below(manifest.attention, now_ms, |_| true);
        if allowed {
            if self.shown.len() >= MAX_CARDS_REMEMBERED {
                self.shown.remove(0);
            }
            self.shown.push((watch, now_ms));
        }
        allowed
    }

    fn is_below(&self, cap: Option<CardCap>, now_ms: i64, counts: impl Fn(usize) -> bool) -> bool {
        let Some(cap) = cap else { return true };
        let recent =
            self.shown.iter().rev().take_while(|(_, at_ms)| now_ms.saturating_sub(*at_ms) < cap.per_ms);
        recent.filter(|(watch, _)| counts(*watch)).count() < cap.cards as usize
    }
}
