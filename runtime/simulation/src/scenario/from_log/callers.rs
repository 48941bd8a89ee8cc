//! Who called: a stream for each queue and priority, with the patience that its waits show.

use std::collections::BTreeMap;

use super::options::{Options, Priorities};
use crate::chance::{Law, Mix};
use crate::queue_log::{LoggedCall, LoggedEnd, QueueLog, patience};
use crate::scenario::arrivals::{Planned, PlannedStream};
use crate::scenario::types::{Arrivals, Stream};

/// Streams that a log may make; of one with more, priorities are left out.
const MAX_STREAMS: usize = 200;

/// Callers who gave up that a stream must have for a patience of its own.
const GAVE_UP_MIN: usize = 50;

/// What the Anonymous Bank grants its priority customers, of priority 2, milliseconds.
const BANK_HEAD_START: (i64, i64) = (2, 90_000);

/// The callers of a log.
pub(super) struct Callers {
    pub(super) streams: Vec<PlannedStream>,
    /// By call: the number of its stream.
    pub(super) numbers: Vec<u32>,
    pub(super) told: Vec<String>,
}

pub(super) fn read(log: &QueueLog, options: &Options) -> Callers {
    let mut keys: BTreeMap<(usize, i64), Vec<usize>> = group(log, |call| (call.queue, call.priority));
    let ignored = options.priorities == Priorities::Ignored || keys.len() > MAX_STREAMS;
    if ignored {
        keys = group(log, |call| (call.queue, 0));
    }
    let head_start = match log.is_anonymous_bank && options.head_start.is_empty() && !ignored {
        true => vec![BANK_HEAD_START],
        false => options.head_start.clone(),
    };
    let mut numbers = vec![0; log.calls.len()];
    let all = patience(log.calls.iter().filter_map(wait).collect());
    let mut told = vec![told_patience(&all)];
    let mut streams = Vec::new();
    for (number, ((queue, priority), members)) in (0_u32..).zip(&keys) {
        let calls = || members.iter().filter_map(|place| log.calls.get(*place));
        members.iter().for_each(|place| numbers.get_mut(*place).into_iter().for_each(|slot| *slot = number));
        let gave_up = calls().filter(|call| call.end == LoggedEnd::Abandoned).count();
        let own =
            if gave_up >= GAVE_UP_MIN { patience(calls().filter_map(wait).collect()) } else { all.clone() };
        let queue_name = log.queues.get(*queue).cloned().unwrap_or_default();
        let several = keys.keys().filter(|(other, _)| other == queue).count() > 1;
        let name = if several { format!("{queue_name}, priority {priority}") } else { queue_name.clone() };
        let facts = options.callers.iter().find(|(of, _)| *of == queue_name);
        let facts = facts.into_iter().flat_map(|(_, facts)| facts);
        let stream = Stream {
            name,
            arrivals: Arrivals::Rates(Vec::new()),
            queue: Some(queue_name),
            facts: facts.map(|(fact, word)| (fact.clone(), Mix::new([(word.clone(), 1.0)]))).collect(),
            patience: own,
            priority: if ignored || !head_start.is_empty() {
                0.0
            } else {
                order(*priority, options.priorities)
            },
            head_start_ms: head_start.iter().find(|(of, _)| of == priority).map_or(0, |(_, ms)| *ms),
        };
        streams.push((Planned::Logged(calls().map(|call| call.at_ms).collect()), stream));
    }
    if streams.iter().any(|(_, stream)| stream.head_start_ms > 0) && options.head_start.is_empty() {
        told.push(
            "priority 2 counts as 1min 30s of waiting, as in the Anonymous Bank (`head_start`)".to_owned(),
        );
    }
    Callers { streams, numbers, told }
}

fn group(log: &QueueLog, key: impl Fn(&LoggedCall) -> (usize, i64)) -> BTreeMap<(usize, i64), Vec<usize>> {
    let mut groups: BTreeMap<(usize, i64), Vec<usize>> = BTreeMap::new();
    for (place, call) in log.calls.iter().enumerate() {
        groups.entry(key(call)).or_default().push(place);
    }
    groups
}

/// The wait of a call, and whether its caller gave up. Who did not wait at all tells nothing.
fn wait(call: &LoggedCall) -> Option<(i64, bool)> {
    let gave_up = call.end == LoggedEnd::Abandoned;
    (gave_up || call.waited_ms > 0).then_some((call.waited_ms, gave_up))
}

fn order(priority: i64, priorities: Priorities) -> f64 {
    match priorities {
        Priorities::HigherFirst => priority as f64,
        Priorities::LowerFirst => -(priority as f64),
        Priorities::Ignored => 0.0,
    }
}

fn told_patience(law: &Law) -> String {
    match law {
        Law::Endless => "nobody gave up in the log: patience is endless (`patience`)".to_owned(),
        law => format!(
            "patience is the log's, by Kaplan and Meier: {:.0}s on average (`patience`)",
            law.mean() / 1000.0
        ),
    }
}
