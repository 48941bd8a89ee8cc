//! Does what the floor wants done.

use tandem_centre::floor::{ContactId, FloorAction, HangUpReason};
use tandem_stdlib::contract::Slot;

use super::contacts::Phase;
use super::{World, of_visit, whole_ms};
use crate::chance::Purpose;
use crate::queue_log::Pause;
use crate::virtual_centre::agenda::Due;
use crate::virtual_centre::journey::Outcome;
use crate::virtual_centre::tally::Ended;

impl World<'_> {
    /// Does what the floor wants done, and what follows from it.
    pub(super) fn act(&mut self) {
        loop {
            while let Some((contact, step)) = self.house.next_step() {
                self.follow(contact, step);
            }
            if self.actions.is_empty() {
                return;
            }
            let mut actions = std::mem::take(&mut self.actions);
            for action in actions.drain(..) {
                self.act_on(action);
            }
            if self.actions.is_empty() {
                // The allocation is kept.
                self.actions = actions;
            }
        }
    }

    fn act_on(&mut self, action: FloorAction) {
        let now_ms = self.now_ms;
        match action {
            FloorAction::Queued { contact, queue } | FloorAction::Requeue { contact, queue }
                if self.is_promised(contact.0) =>
            {
                if let Some(contact) = self.contacts.get(contact.0) {
                    contact.queue = queue;
                    self.counts.keeps_place(contact, queue, now_ms, &self.centre.spans);
                }
            }
            FloorAction::Queued { contact, queue } if self.is_full() => {
                self.is_in(contact.0, queue);
                self.end_visit(contact.0, Ended::Blocked);
                self.end_call(contact.0, Outcome::Blocked);
                self.house.end(now_ms, contact, &mut self.actions);
            }
            FloorAction::Queued { contact, queue } | FloorAction::Requeue { contact, queue } => {
                self.taken_over(contact.0);
                if let Some(contact) = self.contacts.get(contact.0) {
                    (contact.phase, contact.queue) = (Phase::Waiting, queue);
                    self.counts.waits(contact, queue, now_ms, &self.centre.spans);
                }
            }
            FloorAction::Ring { agent, contact, .. } => self.ring(agent.0, contact.0),
            FloorAction::StopRinging { contact, .. } => {
                if let Some(contact) = self.contacts.get(contact.0) {
                    contact.phase = Phase::Waiting;
                }
            }
            FloorAction::Connect { agent, contact, queue } => self.connect(agent.0, contact.0, queue),
            FloorAction::Overflow { contact, from, to } => {
                if let Some(contact) = self.contacts.get(contact.0) {
                    contact.queue = to;
                    self.counts.overflowed(self.centre, contact, from, to, now_ms);
                }
            }
            FloorAction::Reject { contact, queue } => {
                self.is_in(contact.0, queue);
                self.end_visit(contact.0, Ended::Blocked);
                self.end_call(contact.0, Outcome::Blocked);
                self.house.forget(now_ms, contact, &mut self.actions);
            }
            FloorAction::HangUp { contact, because } => {
                let waits =
                    self.contacts.get(contact.0).is_some_and(|contact| contact.phase == Phase::Waiting);
                if waits && because != HangUpReason::ConsultationOver {
                    self.end_visit(contact.0, Ended::TimedOut);
                }
                let promised = self.is_promised(contact.0);
                if promised {
                    self.gives_up_calling(contact.0);
                }
                self.end_call(contact.0, if promised { Outcome::NotReached } else { Outcome::TimedOut });
                self.house.forget(now_ms, contact, &mut self.actions);
            }
            FloorAction::Agent { agent, state } => {
                self.crew_changed = true;
                self.agents.show(agent.0, state, now_ms, &mut self.counts, self.centre);
                self.desk.iter_mut().for_each(|desk| desk.agent(now_ms, agent.0, state));
            }
            FloorAction::StartCallback { contact, .. } => self.call_back(contact.0),
            FloorAction::StopCallback { contact } => self.stop_calling(contact.0),
            FloorAction::OfferCallback { contact } => self.offer_call_back(contact.0),
            FloorAction::Ignored(_) => self.counts.ignored += 1,
            FloorAction::Play { .. } | FloorAction::AnnounceWait { .. } => {}
        }
    }

    /// The floor has a contact: if a dialog had it until now, something else of the policy has moved it.
    fn taken_over(&mut self, id: u64) {
        let has_bot = self.contacts.get(id).is_some_and(|contact| contact.phase == Phase::Bot);
        if let Some(visit) = self.contacts.visit_of(id).filter(|_| has_bot) {
            self.leave_bot(visit, Some(0));
        }
    }

    /// The floor has a contact in a queue.
    fn is_in(&mut self, id: u64, queue: Slot) {
        self.taken_over(id);
        if let Some(contact) = self.contacts.get(id) {
            contact.queue = queue;
        }
    }

    /// Whether the waiting places of all queues together are taken.
    fn is_full(&self) -> bool {
        self.centre.scenario.places.is_some_and(|places| self.counts.on_the_line() >= places)
    }

    fn ring(&mut self, agent: u32, id: u64) {
        let group = self.agents.group(agent);
        let Some(group) = self.centre.groups.get(group).map(|one| one.group) else { return };
        self.taken_over(id);
        let Some(visit) = self.contacts.visit_of(id) else { return };
        let Some(contact) = self.contacts.get(id) else { return };
        contact.phase = Phase::Ringing(agent);
        contact.ringings += 1;
        let ringings = contact.ringings;
        let key = of_visit(contact.caller.number, visit.number << 16 | ringings);
        let mut draws = self.seeds.draws(Purpose::Ringing, contact.caller.stream, key);
        if !draws.happens(group.no_answer) {
            let rings_ms = group.ring.as_ref().map_or(0, |law| whole_ms(law.draw(&mut draws)));
            self.agenda.plan(self.now_ms.saturating_add(rings_ms), Due::Answer(visit, ringings));
        }
    }

    fn connect(&mut self, agent: u32, id: u64, queue: Slot) {
        self.taken_over(id);
        self.house.talks(ContactId(id), agent);
        let Some(visit) = self.contacts.visit_of(id) else { return };
        if let Some(contact) = self.contacts.get(id) {
            contact.queue = queue;
            if let Some(attempt) = contact.attempt {
                return self.connect_called(agent, visit, attempt);
            }
            self.counts.reached_person(self.centre, contact, self.now_ms);
        }
        if self.is_promised(id) {
            self.has_called_back(id);
        } else {
            self.end_visit(id, Ended::Answered);
        }
        let Some(contact) = self.contacts.get(id) else { return };
        let key = of_visit(contact.caller.number, visit.number);
        let mut draws = self.seeds.draws(Purpose::Handling, contact.caller.stream, key);
        let intent = contact.caller.intent.map(|value| value.word.as_str());
        let hour = self.centre.spans.hour(self.now_ms);
        let rule = self.centre.handling.iter().find(|(of_queue, _, rule)| {
            of_queue.is_none_or(|of| of == queue)
                && rule.hour.is_none_or(|of| of == hour)
                && (rule.intent.is_none() || rule.intent.as_deref() == intent)
        });
        let Some((_, transfer, rule)) = rule else { return };
        let own = self.centre.own(&contact.caller, visit.number).filter(|_| rule.of_log);
        let own = own.unwrap_or_default();
        let pace = if rule.of_log { self.centre.pace(self.agents.group(agent)) } else { 1.0 };
        contact.phase = Phase::Talking(agent);
        // Whatever is known, each draw keeps its place.
        let talk_ms = rule.talk.draw(&mut draws);
        let after_call_ms = rule.after_call.draw(&mut draws);
        contact.talk_ms = whole_ms(own.talk_ms.map_or(talk_ms, f64::from) * pace).max(1);
        let known = if rule.own_after_call { Pause::Unknown } else { own.pause };
        (contact.after_call_ms, contact.pause_at) = match (known, &rule.pauses) {
            (Pause::Known(ms), _) => (ms, None),
            (Pause::Between { law, from, to }, Some(pauses)) => {
                let share = f64::from(from) + draws.share() * f64::from(to - from);
                (whole_ms(pauses.at(law, share)), None)
            }
            (Pause::Unknown, Some(_)) => (0, Some(draws.share())),
            (_, None) => (whole_ms(after_call_ms), None),
        };
        let moves = rule.transfer.as_ref().is_some_and(|(share, _)| draws.happens(*share));
        contact.transfer = transfer.filter(|to| moves && *to != queue);
        self.agenda.plan(self.now_ms.saturating_add(contact.talk_ms), Due::TalkEnds(visit));
    }

    pub(super) fn end_visit(&mut self, id: u64, ended: Ended) {
        if let Some(contact) = self.contacts.get(id) {
            self.counts.ended(self.centre, contact, ended, self.now_ms);
        }
    }
}
