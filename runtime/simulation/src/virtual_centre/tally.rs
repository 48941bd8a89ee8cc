//! What is counted of callers.

use tandem_stdlib::contract::Promise;
use tandem_stdlib::words::AnswerCounts;

use super::journey::Journey;
use super::waits::Waits;

/// How a visit to a queue ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// An agent answered.
    Answered,
    /// The caller gave up.
    Abandoned,
    /// The queue ended it because its time was over.
    TimedOut,
    /// The queue was full.
    Blocked,
    /// The caller will be called back.
    CallBack,
}

/// Counts of one segment.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Tally {
    pub(super) offered: u64,
    /// Who was answered, and who gave up.
    pub(super) answers: AnswerCounts,
    pub(super) timed_out: u64,
    pub(super) blocked: u64,
    pub(super) overflowed: u64,
    /// Of all that were not blocked: had to wait.
    pub(super) waited: u64,
    pub(super) wait_ms: u64,
    pub(super) wait_answered_ms: u64,
    pub(super) longest_ms: u64,
    /// How the waits are spread.
    pub(super) waits: Waits,
    /// Conversations that ended.
    pub(super) handled: u64,
    pub(super) talk_ms: u64,
    pub(super) after_call_ms: u64,
    pub(super) transferred: u64,
    /// Transfers by agents and by dialogs, and those of them to where the call was transferred on.
    pub(super) moves: u64,
    pub(super) moved_on: u64,
    pub(super) begun_with_machine: u64,
    pub(super) contained: u64,
    pub(super) journey: Journey,
}

impl Tally {
    /// Counts the end of a visit.
    pub(super) fn ended(&mut self, ended: Ended, waited_ms: i64, promise: &Promise) {
        self.offered += 1;
        let waited = waited_ms.max(0).unsigned_abs();
        match ended {
            Ended::Answered => {
                promise.count_answered(&mut self.answers, waited_ms);
                self.wait_answered_ms += waited;
            }
            Ended::Abandoned => promise.count_abandoned(&mut self.answers, waited_ms),
            Ended::TimedOut => self.timed_out += 1,
            Ended::CallBack => {}
            Ended::Blocked => {
                self.blocked += 1;
                return;
            }
        }
        self.waited += u64::from(waited > 0);
        self.wait_ms += waited;
        self.longest_ms = self.longest_ms.max(waited);
        self.waits.add(waited);
    }

    /// Who was not turned away.
    pub(super) const fn admitted(&self) -> u64 {
        self.offered.saturating_sub(self.blocked)
    }
}
