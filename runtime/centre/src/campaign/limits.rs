//! What campaigns may use. Reaching a limit is told with an action.

/// Leads of all campaigns together.
pub const MAX_LEADS: usize = 2_000_000;

/// People and numbers whose attempts are remembered; a lead of yet another person is refused.
pub const MAX_REMEMBERED: usize = 4_000_000;

/// Attempts of one person or number that are remembered, the latest.
pub const MAX_ATTEMPTS_REMEMBERED: usize = 128;

/// Attempts under way at once.
pub const MAX_UNDER_WAY: usize = 20_000;

/// Texts that wait to be sent.
pub const MAX_TEXTS_PLANNED: usize = 2_000_000;

/// Leads that one look at the list passes over before it waits for the next moment.
pub const MAX_LEADS_LOOKED_AT: u32 = 1_000;

/// Rounds in which calling hours, caps and waits are brought together for one lead.
pub const MAX_ROUNDS: u32 = 64;

/// A conversation without news for so long counts as over, milliseconds.
pub const MAX_TALK_MS: i64 = 4 * 3_600_000;

/// An agent who says nothing about a lead on preview for so long has declined it, milliseconds.
pub const MAX_PREVIEW_MS: i64 = 5 * 60_000;

/// A lead that an agent declined comes again after so long at the earliest, milliseconds.
pub const DECLINED_AGAIN_MS: i64 = 15 * 60_000;

/// The dialler looks again after so long while there is somebody to call, milliseconds.
pub const LOOK_AGAIN_MS: i64 = 1_000;

/// Without a wait for a disposition, the next attempt comes after so long at the earliest, milliseconds.
pub const REDIAL_AFTER_MS: i64 = 10 * 60_000;

/// A lead that a guard keeps from being called is looked at again after so long, milliseconds.
pub const GUARD_AGAIN_MS: i64 = 3_600_000;

/// Whoever is being called already, by another campaign or on another number, is looked at again after so long,
/// milliseconds.
pub const BUSY_AGAIN_MS: i64 = 60_000;
