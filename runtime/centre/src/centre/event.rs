//! What a centre is made of, and what happens in it.

use tandem_stdlib::contract::{Event, Slot};

use crate::floor::{AgentPlan, ContactId, FloorEvent, Guards};

/// What a centre is made of, beside its policy.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CentrePlan {
    /// Every agent who may ever log in; an [`AgentId`](crate::floor::AgentId) is a position here.
    pub agents: Vec<AgentPlan>,
    /// The longest waits.
    pub guards: Guards,
    /// Queues (slot values) that a bot serves: contacts that are routed there stay with the host.
    pub bots: Vec<Slot>,
    /// Channels whose contacts leave an agent room for others, such as `chat`.
    pub sharing_channels: Vec<String>,
}

impl CentrePlan {
    /// Whether a bot serves a queue.
    pub(crate) fn is_bot(&self, queue: Slot) -> bool {
        self.bots.contains(&queue)
    }
}

/// Something that happens in a centre.
#[derive(Clone, Debug)]
pub enum CentreEvent<'a> {
    /// In a call. The first event is [`Event::Start`], whose clock is taken from the centre's, the last [`Event::End`].
    /// A caller who was promised a call may end; the customer who is called back starts a call under the same number.
    Call(ContactId, Event<'a>),
    /// On the floor: agents, and what hosts decide about contacts themselves.
    Floor(FloorEvent),
}
