//! What happens to campaigns.

use tandem_stdlib::contract::{Disposition, Slot};

use super::lead::{Lead, LeadId};
use super::pacing::DetectorQuality;

/// An attempt to reach a lead, numbered by the campaigns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AttemptId(pub u64);

/// Who answered, as far as the host's detector knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnsweredBy {
    /// Somebody who speaks like a person.
    Person,
    /// Something that speaks like a machine.
    Machine,
}

/// Something that happened. Events about what is not known, or is over, change nothing.
#[derive(Clone, Debug)]
pub enum CampaignEvent {
    /// A lead is to be called; again: its fields are new, its history stays.
    Lead(Box<Lead>),
    /// A lead is not to be called any more. An attempt under way goes on.
    Withdraw(LeadId),
    /// A person or number is never called again by anybody.
    DoNotCall(String),
    /// The agents (or bots) of a campaign as they now are.
    Crew {
        /// Index of the campaign.
        campaign: u32,
        /// How many could take a call now.
        idle: u32,
        /// Since when each of the others has been busy, milliseconds since the Unix epoch.
        busy_since_ms: Vec<i64>,
    },
    /// An agent of a campaign is free again after talk and after-call work of so many milliseconds.
    Released {
        /// Index of the campaign.
        campaign: u32,
        /// How long.
        after_ms: i64,
    },
    /// What tells answering machines from people has been measured: predictive pacing makes up for what it gets wrong.
    Detector {
        /// Index of the campaign.
        campaign: u32,
        /// How good it is.
        quality: DetectorQuality,
    },
    /// Something that is not the campaign's, such as a call that came in, took one of its agents.
    Taken {
        /// Index of the campaign.
        campaign: u32,
    },
    /// The agent who looks at a lead wants the call.
    Accepted(AttemptId),
    /// The agent who looks at a lead does not want the call.
    Declined(AttemptId),
    /// Somebody or something answered.
    Answered {
        /// Which attempt.
        attempt: AttemptId,
        /// By whom.
        by: AnsweredBy,
    },
    /// An agent or dialog talks to the person.
    Connected(AttemptId),
    /// The grade of a call is known, while or after the person is there: a word of the campaign's output `grade`.
    Graded {
        /// Which attempt.
        attempt: AttemptId,
        /// The word.
        grade: Slot,
    },
    /// An attempt is over.
    Ended {
        /// Which attempt.
        attempt: AttemptId,
        /// How it ended.
        disposition: Disposition,
    },
    /// An attempt of the past that a log tells of; it counts as if it had been made here and now.
    Logged {
        /// Whom it was to reach.
        lead: LeadId,
        /// How it ended.
        disposition: Disposition,
        /// The grade of the call; 0: none.
        grade: Slot,
    },
}
