//! What can be seen of the floor.

use tandem_stdlib::contract::{QueueFact, Slot};

use super::agent_state::AgentState;
use super::limits::MAX_PLACES_COUNTED;
use super::matching::slot_of;
use super::queue::Queue;
use super::roster::Group;
use super::{AgentId, Floor, QueueFigures};

/// How long a wait is said to be when nobody serves the queue, milliseconds: a day.
const NOBODY_SERVES_MS: i64 = 86_400_000;

/// Stands for all queues together where a queue's slot value is asked for.
const ALL_QUEUES: Slot = 0;

impl Floor {
    /// The latest moment known.
    #[must_use]
    pub const fn now_ms(&self) -> i64 {
        self.now_ms
    }

    /// What an agent is doing; `None` when there is no such agent.
    #[must_use]
    pub fn agent_state(&self, agent: AgentId) -> Option<AgentState> {
        Some(self.roster.get(agent.0)?.state())
    }

    /// Share of an agent's time at work today with something in hand, 0..1.
    #[must_use]
    pub fn occupancy(&self, agent: AgentId) -> Option<f64> {
        Some(self.roster.get(agent.0)?.day.occupancy(self.now_ms))
    }

    /// What was counted for a queue (slot value).
    #[must_use]
    pub fn figures(&self, queue: Slot) -> Option<&QueueFigures> {
        Some(&self.queue(queue)?.figures)
    }

    /// Contacts that wait in a queue (slot value), those who wait in others as well included; 0: in any queue.
    #[must_use]
    pub fn waiting(&self, queue: Slot) -> usize {
        let lines: usize = self.queues_of(queue).map(|queue| queue.waiting.len()).sum();
        if queue == ALL_QUEUES { lines.saturating_sub(self.more_places) } else { lines }
    }

    /// Agents who could take a call of this queue (slot value; 0: of any queue) now.
    #[must_use]
    pub fn idle_agents(&self, queue: Slot) -> usize {
        self.groups_of(queue).map(|group| group.idle.len()).sum()
    }

    /// Agents who serve this queue (slot value; 0: any queue) and are logged in.
    #[must_use]
    pub fn staffed_agents(&self, queue: Slot) -> usize {
        self.groups_of(queue).map(|group| group.staffed).sum()
    }

    /// How long the one who waits longest in a queue (slot value; 0: in any queue) has waited, milliseconds; 0 when
    /// nobody does.
    #[must_use]
    pub fn longest_wait_ms(&self, queue: Slot) -> i64 {
        let first = self.queues_of(queue).filter_map(|queue| queue.waiting.first()).min();
        first.map_or(0, |(since_ms, _)| self.now_ms.saturating_sub(*since_ms))
    }

    /// How long the next caller of a queue (slot value; 0: of the queue where it is longest) is likely to wait,
    /// milliseconds: nothing when an agent is free, otherwise by the pace at which the line moves; `None` when nobody
    /// serves.
    #[must_use]
    pub fn estimated_wait_ms(&self, queue: Slot) -> Option<i64> {
        if queue == ALL_QUEUES {
            let queues = (0..self.queues.len()).map(slot_of);
            return queues.filter_map(|queue| self.estimated_wait_ms(queue)).max();
        }
        let (found, staffed) = (self.queue(queue)?, self.staffed_agents(queue));
        if self.idle_agents(queue) > 0 { Some(0) } else { found.pace.wait_ms(found.waiting.len(), staffed) }
    }

    /// A queue's fact (slot value; 0: of all queues together) as the facts record has it.
    #[must_use]
    pub fn queue_fact(&self, queue: Slot, fact: QueueFact) -> Slot {
        let count = |count: usize| (count as f64).to_bits();
        match fact {
            QueueFact::Waiting => count(self.waiting(queue)),
            QueueFact::IdleAgents => count(self.idle_agents(queue)),
            QueueFact::StaffedAgents => count(self.staffed_agents(queue)),
            QueueFact::LongestWait => self.longest_wait_ms(queue).cast_unsigned(),
            QueueFact::EstimatedWait => {
                self.estimated_wait_ms(queue).unwrap_or(NOBODY_SERVES_MS).cast_unsigned()
            }
            QueueFact::Occupancy => {
                let busy: usize = self.groups_of(queue).map(|group| group.busy).sum();
                let staffed = self.staffed_agents(queue);
                if staffed > 0 { busy as f64 / staffed as f64 } else { 0.0 }.to_bits()
            }
        }
    }

    /// Whether anybody waits.
    #[must_use]
    pub fn has_waiting(&self) -> bool {
        self.queues.iter().any(|queue| !queue.waiting.is_empty())
    }

    /// How long a contact that waits is still likely to wait in its home queue; `None` when nobody serves.
    pub(super) fn remaining_wait_ms(&self, slot: u32) -> Option<i64> {
        let contact = self.contacts.get(slot)?;
        let home = slot_of(contact.home);
        let queue = self.queue(home)?;
        let place = contact.places.first()?;
        let line = &self.lines.class(place.class)?.line;
        let in_front = line.range(..place.turn).take(MAX_PLACES_COUNTED).count();
        queue.pace.wait_ms(in_front, self.staffed_agents(home))
    }

    fn queue(&self, slot: Slot) -> Option<&Queue> {
        self.queues.get(self.queue_index(slot).ok()?)
    }

    /// One queue, or all of them.
    fn queues_of(&self, queue: Slot) -> impl Iterator<Item = &Queue> {
        let all = if queue == ALL_QUEUES { self.queues.as_slice() } else { &[] };
        all.iter().chain(self.queue(queue))
    }

    /// Groups of agents who serve a queue before anything relaxes, or all groups.
    fn groups_of(&self, queue: Slot) -> impl Iterator<Item = &Group> {
        let all = if queue == ALL_QUEUES { self.roster.groups.as_slice() } else { &[] };
        let class = self.queue(queue).and_then(|queue| u32::try_from(queue.first_class).ok());
        let groups = class.and_then(|class| self.lines.class(class)).and_then(|class| class.groups.as_ref());
        let serving = groups.into_iter().flat_map(|groups| self.roster.groups_in(groups, groups));
        all.iter().chain(serving)
    }
}
