//! Callers who accept to be called back.

use tandem_centre::floor::{ContactId, FloorEvent};
use tandem_centre::{CallingTimes, Core, zones_by_number};

use super::contacts::Phase;
use super::{World, of_visit, whole_ms};
use crate::chance::Purpose;
use crate::virtual_centre::agenda::{Due, Visit};
use crate::virtual_centre::model::Centre;
use crate::virtual_centre::tally::Ended;

/// Bits of a generator's key that tell visits of one contact apart from its ringings.
const RINGINGS_BITS: u32 = 16;

/// When a promised call-back may be made, and how soon it must: as the first ticket of the policy that calls customers
/// back says, or the scenario.
pub(super) struct Rule {
    times: Option<CallingTimes>,
    within_ms: i64,
}

impl Rule {
    pub(super) fn new(centre: &Centre<'_>) -> Self {
        let manifest = centre.core.map(Core::manifest);
        let tickets = manifest.into_iter().flat_map(|manifest| &manifest.tickets);
        let rule = tickets.filter_map(|ticket| ticket.call_back.as_ref()).next();
        let times = rule.zip(manifest).and_then(|(rule, manifest)| {
            CallingTimes::new(&rule.hours, &manifest.calendars, zones_by_number).ok()
        });
        let usual_ms = centre.scenario.callers.call_backs.within_ms;
        Self { times, within_ms: rule.map_or(usual_ms, |rule| rule.within_ms) }
    }

    /// The first moment at which a number may be called; now where nothing says otherwise.
    fn opens_ms(&mut self, number: &str, now_ms: i64) -> i64 {
        let opens = self.times.as_mut().and_then(|times| times.next_open(number, now_ms).ok());
        opens.unwrap_or(now_ms)
    }
}

impl World<'_> {
    pub(super) fn is_promised(&mut self, id: u64) -> bool {
        self.contacts.get(id).is_some_and(|contact| contact.phase == Phase::Promised)
    }

    /// The queue asks the caller whether to be called back.
    pub(super) fn offer_call_back(&mut self, id: u64) {
        let now_ms = self.now_ms;
        let Some(visit) = self.contacts.visit_of(id) else { return };
        let waits =
            |contact: &&mut super::Contact<'_>| contact.phase == Phase::Waiting && contact.attempt.is_none();
        let Some(contact) = self.contacts.get(id).filter(waits) else {
            return;
        };
        let key = of_visit(contact.caller.number, visit.number);
        let mut draws = self.seeds.draws(Purpose::CallBack, contact.caller.stream, key);
        if !draws.happens(self.centre.scenario.callers.call_backs.accepts) {
            return;
        }
        let number = contact.caller.from.map_or("", |value| value.word.as_str());
        let opens_ms = self.call_back_rule.opens_ms(number, now_ms);
        self.end_visit(id, Ended::CallBack);
        // What was planned for the wait no longer matters.
        let visit = self.contacts.next_visit(visit);
        let Some(contact) = self.contacts.visit(visit) else { return };
        (contact.phase, contact.call_back) = (Phase::Promised, Some(now_ms));
        self.counts.call_back(self.centre, contact);
        let at_ms = Some(opens_ms).filter(|opens_ms| *opens_ms > now_ms);
        if at_ms.is_none() {
            let queue = contact.queue;
            self.counts.keeps_place(contact, queue, now_ms, &self.centre.spans);
        }
        self.tell(FloorEvent::CallbackAccepted { contact: ContactId(id), at_ms });
        self.house.hang_up(now_ms, ContactId(id), &mut self.actions);
    }

    /// An agent is there: the customer's phone rings.
    pub(super) fn call_back(&mut self, id: u64) {
        let Some(visit) = self.contacts.visit_of(id) else { return };
        let Some(contact) = self.contacts.get(id) else { return };
        contact.ringings += 1;
        let ringing = contact.ringings;
        self.counts.gives_place_up(contact, self.now_ms, &self.centre.spans);
        let mut draws = self.ringing(visit, ringing);
        let _picks_up = draws.share();
        let rings_ms = whole_ms(self.centre.scenario.callers.call_backs.rings.draw(&mut draws));
        self.agenda.plan(self.now_ms.saturating_add(rings_ms), Due::CalledBack(visit, ringing));
    }

    /// The chances of one ringing.
    fn ringing(&mut self, visit: Visit, ringing: u32) -> crate::chance::Draws {
        let caller =
            self.contacts.get(visit.contact).map(|contact| (contact.caller.stream, contact.caller.number));
        let (stream, number) = caller.unwrap_or_default();
        let key = of_visit(number, visit.number << RINGINGS_BITS | ringing);
        self.seeds.draws(Purpose::CallBack, stream, key)
    }

    pub(super) fn stop_calling(&mut self, id: u64) {
        if let Some(contact) = self.contacts.get(id) {
            // The phone that rings is of no interest any more.
            contact.ringings += 1;
        }
    }

    /// The customer picks up, or does not.
    pub(super) fn picks_up(&mut self, visit: Visit, ringing: u32) {
        let rings = |contact: &mut super::Contact<'_>| {
            contact.phase == Phase::Promised && contact.ringings == ringing
        };
        if !self.contacts.visit(visit).is_some_and(rings) {
            return;
        }
        let reached = self.ringing(visit, ringing).happens(self.centre.scenario.callers.call_backs.answers);
        let id = ContactId(visit.contact);
        match self.contacts.visit(visit).filter(|_| reached).map(|contact| contact.caller.clone()) {
            Some(caller) => self.house.called_back(self.now_ms, (id, &caller), &mut self.actions),
            None => self.tell(FloorEvent::CallbackMissed(id)),
        }
    }

    /// The customer has been called back.
    pub(super) fn has_called_back(&mut self, id: u64) {
        self.end_promise(id, true);
    }

    /// The floor gives up calling back.
    pub(super) fn gives_up_calling(&mut self, id: u64) {
        self.end_promise(id, false);
    }

    fn end_promise(&mut self, id: u64, reached: bool) {
        let within_ms = self.call_back_rule.within_ms;
        let Some(contact) = self.contacts.get(id) else { return };
        self.counts.gives_place_up(contact, self.now_ms, &self.centre.spans);
        let after_ms = self.now_ms.saturating_sub(contact.call_back.unwrap_or(self.now_ms));
        self.counts.called_back(self.centre, contact, (reached, after_ms, within_ms));
    }
}
