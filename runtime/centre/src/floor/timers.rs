//! When something ends by itself.
//!
//! Each agent and each contact has one moment at which it wants to be looked at. A moment that was changed stays in the
//! heap and is passed over when its turn comes; when such leftovers outnumber the rest they are swept out.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Whose moment it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Whose {
    /// A contact (slot).
    Contact(u32),
    /// An agent (index).
    Agent(u32),
}

/// Moments in order of time.
#[derive(Debug, Default)]
pub(super) struct Timers(BinaryHeap<Reverse<(i64, Whose)>>);

/// Leftovers that are never worth a sweep.
const SMALL_HEAP: usize = 1_024;

impl Timers {
    pub(super) fn set(&mut self, at_ms: i64, whose: Whose) {
        self.0.push(Reverse((at_ms, whose)));
    }

    /// The next moment; it may be a leftover unless [`drop_stale`](Self::drop_stale) has just run.
    pub(super) fn next(&self) -> Option<(i64, Whose)> {
        self.0.peek().map(|Reverse(next)| *next)
    }

    pub(super) fn pop(&mut self) {
        self.0.pop();
    }

    /// Makes sure that the next moment is wanted. `wanted` tells the moment at which somebody wants to be looked at;
    /// `live` how many there are.
    pub(super) fn drop_stale(&mut self, live: usize, wanted: impl Fn(Whose) -> i64) {
        while let Some((at_ms, whose)) = self.next() {
            if wanted(whose) == at_ms {
                break;
            }
            self.pop();
        }
        if self.0.len() > live.saturating_mul(4).saturating_add(SMALL_HEAP) {
            let mut moments = std::mem::take(&mut self.0).into_vec();
            moments.retain(|Reverse((at_ms, whose))| wanted(*whose) == *at_ms);
            moments.sort_unstable();
            moments.dedup();
            self.0 = moments.into();
        }
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
