//! What campaigns want of the floor, and what the floor does for them.

use tandem_centre::campaign::AttemptId;
use tandem_centre::floor::{ContactId, FloorEvent, Offer};
use tandem_stdlib::contract::Slot;

use super::contacts::{Contact, Phase};
use super::{World, whole_ms};
use crate::chance::Purpose;
use crate::virtual_centre::agenda::{Due, Visit};
use crate::virtual_centre::caller::Caller;
use crate::virtual_centre::house::Decided;
use crate::virtual_centre::outbound::{Outbound, Step, Wanted};

/// Somebody who has just answered goes before everybody who waits: after seconds the call is abandoned.
const AT_ONCE: f64 = 1e6;

impl World<'_> {
    /// Something of a campaign happens.
    pub(super) fn called(&mut self, step: Step) {
        self.crew_changed |= step == Step::CrewLeaves;
        if let Some(outbound) = &mut self.outbound {
            outbound.happen(self.now_ms, step);
        }
    }

    /// A group's agents go home or on a break at a moment: campaigns look at them again before.
    pub(super) fn plan_crew(&mut self, goes_ms: Option<i64>) {
        let horizon_ms = self.outbound.as_ref().map(Outbound::horizon_ms);
        if let Some((goes_ms, horizon_ms)) = goes_ms.zip(horizon_ms) {
            let at_ms = goes_ms.saturating_sub(horizon_ms).max(self.now_ms);
            self.agenda.plan(at_ms, Due::Called(Step::CrewLeaves));
        }
    }

    /// Does what campaigns want, and tells them of their agents, until nothing is left to do.
    pub(super) fn settle_campaigns(&mut self) {
        loop {
            let Some(outbound) = &mut self.outbound else { return };
            if std::mem::take(&mut self.crew_changed) {
                let agents = &self.agents;
                outbound.look_at_crew(self.now_ms, self.house.floor(), |agent| agents.goes_ms(agent));
            }
            let wanted = outbound.take_wanted();
            if wanted.is_empty() {
                return;
            }
            wanted.into_iter().for_each(|one| self.fulfil(one));
            self.act();
        }
    }

    fn fulfil(&mut self, wanted: Wanted) {
        match wanted {
            Wanted::At(at_ms, step) => self.agenda.plan(at_ms, Due::Called(step)),
            Wanted::Offer { attempt, queue, first } => self.offer_called(attempt, queue, first),
            Wanted::HangUp(contact) => {
                let waits =
                    |contact: &mut Contact<'_>| matches!(contact.phase, Phase::Waiting | Phase::Ringing(_));
                if self.contacts.get(contact).is_some_and(waits) {
                    self.contacts.remove(contact);
                    self.house.end(self.now_ms, ContactId(contact), &mut self.actions);
                }
            }
        }
    }

    /// Somebody who was called asks for agents.
    fn offer_called(&mut self, attempt: AttemptId, queue: Slot, first: bool) {
        let Some(outbound) = &mut self.outbound else { return };
        let Some((stream, number)) = outbound.draws_of(attempt) else { return };
        let caller = Caller { stream, number, ..Caller::default() };
        let mut contact =
            Contact::new(caller, Decided { queue: Some(queue), ..Decided::default() }, self.now_ms);
        (contact.attempt, contact.queue) = (Some(attempt), queue);
        let visit = self.contacts.add(contact);
        outbound.has_contact(attempt, visit.contact);
        let priority = if first { AT_ONCE } else { 0.0 };
        if !first {
            let mut draws = self.seeds.draws(Purpose::Patience, stream, number);
            let patience_ms = self.centre.scenario.patience.draw(&mut draws);
            if patience_ms.is_finite() {
                let until_ms = self.now_ms.saturating_add(whole_ms(patience_ms));
                self.agenda.plan(until_ms, Due::Patience(visit));
            }
        }
        let offer = Offer { priority, insists: true, ..Offer::new(ContactId(visit.contact), queue) };
        self.house.tell(self.now_ms, FloorEvent::Offer(Box::new(offer)), &mut self.actions);
    }

    /// An agent talks to somebody who was called.
    pub(super) fn connect_called(&mut self, agent: u32, visit: Visit, attempt: AttemptId) {
        let Some(outbound) = &mut self.outbound else { return };
        let (talk_ms, after_call_ms) = outbound.connected(self.now_ms, attempt);
        let Some(contact) = self.contacts.get(visit.contact) else { return };
        contact.phase = Phase::Talking(agent);
        (contact.talk_ms, contact.after_call_ms, contact.transfer) = (talk_ms, after_call_ms, None);
        self.agenda.plan(self.now_ms.saturating_add(talk_ms), Due::TalkEnds(visit));
    }

    /// The conversation with somebody who was called is over; gives the queue to which the person goes on.
    pub(super) fn called_done(&mut self, attempt: AttemptId) -> Option<Slot> {
        self.outbound.as_mut()?.agent_done(self.now_ms, attempt)
    }

    /// A contact is not there any more although nobody has talked to it.
    pub(super) fn lose(&mut self, contact: u64) {
        let attempt = self.contacts.get(contact).and_then(|contact| contact.attempt);
        self.contacts.remove(contact);
        if let Some((outbound, attempt)) = self.outbound.as_mut().zip(attempt) {
            outbound.left(self.now_ms, attempt);
        }
    }
}
