//! How far caller and bot have come.

use tandem_stdlib::contract::Disposition;

use super::answer::{Answer, Heard, Question};
use super::callee::Callee;

/// What a caller thinks of the bot so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::virtual_centre) enum Content {
    /// Nothing is settled yet.
    #[default]
    Not,
    /// The bot took the caller for somebody who wants something else.
    Misunderstood,
    /// The bot has told what the caller wanted to know.
    Answered,
}

/// A caller and a bot.
#[derive(Clone, Debug, Default)]
pub(in crate::virtual_centre) struct BotTalk<'m> {
    /// The question that waits for an answer.
    pub(in crate::virtual_centre) question: Option<Question>,
    /// Until when the bot speaks.
    pub(in crate::virtual_centre) speaks_until_ms: i64,
    /// The bot was said to be speaking.
    pub(in crate::virtual_centre) speaks: bool,
    /// Questions that the bot has asked, those asked again included.
    pub(in crate::virtual_centre) asked: u32,
    /// Answers that the caller has given.
    pub(in crate::virtual_centre) answers: u32,
    /// Turns that led nowhere.
    pub(in crate::virtual_centre) fruitless: u32,
    /// How much this caller wants a person: from 0, at once, to 1, never.
    pub(in crate::virtual_centre) bears: f64,
    /// Times that the caller asked for a person.
    pub(in crate::virtual_centre) asked_for_person: u32,
    /// When the caller asked for a person first.
    pub(in crate::virtual_centre) asked_ms: Option<i64>,
    /// The bot has tried to keep the caller.
    pub(in crate::virtual_centre) retained: bool,
    /// The caller lets it.
    pub(in crate::virtual_centre) stays: bool,
    pub(in crate::virtual_centre) content: Content,
    /// Whom a campaign has called; `None`: a caller.
    pub(in crate::virtual_centre) callee: Option<Callee<'m>>,
    /// What the last answer makes of the call, unless it is not understood.
    pub(in crate::virtual_centre) means: Option<Disposition>,
}

impl BotTalk<'_> {
    /// Whether the caller now wants a person, of whom `share` do at once and `more` after each turn that led nowhere.
    pub(in crate::virtual_centre) fn wants_person(&self, share: f64, more: f64) -> bool {
        !self.stays && self.bears <= share + more * f64::from(self.fruitless)
    }

    /// The caller gave an answer.
    pub(in crate::virtual_centre) fn gave(&mut self, now_ms: i64, answer: &Answer<'_>) {
        if answer.for_person {
            self.asked_ms.get_or_insert(now_ms);
        }
        self.means = answer.means;
        self.answers += u32::from(answer.heard != Heard::Nothing);
        self.asked_for_person += u32::from(answer.for_person);
        self.content = match answer.wrong {
            Some(true) => Content::Misunderstood,
            Some(false) => Content::Not,
            None => self.content,
        };
    }

    /// The last answer told the bot nothing.
    pub(in crate::virtual_centre) fn not_understood(&mut self) {
        self.fruitless = self.fruitless.saturating_add(1);
        self.means = None;
    }

    /// Answers that led on.
    pub(in crate::virtual_centre) const fn understood(&self) -> u32 {
        self.answers.saturating_sub(self.fruitless)
    }

    /// The bot has told what a source knows: what the caller wanted to know, or something else.
    pub(in crate::virtual_centre) fn told(&mut self) {
        match self.content {
            Content::Misunderstood => self.fruitless = self.fruitless.saturating_add(1),
            Content::Not | Content::Answered => self.content = Content::Answered,
        }
    }

    /// The bot speaks from now on, after what it says already.
    pub(in crate::virtual_centre) fn speak(&mut self, now_ms: i64, for_ms: i64) {
        self.speaks_until_ms = self.speaks_until_ms.max(now_ms).saturating_add(for_ms);
    }
}
