//! Contacts end, or are taken from wherever they are.

use super::agent::Stage;
use super::contact::{Contact, Phase};
use super::{AgentId, ContactId, Floor, FloorAction, HangUpReason, Ignored, Io};

impl Floor {
    pub(super) fn ended(&mut self, id: ContactId, io: &mut Io<'_>) -> Result<(), Ignored> {
        let slot = self.contact_slot(id)?;
        self.count_ended(slot);
        let agent = self.release(slot, io);
        self.drop_contact(slot, io);
        self.settle_if(agent, io);
        Ok(())
    }

    /// An end before anybody answered is giving up; a call-back counts for itself.
    fn count_ended(&mut self, slot: u32) {
        let Some(contact) = self.contacts.get(slot).filter(|_| self.is_unanswered(slot)) else { return };
        let (queue, wait_ms) = (contact.home, self.now_ms.saturating_sub(contact.since_ms));
        self.count(slot, queue, |figures| figures.count_abandoned(wait_ms));
    }

    /// The floor ends a contact.
    pub(super) fn hang_up(&mut self, slot: u32, because: HangUpReason, io: &mut Io<'_>) {
        let Some(contact) = self.contacts.get(slot) else { return };
        let (id, queue) = (contact.id, contact.home);
        match because {
            HangUpReason::NotReached => self.count(slot, queue, |figures| figures.callbacks_missed += 1),
            _ if self.is_unanswered(slot) => self.count(slot, queue, |figures| figures.timed_out += 1),
            _ => {}
        }
        io.push(FloorAction::HangUp { contact: id, because });
        let agent = self.release(slot, io);
        self.drop_contact(slot, io);
        self.settle_if(agent, io);
    }

    /// Takes a contact out of the lines, or from its agent: she goes to after-call work when they have talked.
    pub(super) fn release(&mut self, slot: u32, io: &mut Io<'_>) -> Option<u32> {
        let contact = self.contacts.get(slot)?;
        let (id, phase) = (contact.id, contact.phase);
        let Phase::With(agent) = phase else {
            self.leave_lines(slot, true);
            return None;
        };
        match self.stage_of(agent, id)? {
            Stage::Ringing => io.push(FloorAction::StopRinging { agent: AgentId(agent), contact: id }),
            Stage::Reserved => io.push(FloorAction::StopCallback { contact: id }),
            Stage::Talking | Stage::Held | Stage::WrapUp => {}
        }
        if let Some(task) = self.take_from(agent, slot) {
            self.begin_wrap_up(agent, task);
        }
        Some(agent)
    }

    /// The contact is gone.
    pub(super) fn drop_contact(&mut self, slot: u32, io: &mut Io<'_>) -> Option<Contact> {
        let contact = self.contacts.remove(slot)?;
        self.consult_over(&contact, io);
        Some(contact)
    }

    pub(super) fn settle_if(&mut self, agent: Option<u32>, io: &mut Io<'_>) {
        if let Some(agent) = agent {
            self.settle(agent, io);
        }
    }
}
