//! How likely a call is answered by a person.

/// What is believed before the first call: every second is answered, which is cautious, as if so many calls told.
const PRIOR: (f64, f64) = (0.5, 12.0);
/// Each call makes those before it count so much less: the last 1,000 or so decide, which follows the hours of a day.
const FADE: f64 = 0.999;

/// The share of calls that a person answers, as of late.
#[derive(Clone, Debug)]
pub(super) struct AnswerRate {
    answered: f64,
    placed: f64,
}

impl AnswerRate {
    pub(super) fn new() -> Self {
        Self { answered: PRIOR.0 * PRIOR.1, placed: PRIOR.1 }
    }

    pub(super) fn learn(&mut self, answered: bool) {
        self.answered = self.answered * FADE + f64::from(u8::from(answered));
        self.placed = self.placed * FADE + 1.0;
    }

    /// 0..1.
    pub(super) fn share(&self) -> f64 {
        self.answered / self.placed
    }
}
