//! The calls of a log.

use std::collections::BTreeMap;

use super::notes::LogNotes;

/// Names of queues, or of agents, that one log may have.
pub(super) const MAX_NAMES: usize = 100_000;

/// How a logged wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LoggedEnd {
    /// An agent answered.
    Answered,
    /// The caller gave up.
    Abandoned,
    /// The queue ended it, or sent the caller elsewhere.
    SentOff,
}

/// A call that came to a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LoggedCall {
    /// When it began to wait, milliseconds since the Unix epoch.
    pub(crate) at_ms: i64,
    pub(crate) waited_ms: i64,
    pub(crate) end: LoggedEnd,
    /// 0 unless answered.
    pub(crate) talk_ms: i64,
    /// After-call work, where the log has it.
    pub(crate) after_call_ms: Option<i64>,
    /// How long the agent's phone rang, where the log says so: the end of the wait.
    pub(crate) ring_ms: Option<i64>,
    /// Index into [`QueueLog::queues`].
    pub(crate) queue: usize,
    /// Index into [`QueueLog::agents`].
    pub(crate) agent: Option<usize>,
    pub(crate) priority: i64,
}

impl LoggedCall {
    /// When it was answered, or left.
    pub(crate) const fn left_ms(&self) -> i64 {
        self.at_ms.saturating_add(self.waited_ms)
    }

    /// How long it waited before an agent's phone rang.
    pub(crate) fn unasked_ms(&self) -> i64 {
        self.waited_ms.saturating_sub(self.ring_ms.unwrap_or(0)).max(0)
    }

    /// When the agent had put down the phone.
    pub(crate) const fn over_ms(&self) -> i64 {
        self.left_ms().saturating_add(self.talk_ms)
    }
}

/// A log of queues.
#[derive(Clone, Debug, Default)]
pub(crate) struct QueueLog {
    pub(crate) queues: Vec<String>,
    pub(crate) agents: Vec<String>,
    /// In order of time.
    pub(crate) calls: Vec<LoggedCall>,
    /// The log says how long callers waited.
    pub(crate) knows_waits: bool,
    /// Calls whose end is not in the log: when they came, and to which queue.
    pub(crate) open: Vec<(i64, usize)>,
    /// By agent: when the log itself says that she was there and could take calls; empty where it does not say so.
    pub(crate) said: Vec<Vec<(i64, i64)>>,
    pub(crate) notes: LogNotes,
}

impl QueueLog {
    /// Brings calls in order and takes out those that stand there twice.
    pub(super) fn settle(&mut self) {
        self.calls.sort_unstable();
        let before = self.calls.len();
        // The same moment, queue, wait, agent and talk: two callers of an agent cannot be that alike, others may.
        let alike = |call: &LoggedCall| (call.at_ms, call.queue, call.waited_ms, call.agent, call.talk_ms);
        self.calls.dedup_by(|later, first| {
            later.agent.is_some() && later.talk_ms > 0 && alike(later) == alike(first)
        });
        self.notes.repeated += (before - self.calls.len()) as u64;
    }
}

/// Names with their numbers, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Names {
    numbers: BTreeMap<String, usize>,
    list: Vec<String>,
}

impl Names {
    /// The number of a name; the last one there is when there are too many.
    pub(super) fn number(&mut self, name: &str) -> usize {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        if self.list.len() >= MAX_NAMES {
            return MAX_NAMES - 1;
        }
        self.numbers.insert(name.to_owned(), self.list.len());
        self.list.push(name.to_owned());
        self.list.len() - 1
    }

    pub(super) fn into_list(self) -> Vec<String> {
        self.list
    }
}
