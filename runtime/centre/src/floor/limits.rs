//! What the floor may use.

/// Contacts that one agent can have at a time.
pub const MAX_CAPACITY: u32 = 32;

/// Queues in which one contact waits at a time.
pub const MAX_QUEUES_AT_ONCE: usize = 8;

/// Overflows of one contact: queues that send a contact to each other stop here, and it stays where it is.
pub const MAX_OVERFLOWS: u32 = 32;

/// Agents who are compared for one contact where each must be looked at (scores, occupancy, weights): the longest idle.
/// Where scores look at skills alone, so many kinds of agents.
pub const MAX_CANDIDATES: usize = 1_000;

/// Contacts that are counted to tell one contact its place; whoever stands behind hears of this place.
pub const MAX_PLACES_COUNTED: usize = 1_000;

/// Priorities lie between minus this and this; others are brought to the nearer end, and what is no number counts as 0.
pub const MAX_PRIORITY: f64 = 1_000_000.0;

/// Requirements of single contacts that are kept after the last contact with it has gone, to be used again.
pub const MAX_IDLE_REQUIREMENTS: usize = 256;

/// An agent who was logged out for so long begins a new day: occupancy and handled contacts start again. Milliseconds.
pub const DAY_BREAK_MS: i64 = 4 * 3_600_000;
