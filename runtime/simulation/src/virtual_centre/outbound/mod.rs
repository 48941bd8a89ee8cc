//! The policy's campaigns in a simulated centre: on its clock, its floor and its agents, with leads who answer or not.
//!
//! - `joined` joins what the scenario says of a campaign with what the policy says; `lead` draws who is called;
//! - `course` drives the campaigns that also run live, `calls` plays everybody whom they call;
//! - `talks` says how they talk to the policy's dialog, and what becomes of the call; `rules` asks the policy about leads;
//! - `preview` reserves agents who look at leads first;
//! - `crew` tells the campaigns of the agents whom they share with everybody else;
//! - `counts` counts, `window` holds the law's window against the cap, `report` puts replications together.

mod calls;
mod counts;
mod course;
mod crew;
mod found;
mod joined;
mod lead;
mod preview;
mod report;
mod rules;
mod talks;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod traced;
mod window;

pub(super) use counts::CampaignCounts;
pub(super) use course::{Outbound, Step, Wanted};
pub(super) use joined::{CampaignOfLeads, join, uncalled};
pub(super) use report::studies;
pub use report::{CampaignStudy, LawStudy, Pace};
