//! Chance that repeats: generators keyed by what they are for, and the laws that times follow.
//!
//! Two runs with the same seed meet the same callers whatever the policy does with them (common random numbers): what a
//! caller brings depends on the seed, the replication, the purpose and the caller's number, and on nothing that
//! happened before.

mod generator;
mod law;
mod mix;
#[cfg(test)]
mod tests;

pub(crate) use generator::{Draws, Purpose, Seeds};
pub(crate) use law::Law;
pub(crate) use mix::Mix;
