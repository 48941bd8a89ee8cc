//! Events into facts, and the entries that they make due.

use tandem_stdlib::contract::{CallStart, Event, Frame, Party, Slot, TextFact, Turn, UNKNOWN_WORD};

use crate::chance;
use crate::fact_slots::{NOT_SAID, TextSlots, count, word};
use crate::hearing::Hearing;
use crate::limits::MAX_KEYS_PER_CALL;
use crate::live::{Io, Live, Phase};
use crate::lookups::set_all;
use crate::plan::Plan;
use crate::schedule::{of, of_mut};
use crate::sink::IncidentKind;

impl Live {
    /// Takes an event in and marks the entries that it makes due.
    pub(crate) fn observe(&mut self, plan: &Plan, event: &Event<'_>, hearing: &mut Hearing, io: &mut Io<'_>) {
        match event {
            Event::Start(start) => self.start(plan, start, io),
            Event::Turn(turn) => self.turn(plan, turn, hearing),
            Event::Frame(frame) => self.frame(plan, frame),
            Event::Key(key) => self.key(plan, *key, io),
            Event::Intent(name) => self.recorded_intent(plan, name, io),
            Event::Unresolved => self.count_unresolved(plan),
            Event::Hold(held) => self.hold(plan, *held),
            Event::Answered(_) => self.answered(plan),
            Event::Transferred(_) => {}
            Event::Acknowledged => self.alerts.clear(),
            Event::End => {
                self.set(&plan.slots.ended, 1);
                self.due.union(&plan.schedule.end);
            }
        }
    }

    /// Puts facts back that hold for one event only.
    pub(crate) fn after_event(&mut self, event: &Event<'_>) {
        if !self.said_slots.is_empty() {
            set_all(&mut self.facts, &self.said_slots, NOT_SAID);
            self.said_slots.clear();
        }
        if !self.speaking_slots.is_empty() {
            set_all(&mut self.facts, &self.speaking_slots, 0);
            self.speaking_slots.clear();
        }
        self.told_intent = UNKNOWN_WORD;
        if matches!(event, Event::End) {
            self.phase = Phase::Ended;
        }
    }

    fn start(&mut self, plan: &Plan, start: &CallStart<'_>, io: &mut Io<'_>) {
        self.phase = Phase::Live;
        self.clock_ms = start.clock_ms;
        self.set_time(plan, self.now_ms);
        self.language =
            plan.language.map_or(UNKNOWN_WORD, |ty| word(&plan.artefact.manifest, ty, start.language));
        self.set_words(plan, &plan.slots.language, start.language);
        self.set_words(plan, &plan.slots.channel, start.channel);
        let direction = if start.outbound { "outbound" } else { "inbound" };
        self.set_words(plan, &plan.slots.direction, direction);
        self.set_text(plan, plan.slots.text(TextFact::From), start.from, io);
        self.set_text(plan, plan.slots.text(TextFact::To), start.to, io);
        self.set_text(plan, plan.slots.text(TextFact::Keys), "", io);
        self.tried.start(&plan.trials, start);
        for (slot, salt) in &plan.slots.chances {
            let share = chance::of(start.id, salt);
            set_all(&mut self.facts, std::slice::from_ref(slot), share.to_bits());
        }
        self.lookups_stale = true;
        self.due.union(&plan.schedule.start);
    }

    fn answered(&mut self, plan: &Plan) {
        set_all(&mut self.facts, &plan.slots.answered, self.now_ms.cast_unsigned());
        self.said_slots.extend(&plan.slots.answered);
        self.cards.agent_answers(self.now_ms);
        self.due.union(&plan.schedule.answer);
    }

    fn set_words(&mut self, plan: &Plan, slots: &[(usize, tandem_stdlib::contract::Type)], text: &str) {
        for (slot, ty) in slots {
            let value = if text.is_empty() { UNKNOWN_WORD } else { word(&plan.artefact.manifest, *ty, text) };
            set_all(&mut self.facts, std::slice::from_ref(slot), value);
        }
    }

    fn set_text(&mut self, plan: &Plan, slots: &TextSlots, text: &str, io: &mut Io<'_>) {
        if slots.is_empty() {
            return;
        }
        if !slots.whole.is_empty() {
            let interned = self.texts.intern(&plan.literals, text);
            if interned.is_none() {
                self.incident(io, None, IncidentKind::TooManyTexts);
            }
            self.set(&slots.whole, interned.unwrap_or_default());
        }
        for (slot, beginning) in &slots.starts {
            let begins = !text.is_empty() && text.starts_with(beginning.as_str());
            set_all(&mut self.facts, std::slice::from_ref(slot), Slot::from(begins));
        }
        self.lookups_stale = true;
    }

    fn frame(&mut self, plan: &Plan, frame: &Frame) {
        let voice = plan.slots.voice(frame.party);
        let measured = [
            (&voice.loudness, frame.loudness_db),
            (&voice.pitch, frame.pitch_hz),
            (&voice.speech_rate, frame.speech_rate),
            (&voice.anger, frame.anger),
            (&voice.confidence, frame.confidence),
        ];
        for (slots, value) in measured {
            if let Some(value) = value.filter(|value| value.is_finite()) {
                self.set(slots, decimal(value).to_bits());
            }
        }
        self.set(&voice.speaking, Slot::from(frame.speaking));
        if plan.slots.wants_speech {
            self.talk.frame(self.now_ms, frame);
            self.set_speech(plan);
        }
        self.due.union(plan.schedule.frame(frame.party));
    }

    fn turn(&mut self, plan: &Plan, turn: &Turn<'_>, hearing: &mut Hearing) {
        if plan.slots.wants_speech {
            self.talk.turn(self.now_ms, turn);
            self.set_speech(plan);
            if !self.talk.is_measured() {
                let speaking = &plan.slots.voice(turn.party).speaking;
                self.set(speaking, 1);
                self.speaking_slots.extend_from_slice(speaking);
            }
        }
        self.due.union(plan.schedule.turn(turn.party));
        if plan.listens {
            self.hear(plan, turn, hearing);
        }
    }

    fn hear(&mut self, plan: &Plan, turn: &Turn<'_>, hearing: &mut Hearing) {
        let manifest = &plan.artefact.manifest;
        hearing.listen(&manifest.phrase_index, manifest.phrases.len(), turn);
        let mut named = None;
        for heard in hearing.heard() {
            self.said(plan, turn.party, heard.phrase, heard.at_ms);
            let intent = plan.heard_as.get(heard.phrase).copied().unwrap_or_default();
            // The intent that is named first in the turn counts.
            if intent != UNKNOWN_WORD && named.is_none_or(|(at, _)| heard.position < at) {
                named = Some((heard.position, intent));
            }
        }
        if let (Party::Customer, Some((_, intent))) = (turn.party, named) {
            self.told_intent = intent;
            self.set_intent(plan, intent);
        }
    }

    fn said(&mut self, plan: &Plan, party: Party, phrase: usize, at_ms: i64) {
        if let (Some(pair), Some(turns)) = (plan.slots.said.get(phrase), self.said_turns.get_mut(phrase)) {
            let turns = of_mut(turns, party);
            *turns = turns.saturating_add(1);
            let slots = of(pair, party);
            for (slot, ty) in &slots.times {
                set_all(&mut self.facts, std::slice::from_ref(slot), count(*turns, *ty));
            }
            set_all(&mut self.facts, &slots.at, at_ms.cast_unsigned());
            self.said_slots.extend_from_slice(&slots.at);
        }
        if let Some(ranks) = plan.schedule.says(party, phrase) {
            self.due.union(ranks);
        }
    }

    fn recorded_intent(&mut self, plan: &Plan, name: &str, io: &mut Io<'_>) {
        let intent = plan.intent.map_or(UNKNOWN_WORD, |ty| word(&plan.artefact.manifest, ty, name));
        if intent == UNKNOWN_WORD {
            self.incident(io, None, IncidentKind::UnknownIntent);
        } else {
            self.told_intent = intent;
            self.set_intent(plan, intent);
        }
    }

    pub(crate) fn set_intent(&mut self, plan: &Plan, intent: Slot) {
        if self.intent == intent {
            return;
        }
        self.intent = intent;
        self.set(&plan.slots.intent, intent);
        self.lookups_stale = true;
        self.due.union(&plan.schedule.intent);
    }

    fn key(&mut self, plan: &Plan, key: char, io: &mut Io<'_>) {
        if self.keys.chars().count() >= MAX_KEYS_PER_CALL {
            self.incident(io, None, IncidentKind::TooManyKeys);
        } else {
            self.keys.push(key);
            let keys = std::mem::take(&mut self.keys);
            self.set_text(plan, plan.slots.text(TextFact::Keys), &keys, io);
            self.keys = keys;
        }
        self.due.union(&plan.schedule.key);
    }

    /// A turn told nothing: it counts, and the entries that look at it are due.
    pub(crate) fn count_unresolved(&mut self, plan: &Plan) {
        self.unresolved = self.unresolved.saturating_add(1);
        for (slot, ty) in &plan.slots.unresolved {
            set_all(&mut self.facts, std::slice::from_ref(slot), count(self.unresolved, *ty));
        }
        self.lookups_stale = true;
        self.due.union(&plan.schedule.unresolved);
    }

    fn hold(&mut self, plan: &Plan, held: bool) {
        self.set(&plan.slots.held, Slot::from(held));
        self.lookups_stale = true;
        self.due.union(&plan.schedule.hold);
    }
}

/// A measurement as the decimal that a person would write: a frame's 0.7 must reach `anger >= 0.70`, although the
/// nearest `f32` lies below the nearest `f64`. Six places are more than any signal's precision.
fn decimal(value: f32) -> f64 {
    (f64::from(value) * 1e6).round() / 1e6
}
