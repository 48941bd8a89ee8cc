//! An agent asks somebody else while her contact is on hold. The consultation is a second contact with a number of its
//! own, so that it queues, rings and ends like any other.

use super::agent::Stage;
use super::contact::{Contact, Phase, Side};
use super::event::{Offer, Target};
use super::matching::slot_of;
use super::{AgentId, ContactId, Floor, FloorAction, HangUpReason, Ignored, Io};

impl Floor {
    pub(super) fn consult(
        &mut self,
        id: ContactId,
        leg: ContactId,
        to: Target,
        io: &mut Io<'_>,
    ) -> Result<(), Ignored> {
        let slot = self.contact_slot(id)?;
        let (Target::Queue(queue) | Target::Agent(_, queue)) = to;
        let index = self.queue_index(queue)?;
        self.talking_agent(slot)?;
        if self.contacts.get(slot).is_none_or(|contact| contact.consult.is_some()) {
            return Err(Ignored::ContactElsewhere(id));
        }
        let asked = self.add_contact(Offer::new(leg, queue), index)?;
        self.link(slot, Some((leg, Side::Customer)));
        self.link(asked, Some((id, Side::Asked)));
        self.hold(id, true, io)?;
        self.send(asked, index, to, io);
        Ok(())
    }

    fn link(&mut self, slot: u32, consult: Option<(ContactId, Side)>) {
        if let Some(contact) = self.contacts.get_mut(slot) {
            contact.consult = consult;
        }
    }

    pub(super) fn complete_consult(&mut self, id: ContactId, io: &mut Io<'_>) -> Result<(), Ignored> {
        let (slot, leg) = self.consulting(id)?;
        self.talking_agent(slot)?;
        let from = self.release(slot, io);
        let taken = self.talking_agent(leg).ok();
        let queue = self.contacts.get(leg).map_or(0, |contact| contact.home);
        self.link(slot, None);
        if let Some(agent) = taken {
            self.hand_over(agent, slot, leg, io);
        } else {
            self.go_on(slot, queue);
            self.seek_or_wait(slot, io);
            self.end_leg(leg, io);
        }
        self.settle_if(from, io);
        Ok(())
    }

    /// The agent who was asked has the contact instead of the consultation.
    fn hand_over(&mut self, agent: u32, slot: u32, leg: u32, io: &mut Io<'_>) {
        let Some(asked) = self.drop_contact(leg, io) else { return };
        io.push(FloorAction::HangUp { contact: asked.id, because: HangUpReason::ConsultationOver });
        let now_ms = self.now_ms;
        let until_ms = now_ms.saturating_add(self.guards.talk_ms.max(1));
        let Some(contact) = self.contacts.get_mut(slot) else { return };
        contact.phase = Phase::With(agent);
        contact.enter(asked.home, now_ms);
        let (id, shares) = (contact.id, contact.shares);
        let mut queue = 0;
        self.roster.change(agent, |agent| {
            if let Some(task) = agent.task_mut(asked.id) {
                (task.contact, task.stage, task.shares, task.until_ms) =
                    (id, Stage::Talking, shares, until_ms);
                queue = task.queue;
            }
        });
        io.push(FloorAction::Connect { agent: AgentId(agent), contact: id, queue: slot_of(queue) });
        self.show(agent, io);
        self.set_agent_timer(agent);
        self.set_contact_timer(slot);
    }

    pub(super) fn cancel_consult(&mut self, id: ContactId, io: &mut Io<'_>) -> Result<(), Ignored> {
        let (_, leg) = self.consulting(id)?;
        self.end_leg(leg, io);
        self.hold(id, false, io)
    }

    /// The consultation that goes with a customer's contact.
    fn consulting(&self, id: ContactId) -> Result<(u32, u32), Ignored> {
        let slot = self.contact_slot(id)?;
        match self.contacts.get(slot).and_then(|contact| contact.consult) {
            Some((leg, Side::Customer)) => Ok((slot, self.contact_slot(leg)?)),
            _ => Err(Ignored::ContactElsewhere(id)),
        }
    }

    fn end_leg(&mut self, leg: u32, io: &mut Io<'_>) {
        let Some(contact) = self.contacts.get(leg) else { return };
        io.push(FloorAction::HangUp { contact: contact.id, because: HangUpReason::ConsultationOver });
        let agent = self.release(leg, io);
        self.drop_contact(leg, io);
        self.settle_if(agent, io);
    }

    /// A contact is gone: its consultation is, too; a customer whose consultation is gone stays on hold.
    pub(super) fn consult_over(&mut self, gone: &Contact, io: &mut Io<'_>) {
        let Some((other, side)) = gone.consult else { return };
        let Some(slot) = self.contacts.find(other) else { return };
        self.link(slot, None);
        if side == Side::Customer {
            self.end_leg(slot, io);
        }
    }
}
