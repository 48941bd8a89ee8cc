//! What campaigns want of the floor, and what the floor does for them.

use tandem_centre::Call;
use tandem_centre::campaign::{AttemptId, Considered, call_start, give};
use tandem_centre::floor::{AgentId, ContactId, FloorEvent, Offer};
use tandem_stdlib::contract::{CallStart, CampaignSpec, Slot};

use super::World;
use super::contacts::{Contact, Phase};
use crate::virtual_centre::agenda::{Due, Visit};
use crate::virtual_centre::house::Decided;
use crate::virtual_centre::journey::Outcome;
use crate::virtual_centre::outbound::{Outbound, Step, Wanted};

/// Somebody who has just answered goes before everybody who waits: after seconds the call is abandoned.
const AT_ONCE: f64 = 1e6;

impl World<'_> {
    /// Numbers come on the do-not-call list, each at its moment.
    #[cfg(test)]
    pub(in crate::virtual_centre) fn forbid(&mut self, numbers: Vec<(i64, String)>) {
        self.outbound.iter_mut().for_each(|outbound| outbound.forbid(numbers.clone()));
    }

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
            self.house.take_leads().into_iter().for_each(|lead| outbound.found(self.now_ms, lead));
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
            Wanted::Offer { attempt, queue } => self.offer_called(attempt, queue),
            Wanted::Preview { attempt, queue } => self.reserve(attempt, queue),
            Wanted::Talks { attempt, contact } => self.reserved_talks(attempt, contact),
            Wanted::Release(contact) => self.release(contact),
            Wanted::Talk { attempt, dialog } => self.talk_to_called(attempt, dialog),
            Wanted::HangUp(contact) => {
                let waits = |contact: &mut Contact<'_>| {
                    matches!(contact.phase, Phase::Waiting | Phase::Ringing(_) | Phase::Bot | Phase::Machine)
                };
                if self.contacts.get(contact).is_some_and(waits) {
                    self.contacts.remove(contact);
                    self.house.end(self.now_ms, ContactId(contact), &mut self.actions);
                }
            }
        }
    }

    /// Somebody who has just answered asks for agents.
    fn offer_called(&mut self, attempt: AttemptId, queue: Slot) {
        let Some(outbound) = &mut self.outbound else { return };
        let Some(caller) = outbound.caller(attempt) else { return };
        let plain = Decided { queue: Some(queue), ..Decided::default() };
        let mut contact = Contact::new(caller, plain, self.now_ms);
        (contact.attempt, contact.queue) = (Some(attempt), queue);
        let visit = self.contacts.add(contact);
        outbound.has_contact(attempt, visit.contact);
        self.put_through(visit.contact, queue, AT_ONCE);
    }

    fn put_through(&mut self, contact: u64, queue: Slot, priority: f64) {
        let offer = Offer { priority, insists: true, ..Offer::new(ContactId(contact), queue) };
        self.house.tell(self.now_ms, FloorEvent::Offer(Box::new(offer)), &mut self.actions);
    }

    /// An agent is reserved who looks at a lead: the contact is there before the call.
    fn reserve(&mut self, attempt: AttemptId, queue: Slot) {
        let Some(caller) = self.outbound.as_ref().and_then(|outbound| outbound.shown(attempt)) else {
            return;
        };
        let mut contact = Contact::new(caller, Decided::default(), self.now_ms);
        (contact.attempt, contact.queue) = (Some(attempt), queue);
        let visit = self.contacts.add(contact);
        self.outbound.iter_mut().for_each(|outbound| outbound.reserves(attempt, visit.contact));
        self.put_through(visit.contact, queue, AT_ONCE);
    }

    /// Whom an agent was reserved for has answered: they talk.
    fn reserved_talks(&mut self, attempt: AttemptId, contact: u64) {
        let Some(visit) = self.contacts.visit_of(contact) else { return };
        let Some(Phase::Talking(agent)) = self.contacts.get(contact).map(|contact| contact.phase) else {
            return;
        };
        if let Some(outbound) = &mut self.outbound {
            outbound.answered_reserved(contact);
        }
        self.connect_called(agent, visit, attempt);
    }

    /// An agent who was reserved is free.
    fn release(&mut self, contact: u64) {
        let Some(phase) = self.contacts.get(contact).map(|contact| contact.phase) else { return };
        self.contacts.remove(contact);
        self.house.end(self.now_ms, ContactId(contact), &mut self.actions);
        if let Phase::Talking(agent) = phase {
            self.tell(FloorEvent::WrapUpDone(AgentId(agent)));
        }
        self.crew_changed = true;
    }

    /// The campaign's dialog talks to whoever answered.
    fn talk_to_called(&mut self, attempt: AttemptId, dialog: u32) {
        let Some(outbound) = &mut self.outbound else { return };
        let Some((caller, callee)) = outbound.caller(attempt).zip(outbound.callee(attempt, dialog)) else {
            return;
        };
        let mut contact = Contact::new(caller.clone(), Decided::default(), self.now_ms);
        contact.attempt = Some(attempt);
        let visit = self.contacts.add(contact);
        outbound.has_contact(attempt, visit.contact);
        self.meet_bot(visit);
        self.talk(visit).into_iter().for_each(|talk| talk.callee = Some(callee));
        let Self { outbound, house, actions, now_ms, .. } = self;
        let (now_ms, id) = (*now_ms, ContactId(visit.contact));
        let answered = |core, spec, considered: Considered<'_>| {
            let start = CallStart { to: considered.number, ..call_start(core, spec, considered.lead) };
            let mut tell = |call: &mut Call| give(call, core, spec, considered);
            house.answered(now_ms, (id, &caller), (start, dialog), &mut tell, actions);
        };
        outbound.as_ref().and_then(|outbound| outbound.consider(attempt, now_ms, answered));
    }

    /// The grade of a call that a dialog has begun, as the policy gives it now.
    fn grade_called(&mut self, contact: u64, attempt: AttemptId) -> Option<Slot> {
        let Self { outbound, house, now_ms, .. } = self;
        let grade = |core, spec: &CampaignSpec, considered: Considered<'_>| {
            let mut tell = |call: &mut Call| give(call, core, spec, considered);
            house.decide(ContactId(contact), spec.grade? as usize, &mut tell)
        };
        outbound.as_ref()?.consider(attempt, *now_ms, grade)?
    }

    /// A dialog, or a machine after it, is done with somebody who was called and is still there: the grade may send the
    /// person on. Gives whether it does.
    pub(super) fn goes_on(&mut self, visit: Visit, outcome: Outcome) -> bool {
        let attempt = self.contacts.visit(visit).and_then(|contact| contact.attempt);
        let Some(attempt) = attempt.filter(|_| outcome != Outcome::HungUpInBot) else { return false };
        let grade = self.grade_called(visit.contact, attempt);
        let Some(outbound) = &mut self.outbound else { return false };
        let Some(queue) = outbound.graded(self.now_ms, attempt, grade) else { return false };
        let visit = self.contacts.next_visit(visit);
        if let Some(contact) = self.contacts.visit(visit) {
            (contact.queue, contact.queued_ms) = (queue, self.now_ms);
        }
        if self.machine(queue).is_some() {
            self.serve(visit, queue);
        } else {
            self.plan_patience(visit);
            self.put_through(visit.contact, queue, 0.0);
        }
        true
    }

    /// A dialog puts somebody who was called through.
    pub(super) fn put_through_by_bot(&mut self, visit: Visit) {
        let attempt = self.contacts.visit(visit).and_then(|contact| contact.attempt);
        if let Some((outbound, attempt)) = self.outbound.as_mut().zip(attempt) {
            outbound.put_through_by_bot(attempt);
        }
    }

    /// An agent talks to somebody who was called.
    pub(super) fn connect_called(&mut self, agent: u32, visit: Visit, attempt: AttemptId) {
        let Some(outbound) = &mut self.outbound else { return };
        if outbound.looks(self.now_ms, attempt) {
            if let Some(contact) = self.contacts.get(visit.contact) {
                contact.phase = Phase::Talking(agent);
            }
            return;
        }
        // The campaign must know that she talks before it hears that the person is taken care of: else it takes her for
        // free, and calls somebody else for her.
        let agents = &self.agents;
        outbound.look_at_crew(self.now_ms, self.house.floor(), |agent| agents.goes_ms(agent));
        let (talk_ms, after_call_ms) = outbound.connected(self.now_ms, attempt);
        let Some(contact) = self.contacts.get(visit.contact) else { return };
        contact.phase = Phase::Talking(agent);
        (contact.talk_ms, contact.after_call_ms, contact.transfer) = (talk_ms, after_call_ms, None);
        self.agenda.plan(self.now_ms.saturating_add(talk_ms), Due::TalkEnds(visit));
    }

    /// The conversation with somebody who was called is over; gives the queue to which the person goes on.
    pub(super) fn called_done(&mut self, contact: u64, attempt: AttemptId) -> Option<Slot> {
        let grade = self.grade_called(contact, attempt);
        let queue = self.contacts.get(contact).map_or(0, |contact| contact.queue);
        self.outbound.as_mut()?.agent_done(self.now_ms, attempt, (queue, grade))
    }

    /// Somebody who was called is not there any more, and no agent has talked to the end.
    pub(super) fn lose(&mut self, id: u64, outcome: Outcome) {
        let Some(contact) = self.contacts.get(id) else { return };
        let talk = contact.talk.as_deref();
        let ended = talk.and_then(|talk| Some(talk.callee?.disposition(talk.means, outcome)));
        let attempt = contact.attempt;
        let grade = attempt.and_then(|attempt| self.grade_called(id, attempt));
        self.contacts.remove(id);
        if let Some((outbound, attempt)) = self.outbound.as_mut().zip(attempt) {
            outbound.left(self.now_ms, attempt, (ended, grade), outcome);
        }
    }
}
