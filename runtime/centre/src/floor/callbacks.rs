//! Callers who are called back and keep their place.

use super::agent::Stage;
use super::contact::{Callback, Phase};
use super::{ContactId, Floor, HangUpReason, Ignored, Io};

impl Floor {
    pub(super) fn callback_accepted(&mut self, id: ContactId, at_ms: Option<i64>) -> Result<(), Ignored> {
        let slot = self.contact_slot(id)?;
        let now_ms = self.now_ms;
        let life_ms = self.guards.callback_life_ms.max(1);
        let Some(contact) = self.contacts.get_mut(slot).filter(|contact| contact.phase == Phase::Waiting)
        else {
            return Err(Ignored::ContactElsewhere(id));
        };
        let not_before_ms = at_ms.unwrap_or(now_ms).clamp(now_ms, now_ms.saturating_add(life_ms));
        let first = contact.callback.is_none();
        let until_ms = not_before_ms.saturating_add(life_ms);
        contact.callback = Some(Callback { not_before_ms, until_ms, attempts: 0 });
        let home = contact.home;
        if first {
            self.count(slot, home, |figures| figures.callbacks += 1);
        }
        if not_before_ms > now_ms {
            self.park(slot, not_before_ms);
        }
        self.set_contact_timer(slot);
        Ok(())
    }

    /// Out of the lines until a moment; the time waited so far is kept.
    fn park(&mut self, slot: u32, until_ms: i64) {
        self.leave_lines(slot, true);
        let now_ms = self.now_ms;
        let Some(contact) = self.contacts.get_mut(slot) else { return };
        contact.phase = Phase::Parked;
        contact.earned_ms = now_ms.saturating_sub(contact.joined_ms);
        if let Some(callback) = &mut contact.callback {
            callback.not_before_ms = until_ms;
        }
    }

    /// A parked call-back's time has come.
    pub(super) fn unpark(&mut self, slot: u32, io: &mut Io<'_>) {
        let now_ms = self.now_ms;
        if let Some(contact) = self.contacts.get_mut(slot) {
            contact.joined_ms = now_ms.saturating_sub(contact.earned_ms);
            contact.phase = Phase::Waiting;
        }
        self.seek_or_wait(slot, io);
    }

    pub(super) fn callback_reached(&mut self, id: ContactId, io: &mut Io<'_>) -> Result<(), Ignored> {
        let (slot, agent) = self.calling_back(id)?;
        self.connect(agent, slot, io);
        self.show(agent, io);
        self.set_agent_timer(agent);
        Ok(())
    }

    pub(super) fn callback_missed(&mut self, id: ContactId, io: &mut Io<'_>) -> Result<(), Ignored> {
        let (slot, agent) = self.calling_back(id)?;
        self.not_reached(agent, slot, io);
        self.settle(agent, io);
        Ok(())
    }

    /// The contact that is being called back, and for whom.
    fn calling_back(&self, id: ContactId) -> Result<(u32, u32), Ignored> {
        let slot = self.contact_slot(id)?;
        match self.contacts.get(slot).map(|contact| contact.phase) {
            Some(Phase::With(agent)) if self.stage_of(agent, id) == Some(Stage::Reserved) => {
                Ok((slot, agent))
            }
            _ => Err(Ignored::ContactElsewhere(id)),
        }
    }

    /// A customer who was not reached is tried again later, so often.
    pub(super) fn not_reached(&mut self, agent: u32, slot: u32, io: &mut Io<'_>) {
        self.take_from(agent, slot);
        let retry_ms = self.now_ms.saturating_add(self.guards.callback_retry_ms.max(1));
        let most = self.guards.callback_attempts;
        let Some(callback) = self.contacts.get_mut(slot).and_then(|contact| contact.callback.as_mut()) else {
            return;
        };
        callback.attempts = callback.attempts.saturating_add(1);
        if callback.attempts >= most {
            return self.hang_up(slot, HangUpReason::NotReached, io);
        }
        self.park(slot, retry_ms);
        self.set_contact_timer(slot);
    }
}
