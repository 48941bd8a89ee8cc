//! What a caller answers, and what of it is heard.

use tandem_stdlib::contract::{AskSpec, Disposition, Slot};

use super::callee::{Callee, Manner};
use super::state::BotTalk;
use super::words::{MUMBLES, words_of};
use crate::chance::Draws;
use crate::scenario::{Callers, Detector};

/// A question: indices of its dialog and in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::virtual_centre) struct Question {
    pub(in crate::virtual_centre) dialog: usize,
    pub(in crate::virtual_centre) ask: usize,
    /// The queue that it offers; 0: it is no offer.
    pub(in crate::virtual_centre) offers: Slot,
}

/// What callers say without words of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    Person,
    Yes,
    No,
    StopCalling,
    Later,
    WrongPerson,
}

/// What of an answer is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::virtual_centre) enum Heard<'a> {
    /// Nothing was said, or keyed.
    Nothing,
    /// A key.
    Key(char),
    /// Words, and the intent that is recognised in them.
    Words(&'a str, Option<&'a str>),
}

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::virtual_centre) struct Answer<'a> {
    pub(in crate::virtual_centre) heard: Heard<'a>,
    /// The caller asked for a person.
    pub(in crate::virtual_centre) for_person: bool,
    /// The caller said what he wants and was taken for somebody who wants something else.
    pub(in crate::virtual_centre) wrong: Option<bool>,
    /// What it makes of a call that a campaign has placed, if it is understood.
    pub(in crate::virtual_centre) means: Option<Disposition>,
}

/// What chance has in store for one answer: each is a share, whether it matters or not, so that two runs differ in nothing
/// but what was changed.
#[derive(Clone, Copy, Debug)]
pub(in crate::virtual_centre) struct Chances {
    pub(super) silent: f64,
    pub(super) accepts: f64,
    pub(super) by_key: f64,
    pub(super) person_heard: f64,
    pub(super) falsely_heard: f64,
    pub(super) phrase_heard: f64,
    pub(super) key_heard: f64,
    pub(super) intent_known: f64,
    pub(super) intent_right: f64,
    pub(super) which: f64,
}

impl Chances {
    pub(in crate::virtual_centre) fn draw(draws: &mut Draws) -> Self {
        Self {
            silent: draws.share(),
            accepts: draws.share(),
            by_key: draws.share(),
            person_heard: draws.share(),
            falsely_heard: draws.share(),
            phrase_heard: draws.share(),
            key_heard: draws.share(),
            intent_known: draws.share(),
            intent_right: draws.share(),
            which: draws.share(),
        }
    }
}

/// Who answers, and who listens.
pub(in crate::virtual_centre) struct Listener<'a> {
    pub(in crate::virtual_centre) callers: &'a Callers,
    pub(in crate::virtual_centre) detector: &'a Detector,
    /// All words of `intent`.
    pub(in crate::virtual_centre) intents: &'a [String],
}

impl<'a> Listener<'a> {
    /// What a caller with an intent, in a language, answers to a question.
    pub(in crate::virtual_centre) fn answer(
        &self,
        (ask, offers): (&AskSpec, Slot),
        (intent, language): (Option<&'a str>, &str),
        talk: &BotTalk<'a>,
        chances: &Chances,
    ) -> Answer<'a> {
        let Callers { asks_for_person, insists, .. } = *self.callers;
        let wants_person = talk.wants_person(asks_for_person, insists);
        let is_machine = talk.callee.is_some_and(|callee| callee.manner == Manner::Machine);
        if is_machine || chances.silent <= self.callers.silent {
            return self.plain(Heard::Nothing);
        }
        if let Some((says, means)) = talk.callee.and_then(|callee| callee.insists_on()) {
            let heard = self.phrase(words_of(says, language), chances);
            let means = Some(means).filter(|_| heard != Heard::Words(MUMBLES, None));
            return Answer { means, ..self.plain(heard) };
        }
        if offers != 0 {
            let yes = wants_person || chances.accepts <= self.callers.accepts_offer;
            return self.plain(self.to_offer(yes, language, chances));
        }
        if wants_person {
            return Answer { for_person: true, ..self.plain(self.person(ask, language, chances)) };
        }
        let own = talk.callee.and_then(|callee| {
            self.own_words(ask, callee.says_after(talk.understood()), (intent, language), &callee, chances)
        });
        own.unwrap_or_else(|| self.wish(ask, intent, language, chances))
    }

    /// What somebody who was called says of what the scenario has them say, or yes or no; nothing where an intent tells.
    fn own_words(
        &self,
        ask: &AskSpec,
        own: Option<&'a str>,
        (intent, language): (Option<&'a str>, &str),
        callee: &Callee<'a>,
        chances: &Chances,
    ) -> Option<Answer<'a>> {
        let Some(own) = own.filter(|own| listens(ask) || key_of(own).is_some()) else {
            let says = if callee.agrees { Says::Yes } else { Says::No };
            let answer = || self.plain(self.phrase(words_of(says, language), chances));
            return (intent.is_none() && listens(ask)).then(answer);
        };
        if let Some(key) = key_of(own).filter(|_| ask.keys_read) {
            return Some(self.plain(self.key(key, chances)));
        }
        let falsely = chances.falsely_heard <= self.detector.person_falsely_heard;
        let said = if falsely { words_of(Says::Person, language) } else { own };
        let Heard::Words(words, _) = self.phrase(said, chances) else { return None };
        let heard = self.recognised(intent, chances);
        Some(Answer { wrong: heard.map(|_| heard != intent), ..self.plain(Heard::Words(words, heard)) })
    }

    const fn plain(&self, heard: Heard<'a>) -> Answer<'a> {
        Answer { heard, for_person: false, wrong: None, means: None }
    }

    /// Words that phrases of the policy hear, or not.
    fn phrase(&self, words: &'a str, chances: &Chances) -> Heard<'a> {
        let is_heard = chances.phrase_heard <= self.detector.phrases_heard;
        Heard::Words(if is_heard { words } else { MUMBLES }, None)
    }

    /// The intent that is recognised in what somebody says.
    fn recognised(&self, intent: Option<&'a str>, chances: &Chances) -> Option<&'a str> {
        let shares = [chances.intent_known, chances.intent_right, chances.which];
        self.detector.intent(intent?, self.intents, shares)
    }

    fn key(&self, key: char, chances: &Chances) -> Heard<'a> {
        if chances.key_heard <= self.detector.keys_heard { Heard::Key(key) } else { Heard::Nothing }
    }

    fn to_offer(&self, yes: bool, language: &str, chances: &Chances) -> Heard<'a> {
        if chances.by_key <= self.callers.by_key {
            return self.key(if yes { '1' } else { '2' }, chances);
        }
        self.phrase(words_of(if yes { Says::Yes } else { Says::No }, language), chances)
    }

    /// Asks for a person: in words, or by the key 0 where nobody listens.
    fn person(&self, ask: &AskSpec, language: &str, chances: &Chances) -> Heard<'a> {
        if !listens(ask) && ask.keys.iter().any(|(key, _)| *key == '0') {
            return self.key('0', chances);
        }
        let is_heard = chances.person_heard <= self.detector.person_heard;
        Heard::Words(if is_heard { words_of(Says::Person, language) } else { MUMBLES }, None)
    }

    /// Says or keys what the caller wants.
    fn wish(&self, ask: &AskSpec, intent: Option<&'a str>, language: &str, chances: &Chances) -> Answer<'a> {
        let slot = intent.and_then(|intent| self.intents.iter().position(|word| word == intent));
        let slot = slot.map_or(0, |at| at as Slot + 1);
        let stands_for = ask.keys.iter().find(|(_, meant)| *meant == slot && slot != 0);
        match stands_for {
            Some((key, _)) if !listens(ask) || chances.by_key <= self.callers.by_key => {
                Answer { wrong: Some(false), ..self.plain(self.key(*key, chances)) }
            }
            _ if listens(ask) => self.words(intent, language, chances),
            _ => self.plain(self.key(self.some_key(ask, chances), chances)),
        }
    }

    /// A key where none stands for what the caller wants: one that stands for itself, or one that nothing waits for.
    fn some_key(&self, ask: &AskSpec, chances: &Chances) -> char {
        if let Some(key) = self.callers.presses.as_ref().and_then(|mix| mix.at(chances.which)) {
            return *key;
        }
        let plain = ask.keys.iter().filter(|(key, meant)| *meant == 0 && *key != '0');
        let place = (chances.which * plain.clone().count() as f64).ceil() as usize;
        let listed = plain.map(|(key, _)| *key).nth(place.saturating_sub(1));
        let unlisted = || ('1'..='9').rev().find(|key| ask.keys.iter().all(|(known, _)| known != key));
        let any = if ask.keys.is_empty() { Some('1') } else { unlisted() };
        listed.or(any).unwrap_or('*')
    }

    /// Words, in which the intent is recognised, or another, or a request for a person.
    fn words(&self, intent: Option<&'a str>, language: &str, chances: &Chances) -> Answer<'a> {
        if chances.falsely_heard <= self.detector.person_falsely_heard {
            return self.plain(Heard::Words(words_of(Says::Person, language), None));
        }
        let heard = self.recognised(intent, chances);
        let right = heard.is_some() && heard == intent;
        let own = self.callers.says.iter().find(|(of, _)| right && Some(of.as_str()) == intent);
        let words = own.map_or(MUMBLES, |(_, words)| words.as_str());
        Answer { wrong: heard.map(|_| !right), ..self.plain(Heard::Words(words, heard)) }
    }
}

/// The key that a text is.
fn key_of(text: &str) -> Option<char> {
    let mut letters = text.chars();
    let first = letters.next().filter(|letter| matches!(letter, '0'..='9' | '*' | '#'))?;
    letters.next().is_none().then_some(first)
}

/// Whether a question hears words.
const fn listens(ask: &AskSpec) -> bool {
    ask.speech_heard || ask.text_read
}
