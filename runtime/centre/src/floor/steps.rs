//! What happens to those who wait, in order of time.

use tandem_stdlib::contract::{Slot, WaitingAction};

use super::agent::NEVER;
use super::contact::Phase;
use super::limits::{MAX_OVERFLOWS, MAX_QUEUES_AT_ONCE};
use super::matching::slot_of;
use super::queue::tame;
use super::requirement::relaxes;
use super::{ContactId, Floor, FloorAction, HangUpReason, Io};

impl Floor {
    /// When something happens to a contact by itself.
    pub(super) fn contact_due_ms(&self, slot: u32) -> i64 {
        let Some(contact) = self.contacts.get(slot) else { return NEVER };
        match contact.phase {
            Phase::With(_) => NEVER,
            Phase::Parked => contact.callback.map_or(NEVER, |callback| callback.not_before_ms),
            Phase::Waiting => {
                let step = self.queues.get(contact.home).and_then(|queue| queue.step(contact.step));
                let step_ms = step.map_or(NEVER, |step| contact.entered_ms.saturating_add(step.after_ms));
                step_ms.min(self.patience_ends_ms(slot))
            }
        }
    }

    /// When a contact that waits is given up.
    fn patience_ends_ms(&self, slot: u32) -> i64 {
        let Some(contact) = self.contacts.get(slot) else { return NEVER };
        let guard_ms = contact.since_ms.saturating_add(self.guards.waiting_ms.max(1));
        contact.callback.map_or(guard_ms, |callback| callback.until_ms)
    }

    /// A contact's moment has come.
    pub(super) fn contact_due(&mut self, slot: u32, io: &mut Io<'_>) {
        match self.contacts.get(slot).map(|contact| contact.phase) {
            Some(Phase::Parked) => self.unpark(slot, io),
            Some(Phase::Waiting) if self.patience_ends_ms(slot) <= self.now_ms => {
                let called_back = self.contacts.get(slot).is_some_and(|contact| contact.callback.is_some());
                let because = if called_back { HangUpReason::NotReached } else { HangUpReason::Lost };
                return self.hang_up(slot, because, io);
            }
            Some(Phase::Waiting) => self.run_steps(slot, io),
            Some(Phase::With(_)) | None => {}
        }
        self.set_contact_timer(slot);
    }

    /// Takes the steps whose time has come.
    pub(super) fn run_steps(&mut self, slot: u32, io: &mut Io<'_>) {
        while let Some(action) = self.next_step(slot) {
            self.step(slot, action, io);
        }
    }

    /// The next step whose time has come, of a contact that waits.
    fn next_step(&mut self, slot: u32) -> Option<WaitingAction> {
        let contact = self.contacts.get_mut(slot).filter(|contact| contact.phase == Phase::Waiting)?;
        let step = self.queues.get(contact.home)?.step(contact.step)?;
        if contact.entered_ms.saturating_add(step.after_ms) > self.now_ms {
            return None;
        }
        contact.step += 1;
        Some(step.action)
    }

    fn step(&mut self, slot: u32, action: WaitingAction, io: &mut Io<'_>) {
        let Some(contact) = self.contacts.get_mut(slot) else { return };
        let (id, on_the_line) = (contact.id, contact.callback.is_none());
        match action {
            WaitingAction::AcceptLevels { .. } | WaitingAction::AcceptSkill(_) => {
                contact.relaxations += usize::from(relaxes(action));
                self.replace(slot, io);
            }
            WaitingAction::Priority(priority) => {
                contact.priority = contact.priority.max(tame(priority));
                self.replace(slot, io);
            }
            WaitingAction::Also(queue) => self.also(slot, queue, io),
            WaitingAction::Overflow(queue) => self.overflow(slot, id, queue, io),
            WaitingAction::OfferCallback if on_the_line => {
                io.push(FloorAction::OfferCallback { contact: id })
            }
            WaitingAction::Play(text) if on_the_line => io.push(FloorAction::Play { contact: id, text }),
            WaitingAction::AnnounceWait if on_the_line => {
                if let Some(wait_ms) = self.remaining_wait_ms(slot) {
                    io.push(FloorAction::AnnounceWait { contact: id, wait_ms });
                }
            }
            WaitingAction::HangUp if on_the_line => self.hang_up(slot, HangUpReason::TimedOut, io),
            WaitingAction::OfferCallback
            | WaitingAction::Play(_)
            | WaitingAction::AnnounceWait
            | WaitingAction::HangUp => {}
        }
    }

    /// A contact that waits takes its new places, or an agent who may serve it now.
    pub(super) fn replace(&mut self, slot: u32, io: &mut Io<'_>) {
        self.leave_lines(slot, false);
        if !self.seek_agent(slot, io) {
            self.join_lines(slot);
        }
    }

    fn also(&mut self, slot: u32, queue: Slot, io: &mut Io<'_>) {
        let Ok(queue) = self.queue_index(queue) else { return };
        let Some(contact) = self.contacts.get_mut(slot) else { return };
        if contact.queues().all(|known| known != queue) && contact.also.len() + 1 < MAX_QUEUES_AT_ONCE {
            contact.also.push(queue);
            self.replace(slot, io);
        }
    }

    fn overflow(&mut self, slot: u32, id: ContactId, queue: Slot, io: &mut Io<'_>) {
        let Ok(to) = self.queue_index(queue) else { return };
        let full = self.is_full(to);
        let Some(contact) = self.contacts.get_mut(slot) else { return };
        if full || contact.overflows >= MAX_OVERFLOWS {
            return;
        }
        contact.overflows += 1;
        let from = contact.home;
        io.push(FloorAction::Overflow { contact: id, from: slot_of(from), to: slot_of(to) });
        self.leave_lines(slot, true);
        if self.contacts.get(slot).is_some_and(|contact| contact.callback.is_none()) {
            self.count(slot, from, |figures| figures.left += 1);
        }
        self.go_on(slot, to);
        if !self.seek_agent(slot, io) {
            self.join_lines(slot);
        }
    }
}
