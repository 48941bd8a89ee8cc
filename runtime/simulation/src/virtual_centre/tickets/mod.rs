//! Tickets that simulated calls leave: the engine that also runs live, and agents who work on them.
//!
//! - `joined` is what the scenario says of the work, in the policy's numbers;
//! - `jobs` says who works on what: agents in the time in which no call wants them;
//! - `desk` drives the tickets, and writes down what they ask for;
//! - `counts` and `report` tell what came of them.

mod counts;
mod desk;
mod jobs;
mod joined;
mod report;
mod rules;
#[cfg(test)]
mod tests;

pub(super) use counts::TicketCounts;
pub(super) use desk::{Desk, Opened, TicketDue};
pub(super) use joined::{KindOfTickets, join};
pub(super) use report::studies;
pub use report::{StepStudy, TicketStudy};
