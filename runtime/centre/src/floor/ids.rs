//! Who and what the floor talks about.

/// An agent: the position in [`FloorPlan::agents`](super::FloorPlan::agents).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AgentId(pub u32);

/// A contact, as the host numbers it: a call, a chat, a leg of a consultation. A number may come again once its contact
/// has ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContactId(pub u64);
