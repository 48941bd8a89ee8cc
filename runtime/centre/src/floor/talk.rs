//! An agent answers, talks, holds, and works after the call.

use super::agent::{Room, Stage, Task};
use super::contact::Phase;
use super::matching::slot_of;
use super::{AgentId, ContactId, Floor, FloorAction, HangUpReason, Ignored, Io};

impl Floor {
    pub(super) fn answered(&mut self, agent: AgentId, id: ContactId, io: &mut Io<'_>) -> Result<(), Ignored> {
        let slot = self.asked(agent, id)?;
        self.connect(agent.0, slot, io);
        self.show(agent.0, io);
        self.set_agent_timer(agent.0);
        Ok(())
    }

    pub(super) fn rejected(&mut self, agent: AgentId, id: ContactId, io: &mut Io<'_>) -> Result<(), Ignored> {
        let slot = self.asked(agent, id)?;
        self.missed(agent.0, slot, io);
        self.settle(agent.0, io);
        Ok(())
    }

    /// The contact for which this agent's phone rings.
    fn asked(&self, agent: AgentId, id: ContactId) -> Result<u32, Ignored> {
        self.known(agent)?;
        let slot = self.contact_slot(id)?;
        match self.stage_of(agent.0, id) {
            Some(Stage::Ringing) => Ok(slot),
            _ => Err(Ignored::AgentElsewhere(agent)),
        }
    }

    /// The two talk.
    pub(super) fn connect(&mut self, agent: u32, slot: u32, io: &mut Io<'_>) {
        let now_ms = self.now_ms;
        let Some(contact) = self.contacts.get_mut(slot) else { return };
        let (id, wait_ms) = (contact.id, now_ms.saturating_sub(contact.since_ms));
        contact.earned_ms = now_ms.saturating_sub(contact.joined_ms);
        contact.not_for = None;
        let called_back = contact.callback.take().is_some();
        let until_ms = now_ms.saturating_add(self.guards.talk_ms.max(1));
        let mut queue = 0;
        self.roster.change(agent, |agent| {
            agent.misses = 0;
            if let Some(task) = agent.task_mut(id) {
                (task.stage, task.until_ms, task.since_ms) = (Stage::Talking, until_ms, now_ms);
                queue = task.queue;
            }
        });
        self.count(slot, queue, |figures| match called_back {
            true => figures.callbacks_connected += 1,
            false => figures.count_answered(wait_ms),
        });
        io.push(FloorAction::Connect { agent: AgentId(agent), contact: id, queue: slot_of(queue) });
    }

    pub(super) fn hold(&mut self, id: ContactId, on: bool, io: &mut Io<'_>) -> Result<(), Ignored> {
        let slot = self.contact_slot(id)?;
        let agent = self.talking_agent(slot)?;
        let stage = if on { Stage::Held } else { Stage::Talking };
        self.roster.change(agent, |agent| {
            if let Some(task) = agent.task_mut(id) {
                task.stage = stage;
            }
        });
        self.show(agent, io);
        Ok(())
    }

    pub(super) fn alive(&mut self, id: ContactId) -> Result<(), Ignored> {
        let slot = self.contact_slot(id)?;
        let agent = self.talking_agent(slot)?;
        let until_ms = self.now_ms.saturating_add(self.guards.talk_ms.max(1));
        self.roster.change(agent, |agent| {
            if let Some(task) = agent.task_mut(id) {
                task.until_ms = until_ms;
            }
        });
        self.set_agent_timer(agent);
        Ok(())
    }

    /// Nothing was heard of a conversation for too long: its end is taken to be lost.
    pub(super) fn lost(&mut self, slot: u32, io: &mut Io<'_>) {
        self.hang_up(slot, HangUpReason::Lost, io);
    }

    /// Takes a contact out of an agent's hands; it begins to wait anew if they have talked.
    pub(super) fn take_from(&mut self, agent: u32, slot: u32) -> Option<Task> {
        let now_ms = self.now_ms;
        let contact = self.contacts.get_mut(slot)?;
        let id = contact.id;
        let task = self.roster.change(agent, |agent| agent.drop_task(now_ms, id)).flatten()?;
        if matches!(task.stage, Stage::Talking | Stage::Held) {
            contact.joined_ms = now_ms.saturating_sub(contact.earned_ms);
            contact.since_ms = now_ms;
            contact.entered_ms = now_ms;
            contact.step = 0;
        }
        contact.phase = Phase::Waiting;
        Some(task)
    }

    /// What follows for an agent whose contact is gone: after-call work, if they have talked.
    pub(super) fn begin_wrap_up(&mut self, agent: u32, task: Task) {
        if !matches!(task.stage, Stage::Talking | Stage::Held) {
            return;
        }
        let (now_ms, wrap_up_ms) = (self.now_ms, self.wrap_up_ms(task.queue));
        self.roster.change(agent, |agent| {
            agent.day.handled = agent.day.handled.saturating_add(1);
            if wrap_up_ms > 0 {
                let until_ms = now_ms.saturating_add(wrap_up_ms);
                agent.add_task(now_ms, Task { stage: Stage::WrapUp, until_ms, ..task });
            }
        });
        if let Some(queue) = self.queues.get_mut(task.queue).filter(|_| wrap_up_ms <= 0) {
            queue.pace.handled(now_ms.saturating_sub(task.since_ms));
        }
    }

    fn wrap_up_ms(&self, queue: usize) -> i64 {
        let granted = self.queues.get(queue).and_then(|queue| queue.spec.wrap_up_ms);
        granted.unwrap_or(self.guards.wrap_up_ms.max(1))
    }

    /// How long an agent may stay in a stage.
    pub(super) fn patience_ms(&self, stage: Stage, queue: usize) -> i64 {
        let ring_ms = self.queues.get(queue).and_then(|queue| queue.spec.ring_ms);
        let patience_ms = match stage {
            Stage::Ringing => ring_ms.unwrap_or(self.guards.ring_ms),
            Stage::Reserved => self.guards.callback_ring_ms,
            Stage::Talking | Stage::Held => self.guards.talk_ms,
            Stage::WrapUp => self.wrap_up_ms(queue),
        };
        patience_ms.max(1)
    }

    /// How far an agent has come with a contact.
    pub(super) fn stage_of(&self, agent: u32, contact: ContactId) -> Option<Stage> {
        Some(self.roster.get(agent)?.task(contact)?.stage)
    }

    /// The agent who talks with the contact, or has it on hold.
    pub(super) fn talking_agent(&self, slot: u32) -> Result<u32, Ignored> {
        let Some(contact) = self.contacts.get(slot) else {
            return Err(Ignored::UnknownContact(ContactId(0)));
        };
        match contact.phase {
            Phase::With(agent)
                if matches!(self.stage_of(agent, contact.id), Some(Stage::Talking | Stage::Held)) =>
            {
                Ok(agent)
            }
            _ => Err(Ignored::ContactElsewhere(contact.id)),
        }
    }

    /// Whether an agent can take one more contact now.
    pub(super) fn has_room(&self, agent: u32, shares: bool) -> bool {
        match self.roster.get(agent).map(super::agent::Agent::room) {
            Some(Room::Idle) => true,
            Some(Room::Beside(_)) => shares,
            Some(Room::None) | None => false,
        }
    }
}
