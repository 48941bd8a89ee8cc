//! Erlang A: callers wait, and lose patience after an exponential time.
//!
//! The wait that a caller of endless patience would have (the virtual wait V) has, for V > 0, the density
//! A·p(c−1)·exp(h(t)) with h(t) = A·(1 − e^(−rt))/r − c·t, where A is the load in erlangs, c the agents and r the
//! handling time over the patience; times are in handling times (Baccelli and Hebuterne 1981; Garnett, Mandelbaum and
//! Reiman 2002). h is concave: everything is an integral around its highest point, which stays exact for thousands of
//! erlangs and for loads far above the agents, where sums over states leave the range of numbers.

use super::integral::integrate;
use super::loss::inverse_blocking;

/// How far below its highest point, as a logarithm, the density is followed.
const DEPTH: f64 = 45.0;

/// What Erlang A tells. Times are in handling times.
#[derive(Clone, Copy, Debug)]
pub(super) struct Impatient {
    /// Share of callers who find all agents busy.
    pub(super) waiting: f64,
    /// Share of callers who give up.
    pub(super) abandoning: f64,
    /// Mean wait of all callers, those who gave up included.
    pub(super) mean_wait: f64,
    /// Mean wait of those who are answered.
    pub(super) mean_wait_answered: f64,
    /// Share of all callers who are answered in time.
    pub(super) answered_within: f64,
}

/// The density of the virtual wait around its highest point.
#[derive(Clone, Copy, Debug)]
struct Density {
    /// r: how often a waiting caller gives up in one handling time.
    leaving: f64,
    agents: f64,
    /// The slope of h at its highest point is `lead − agents`: the load, or the agents where that point is inside.
    lead: f64,
    /// Where the highest point lies.
    top: f64,
    /// h at the highest point.
    height: f64,
}

impl Density {
    fn new(erlangs: f64, agents: f64, leaving: f64) -> Self {
        if erlangs <= agents {
            return Self { leaving, agents, lead: erlangs, top: 0.0, height: 0.0 };
        }
        let excess = (erlangs / agents).ln();
        let height = (erlangs - agents - agents * excess) / leaving;
        Self { leaving, agents, lead: agents, top: excess / leaving, height }
    }

    /// h(top + s) − h(top).
    fn below(&self, s: f64) -> f64 {
        let x = self.leaving * s;
        // 1 − e^(−x) − x without cancellation.
        let bend = if x.abs() < 1e-4 { x * x * (-0.5 + x / 6.0 - x * x / 24.0) } else { -(-x).exp_m1() - x };
        (self.lead / self.leaving).mul_add(bend, (self.lead - self.agents) * s)
    }

    /// How far from the highest point, in the direction of `sign`, the density can be left out.
    fn reach(&self, sign: f64) -> f64 {
        let mut far = 1.0 / (self.agents + self.leaving);
        while self.below(sign * far) > -DEPTH && far < f64::MAX / 4.0 {
            far *= 2.0;
        }
        let mut near = 0.0;
        for _ in 0..60 {
            let middle = f64::midpoint(near, far);
            if self.below(sign * middle) > -DEPTH { near = middle } else { far = middle }
        }
        far
    }
}

/// Erlang A. `leaving` is the handling time over the mean patience, `within` a number of handling times.
pub(super) fn impatient(erlangs: f64, agents: u32, leaving: f64, within: f64) -> Impatient {
    let density = Density::new(erlangs, f64::from(agents), leaving);
    let from = (-density.reach(-1.0)).max(-density.top);
    let to = density.reach(1.0);
    let in_time = (within - density.top).clamp(from, to);
    let [early, late] = integrate((from, in_time, to), |s| {
        let (weight, t) = (density.below(s).exp(), density.top + s);
        let stays = (-leaving * t).exp();
        [weight, weight * -(-leaving * t).exp_m1(), weight * stays, weight * stays * t]
    });
    let [mass, gives_up, stays, waits] = sum(early, late);
    let [_, _, early_stays, _] = early;
    let idle = inverse_blocking(erlangs, agents.saturating_sub(1)).ln();
    let odds = erlangs.ln() + density.height + mass.ln() - idle;
    let waiting = 1.0 / (1.0 + (-odds).exp());
    let not_waiting = 1.0 / (1.0 + odds.exp());
    let abandoning = waiting * gives_up / mass;
    let answered = waiting.mul_add(stays / mass, not_waiting);
    Impatient {
        waiting,
        abandoning,
        mean_wait: abandoning / leaving,
        mean_wait_answered: if answered > 0.0 { waiting * waits / mass / answered } else { 0.0 },
        answered_within: waiting.mul_add(early_stays / mass, not_waiting),
    }
}

fn sum<const N: usize>(mut one: [f64; N], other: [f64; N]) -> [f64; N] {
    one.iter_mut().zip(other).for_each(|(sum, more)| *sum += more);
    one
}
