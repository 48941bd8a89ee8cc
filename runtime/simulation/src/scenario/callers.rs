//! `[callers]`: how callers behave who talk with a bot.

use super::read::Reading;
use super::repeats::{self, CallBacks, Repeats};
use super::section::{Section, count, number, text_of};
use crate::chance::{Law, Mix};

/// Questions of a bot that a caller may put up with.
const TURNS_MAX: u32 = 1_000;

/// How callers behave.
#[derive(Clone, Debug)]
pub(crate) struct Callers {
    /// From the end of a question until the caller has answered.
    pub(crate) answers_after: Law,
    /// Share of callers who say nothing to a question.
    pub(crate) silent: f64,
    /// Share of callers who ask for a person at the first question …
    pub(crate) asks_for_person: f64,
    /// … and so much more after each turn that led nowhere.
    pub(crate) insists: f64,
    /// Share of those who ask for a person and let a bot that tries keep them.
    pub(crate) stays: f64,
    /// Share of callers who accept a person whom the bot offers.
    pub(crate) accepts_offer: f64,
    /// Share of callers who use the key that stands for what they want where words would do.
    pub(crate) by_key: f64,
    /// How long they talk with a bot before they hang up.
    pub(crate) bot_patience: BotPatience,
    /// What callers with an intent say.
    pub(crate) says: Vec<(String, String)>,
    /// Which keys are pressed where none stands for what the caller wants.
    pub(crate) presses: Option<Mix<char>>,
    /// Who calls again; `None`: nobody.
    pub(crate) repeats: Option<Repeats>,
    pub(crate) call_backs: CallBacks,
}

/// How long callers talk with a bot.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum BotPatience {
    /// So many questions.
    Turns(u32),
    /// So long.
    Time(Law),
}

impl Default for Callers {
    fn default() -> Self {
        Self {
            answers_after: Law::lognormal(3_000.0, 1_500.0),
            silent: 0.02,
            asks_for_person: 0.15,
            insists: 0.1,
            stays: 0.3,
            accepts_offer: 0.7,
            by_key: 0.5,
            bot_patience: BotPatience::Turns(10),
            says: Vec::new(),
            presses: None,
            repeats: None,
            call_backs: CallBacks::default(),
        }
    }
}

/// Reads `[callers]`.
pub(super) fn read(reading: &Reading<'_>, root: &Section<'_, '_>) -> Callers {
    let usual = Callers::default();
    let Some(table) = root.table("callers", "callers have") else { return usual };
    let found = Callers {
        answers_after: reading.law(&table, "answers_after").unwrap_or(usual.answers_after),
        silent: table.share_or("silent", usual.silent),
        asks_for_person: table.share_or("asks_for_person", usual.asks_for_person),
        insists: table.share_or("insists", usual.insists),
        stays: table.share_or("stays", usual.stays),
        accepts_offer: table.share_or("accepts_offer", usual.accepts_offer),
        by_key: table.share_or("by_key", usual.by_key),
        bot_patience: table
            .parsed("bot_patience", |text| parse_bot_patience(text, reading))
            .unwrap_or(usual.bot_patience),
        says: says(&table),
        presses: presses(&table),
        repeats: repeats::repeats(reading, &table),
        call_backs: repeats::call_backs(reading, &table),
    };
    table.finish();
    found
}

/// `8 turns`, or a time.
fn parse_bot_patience(text: &str, reading: &Reading<'_>) -> Result<BotPatience, String> {
    let turns = text.strip_suffix("turns").or_else(|| text.strip_suffix("turn"));
    match turns {
        Some(turns) => count(turns, 1, TURNS_MAX).map(BotPatience::Turns),
        None => {
            let law = super::law::parse_patience(text, reading.files);
            law.map(BotPatience::Time).map_err(|expected| format!("`8 turns`, {expected}"))
        }
    }
}

/// `says = { lost_card = "I have lost my card" }`
fn says(table: &Section<'_, '_>) -> Vec<(String, String)> {
    let entries = table.table_entries("says");
    entries.map(|(intent, words)| (intent.to_owned(), text_of(words.get_ref()))).collect()
}

/// `presses = { "1" = 6, "2" = 3 }`
fn presses(table: &Section<'_, '_>) -> Option<Mix<char>> {
    let mut weighted = Vec::new();
    for (key, weight) in table.table_entries("presses") {
        let weight = table.parse_value(key, weight, |text| number(text, 0.0, 1e12))?;
        let mut letters = key.chars();
        match (letters.next(), letters.next()) {
            (Some(key @ ('0'..='9' | '*' | '#')), None) => weighted.push((key, weight)),
            _ => {
                table.tell(&table.span, format!("`presses` has the key `{key}`; keys are 0 to 9, * and #"));
                return None;
            }
        }
    }
    Some(Mix::new(weighted)).filter(|_| table.has("presses"))
}
