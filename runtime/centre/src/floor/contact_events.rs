//! Contacts come, move and go.

use tandem_stdlib::contract::Slot;

use super::contact::{Contact, Phase, Side};
use super::event::{Offer, Target};
use super::matching::slot_of;
use super::queue::tame;
use super::{AgentId, ContactId, Floor, FloorAction, Ignored, Io, QueueFigures};

impl Floor {
    pub(super) fn offer(&mut self, offer: Offer, io: &mut Io<'_>) -> Result<(), Ignored> {
        let queue = self.queue_index(offer.queue)?;
        let slot = self.add_contact(offer, queue)?;
        self.count(slot, queue, |figures| figures.offered += 1);
        self.arrive(slot, io);
        Ok(())
    }

    /// A contact that is not in any line yet.
    pub(super) fn add_contact(&mut self, offer: Offer, queue: usize) -> Result<u32, Ignored> {
        if self.contacts.find(offer.contact).is_some() {
            return Err(Ignored::KnownContact(offer.contact));
        }
        let number = self.contacts.next_number();
        let mut contact = Contact::new(offer.contact, queue, self.now_ms, number);
        contact.joined_ms = self.now_ms.saturating_sub(offer.waited_ms.max(0));
        contact.priority = tame(offer.priority);
        contact.needs = offer.needs;
        contact.owner = offer.owner.map(|owner| owner.0);
        contact.score = offer.score;
        contact.shares = offer.shares;
        contact.insists = offer.insists;
        Ok(self.contacts.add(contact))
    }

    /// A contact takes an agent, or waits, or goes where a full queue sends it, or is turned away.
    fn arrive(&mut self, slot: u32, io: &mut Io<'_>) {
        for _ in 0..=self.queues.len() {
            let Some(contact) = self.contacts.get(slot) else { return };
            let (id, home, insists) = (contact.id, contact.home, contact.insists);
            if self.seek_agent(slot, io) {
                return;
            }
            if insists || !self.is_full(home) {
                return self.wait(slot, io);
            }
            let cap = self.queues.get(home).and_then(|queue| queue.spec.cap);
            let Some(to) = cap.and_then(|cap| cap.overflow).and_then(|to| self.queue_index(to).ok()) else {
                return self.turn_away(slot, home, io);
            };
            io.push(FloorAction::Overflow { contact: id, from: slot_of(home), to: slot_of(to) });
            self.count(slot, home, |figures| figures.left += 1);
            self.go_on(slot, to);
        }
        let home = self.contacts.get(slot).map_or(0, |contact| contact.home);
        self.turn_away(slot, home, io);
    }

    fn turn_away(&mut self, slot: u32, queue: usize, io: &mut Io<'_>) {
        self.count(slot, queue, |figures| figures.rejected += 1);
        let Some(contact) = self.drop_contact(slot, io) else { return };
        io.push(FloorAction::Reject { contact: contact.id, queue: slot_of(queue) });
    }

    /// Whether a queue's cap is reached.
    pub(super) fn is_full(&self, queue: usize) -> bool {
        let Some(queue) = self.queues.get(queue) else { return true };
        queue.spec.cap.is_some_and(|cap| queue.waiting.len() >= cap.waiting as usize)
    }

    /// Begins to wait, whatever the cap.
    fn wait(&mut self, slot: u32, io: &mut Io<'_>) {
        self.join_lines(slot);
        if let Some(contact) = self.contacts.get(slot) {
            io.push(FloorAction::Queued { contact: contact.id, queue: slot_of(contact.home) });
        }
        self.run_steps(slot, io);
        self.set_contact_timer(slot);
    }

    /// Takes an agent, or waits.
    pub(super) fn seek_or_wait(&mut self, slot: u32, io: &mut Io<'_>) {
        if !self.seek_agent(slot, io) {
            self.wait(slot, io);
        }
    }

    /// A contact that an agent had in hand is back at its place.
    pub(super) fn requeue(&mut self, slot: u32, io: &mut Io<'_>) {
        let Some(contact) = self.contacts.get(slot) else { return };
        io.push(FloorAction::Requeue { contact: contact.id, queue: slot_of(contact.home) });
        if self.seek_agent(slot, io) {
            return;
        }
        self.join_lines(slot);
        self.run_steps(slot, io);
        self.set_contact_timer(slot);
    }

    /// The contact is another queue's now, with the time it has waited.
    pub(super) fn go_on(&mut self, slot: u32, to: usize) {
        let now_ms = self.now_ms;
        if let Some(contact) = self.contacts.get_mut(slot) {
            contact.enter(to, now_ms);
        }
        self.count(slot, to, |figures| figures.offered += 1);
    }

    /// Counts something about a customer's contact for a queue; consultations are not counted.
    pub(super) fn count(&mut self, slot: u32, queue: usize, count: impl FnOnce(&mut QueueFigures)) {
        let asked = |contact: &Contact| contact.consult.is_some_and(|(_, side)| side == Side::Asked);
        let counts = self.contacts.get(slot).is_some_and(|contact| !asked(contact));
        if let Some(queue) = self.queues.get_mut(queue).filter(|_| counts) {
            count(&mut queue.figures);
        }
    }

    /// Whether nobody has answered the contact since it came to its queue.
    pub(super) fn is_unanswered(&self, slot: u32) -> bool {
        self.contacts.get(slot).is_some_and(|contact| contact.callback.is_none())
            && self.talking_agent(slot).is_err()
    }

    pub(super) fn move_to(&mut self, id: ContactId, queue: Slot, io: &mut Io<'_>) -> Result<(), Ignored> {
        let (slot, to) = (self.contact_slot(id)?, self.queue_index(queue)?);
        if self.is_unanswered(slot) {
            let home = self.contacts.get(slot).map_or(0, |contact| contact.home);
            self.count(slot, home, |figures| figures.left += 1);
        }
        let agent = self.release(slot, io);
        self.go_on(slot, to);
        if self.contacts.get(slot).is_none_or(|contact| contact.phase != Phase::Parked) {
            self.seek_or_wait(slot, io);
        }
        self.settle_if(agent, io);
        Ok(())
    }

    pub(super) fn prioritise(
        &mut self,
        id: ContactId,
        priority: f64,
        io: &mut Io<'_>,
    ) -> Result<(), Ignored> {
        let slot = self.contact_slot(id)?;
        let Some(contact) = self.contacts.get_mut(slot) else { return Err(Ignored::UnknownContact(id)) };
        contact.priority = tame(priority);
        if contact.phase == Phase::Waiting {
            self.replace(slot, io);
            self.set_contact_timer(slot);
        }
        Ok(())
    }

    pub(super) fn transfer(&mut self, id: ContactId, to: Target, io: &mut Io<'_>) -> Result<(), Ignored> {
        let slot = self.contact_slot(id)?;
        let (Target::Queue(queue) | Target::Agent(_, queue)) = to;
        let queue = self.queue_index(queue)?;
        self.talking_agent(slot)?;
        let from = self.release(slot, io);
        if let Some(contact) = self.contacts.get_mut(slot) {
            contact.not_for = from;
        }
        self.go_on(slot, queue);
        self.send(slot, queue, to, io);
        self.settle_if(from, io);
        Ok(())
    }

    /// To the agent that is asked for if she is free, else to the queue.
    pub(super) fn send(&mut self, slot: u32, queue: usize, to: Target, io: &mut Io<'_>) {
        let known = self.contacts.get(slot).map(|contact| (contact.shares, contact.not_for));
        let (shares, not_for) = known.unwrap_or_default();
        match to {
            Target::Agent(AgentId(agent), _) if not_for != Some(agent) && self.has_room(agent, shares) => {
                self.begin(agent, slot, queue, io);
            }
            _ => self.seek_or_wait(slot, io),
        }
    }

    pub(super) fn contact_slot(&self, id: ContactId) -> Result<u32, Ignored> {
        self.contacts.find(id).ok_or(Ignored::UnknownContact(id))
    }

    pub(super) fn queue_index(&self, slot: Slot) -> Result<usize, Ignored> {
        let index = slot.checked_sub(1).and_then(|index| usize::try_from(index).ok());
        index.filter(|index| *index < self.queues.len()).ok_or(Ignored::UnknownQueue(slot))
    }
}
