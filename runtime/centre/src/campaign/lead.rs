//! Whom a campaign is to call.

use tandem_stdlib::contract::{Disposition, Slot};

use crate::sources::Answer;

/// A lead's number, as the host numbers it; a number is never used for two leads at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LeadId(pub u64);

/// A lead as the source gives it.
#[derive(Clone, Debug, Default)]
pub struct Lead {
    /// Which.
    pub id: LeadId,
    /// Index of the campaign in the manifest.
    pub campaign: u32,
    /// The fields of the source's answer.
    pub fields: Answer,
}

/// What a campaign has done about a lead so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeadHistory {
    /// Attempts of this campaign.
    pub attempts: u32,
    /// How the last one ended and when, milliseconds since the Unix epoch.
    pub last: Option<(Disposition, i64)>,
    /// Whether the person or the number is on the do-not-call list.
    pub never_called: bool,
    /// The last grade; 0: none.
    pub grade: Slot,
}
