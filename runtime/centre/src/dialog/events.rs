//! What happens to a call, as its dialog sees it.

use tandem_stdlib::contract::{DialogFact, Event, Party, Slot, Turn};

use super::acts::{After, Moved};
use super::{Open, Step};
use crate::limits::MAX_QUESTIONS_PER_CALL;
use crate::live::Phase;
use crate::sink::{ActPlace, Decision, IncidentKind, Record, What};
use crate::told::{Heard, Told};

impl Step<'_, '_> {
    /// Takes an event in, after everything else of the call has.
    pub(crate) fn event(&mut self, event: &Event<'_>) {
        if std::mem::take(&mut self.live.moved) || matches!(event, Event::Transferred(_)) {
            self.over(Told::TakenAway);
        }
        match event {
            Event::Start(_) => self.begin_at_start(),
            Event::Turn(turn) => self.turn(turn),
            Event::Key(key) => self.key(*key),
            Event::Intent(_) => self.intent(),
            Event::Unresolved => self.told_unresolved(),
            Event::End => self.over(Told::HungUp),
            Event::Frame(_)
            | Event::Hold(_)
            | Event::Answered(_)
            | Event::Transferred(_)
            | Event::Acknowledged => {}
        }
    }

    /// Begins the first dialog that may begin at the call's start.
    fn begin_at_start(&mut self) {
        for (index, spec) in self.plan.artefact.manifest.dialogs.iter().enumerate() {
            if spec.at_start && self.evaluate(spec.begins).is_some() {
                return self.begin(index);
            }
        }
    }

    /// Begins a dialog.
    pub(crate) fn begin(&mut self, index: usize) {
        let index = self.live.tried.dialog_instead_of(index);
        let Some(spec) = self.plan.artefact.manifest.dialogs.get(index) else { return };
        if self.live.phase != Phase::Live {
            return;
        }
        self.run.clear();
        self.run.running = Some(index);
        self.tell(Told::Began);
        let facts = self.facts_seen();
        let (after, moved) = self.block(0);
        self.settle(after);
        if let Some(Moved { queue, place }) = moved {
            let what = What::Transfer { queue, follow_up: false };
            self.decided((spec.begins as usize, 0), what, Some(place), &facts);
        }
    }

    /// The dialog is over, if one goes on.
    pub(super) fn over(&mut self, how: Told<'_>) {
        self.tell(how);
        self.run.leave();
    }

    fn turn(&mut self, turn: &Turn<'_>) {
        // What follows a campaign's grade, and what remains to be done, tells of the whole call, whoever talked.
        let runs = self.run.running.is_some();
        let manifest = &self.plan.artefact.manifest;
        let told = manifest.tickets.iter().any(|ticket| !ticket.prefill.told.is_empty());
        if (runs && turn.party == Party::Customer) || told || !manifest.campaigns.is_empty() {
            let who = if turn.party == Party::Customer { "customer" } else { "agent" };
            self.run.transcript.add(who, turn.text);
        }
        if turn.party == Party::Agent || !runs {
            return;
        }
        if self.run.waiting_ms.is_some() {
            self.not_understood();
        }
        self.run.counted = false;
        let Some((_, ask)) = self.open_ask().filter(|(_, ask)| ask.speech_heard || ask.text_read) else {
            return;
        };
        self.run.answers = self.run.answers.saturating_add(1);
        self.tell(Told::Heard(Heard::Words(turn.text)));
        self.give(DialogFact::Heard, 1);
        self.give(DialogFact::Intent, self.live.told_intent);
        self.give_words(turn.text);
        self.run.followed = self.react(ask.reactions);
        // Nobody has asked anything while a source is being asked.
        if !self.run.followed && self.run.looking.is_none() {
            self.run.waiting_ms = Some(self.live.now_ms);
        }
        self.forget_event();
    }

    /// An intent that comes by itself tells what the last turn meant, or, without one, what the caller wants.
    fn intent(&mut self) {
        if self.run.followed || self.live.told_intent == 0 {
            return;
        }
        let Some((_, ask)) = self.open_ask().filter(|(_, ask)| ask.speech_heard || ask.text_read) else {
            return;
        };
        self.tell(Told::Heard(Heard::Intent(self.live.told_intent)));
        self.give(DialogFact::Heard, 1);
        self.give(DialogFact::Intent, self.live.told_intent);
        let of_turn = self.run.waiting_ms.is_some();
        if self.react(ask.reactions) {
            self.run.followed = of_turn;
        }
        self.forget_event();
    }

    fn key(&mut self, key: char) {
        if self.run.waiting_ms.is_some() {
            self.not_understood();
        }
        self.run.counted = false;
        let Some((_, ask)) = self.open_ask().filter(|(_, ask)| ask.keys_read) else { return };
        self.run.answers = self.run.answers.saturating_add(1);
        self.run.followed = false;
        self.tell(Told::Heard(Heard::Key(key)));
        let intent = ask.keys.iter().find(|(known, _)| *known == key).map_or(0, |(_, intent)| *intent);
        if intent != 0 {
            // What a key stands for is what the caller wants.
            self.live.set_intent(self.plan, intent);
            self.live.run_due(self.plan, self.io);
        }
        self.give(DialogFact::Intent, intent);
        self.give(DialogFact::Key, f64::from(u32::from(key)).to_bits());
        self.give_words(key.encode_utf8(&mut [0; 4]));
        let followed = self.react(ask.reactions);
        self.forget_event();
        if !followed && self.run.looking.is_none() {
            self.not_understood();
        }
    }

    /// The record or the recogniser says that a turn told nothing.
    fn told_unresolved(&mut self) {
        if self.run.looking.is_none() && (self.run.waiting_ms.is_some() || self.run.followed) {
            self.unresolved();
        }
    }

    /// A turn or a key told nothing that the open question asks for. It counts in the call, and what looks at unresolved
    /// turns runs before the dialog's own handlers.
    pub(super) fn not_understood(&mut self) {
        self.run.counted = true;
        self.live.count_unresolved(self.plan);
        self.live.run_due(self.plan, self.io);
        self.unresolved();
    }

    /// A turn that counts in the call already.
    fn unresolved(&mut self) {
        self.run.waiting_ms = None;
        self.run.followed = false;
        self.run.unresolved = self.run.unresolved.saturating_add(1);
        self.unanswered(DialogFact::Unresolved, Told::Unresolved(self.run.unresolved));
    }

    /// Nothing was said or keyed in time.
    pub(super) fn silent(&mut self) {
        self.run.silent = self.run.silent.saturating_add(1);
        self.unanswered(DialogFact::Silent, Told::Silent(self.run.silent));
    }

    fn unanswered(&mut self, what: DialogFact, told: Told<'_>) {
        let Some((_, ask)) = self.open_ask() else { return };
        if let Some(open) = self.run.open.last_mut() {
            open.unanswered = open.unanswered.saturating_add(1);
        }
        self.tell(told);
        self.give(what, 1);
        if !self.react(ask.reactions) {
            self.settle(After::Again);
        }
        self.forget_event();
    }

    /// Follows the handler that the question's reactions choose; `false`: none.
    fn react(&mut self, reactions: u32) -> bool {
        let unanswered = self.run.open.last().map_or(0, |open| open.unanswered);
        let counts = [
            (DialogFact::UnresolvedTimes, self.run.unresolved),
            (DialogFact::SilentTimes, self.run.silent),
            (DialogFact::Unanswered, unanswered),
            (DialogFact::Asked, self.run.asked),
        ];
        for (fact, count) in counts {
            self.give(fact, f64::from(count).to_bits());
        }
        let facts = self.facts_seen();
        let Some(outcome) = self.evaluate(reactions) else { return false };
        let Some((_, ask)) = self.open_ask() else { return false };
        let Some(block) = ask.handlers.get(outcome).copied() else { return false };
        self.run.waiting_ms = None;
        self.run.looking = None;
        self.tell(Told::Followed { entry: reactions as usize, outcome });
        if ask.offers.is_some() {
            self.settle_offer(outcome);
        }
        let dialog = self.run.running.unwrap_or_default();
        let (after, moved) = self.block(block);
        let what = match moved {
            Some(Moved { queue, .. }) => What::Transfer { queue, follow_up: false },
            None => What::Handler { dialog, block },
        };
        self.decided((reactions as usize, outcome), what, moved.map(|moved| moved.place), &facts);
        self.settle(after);
        true
    }

    /// An offer that has its answer is no open question any more.
    fn settle_offer(&mut self, outcome: usize) {
        self.run.open.pop();
        match outcome {
            0 => self.tell(Told::Accepted(self.run.offered)),
            1 => self.tell(Told::Declined(self.run.offered)),
            // Something urgent is no answer.
            _ => {}
        }
    }

    /// What stands after a block: another question, the same one again, or none.
    pub(super) fn settle(&mut self, after: After) {
        match after {
            After::Left | After::Asked | After::Waits => return,
            After::Retained => {
                if let Some(open) = self.run.open.last_mut() {
                    open.asked_ms = self.live.now_ms;
                    return;
                }
            }
            After::Back => drop(self.run.open.pop()),
            After::Again => {}
        }
        match self.run.open.last().copied() {
            Some(Open { ask, .. }) => self.say_question(ask, after == After::Again),
            None => self.over(Told::Finished),
        }
    }

    /// Opens a question inside the one that is open.
    pub(super) fn ask(&mut self, ask: usize) {
        self.run.open.push(Open { ask, asked_ms: self.live.now_ms, unanswered: 0 });
        self.say_question(ask, false);
    }

    fn say_question(&mut self, ask: usize, again: bool) {
        if self.run.asked >= MAX_QUESTIONS_PER_CALL {
            self.live.incident(self.io, None, IncidentKind::TooManyQuestions);
            return self.over(Told::Finished);
        }
        self.run.asked += 1;
        self.run.followed = false;
        let Some(spec) = self.spec().and_then(|(_, spec)| spec.asks.get(ask)) else { return };
        if let Some(open) = self.run.open.last_mut() {
            open.asked_ms = self.live.now_ms;
        }
        let offers = spec.offers.and_then(|to| self.queue_of(to)).unwrap_or_default();
        self.run.offered = offers;
        let text = self.spoken(&spec.speech);
        self.run.transcript.add("bot", &text);
        self.tell(Told::Asked { ask, text: &text, again, offers });
    }

    fn give_words(&mut self, words: &str) {
        let wanted = tandem_stdlib::contract::FactSource::Dialog(DialogFact::Words);
        if self.plan.slots.given.contains_key(&wanted) {
            let slot = self.live.texts.intern(&self.plan.literals, words).unwrap_or_default();
            self.give(DialogFact::Words, slot);
        }
    }

    /// Puts facts back that hold for one event only.
    fn forget_event(&mut self) {
        for fact in [DialogFact::Heard, DialogFact::Intent, DialogFact::Unresolved, DialogFact::Silent] {
            self.give(fact, 0);
        }
        self.give(DialogFact::Key, (-1.0_f64).to_bits());
    }

    /// What an entry sees now; nothing for sinks that do not ask.
    pub(super) fn facts_seen(&self) -> Vec<Slot> {
        let visible = self.plan.artefact.manifest.facts.len();
        let facts = self.live.facts.get(..visible).filter(|_| self.io.sink.wants_records());
        facts.unwrap_or_default().to_vec()
    }

    pub(super) fn decided(
        &mut self,
        (entry, outcome): (usize, usize),
        what: What<'_>,
        act: Option<ActPlace>,
        facts: &[Slot],
    ) {
        let record = self.io.sink.wants_records().then_some(Record { facts, state: &[] });
        let at_ms = self.live.now_ms;
        let outcome = Some(outcome);
        self.io.sink.decided(Decision {
            at_ms,
            entry,
            outcome,
            what,
            changed: true,
            trace: &[],
            act,
            record,
        });
    }
}
