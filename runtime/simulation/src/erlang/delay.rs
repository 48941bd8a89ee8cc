//! Erlang C: everybody waits as long as it takes.

use super::loss::inverse_blocking;

/// The share of callers who wait, for fewer erlangs than agents.
///
/// C = B / (1 − ρ·(1 − B)) with ρ = erlangs / agents, written in 1/B.
pub(super) fn waiting(erlangs: f64, agents: u32) -> f64 {
    let busy = erlangs / f64::from(agents);
    1.0 / (busy + (1.0 - busy) * inverse_blocking(erlangs, agents))
}

/// Mean wait of all callers, in handling times.
pub(super) fn mean_wait(erlangs: f64, agents: u32) -> f64 {
    waiting(erlangs, agents) / (f64::from(agents) - erlangs)
}

/// The share of callers answered within so many handling times.
pub(super) fn answered_within(erlangs: f64, agents: u32, within: f64) -> f64 {
    1.0 - waiting(erlangs, agents) * (-(f64::from(agents) - erlangs) * within).exp()
}
