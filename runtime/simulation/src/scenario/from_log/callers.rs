//! Who called: a stream for each queue and priority, with the patience that its waits show.

use std::collections::BTreeMap;

use super::options::{Options, Priorities};
use super::waits::Shown;
use crate::chance::Mix;
use crate::queue_log::{HeadStarts, LoggedCall, QueueLog};
use crate::scenario::arrivals::{Planned, PlannedStream};
use crate::scenario::types::{Arrivals, Own, Stream};

/// Streams that a log may make; of one with more, priorities are left out.
const MAX_STREAMS: usize = 200;

/// A head start that no wait makes up for, milliseconds.
const ALWAYS_MS: i64 = 4 * 3_600_000;

/// Kinds of callers whose head start is told by name.
const NAMED_MAX: usize = 8;

/// The callers of a log.
pub(super) struct Callers {
    pub(super) streams: Vec<PlannedStream>,
    /// By call: the number of its stream.
    pub(super) numbers: Vec<u32>,
    pub(super) told: Vec<String>,
}

pub(super) fn read(log: &QueueLog, options: &Options, starts: &HeadStarts, own: &[Own]) -> Callers {
    let mut keys: BTreeMap<(usize, i64), Vec<usize>> = group(log, |call| (call.queue, call.priority));
    let ignored = options.priorities == Some(Priorities::Ignored) || keys.len() > MAX_STREAMS;
    if ignored {
        keys = group(log, |call| (call.queue, 0));
    }
    let order = Order::new(options, starts, ignored);
    let mut numbers = vec![0; log.calls.len()];
    let shown = Shown::new(log, if ignored { |_| 0 } else { |call| call.priority });
    let mut told = shown.told();
    let mut streams = Vec::new();
    for (number, ((queue, priority), members)) in (0_u32..).zip(&keys) {
        let calls = || members.iter().filter_map(|place| log.calls.get(*place));
        members.iter().for_each(|place| numbers.get_mut(*place).into_iter().for_each(|slot| *slot = number));
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
            patience: shown.patience((*queue, *priority)),
            patience_in_crowd: shown.in_crowds((*queue, *priority)),
            priority: order.priority(*priority),
            head_start_ms: order.head_start_ms((*queue, *priority)),
            own: members.iter().filter_map(|place| own.get(*place)).copied().collect(),
        };
        streams.push((Planned::Logged(calls().map(|call| call.at_ms).collect()), stream));
    }
    told.extend(order.told(&streams));
    Callers { streams, numbers, told }
}

/// Who goes first of those who wait.
enum Order<'o> {
    /// The scenario says what priorities mean.
    Said(Priorities),
    /// The scenario grants head starts by priority.
    Granted(&'o [(i64, i64)]),
    /// As the log shows.
    Shown(&'o HeadStarts),
}

impl<'o> Order<'o> {
    fn new(options: &'o Options, starts: &'o HeadStarts, ignored: bool) -> Self {
        match options.priorities {
            _ if ignored => Self::Said(Priorities::Ignored),
            _ if !options.head_start.is_empty() => Self::Granted(&options.head_start),
            Some(said) => Self::Said(said),
            None if starts.are_known() => Self::Shown(starts),
            None => Self::Said(Priorities::HigherFirst),
        }
    }

    const fn priority(&self, priority: i64) -> f64 {
        match self {
            Self::Said(Priorities::HigherFirst) => priority as f64,
            Self::Said(Priorities::LowerFirst) => -(priority as f64),
            _ => 0.0,
        }
    }

    fn head_start_ms(&self, kind: (usize, i64)) -> i64 {
        match self {
            Self::Granted(granted) => granted.iter().find(|(of, _)| *of == kind.1).map_or(0, |(_, ms)| *ms),
            Self::Shown(starts) => starts.of(kind),
            Self::Said(_) => 0,
        }
    }

    /// What is taken from the log, in a sentence.
    fn told(&self, streams: &[PlannedStream]) -> Option<String> {
        let Self::Shown(starts) = self else { return None };
        let percent = |count: usize| 100.0 * count as f64 / starts.choices.max(1) as f64;
        let mut ahead: Vec<&Stream> =
            streams.iter().map(|(_, one)| one).filter(|one| one.head_start_ms > 0).collect();
        if ahead.is_empty() {
            return Some(format!(
                "who has waited longest goes first, as in {:.0}% of {} choices between callers of two kinds \
                 (`head_start`)",
                percent(starts.by_waiting),
                starts.choices
            ));
        }
        ahead.sort_by_key(|one| -one.head_start_ms);
        let name = |one: &&Stream| format!("`{}` {}", one.name, shown(one.head_start_ms));
        let more = ahead.len().saturating_sub(NAMED_MAX);
        let more = if more == 0 { String::new() } else { format!(", and {more} more") };
        let names: Vec<String> = ahead.iter().take(NAMED_MAX).map(name).collect();
        Some(format!(
            "who has waited longest goes first, with head starts of {}{more}: so it was in {:.0}% of {} choices between \
             callers of two kinds, without head starts in {:.0}% (`head_start`)",
            names.join(", "),
            percent(starts.explained),
            starts.choices,
            percent(starts.by_waiting)
        ))
    }
}

fn shown(ms: i64) -> String {
    if ms >= ALWAYS_MS { "before all others".to_owned() } else { format!("{}s", (ms + 500) / 1000) }
}

fn group(log: &QueueLog, key: impl Fn(&LoggedCall) -> (usize, i64)) -> BTreeMap<(usize, i64), Vec<usize>> {
    let mut groups: BTreeMap<(usize, i64), Vec<usize>> = BTreeMap::new();
    for (place, call) in log.calls.iter().enumerate() {
        groups.entry(key(call)).or_default().push(place);
    }
    groups
}
