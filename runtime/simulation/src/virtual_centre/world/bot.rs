//! Callers who talk with a dialog of the policy.

use tandem_centre::floor::ContactId;
use tandem_stdlib::contract::Slot;

use super::contacts::Phase;
use super::{World, of_visit, whole_ms};
use crate::chance::Purpose;
use crate::scenario::BotPatience;
use crate::virtual_centre::agenda::{Due, Visit};
use crate::virtual_centre::journey::Outcome;
use crate::virtual_centre::talk::{BotStep, BotTalk, Chances, Content, Listener, Question};

/// Bits of a generator's key that tell answers of one caller apart.
const ANSWERS_BITS: u32 = 12;

impl<'m> World<'m> {
    /// A dialog has a caller who has just come.
    pub(super) fn meet_bot(&mut self, visit: Visit) {
        let Some(contact) = self.contacts.visit(visit) else { return };
        let mut draws = self.seeds.draws(Purpose::Bot, contact.caller.stream, contact.caller.number);
        let bears = draws.share();
        contact.phase = Phase::Bot;
        contact.talk = Some(Box::new(BotTalk { bears, ..BotTalk::default() }));
        if let BotPatience::Time(law) = &self.centre.scenario.callers.bot_patience {
            let patience_ms = law.draw(&mut draws);
            if patience_ms.is_finite() {
                let until_ms = self.now_ms.saturating_add(whole_ms(patience_ms));
                self.agenda.plan(until_ms, Due::LeavesBot(visit));
            }
        }
    }

    /// A dialog did something.
    pub(super) fn follow(&mut self, id: ContactId, step: BotStep) {
        let now_ms = self.now_ms;
        let Some(visit) = self.contacts.visit_of(id.0) else { return };
        let Some(contact) = self.contacts.get(id.0).filter(|contact| contact.phase == Phase::Bot) else {
            return;
        };
        let Some(talk) = contact.talk.as_deref_mut() else { return };
        match step {
            BotStep::Began | BotStep::Accepted => {}
            BotStep::Says(ms) => talk.speak(now_ms, ms),
            BotStep::Answers(ms) => {
                talk.speak(now_ms, ms);
                talk.told();
            }
            BotStep::Retains(ms) => {
                talk.speak(now_ms, ms);
                self.stays_or_not(visit);
            }
            BotStep::Asks { dialog, ask, offers, says_ms } => {
                talk.speak(now_ms, says_ms);
                talk.question = Some(Question { dialog, ask, offers });
                self.hear_question(visit);
            }
            BotStep::NotUnderstood => talk.not_understood(),
            BotStep::Withheld(_) => {}
            BotStep::Transfers(queue) => self.leave_bot(visit, Some(queue)),
            BotStep::Moved(queue) if self.machine(queue).is_some() => self.leave_bot(visit, Some(queue)),
            BotStep::Moved(_) => {}
            BotStep::Resolved => self.end_in_bot(visit, Outcome::Contained),
            BotStep::Ends => self.end_in_bot(visit, Outcome::EndedByBot),
            BotStep::Finished => self.leave_bot(visit, None),
        }
        self.counts.bot_step(self.centre, self.contacts.get(id.0), step, &self.house);
    }

    /// The bot has asked: the caller hears it, and answers, or has heard enough.
    fn hear_question(&mut self, visit: Visit) {
        let callers = &self.centre.scenario.callers;
        let Some(contact) = self.contacts.visit(visit) else { return };
        let caller = (contact.caller.stream, contact.caller.number);
        let Some(talk) = contact.talk.as_deref_mut() else { return };
        if talk.content == Content::Answered {
            return self.end_in_bot(visit, Outcome::Contained);
        }
        if matches!(callers.bot_patience, BotPatience::Turns(turns) if talk.asked >= turns) {
            return self.end_in_bot(visit, Outcome::HungUpInBot);
        }
        talk.asked += 1;
        let (turn, spoken_ms, was_speaking) = (talk.asked, talk.speaks_until_ms, talk.speaks);
        talk.speaks = true;
        let mut draws = self.seeds.draws(Purpose::Bot, caller.0, of_answer(caller.1, turn));
        let after_ms = whole_ms(callers.answers_after.draw(&mut draws));
        if !was_speaking {
            self.house.bot_speaks(self.now_ms, ContactId(visit.contact), true, &mut self.actions);
        }
        self.agenda.plan(spoken_ms, Due::BotSpoke(visit, turn));
        self.agenda.plan(spoken_ms.saturating_add(after_ms), Due::AnswersBot(visit, turn));
    }

    /// The bot has come to the end of what it says.
    pub(super) fn bot_spoke(&mut self, visit: Visit, turn: u32) {
        let Some(talk) = self.talk(visit).filter(|talk| talk.asked == turn) else { return };
        talk.speaks = false;
        self.house.bot_speaks(self.now_ms, ContactId(visit.contact), false, &mut self.actions);
    }

    pub(super) fn talk(&mut self, visit: Visit) -> Option<&mut BotTalk<'m>> {
        let contact = self.contacts.visit(visit).filter(|contact| contact.phase == Phase::Bot)?;
        contact.talk.as_deref_mut()
    }

    /// The caller answers.
    pub(super) fn answer_bot(&mut self, visit: Visit, turn: u32) {
        let centre = self.centre;
        let manifest = centre.core.map(tandem_centre::Core::manifest);
        let Some(contact) = self.contacts.visit(visit).filter(|contact| contact.phase == Phase::Bot) else {
            return;
        };
        let caller = contact.caller.clone();
        let arrived_ms = contact.arrived_ms;
        let Some(talk) = contact.talk.as_deref_mut().filter(|talk| talk.asked == turn) else { return };
        let Some(Question { dialog, ask, offers }) = talk.question else { return };
        let ask = manifest.and_then(|manifest| manifest.dialogs.get(dialog)?.asks.get(ask));
        let Some(ask) = ask else { return };
        if talk.callee.is_some_and(|callee| callee.hangs_up_at(ask)) {
            return self.end_in_bot(visit, Outcome::HungUpInBot);
        }
        let key = of_answer(caller.number, turn) | 1 << (40 + ANSWERS_BITS);
        let mut draws = self.seeds.draws(Purpose::Bot, caller.stream, key);
        let listener = Listener {
            callers: &centre.scenario.callers,
            detector: &centre.scenario.detector,
            intents: self.house.intents(),
        };
        let word = |fact: Option<&'_ crate::virtual_centre::caller::FactValue>| {
            fact.map_or("", |value| value.word.as_str()).to_owned()
        };
        let intent = caller.intent.map(|value| value.word.as_str());
        let language = talk.callee.map_or_else(|| word(caller.language), |one| one.language.to_owned());
        let answer = listener.answer((ask, offers), (intent, &language), talk, &Chances::draw(&mut draws));
        talk.gave(self.now_ms, &answer);
        if let Some(wrong) = answer.wrong {
            self.counts.recognised(centre, contact, !wrong);
        }
        let since_ms = self.now_ms.saturating_sub(arrived_ms);
        let id = ContactId(visit.contact);
        let decided =
            self.house.answer_bot(self.now_ms, id, &caller, answer.heard, since_ms, &mut self.actions);
        if let Some(contact) = self.contacts.visit(visit).filter(|_| decided.queue.is_some()) {
            contact.decided = decided;
        }
    }

    /// Who is asked to stay with the bot may let it.
    fn stays_or_not(&mut self, visit: Visit) {
        let callers = &self.centre.scenario.callers;
        let Some(contact) = self.contacts.visit(visit) else { return };
        let key = of_answer(contact.caller.number, 0) | 1 << (40 + ANSWERS_BITS);
        let mut draws = self.seeds.draws(Purpose::Bot, contact.caller.stream, key);
        let Some(talk) = contact.talk.as_deref_mut() else { return };
        (talk.retained, talk.stays) = (true, draws.happens(callers.stays));
        if talk.question.is_some() {
            self.hear_question(visit);
        }
    }

    pub(super) fn lose_patience_with_bot(&mut self, visit: Visit) {
        if self.talk(visit).is_some() {
            self.end_in_bot(visit, Outcome::HungUpInBot);
        }
    }

    /// The call ends in a dialog.
    fn end_in_bot(&mut self, visit: Visit, outcome: Outcome) {
        let Some(contact) = self.contacts.visit(visit) else { return };
        self.counts.left_bot(self.centre, contact, Some(outcome));
        if self.goes_on(visit, outcome) {
            return;
        }
        self.end_call(visit.contact, outcome);
        self.house.end(self.now_ms, ContactId(visit.contact), &mut self.actions);
    }

    /// A dialog lets go of a caller who goes on: to a queue, or to where routes have decided.
    pub(super) fn leave_bot(&mut self, visit: Visit, queue: Option<Slot>) {
        let is_transfer = queue.is_some_and(|queue| self.machine(queue).is_none());
        let Some(contact) = self.contacts.visit(visit) else { return };
        let has_queue = queue.or(contact.decided.queue);
        if contact.attempt.is_none() || has_queue.is_some() {
            self.counts.left_bot(self.centre, contact, None);
        }
        let id = ContactId(visit.contact);
        let Some(queue) = has_queue else {
            if contact.attempt.is_some() {
                // What a campaign's dialog does not settle, its grade does.
                return self.end_in_bot(visit, Outcome::EndedByBot);
            }
            self.counts.unrouted += 1;
            self.end_call(visit.contact, Outcome::Unrouted);
            return self.house.end(self.now_ms, id, &mut self.actions);
        };
        self.put_through_by_bot(visit);
        let visit = self.contacts.next_visit(visit);
        let now_ms = self.now_ms;
        if let (Some(contact), true) = (self.contacts.visit(visit), is_transfer) {
            self.counts.moved(self.centre, contact);
        }
        if let Some(contact) = self.contacts.visit(visit) {
            (contact.queue, contact.queued_ms, contact.phase) = (queue, now_ms, Phase::Waiting);
        }
        if self.machine(queue).is_some() && !self.house.has(id) {
            return self.serve(visit, queue);
        }
        self.plan_patience(visit);
    }
}

/// The key of a caller's answer.
const fn of_answer(number: u64, turn: u32) -> u64 {
    of_visit(number, turn & ((1 << ANSWERS_BITS) - 1))
}
