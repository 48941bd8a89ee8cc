//! How fast a queue moves, for estimating waits.
//!
//! The estimate is `(waiting + 1) × mean gap`: the gap is the time between two contacts that leave the line, taken by
//! an agent or given up, while somebody waits, averaged exponentially (weight 1/16 for the newest). So it counts agents
//! who serve other queues too, breaks and giving up, without knowing of them. Before the first gap was measured it is
//! `mean handle time / agents who serve`, with three minutes for a handle time that was never measured.

/// Weight of the newest value in a mean.
const NEWEST: f64 = 1.0 / 16.0;

/// Handle time before any was measured, milliseconds.
const HANDLE_MS_AT_FIRST: f64 = 180_000.0;

/// What has been measured.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pace {
    gap_ms: Option<f64>,
    handle_ms: Option<f64>,
    /// When the current gap began: somebody left, or the line began.
    gap_since_ms: i64,
}

impl Pace {
    /// The first one begins to wait.
    pub(super) const fn line_begins(&mut self, now_ms: i64) {
        self.gap_since_ms = now_ms;
    }

    /// Somebody leaves the line for good.
    pub(super) fn left(&mut self, now_ms: i64) {
        average(&mut self.gap_ms, now_ms.saturating_sub(self.gap_since_ms));
        self.gap_since_ms = now_ms;
    }

    /// An agent is done with a contact.
    pub(super) fn handled(&mut self, handle_ms: i64) {
        average(&mut self.handle_ms, handle_ms);
    }

    /// How long one waits with so many in front, milliseconds; `None` when nobody serves.
    pub(super) fn wait_ms(&self, in_front: usize, staffed: usize) -> Option<i64> {
        let guess = self.handle_ms.unwrap_or(HANDLE_MS_AT_FIRST) / staffed as f64;
        let gap_ms = self.gap_ms.unwrap_or(guess);
        (staffed > 0).then(|| ((in_front + 1) as f64 * gap_ms).round() as i64)
    }
}

fn average(mean: &mut Option<f64>, value_ms: i64) {
    let value = value_ms.max(0) as f64;
    *mean = Some(mean.map_or(value, |mean| (value - mean).mul_add(NEWEST, mean)));
}
