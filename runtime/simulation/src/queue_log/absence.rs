//! How long an agent takes no call after one, though callers wait: after-call work that the log does not have, and
//! short absences.
//!
//! Between two calls of an agent the log shows a gap. If the next caller had waited, the agent was busy for all of the
//! gap. If not, she was free at some moment of it, after the last at which somebody waited in vain. So each gap bounds
//! the pause from both sides, and the distribution of greatest likelihood is Turnbull's (1976), found by his
//! self-consistent steps on a grid of whole seconds. Pauses are the shorter the more callers wait when a call ends:
//! each crowd has a distribution of its own.

use std::collections::BTreeMap;

use super::call::QueueLog;
use super::skills::{Stint, Taken};
use super::waiting::{PROMPT_MS, Waiting};
use crate::chance::Law;

/// Steps of the estimate; it changes little after a few dozen.
const STEPS: u32 = 200;

/// Change of a share at which the estimate stands still.
const STILL: f64 = 1e-7;

/// Gaps that a log must have for an estimate, and a crowd for one of its own.
const GAPS_MIN: usize = 100;

/// Quantiles that stand for the whole distribution.
const LEVELS: u32 = 2_000;

/// Shares below this are dust of sums that cancel.
const DUST: f64 = 1e-9;

/// Crowds that are told apart: so many callers wait, or more.
const CROWDS: [usize; 3] = [0, 1, 3];

/// Bounds of pauses in whole seconds, with how often each was seen.
type Bounds = BTreeMap<(usize, usize), f64>;

/// How long agents take no call after one.
#[derive(Clone, Debug)]
pub(crate) struct Pauses {
    /// By the least number of callers who wait when the call ends, in rising order; the first is 0.
    pub(crate) laws: Vec<(usize, Law)>,
    /// The mean of all, milliseconds.
    pub(crate) mean_ms: f64,
    /// By call of the log.
    pub(crate) after: Vec<Pause>,
}

/// What the log knows of the pause after a call.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Pause {
    /// Nothing.
    #[default]
    Unknown,
    /// Milliseconds.
    Known(i64),
    /// Between two shares of a distribution.
    Between {
        /// Which of the laws.
        law: u8,
        from: f32,
        to: f32,
    },
}

/// The pause after one call, as far as it is known.
struct Seen {
    place: usize,
    crowd: usize,
    low: usize,
    high: usize,
}

/// Pauses after calls; `None`: too little is known.
pub(super) fn estimate(log: &QueueLog, stints: &[Vec<Stint>], away_after_ms: i64) -> Option<Pauses> {
    let waiting = Waiting::new(log);
    let mut seen = Vec::new();
    for stint in stints.iter().flatten() {
        for pair in stint.taken.windows(2) {
            if let [first, next] = pair {
                seen.extend(pause(first, next, &stint.serves, &waiting, away_after_ms));
            }
        }
    }
    if seen.len() < GAPS_MIN {
        return None;
    }
    let seconds = usize::try_from(away_after_ms / 1000).unwrap_or(usize::MAX).saturating_add(1);
    let shares = by_crowd(&seen, seconds);
    let mut after = vec![Pause::Unknown; log.calls.len()];
    for one in &seen {
        if let Some(slot) = after.get_mut(one.place) {
            *slot = one.within(&shares);
        }
    }
    let of_seen =
        |one: &Seen| shares.get(law_of(&shares, one.crowd)).map_or(0.0, |(_, shares)| mean_s(shares));
    let mut means: BTreeMap<usize, f64> = BTreeMap::new();
    seen.iter().for_each(|one| _ = means.entry(one.crowd).or_insert_with(|| of_seen(one)));
    let sum: f64 = seen.iter().filter_map(|one| means.get(&one.crowd)).sum();
    let laws = shares.iter().map(|(crowd, shares)| (*crowd, law(shares))).collect();
    Some(Pauses { laws, mean_ms: sum / seen.len() as f64 * 1000.0, after })
}

/// The law of a crowd: the last that does not want more callers.
fn law_of<T>(laws: &[(usize, T)], crowd: usize) -> usize {
    laws.partition_point(|(least, _)| *least <= crowd).saturating_sub(1)
}

impl Pauses {
    /// The pause at a share of one of the distributions, milliseconds.
    pub(crate) fn at(&self, law: u8, share: f64) -> f64 {
        self.laws.get(usize::from(law)).map_or(0.0, |(_, law)| law.at(share))
    }

    /// The distribution for so many who wait.
    pub(crate) fn law(&self, crowd: usize) -> &Law {
        self.laws.get(law_of(&self.laws, crowd)).map_or(&Law::Fixed(0.0), |(_, law)| law)
    }
}

fn pause(
    first: &Taken,
    next: &Taken,
    queues: &[usize],
    waiting: &Waiting,
    away_after_ms: i64,
) -> Option<Seen> {
    let (place, first, next) = (first.place, first.call, next.call);
    let (over_ms, begins_ms) = (first.over_ms(), next.left_ms() - next.ring_ms.unwrap_or(0));
    let gap_ms = begins_ms.saturating_sub(over_ms);
    if gap_ms > away_after_ms || begins_ms < first.left_ms() {
        return None;
    }
    let gap_ms = gap_ms.max(0);
    let crowd = waiting.count(queues, over_ms);
    let seconds = |ms: i64| usize::try_from(ms / 1000).unwrap_or(0);
    if next.unasked_ms() > PROMPT_MS {
        return Some(Seen { place, crowd, low: seconds(gap_ms), high: seconds(gap_ms) });
    }
    let low_ms = waiting.last(queues, over_ms, begins_ms).map_or(0, |last_ms| last_ms - over_ms);
    // Whoever waited for a moment may have waited for her.
    let high_ms = gap_ms;
    Some(Seen { place, crowd, low: seconds(low_ms.min(gap_ms)), high: seconds(high_ms.min(gap_ms)) })
}

/// The shares of each crowd that was seen often enough; the smaller crowd's law holds for those that were not. Nobody
/// pauses longer because more callers wait: crowds that seem so are one.
fn by_crowd(seen: &[Seen], seconds: usize) -> Vec<(usize, Vec<f64>)> {
    let of = |from: usize, to: usize| {
        let mut bounds = Bounds::new();
        for one in seen.iter().filter(|one| (from..to).contains(&one.crowd)) {
            *bounds.entry((one.low, one.high)).or_default() += 1.0;
        }
        let count: f64 = bounds.values().sum();
        (count >= GAPS_MIN as f64).then(|| shares(&bounds, count, seconds))
    };
    let ends = CROWDS.iter().skip(1).copied().chain([usize::MAX]);
    let each = CROWDS.iter().zip(ends).filter_map(|(from, to)| Some((*from, to, of(*from, to)?)));
    let mut known: Vec<(usize, usize, Vec<f64>)> = each.collect();
    let rises = |pair: &[(usize, usize, Vec<f64>)]| match pair {
        [(_, _, fewer), (_, _, more)] => mean_s(fewer) < mean_s(more),
        _ => false,
    };
    while let Some(place) = known.windows(2).position(rises) {
        let (_, to, _) = known.remove(place + 1);
        if let Some(first) = known.get_mut(place) {
            *first = (first.0, to, of(first.0, to).unwrap_or_default());
        }
    }
    match known.first_mut() {
        // Whatever the smallest crowd is that is known, it stands for still smaller ones.
        Some((least, ..)) => *least = 0,
        None => known.extend(of(0, usize::MAX).map(|shares| (0, usize::MAX, shares))),
    }
    known.into_iter().map(|(least, _, shares)| (least, shares)).collect()
}

/// The mean of shares by second.
fn mean_s(shares: &[f64]) -> f64 {
    let whole: f64 = shares.iter().sum();
    shares.iter().enumerate().map(|(second, share)| second as f64 * share).sum::<f64>() / whole.max(DUST)
}

/// The share of pauses of each whole second.
fn shares(bounds: &Bounds, gaps: f64, places: usize) -> Vec<f64> {
    let mut exact = vec![0.0; places];
    for ((low, _), count) in bounds.iter().filter(|((low, high), _)| low == high) {
        exact.get_mut(*low).into_iter().for_each(|share| *share += count / gaps);
    }
    let wide: Vec<(usize, usize, f64)> = bounds
        .iter()
        .filter(|((low, high), _)| low != high)
        .map(|((low, high), count)| (*low, *high, count / gaps))
        .collect();
    let mut shares = vec![1.0 / places as f64; places];
    let mut sums = vec![0.0; places + 1];
    for _ in 0..STEPS {
        sum_up(&shares, &mut sums);
        let mut weights = vec![0.0; places + 1];
        for (low, high, part) in &wide {
            let within = between(&sums, *low, *high);
            // Nothing of what was seen lies there any more.
            if within < DUST {
                continue;
            }
            weights.get_mut(*low).into_iter().for_each(|slot| *slot += part / within);
            weights.get_mut(high + 1).into_iter().for_each(|slot| *slot -= part / within);
        }
        let (mut weight, mut moved) = (0.0, 0.0_f64);
        for ((share, change), exact) in shares.iter_mut().zip(&weights).zip(&exact) {
            weight += change;
            let next = exact + *share * f64::max(weight, 0.0);
            moved = moved.max((next - *share).abs());
            *share = next;
        }
        if moved < STILL {
            break;
        }
    }
    shares
}

fn sum_up(shares: &[f64], sums: &mut [f64]) {
    let mut sum = 0.0;
    for (share, slot) in shares.iter().zip(sums.iter_mut().skip(1)) {
        sum += share;
        *slot = sum;
    }
}

/// The share from one second to another, both included.
fn between(sums: &[f64], low: usize, high: usize) -> f64 {
    sums.get(high + 1).zip(sums.get(low)).map_or(0.0, |(above, below)| above - below)
}

impl Seen {
    /// What is known of this pause, given how pauses are distributed.
    fn within(&self, laws: &[(usize, Vec<f64>)]) -> Pause {
        let known = || Pause::Known(i64::try_from(self.low).unwrap_or(0) * 1000);
        let law = law_of(laws, self.crowd);
        let Some((_, shares)) = laws.get(law).filter(|_| self.low != self.high) else { return known() };
        let whole: f64 = shares.iter().sum();
        let below: f64 = shares.iter().take(self.low).sum();
        let inside: f64 = shares.iter().skip(self.low).take(self.high - self.low + 1).sum();
        if inside < DUST {
            return known();
        }
        let share = |sum: f64| (sum / whole.max(DUST)).min(1.0) as f32;
        Pause::Between { law: u8::try_from(law).unwrap_or(0), from: share(below), to: share(below + inside) }
    }
}

fn law(shares: &[f64]) -> Law {
    let whole: f64 = shares.iter().sum();
    let (mut sum, mut place) = (0.0, 0_usize);
    let mut times = Vec::new();
    for number in 0..LEVELS {
        let wanted = (f64::from(number) + 0.5) / f64::from(LEVELS) * whole;
        while sum + shares.get(place).copied().unwrap_or(f64::INFINITY) < wanted {
            sum += shares.get(place).copied().unwrap_or(0.0);
            place += 1;
        }
        times.push(place as f64 * 1000.0);
    }
    Law::Observed(times.into())
}
