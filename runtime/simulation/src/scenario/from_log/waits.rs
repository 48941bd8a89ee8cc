//! How long callers wait: by queue and priority, and by how many wait already when they come.

use std::collections::BTreeMap;

use crate::chance::Law;
use crate::queue_log::{LoggedCall, LoggedEnd, QueueLog, crowds, patience};

/// Callers who gave up that a kind must have for a patience of its own.
const GAVE_UP_MIN: usize = 50;

/// Crowds that are told apart: so many wait, or more. Who hears, or guesses, that many are ahead gives up sooner.
const CROWDS: [usize; 4] = [0, 2, 4, 8];

/// Waits, and whether they were in vain.
type Waits = Vec<(i64, bool)>;

/// The waits that a log shows, by queue, priority and crowd.
pub(super) struct Shown {
    waits: BTreeMap<(usize, i64, usize), Waits>,
    /// The patience of all.
    all: Law,
    knows_waits: bool,
}

/// The patience of callers of whom a log does not say how long they waited, on average, milliseconds.
const UNKNOWN_MS: f64 = 300_000.0;

impl Shown {
    pub(super) fn new(log: &QueueLog, priority: fn(&LoggedCall) -> i64) -> Self {
        let mut waits: BTreeMap<_, Waits> = BTreeMap::new();
        for (call, waiting) in log.calls.iter().zip(crowds(log)).filter(|_| log.knows_waits) {
            let Some(wait) = wait(call) else { continue };
            let crowd = CROWDS.partition_point(|least| *least <= waiting).saturating_sub(1);
            waits.entry((call.queue, priority(call), crowd)).or_default().push(wait);
        }
        let mut shown = Self { waits, all: Law::Exponential(UNKNOWN_MS), knows_waits: log.knows_waits };
        if log.knows_waits {
            shown.all = patience(shown.of(None, None, None));
        }
        shown
    }

    /// The patience of a kind, of its queue, or of all: the first of which enough gave up.
    pub(super) fn patience(&self, kind: (usize, i64)) -> Law {
        self.enough(kind, None).unwrap_or_else(|| self.all.clone())
    }

    /// The same by crowd; nothing where crowds cannot be told apart.
    pub(super) fn in_crowds(&self, kind: (usize, i64)) -> Vec<(usize, Law)> {
        let known = CROWDS
            .iter()
            .enumerate()
            .filter_map(|(crowd, least)| Some((*least, self.enough(kind, Some(crowd))?)));
        let mut known: Vec<(usize, Law)> = known.collect();
        // The least crowd that is known stands for those below it.
        if let Some((least, _)) = known.first_mut() {
            *least = 0;
        }
        if known.len() > 1 { known } else { Vec::new() }
    }

    fn enough(&self, (queue, priority): (usize, i64), crowd: Option<usize>) -> Option<Law> {
        let kinds = [Some(priority), None].into_iter();
        let mut waits = kinds.map(|priority| self.of(Some(queue), priority, crowd));
        waits.find(tells).map(patience)
    }

    /// The waits of a queue, a priority and a crowd; `None`: whatever it is.
    fn of(&self, queue: Option<usize>, priority: Option<i64>, crowd: Option<usize>) -> Waits {
        let fits = |of: &(usize, i64, usize)| {
            queue.is_none_or(|one| one == of.0)
                && priority.is_none_or(|one| one == of.1)
                && crowd.is_none_or(|one| one == of.2)
        };
        self.waits.iter().filter(|(of, _)| fits(of)).flat_map(|(_, waits)| waits).copied().collect()
    }

    /// The patience of all, and what crowds make of it, as sentences.
    pub(super) fn told(&self) -> Vec<String> {
        if !self.knows_waits {
            let told = "the log does not say how long callers waited: they give up after 5min on average, exponential \
                        (`patience`), and nothing is compared";
            return vec![told.to_owned()];
        }
        let mut told = vec![told_patience(&self.all)];
        let minute = |crowd: usize| {
            let law = patience(self.of(None, None, Some(crowd)));
            let Law::Observed(times) = &law else { return 0.0 };
            100.0 * times.iter().filter(|ms| **ms <= 60_000.0).count() as f64 / times.len().max(1) as f64
        };
        let last = (0..CROWDS.len()).rev().find(|crowd| tells(&self.of(None, None, Some(*crowd))));
        if let Some((last, least)) =
            last.filter(|last| *last > 0).and_then(|last| Some((last, CROWDS.get(last)?)))
        {
            told.push(format!(
                "of callers who must wait a minute {:.0}% give up where fewer than {} wait before them, {:.0}% where \
                 {least} or more do (`patience`)",
                minute(0),
                CROWDS.get(1).copied().unwrap_or_default(),
                minute(last)
            ));
        }
        told
    }
}

/// Whether enough gave up for a patience of their own.
fn tells(waits: &Waits) -> bool {
    waits.iter().filter(|(_, gave_up)| *gave_up).count() >= GAVE_UP_MIN
}

/// The wait of a call, and whether its caller gave up. Who did not wait at all tells nothing.
fn wait(call: &LoggedCall) -> Option<(i64, bool)> {
    let gave_up = call.end == LoggedEnd::Abandoned;
    (gave_up || call.waited_ms > 0).then_some((call.waited_ms, gave_up))
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
