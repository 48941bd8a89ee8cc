//! How long an agent takes no call after one, though callers wait: after-call work that the log does not have, and
//! short absences.
//!
//! Between two calls of an agent the log shows a gap. If the next caller had waited, the agent was busy for all of the
//! gap. If not, she was free at some moment of it, after the last at which somebody waited in vain. So each gap bounds
//! the absence from both sides, and the distribution of greatest likelihood is Turnbull's (1976), found by his
//! self-consistent steps on a grid of whole seconds.

use std::collections::BTreeMap;

use super::call::{LoggedCall, QueueLog};
use super::waiting::{PROMPT_MS, Waiting};
use crate::chance::Law;

/// Steps of the estimate; it changes little after a few dozen.
const STEPS: u32 = 200;

/// Change of a share at which the estimate stands still.
const STILL: f64 = 1e-7;

/// Gaps that a log must have for an estimate.
const GAPS_MIN: usize = 100;

/// Quantiles that stand for the whole distribution.
const LEVELS: u32 = 2_000;

/// Bounds of absences in whole seconds, with how often each was seen.
type Bounds = BTreeMap<(usize, usize), f64>;

/// Absences after calls, and their mean in milliseconds; `None`: too little is known.
pub(super) fn estimate(
    log: &QueueLog,
    by_agent: &[Vec<LoggedCall>],
    serves: &[Vec<usize>],
    away_after_ms: i64,
) -> Option<Law> {
    let waiting = Waiting::new(log);
    let mut bounds = Bounds::new();
    for (calls, queues) in by_agent.iter().zip(serves) {
        for pair in calls.windows(2) {
            if let [first, next] = pair
                && let Some(bound) = bound(first, next, queues, &waiting, away_after_ms)
            {
                *bounds.entry(bound).or_default() += 1.0;
            }
        }
    }
    let gaps: f64 = bounds.values().sum();
    if gaps < GAPS_MIN as f64 {
        return None;
    }
    let shares =
        shares(&bounds, gaps, usize::try_from(away_after_ms / 1000).unwrap_or(usize::MAX).saturating_add(1));
    Some(law(&shares))
}

fn bound(
    first: &LoggedCall,
    next: &LoggedCall,
    queues: &[usize],
    waiting: &Waiting,
    away_after_ms: i64,
) -> Option<(usize, usize)> {
    let (over_ms, begins_ms) = (first.over_ms(), next.left_ms() - next.ring_ms.unwrap_or(0));
    let gap_ms = begins_ms.saturating_sub(over_ms);
    if gap_ms > away_after_ms || begins_ms < first.left_ms() {
        return None;
    }
    let gap_ms = gap_ms.max(0);
    let seconds = |ms: i64| usize::try_from(ms / 1000).unwrap_or(0);
    if next.unasked_ms() > PROMPT_MS {
        return Some((seconds(gap_ms), seconds(gap_ms)));
    }
    let low_ms = waiting.last(queues, over_ms, begins_ms).map_or(0, |last_ms| last_ms - over_ms);
    let high_ms = gap_ms.saturating_sub(next.unasked_ms()).max(low_ms);
    Some((seconds(low_ms.min(gap_ms)), seconds(high_ms.min(gap_ms))))
}

/// The share of absences of each whole second.
fn shares(bounds: &Bounds, gaps: f64, places: usize) -> Vec<f64> {
    let mut shares = vec![1.0 / places as f64; places];
    let mut sums = vec![0.0; places + 1];
    for _ in 0..STEPS {
        let mut sum = 0.0;
        for (place, share) in shares.iter().enumerate() {
            sum += share;
            if let Some(slot) = sums.get_mut(place + 1) {
                *slot = sum;
            }
        }
        let mut weights = vec![0.0; places + 1];
        for ((low, high), count) in bounds {
            let within = sums.get(high + 1).zip(sums.get(*low)).map_or(0.0, |(above, below)| above - below);
            let weight = count / gaps / within.max(1e-300);
            if let Some(slot) = weights.get_mut(*low) {
                *slot += weight;
            }
            if let Some(slot) = weights.get_mut(high + 1) {
                *slot -= weight;
            }
        }
        let (mut weight, mut moved) = (0.0, 0.0_f64);
        for (share, change) in shares.iter_mut().zip(&weights) {
            weight += change;
            let next = *share * weight.max(0.0);
            moved = moved.max((next - *share).abs());
            *share = next;
        }
        if moved < STILL {
            break;
        }
    }
    shares
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
