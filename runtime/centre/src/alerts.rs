//! Alerts that wait for somebody, and what follows when nobody comes.

use tandem_stdlib::contract::{Action, FollowUp, Slot};

use crate::limits::MAX_OPEN_ALERTS;

/// An alert that nobody has acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenAlert {
    /// When it was given: milliseconds since the call's start.
    pub at_ms: i64,
    /// Index of the entry in the manifest.
    pub entry: usize,
    /// Who was told: slot value in the `role` vocabulary.
    pub role: Slot,
    /// What follows, and when in milliseconds since the call's start, if something still does.
    pub follow_up: Option<(i64, Action)>,
}

/// The open alerts of one call.
#[derive(Debug, Default)]
pub(crate) struct Alerts(Vec<OpenAlert>);

impl Alerts {
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn open(&self) -> &[OpenAlert] {
        &self.0
    }

    /// Keeps an alert; `false` when too many are open.
    pub(crate) fn push(&mut self, at_ms: i64, entry: usize, role: Slot, then: Option<FollowUp>) -> bool {
        let room = self.0.len() < MAX_OPEN_ALERTS;
        if room {
            let follow_up = then.map(|then| (at_ms.saturating_add(then.within_ms.max(0)), then.action));
            self.0.push(OpenAlert { at_ms, entry, role, follow_up });
        }
        room
    }

    /// When the next follow-up is due; `i64::MAX` when none is.
    pub(crate) fn next_due_ms(&self) -> i64 {
        let dues = self.0.iter().filter_map(|alert| alert.follow_up);
        dues.map(|(due_ms, _)| due_ms).min().unwrap_or(i64::MAX)
    }

    /// Takes the first follow-up that is due by `now_ms`: (due time, entry, action).
    pub(crate) fn take_due(&mut self, now_ms: i64) -> Option<(i64, usize, Action)> {
        let next = self.next_due_ms();
        if next > now_ms {
            return None;
        }
        let alert = self.0.iter_mut().find(|alert| alert.follow_up.is_some_and(|(due, _)| due == next))?;
        let (due_ms, action) = alert.follow_up.take()?;
        Some((due_ms, alert.entry, action))
    }
}
