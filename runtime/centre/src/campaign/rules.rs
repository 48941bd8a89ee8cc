//! What a campaign asks its policy about a lead.

use tandem_stdlib::contract::Speech;

use super::lead::{Lead, LeadHistory};

/// A lead that is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Considered<'a> {
    /// The lead.
    pub lead: &'a Lead,
    /// The number that would be called.
    pub number: &'a str,
    /// What was done so far.
    pub history: &'a LeadHistory,
    /// Now, milliseconds since the Unix epoch.
    pub clock_ms: i64,
}

/// Answers by the campaign's entries: see [`PolicyRules`](super::PolicyRules).
pub trait LeadRules {
    /// The guard (index of its outcome) for which the lead is not called.
    fn never(&mut self, considered: Considered<'_>) -> Option<u32>;

    /// Whether an entry (index in the manifest) decides something about the lead.
    fn holds(&mut self, entry: u32, considered: Considered<'_>) -> bool;

    /// Leads with the highest score go first.
    fn score(&mut self, considered: Considered<'_>) -> f64;

    /// A text to the lead, in the lead's language where it is known, with its values.
    fn words(&mut self, speech: &Speech, considered: Considered<'_>) -> String;
}

/// Nothing forbids a call, all leads are alike, and nothing is said.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoRules;

impl LeadRules for NoRules {
    fn never(&mut self, _considered: Considered<'_>) -> Option<u32> {
        None
    }

    fn holds(&mut self, _entry: u32, _considered: Considered<'_>) -> bool {
        false
    }

    fn score(&mut self, _considered: Considered<'_>) -> f64 {
        0.0
    }

    fn words(&mut self, _speech: &Speech, _considered: Considered<'_>) -> String {
        String::new()
    }
}
