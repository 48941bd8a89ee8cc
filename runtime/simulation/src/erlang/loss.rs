//! Erlang B: callers who find all agents busy are lost.

/// 1 / B(agents), the reciprocal of the share of callers that is lost. Infinite where B is too small for a float.
///
/// B(n) = A·B(n−1) / (n + A·B(n−1)), turned over: the sum has positive terms alone, so that nothing cancels.
pub(super) fn inverse_blocking(erlangs: f64, agents: u32) -> f64 {
    (1..=agents).fold(1.0, |inverse, agent| 1.0 + inverse * f64::from(agent) / erlangs)
}

/// B(agents): the share of callers that is lost.
pub(super) fn blocking(erlangs: f64, agents: u32) -> f64 {
    1.0 / inverse_blocking(erlangs, agents)
}
