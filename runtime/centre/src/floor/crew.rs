//! The agents of a queue one by one, for a dialler that keeps them busy.

use tandem_stdlib::contract::Slot;

use super::agent::{Agent, Presence, Stage};
use super::{AgentId, ContactId, Floor};

/// What an agent who takes contacts has in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InHand {
    /// Nothing.
    Nothing,
    /// She is being asked for a contact since this moment.
    Asked(ContactId, i64),
    /// A conversation that began at this moment, or the work after it.
    Contact(ContactId, i64),
}

impl Floor {
    /// Agents who serve a queue (slot value), have said that they are ready and stay, with what they have in hand, in
    /// order of their numbers.
    pub fn crew(&self, queue: Slot) -> impl Iterator<Item = (AgentId, InHand)> {
        let class = self.queues.get(self.queue_index(queue).unwrap_or(usize::MAX));
        let class = class.and_then(|queue| self.lines.class(u32::try_from(queue.first_class).ok()?));
        let groups = class.and_then(|class| class.groups.as_ref());
        let serves = move |agent: &&Agent| groups.is_some_and(|groups| groups.has(agent.group as usize));
        let stays = |agent: &Agent| agent.presence == Presence::Ready && !agent.leaving;
        let agents = (0_u32..).zip(&self.roster.agents);
        agents
            .filter(move |(_, agent)| serves(agent) && stays(agent))
            .map(|(index, agent)| (AgentId(index), in_hand(agent)))
    }
}

fn in_hand(agent: &Agent) -> InHand {
    let Some(first) = agent.tasks.iter().min_by_key(|task| task.since_ms) else { return InHand::Nothing };
    match first.stage {
        Stage::Reserved | Stage::Ringing => InHand::Asked(first.contact, first.since_ms),
        Stage::Talking | Stage::Held | Stage::WrapUp => InHand::Contact(first.contact, first.since_ms),
    }
}
