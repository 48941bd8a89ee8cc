//! What one call may use. Every limit that is reached is told to the [`Sink`](crate::Sink) as an incident.

/// Alerts of one call that can be open at once.
pub const MAX_OPEN_ALERTS: usize = 32;

/// Wake-ups of one call between two of its events: an entry that keeps asking for the next millisecond stops here.
pub const MAX_WAKES_BETWEEN_EVENTS: u32 = 10_000;

/// Different texts of one call that the policy does not mention itself.
pub const MAX_TEXTS_PER_CALL: usize = 256;

/// Bytes of all those texts together.
pub const MAX_TEXT_BYTES_PER_CALL: usize = 65_536;

/// Keys of one call that are kept.
pub const MAX_KEYS_PER_CALL: usize = 256;

/// Cards of one call that are remembered, to show no more than the policy allows.
pub const MAX_CARDS_REMEMBERED: usize = 1_000;

/// Questions that the dialogs of one call ask, those asked again included.
pub const MAX_QUESTIONS_PER_CALL: u32 = 1_000;

/// Acts of a dialog between two questions.
pub const MAX_ACTS_PER_STEP: u32 = 10_000;

/// Notes of one call's dialog under different names.
pub const MAX_NOTES_PER_CALL: usize = 64;

/// Bytes of what was said in a dialog that are kept for the hand-over.
pub const MAX_TRANSCRIPT_BYTES: usize = 65_536;

/// Bytes of the summary that is handed over.
pub const MAX_SUMMARY_BYTES: usize = 600;

/// Source look-ups of one call.
pub const MAX_LOOKUPS_PER_CALL: u32 = 256;

/// How long a source may take for which the policy says nothing.
pub const LOOK_UP_MS_DEFAULT: i64 = 5_000;
