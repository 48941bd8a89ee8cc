//! Whole centres under a virtual clock: callers from a scenario, agents from a scenario, and between them the very
//! floor and the very policy that run live.
//!
//! - `model` joins scenario and policy; `world` is one replication: an agenda of what will happen, the floor, and the
//!   callers that are there;
//! - `arrivals` and `caller` bring callers, `house` is the core that also runs live, and decides about them;
//! - `tally` counts, `figure` names what is counted, `report` puts replications together, with confidence intervals;
//! - `run` drives replications on threads: their number changes nothing but the time it takes.

mod agenda;
mod arrivals;
mod busy;
mod caller;
mod comparison;
mod fairness;
mod figure;
mod house;
mod journey;
mod logged;
mod model;
mod modes;
mod outbound;
mod report;
mod run;
mod segments;
mod spans;
mod talk;
mod tally;
mod target;
#[cfg(test)]
mod tests;
mod tickets;
mod waits;
mod week;
mod whole;
mod world;

pub use comparison::Comparison;
pub use fairness::{FairnessGap, FairnessGroup, FairnessSplit};
pub use figure::{Figure, Unit};
pub use model::{Centre, CentreError};
pub use modes::ModeDay;
pub use outbound::{CampaignStudy, LawStudy, Pace};
pub use report::{CentreReport, Difference, GroupRow, Outcome, QueueDay, Row, SegmentKind, SourceAnswers};
pub use run::{simulate_centre, simulate_centres};
pub use target::Target;
pub use tickets::{StepStudy, TicketStudy};
pub use week::{HalfHour, Stretch, Week, Weekday};
pub use whole::{Whole, WholeDifference};
