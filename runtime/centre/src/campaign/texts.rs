//! Texts that are sent again and again, with a cap.

use std::collections::{BTreeMap, BTreeSet};

use tandem_stdlib::contract::Slot;

use super::lead::LeadId;
use super::limits::MAX_TEXTS_PLANNED;

/// A series of texts to one lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Series {
    pub(super) lead: LeadId,
    pub(super) campaign: u32,
    pub(super) grade: Slot,
    pub(super) step: usize,
    /// Time between two; `None`: one alone.
    pub(super) every_ms: Option<i64>,
    pub(super) at_most: u32,
    pub(super) sent: u32,
}

/// Series that are not at their end, by lead and step. Bounded by [`MAX_TEXTS_PLANNED`].
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    due: BTreeSet<(i64, LeadId, usize)>,
    series: BTreeMap<(LeadId, usize), (i64, Series)>,
}

impl Texts {
    /// A series begins.
    pub(super) fn plan(&mut self, now_ms: i64, series: Series) {
        if series.at_most > 0 && self.series.len() < MAX_TEXTS_PLANNED {
            self.postpone(now_ms, series);
        }
    }

    /// The next text of a series is due at this moment.
    pub(super) fn postpone(&mut self, at_ms: i64, series: Series) {
        let key = (series.lead, series.step);
        if let Some((before_ms, _)) = self.series.insert(key, (at_ms, series)) {
            self.due.remove(&(before_ms, key.0, key.1));
        }
        self.due.insert((at_ms, key.0, key.1));
    }

    /// A series waits until the call with the lead is over.
    pub(super) fn hold(&mut self, series: Series) {
        self.postpone(i64::MAX, series);
    }

    /// The call with a lead is over: what waited for that is due.
    pub(super) fn release(&mut self, lead: LeadId, now_ms: i64) {
        let of_lead = self.series.range((lead, 0)..=(lead, usize::MAX));
        let held: Vec<Series> =
            of_lead.filter(|(_, (at_ms, _))| *at_ms == i64::MAX).map(|(_, (_, series))| *series).collect();
        held.into_iter().for_each(|series| self.postpone(now_ms, series));
    }

    /// A text was sent: the next is planned, unless it was the last.
    pub(super) fn sent(&mut self, now_ms: i64, mut series: Series) {
        series.sent = series.sent.saturating_add(1);
        if let Some(every_ms) = series.every_ms.filter(|_| series.sent < series.at_most) {
            self.postpone(now_ms.saturating_add(every_ms.max(1)), series);
        }
    }

    /// All series to a lead end.
    pub(super) fn stop(&mut self, lead: LeadId) {
        let keys: Vec<_> = self.series.range((lead, 0)..=(lead, usize::MAX)).map(|(key, _)| *key).collect();
        for key in keys {
            if let Some((at_ms, _)) = self.series.remove(&key) {
                self.due.remove(&(at_ms, key.0, key.1));
            }
        }
    }

    pub(super) fn take_due(&mut self, now_ms: i64) -> Option<Series> {
        let (at_ms, lead, step) = self.due.first().copied().filter(|(at_ms, ..)| *at_ms <= now_ms)?;
        self.due.remove(&(at_ms, lead, step));
        self.series.remove(&(lead, step)).map(|(_, series)| series)
    }

    pub(super) fn next_ms(&self) -> Option<i64> {
        self.due.first().map(|(at_ms, ..)| *at_ms).filter(|at_ms| *at_ms != i64::MAX)
    }
}
