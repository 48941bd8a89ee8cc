//! The dialog as somebody would write it in Rust: the same automaton for the words, a match for what follows.

use tandem_stdlib::contract::Manifest;
use tandem_stdlib::words::{NO_MATCH, PhraseIndex};

const QUESTION: &str = "How can I help you?";

/// A bot with what it remembers of one call.
pub(super) struct Bot {
    phrases: PhraseIndex,
    first: Vec<u32>,
    /// Where the sets stand among the phrases: a person, the balance, the card, the hours.
    sets: [usize; 4],
    asked_for_person: u32,
    unresolved: u32,
    wish: Option<&'static str>,
    transcript: String,
}

impl Bot {
    pub(super) fn new(manifest: &Manifest) -> Self {
        let set = |name: &str| {
            manifest.phrases.iter().position(|set| set.name.ends_with(name)).expect("a set of phrases")
        };
        Self {
            phrases: manifest.phrase_index.clone(),
            first: vec![NO_MATCH; manifest.phrases.len()],
            sets: ["asks_for_human", "balance_words", "card_words", "hours_words"].map(set),
            asked_for_person: 0,
            unresolved: 0,
            wish: None,
            transcript: String::new(),
        }
    }

    /// Takes a turn; gives how many bytes the bot says.
    pub(super) fn turn(&mut self, begins: bool, text: &str) -> usize {
        let mut said = 0;
        if begins {
            (self.asked_for_person, self.unresolved, self.wish) = (0, 0, None);
            self.transcript.clear();
            said += self.say(QUESTION);
        }
        self.note("customer", text);
        self.phrases.first_matches(text, &mut self.first);
        let [person, balance, card, hours] =
            self.sets.map(|set| self.first.get(set).is_some_and(|at| *at != NO_MATCH));
        self.asked_for_person += u32::from(person);
        if person && self.asked_for_person >= 1_000 {
            return said;
        }
        if balance {
            said += self.say("It is on your statement.");
        } else if card && self.unresolved < 1_000 {
            self.wish = Some("card");
            said += self.say("It is blocked.");
        } else if hours {
            said += self.say("From nine to six.");
        } else {
            self.unresolved += 1;
        }
        said + self.say(QUESTION)
    }

    fn say(&mut self, text: &str) -> usize {
        self.note("bot", text);
        text.len()
    }

    fn note(&mut self, who: &str, text: &str) {
        self.transcript.push_str(who);
        self.transcript.push_str(": ");
        self.transcript.push_str(text);
        self.transcript.push('\n');
    }
}
