//! A dialling floor under a virtual clock: people who answer or not, agents who talk, and a dialler that is tried.
//!
//! What becomes of the n-th call of a day depends on the seed, the day and n alone, so that two diallers meet the same
//! people (common random numbers).

mod callee;
mod floor;
mod shift;

pub use callee::MachineDetector;
pub(crate) use callee::{Callees, MACHINE_TALK_MS, Reply};
pub use floor::{Dialler, DiallingFloor, DiallingResult, TalkLaw};
