//! What tickets may use.

/// Tickets that are remembered, closed ones included.
pub const MAX_TICKETS: usize = 1_000_000;

/// A closed ticket can be opened again for so long, then it is forgotten. Milliseconds.
pub const REOPENED_WITHIN_MS: i64 = 30 * 86_400_000;

/// Calls by which one call-back is tried.
pub const MAX_CALL_BACK_TRIES: u32 = 3;

/// Time between two of them, milliseconds.
pub const CALL_BACK_AGAIN_MS: i64 = 2 * 3_600_000;

/// Changes of a calendar that are followed to find the end of a deadline.
pub const MAX_CALENDAR_CHANGES: u32 = 20_000;

/// Steps that one ticket takes; then it stays where it is.
pub const MAX_STEPS_TAKEN: u32 = 1_000;
