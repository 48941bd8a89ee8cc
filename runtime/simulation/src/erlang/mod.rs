//! Erlang's formulas for planners: how many agents a load needs, and what callers then wait.
//!
//! Callers come at random (Poisson arrivals), conversations have exponential lengths, one queue, all agents alike:
//!
//! - [B](ErlangModel::B): there is no queue, who finds all agents busy is lost;
//! - [C](ErlangModel::C): everybody waits as long as it takes;
//! - [A](ErlangModel::A): callers wait and lose patience after an exponential time.
//!
//! The same measures come out of the simulator, whose tests hold one against the other.

mod delay;
mod error;
mod integral;
mod loss;
mod patience;
mod question;
#[cfg(test)]
mod tests;

pub use error::ErlangError;
pub use question::{ErlangMeasures, ErlangModel, ErlangQuestion, MAX_AGENTS, MAX_ERLANGS, MAX_SECONDS};
