//! What the floor is made of: queues, agents, and how long it waits for anybody.

use tandem_stdlib::contract::{QueueSpec, Slot};

use super::AgentId;

/// Queues and agents of a centre.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FloorPlan {
    /// In the order of the `queue` vocabulary: slot value 1 is the first.
    pub queues: Vec<QueueSpec>,
    /// Every agent who may ever log in; an [`AgentId`] is a position here.
    pub agents: Vec<AgentPlan>,
    /// The longest waits.
    pub guards: Guards,
}

impl FloorPlan {
    /// The agent whose own customer this is: the first who lists it.
    #[must_use]
    pub fn owner_of(&self, customer: &str) -> Option<AgentId> {
        let index = self.agents.iter().position(|agent| agent.customers.iter().any(|own| own == customer))?;
        u32::try_from(index).ok().map(AgentId)
    }
}

/// An agent as the centre knows her.
#[derive(Clone, Debug, PartialEq)]
pub struct AgentPlan {
    /// Name or number for people.
    pub name: String,
    /// Skills (slot value of `skill`) with levels from 1.
    pub skills: Vec<(Slot, u8)>,
    /// Roles (slot value of `role`).
    pub roles: Vec<Slot>,
    /// Contacts at a time, at most [`MAX_CAPACITY`](super::limits::MAX_CAPACITY); it matters for contacts that
    /// [share](super::Offer::shares) an agent.
    pub capacity: u32,
    /// Share of turns in queues that go by weight; above 0.
    pub weight: f64,
    /// The customers who are this agent's own, as the host names them.
    pub customers: Vec<String>,
    /// The phone answers by itself: a contact is connected without ringing.
    pub auto_answer: bool,
}

impl Default for AgentPlan {
    fn default() -> Self {
        Self {
            name: String::new(),
            skills: Vec::new(),
            roles: Vec::new(),
            capacity: 1,
            weight: 1.0,
            customers: Vec::new(),
            auto_answer: false,
        }
    }
}

/// The longest that the floor waits for anybody, milliseconds. What comes later finds that it no longer matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guards {
    /// An agent's phone rings, unless the queue says otherwise.
    pub ring_ms: i64,
    /// A conversation without a sign of life; then its end is taken to be lost.
    pub talk_ms: i64,
    /// After-call work in a queue that sets no limit.
    pub wrap_up_ms: i64,
    /// A customer is rung for a call-back.
    pub callback_ring_ms: i64,
    /// Until a customer who was not reached is tried again.
    pub callback_retry_ms: i64,
    /// How often a customer is tried.
    pub callback_attempts: u32,
    /// A call-back is kept.
    pub callback_life_ms: i64,
    /// A caller waits.
    pub waiting_ms: i64,
    /// An agent who did not answer gets no contact; it doubles with each miss in a row …
    pub rest_ms: i64,
    /// … up to this.
    pub rest_max_ms: i64,
    /// An agent is logged in.
    pub session_ms: i64,
}

impl Default for Guards {
    fn default() -> Self {
        const SECOND_MS: i64 = 1_000;
        const MINUTE_MS: i64 = 60 * SECOND_MS;
        const HOUR_MS: i64 = 60 * MINUTE_MS;
        Self {
            ring_ms: 20 * SECOND_MS,
            talk_ms: 4 * HOUR_MS,
            wrap_up_ms: 30 * MINUTE_MS,
            callback_ring_ms: 45 * SECOND_MS,
            callback_retry_ms: 5 * MINUTE_MS,
            callback_attempts: 3,
            callback_life_ms: 48 * HOUR_MS,
            waiting_ms: 4 * HOUR_MS,
            rest_ms: 30 * SECOND_MS,
            rest_max_ms: 10 * MINUTE_MS,
            session_ms: 16 * HOUR_MS,
        }
    }
}
