//! Scenarios: who calls a centre, who works there, and for how long it is watched.
//!
//! A scenario is a TOML text. Three lines are enough:
//!
//! ```toml
//! arrivals = "200 per hour"
//! handle = "3min"
//! agents = 14
//! ```
//!
//! Everything else has a default, which the report names. The book describes every key.

mod arrivals;
mod callers;
mod campaign;
mod costs;
mod detector;
mod error;
mod from_log;
mod hours;
mod law;
mod profile;
mod read;
mod repeats;
mod section;
mod sources;
mod staff;
#[cfg(test)]
mod tests;
mod tickets;
mod types;
mod vary;

pub(crate) use callers::{BotPatience, Callers};
pub(crate) use costs::Costs;
pub(crate) use detector::Detector;
pub use error::ScenarioError;
pub(crate) use read::ASSUMED_WORDS;
pub use read::{Files, read_scenario};
pub(crate) use tickets::{TicketPlan, WORK_MS, WorkPlan};
pub(crate) use types::{
    Arrivals, CampaignPlan, Group, Handling, Leads, Logged, Own, QueueRow, SelfService, Stream,
};
pub use types::{MAX_AGENTS_PLANNED, MAX_DAYS, MAX_REPLICATIONS, Scenario};
pub use vary::{MAX_VARIANTS, Variation};
