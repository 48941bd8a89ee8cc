//! How long callers would have waited.
//!
//! Who was answered would have waited longer, nobody knows how long: such waits are censored. The estimator of Kaplan
//! and Meier (1958) uses them as far as they go: after each moment at which somebody gave up, the share of the patient
//! falls by the share of those still waiting who gave up. It ends where too few still waited; from there on callers
//! leave at the rate at which they left in the second half of what was seen, or at which the last fifty left.

use crate::chance::Law;

/// Callers that must still wait at a moment for it to count.
const AT_RISK_MIN: usize = 10;

/// Who gave up last, so many, tell the rate at the end: fewer would leave it to chance.
const LATE_MIN: usize = 50;

/// Quantiles that stand for the whole curve.
const LEVELS: u32 = 10_000;

/// A wait: how long, and whether the caller gave up.
pub(crate) type Wait = (i64, bool);

/// The patience behind waits; endless where nobody gave up.
pub(crate) fn patience(mut waits: Vec<Wait>) -> Law {
    // At one moment, whoever gives up does so before the others are answered.
    waits.sort_unstable_by_key(|(waited_ms, gave_up)| (*waited_ms, !gave_up));
    let curve = survival(&waits);
    let Some((end_ms, _)) = curve.last().copied() else { return Law::Endless };
    let rate = late_rate(&waits, end_ms);
    let level = |number: u32| (f64::from(number) + 0.5) / f64::from(LEVELS);
    Law::Observed((0..LEVELS).map(|number| quantile(&curve, rate, 1.0 - level(number))).collect())
}

/// Moments at which callers gave up, with the share that was still patient after each.
fn survival(waits: &[Wait]) -> Vec<(i64, f64)> {
    let mut curve = Vec::new();
    let mut patient = 1.0;
    let mut begin = 0;
    while let Some((moment_ms, _)) = waits.get(begin) {
        let same = waits.iter().skip(begin).take_while(|(waited_ms, _)| waited_ms == moment_ms);
        let (at_once, gave_up) = same
            .fold((0_usize, 0_usize), |(all, left), (_, gave_up)| (all + 1, left + usize::from(*gave_up)));
        let at_risk = waits.len() - begin;
        if gave_up > 0 && (at_risk >= AT_RISK_MIN || curve.is_empty()) {
            patient *= 1.0 - gave_up as f64 / at_risk as f64;
            curve.push((*moment_ms, patient));
        }
        begin += at_once;
    }
    curve
}

/// Callers who give up in a millisecond of waiting, towards the end of the curve.
fn late_rate(waits: &[Wait], end_ms: i64) -> f64 {
    let rate = |from_ms: i64, to_ms: i64| {
        let waited: f64 =
            waits.iter().map(|(waited_ms, _)| ((*waited_ms).min(to_ms) - from_ms).max(0) as f64).sum();
        let left =
            waits.iter().filter(|(at_ms, gave_up)| *gave_up && *at_ms > from_ms && *at_ms <= to_ms).count();
        left as f64 / waited.max(1.0)
    };
    let gave_up =
        waits.iter().filter(|(at_ms, gave_up)| *gave_up && *at_ms <= end_ms).map(|(at_ms, _)| *at_ms);
    let moments: Vec<i64> = gave_up.collect();
    match moments.len().checked_sub(LATE_MIN).and_then(|place| moments.get(place)) {
        Some(from_ms) => rate(end_ms.div_euclid(2).min(*from_ms), end_ms),
        None => rate(-1, i64::MAX),
    }
}

/// When the share of the patient falls to this, or below.
fn quantile(curve: &[(i64, f64)], rate: f64, patient: f64) -> f64 {
    let place = curve.partition_point(|(_, share)| *share > patient);
    match (curve.get(place), curve.last()) {
        (Some((at_ms, _)), _) => *at_ms as f64,
        (None, Some((end_ms, share))) => {
            *end_ms as f64 + libm::log(share / patient.max(1e-12)) / rate.max(1e-12)
        }
        (None, None) => f64::INFINITY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::{Purpose, Seeds};

    fn level(law: &Law, share: f64) -> f64 {
        let Law::Observed(times) = law else { panic!("{law:?}") };
        times[(share * times.len() as f64) as usize] / 1000.0
    }

    /// The example of Kaplan and Meier's paper: deaths at 0.8, 3.1, 5.4 and 9.2, losses at 1.0, 2.7, 7.0 and 12.1.
    #[test]
    fn the_example_of_the_paper() {
        let waits = [
            (800, true),
            (1_000, false),
            (2_700, false),
            (3_100, true),
            (5_400, true),
            (7_000, false),
            (9_200, true),
            (12_100, false),
        ];
        let mut many = Vec::new();
        (0..10).for_each(|_| many.extend(waits));
        many.sort_unstable_by_key(|(waited_ms, gave_up)| (*waited_ms, !gave_up));
        let curve = survival(&many);
        let shares: Vec<String> = curve.iter().map(|(_, share)| format!("{share:.3}")).collect();
        assert_eq!(shares, ["0.875", "0.700", "0.525", "0.263"]);
    }

    #[test]
    fn censored_waits_do_not_shorten_patience() {
        // Exponential patience of 100 s, answered after 60 s on average: few of the patient are seen to give up.
        let seeds = Seeds::new(5, 0);
        let waits = (0..40_000).map(|number| {
            let mut draws = seeds.draws(Purpose::Patience, 0, number);
            let (patience, answer) = (100_000.0 * draws.exponential(), 60_000.0 * draws.exponential());
            (patience.min(answer) as i64, patience <= answer)
        });
        let law = patience(waits.collect());
        assert!((law.mean() / 100_000.0 - 1.0).abs() < 0.03, "{}", law.mean());
        assert!((level(&law, 0.5) - 69.3).abs() < 2.0, "{}", level(&law, 0.5));
        // Beyond what was seen the curve goes on at its own rate.
        assert!((level(&law, 0.99) - 460.5).abs() < 60.0, "{}", level(&law, 0.99));
    }

    #[test]
    fn where_nobody_gives_up_patience_is_endless() {
        assert_eq!(patience(vec![(5, false), (9, false)]), Law::Endless);
        assert_eq!(patience(Vec::new()), Law::Endless);
        let one = patience(vec![(60_000, true)]);
        assert!((one.mean() - 60_000.0).abs() < 1.0, "{}", one.mean());
    }
}
