//! Campaigns: whom the centre calls, when, how often and how fast.
//!
//! [`Campaigns`] takes leads, agents and what becomes of calls, and says whom to call:
//!
//! ```text
//! leads ─► guards · quiet periods · attempts · waits · hours ─► order ─► pace ─► Dial ─► grade ─► what follows
//!             permit (exact next moment)                       score   Pacer    course          follow
//! ```

mod action;
mod attempt;
mod clauses;
mod course;
mod engine;
mod event;
mod follow;
mod found;
mod history;
mod intake;
mod lead;
pub mod limits;
mod listed;
mod logged;
mod pacing;
mod permit;
mod policy_rules;
mod ready;
mod rules;
mod tally;
#[cfg(test)]
mod tests;
mod texts;

pub use action::CampaignAction;
pub use clauses::Clauses;
pub use engine::{Campaigns, Standing};
pub use event::{AnsweredBy, AttemptId, CampaignEvent};
pub use found::{FoundLead, found_leads};
pub use history::{Attempts, History};
pub use lead::{Lead, LeadHistory, LeadId};
pub use pacing::{
    AbandonCount, CalendarClock, DetectorQuality, Learnt, Ledger, MAX_DIALS_AT_ONCE, Pacer, Scene,
};
pub use permit::Permit;
pub use policy_rules::{PolicyRules, call_start, give, told_after};
pub use rules::{Considered, LeadRules, NoRules};
pub use tally::CampaignTally;
