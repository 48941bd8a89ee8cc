//! Queues: where calls wait for agents, and what may happen to them meanwhile.

use serde::{Deserialize, Serialize};

use super::{EntryRef, Slot};
use crate::words::{AnswerCounts, ServiceLevelFormula};

/// A queue as the policy declares it. The order of the list is that of the `queue` vocabulary.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct QueueSpec {
    /// Name as in the vocabulary.
    pub name: String,
    /// Which agents serve: any one of these; empty: every agent.
    pub needs: Vec<Need>,
    /// What is promised to callers; checked by simulation and shown on wallboards.
    pub promise: Option<Promise>,
    /// What happens to those who wait, in order of time.
    pub while_waiting: Vec<WaitingStep>,
    /// `at most N waiting otherwise …`
    pub cap: Option<QueueCap>,
    /// Which of several free agents is taken, unless a route that sends the call here prefers by a score.
    pub prefer: Prefer,
    /// How long an agent's phone rings before the call goes to another; `None`: the host's default.
    pub ring_ms: Option<i64>,
    /// After-call work granted at most; `None`: until the agent is done.
    pub wrap_up_ms: Option<i64>,
    /// `priority rises N per D`: points of priority and the time in which they are gained by waiting.
    pub ageing: Option<(f64, i64)>,
}

/// Skills that an agent must have, all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// Each skill with the levels accepted.
    pub all_of: Vec<SkillNeed>,
}

/// A skill with the levels accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkillNeed {
    /// Slot value in the `skill` vocabulary.
    pub skill: Slot,
    /// Lowest level accepted.
    pub low: u8,
    /// Highest level accepted.
    pub high: u8,
}

/// `promise 90% answered within 10s of offered excluding abandoned under 5s`
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Promise {
    /// 0..1.
    pub share: f64,
    /// The threshold.
    pub within_ms: i64,
    /// How the share is counted.
    pub formula: ServiceLevelFormula,
    /// Abandoned within so many milliseconds counts as short; 0: none does.
    pub short_abandon_ms: i64,
}

impl Promise {
    /// Counts a call that was answered after so long.
    pub const fn count_answered(&self, counts: &mut AnswerCounts, waited_ms: i64) {
        counts.answered += 1;
        counts.answered_in_time += (waited_ms <= self.within_ms) as u64;
    }

    /// Counts a call whose caller gave up after so long.
    pub const fn count_abandoned(&self, counts: &mut AnswerCounts, waited_ms: i64) {
        counts.abandoned += 1;
        counts.abandoned_in_time += (waited_ms <= self.within_ms) as u64;
        counts.abandoned_short += (waited_ms < self.short_abandon_ms) as u64;
    }
}

/// What follows when a wait has lasted so long.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct WaitingStep {
    /// Since the call joined the queue.
    pub after_ms: i64,
    /// What then.
    pub action: WaitingAction,
}

/// What can happen to a waiting call.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum WaitingAction {
    /// `accept level 2..5`: these levels of the queue's skills serve from now on.
    AcceptLevels {
        /// Lowest.
        low: u8,
        /// Highest.
        high: u8,
    },
    /// `accept SKILL`: agents with this skill at any level serve as well.
    AcceptSkill(Slot),
    /// `offer callback`: the caller may hang up and keeps the place.
    OfferCallback,
    /// `overflow to QUEUE`: the call moves, and keeps the time it has waited.
    Overflow(Slot),
    /// `also QUEUE`: the call waits in both, and whichever has an agent first serves.
    Also(Slot),
    /// `priority N`: the call's priority becomes at least this.
    Priority(f64),
    /// `play "…"`: an announcement (slot of a text).
    Play(Slot),
    /// `announce wait`: the estimated wait is told.
    AnnounceWait,
    /// `hang up`: the call ends, counted as timed out.
    HangUp,
}

/// A full queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueCap {
    /// Calls that may wait.
    pub waiting: u32,
    /// Where the next one goes; `None`: it is told so and ends.
    pub overflow: Option<Slot>,
}

/// Which of several free agents is taken. Ties go to the longest idle, then to the lowest number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Prefer {
    /// Whoever has been idle longest.
    #[default]
    LongestIdle,
    /// Whoever has the lowest occupancy today.
    LeastOccupied,
    /// Whoever has the highest level in the skills wanted.
    MostSkilled,
    /// Whoever has the lowest level that serves, so that experts stay free.
    LeastSkilled,
    /// In turn.
    RoundRobin,
    /// By turns in proportion to the agents' weights.
    Weighted,
    /// The customer's own agent if free, else the longest idle.
    OwnerFirst,
    /// The highest score: an entry without triggers whose only output is a number, run for each candidate on the
    /// facts of the call and of the agent.
    Score(EntryRef),
}
