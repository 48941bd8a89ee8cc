//! The law's window: what share of calls was abandoned in it, at every moment at which the law looks.

use tandem_centre::campaign::{AbandonCount, CalendarClock, Ledger};
use tandem_stdlib::contract::{AbandonCap, AbandonedOf, CampaignSpec, Manifest, Pacing, Window};

/// Moments of a run at which the window is noted for charts.
pub(super) const NOTED: usize = 60;

/// Holds what happened to people against a cap. It counts what was, not what the dialler believes: a person who was
/// taken for a machine and hung up on was abandoned, a machine that nobody came for was not.
#[derive(Clone, Debug)]
pub(super) struct LawWindow {
    cap: AbandonCap,
    ledger: Ledger,
    /// The window after the last call.
    last: AbandonCount,
    /// A window that moves is judged once it has been full, and at the end.
    judged_from_ms: i64,
    pub(super) worst: Option<f64>,
    /// The share at each moment that is noted.
    pub(super) noted: Vec<Option<f64>>,
    start_ms: i64,
    step_ms: i64,
}

/// What happened to one call, as laws count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Happened {
    /// It was placed.
    Placed,
    /// A person answered.
    Live,
    /// It came to a queue: somebody talks, or nobody was there in time.
    Reached,
    /// A person was abandoned.
    Abandoned,
}

impl LawWindow {
    /// The window of a campaign's cap; `None` when it has none. The run lasts from one moment to the other.
    pub(super) fn new(
        spec: &CampaignSpec,
        manifest: &Manifest,
        (from_ms, to_ms): (i64, i64),
    ) -> Option<Self> {
        let Pacing::Predictive(cap) = spec.pacing else { return None };
        let length_ms = if let Window::Sliding(length_ms) = cap.window { length_ms } else { i64::MAX / 4 };
        Some(Self {
            cap,
            ledger: Ledger::new(cap, CalendarClock::of(spec, manifest)),
            last: AbandonCount::default(),
            judged_from_ms: from_ms.saturating_add(length_ms),
            worst: None,
            noted: Vec::with_capacity(NOTED),
            start_ms: from_ms,
            step_ms: ((to_ms - from_ms) / NOTED as i64).max(1),
        })
    }

    pub(super) fn happen(&mut self, now_ms: i64, what: Happened) {
        self.note(now_ms);
        let counts = match (what, self.cap.of) {
            (Happened::Placed, AbandonedOf::AllCalls)
            | (Happened::Live, AbandonedOf::LiveAnswers)
            | (Happened::Reached, AbandonedOf::ReachedQueue) => AbandonCount { abandoned: 0, of: 1 },
            (Happened::Abandoned, _) => AbandonCount { abandoned: 1, of: 0 },
            _ => return,
        };
        let calendar = matches!(self.cap.window, Window::CalendarDay | Window::CalendarMonth);
        // The day or month that has just ended is judged by its last moment.
        if calendar && self.ledger.count(now_ms).of < self.last.of {
            self.judge(self.last);
        }
        self.ledger.add(now_ms, counts);
        self.last = self.ledger.count(now_ms);
        if !calendar && now_ms >= self.judged_from_ms {
            self.judge(self.last);
        }
    }

    fn judge(&mut self, count: AbandonCount) {
        if count.of > 0 {
            self.worst = Some(self.worst.unwrap_or_default().max(count.share()));
        }
    }

    /// Notes the share at the moments that have passed.
    fn note(&mut self, now_ms: i64) {
        while self.noted.len() < NOTED {
            let next = self.noted.len() as i64 + 1;
            let at_ms = self.start_ms.saturating_add(self.step_ms.saturating_mul(next));
            if at_ms > now_ms {
                return;
            }
            let count = self.ledger.count(at_ms);
            self.noted.push((count.of > 0).then(|| count.share()));
        }
    }

    /// The run is over: the window is judged as it stands.
    pub(super) fn close(&mut self, now_ms: i64) {
        self.note(now_ms);
        let last = self.ledger.count(now_ms);
        self.judge(last);
    }
}
