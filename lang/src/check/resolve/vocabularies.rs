//! Closed vocabularies: those of the language, the five of the folder, and enums.

use std::collections::HashMap;

use tandem_stdlib::contract::{QueueSpec, Slot, Vocabulary, VocabularyKind};

use super::modules::twice;
use super::{Kind, World, suggest};
use crate::check::context::{Context, small};
use crate::diagnostics::{Code, Diagnostic};
use crate::source::Span;
use crate::tree::{self, File, Item, Name, VocabularyKeyword};

/// Index of the `language` vocabulary.
pub(in crate::check) const LANGUAGE: u32 = 0;
/// Index of the `channel` vocabulary.
pub(in crate::check) const CHANNEL: u32 = 1;
/// Index of the `direction` vocabulary.
pub(in crate::check) const DIRECTION: u32 = 2;
/// Index of the `hours` vocabulary.
pub(in crate::check) const HOURS: u32 = 3;
/// Index of the `tier` vocabulary.
pub(in crate::check) const TIER: u32 = 4;
/// Index of the `intent` vocabulary.
pub(in crate::check) const INTENT: u32 = 5;
/// Index of the `skill` vocabulary.
pub(in crate::check) const SKILL: u32 = 6;
/// Index of the `queue` vocabulary.
pub(in crate::check) const QUEUE: u32 = 7;
/// Index of the `role` vocabulary.
pub(in crate::check) const ROLE: u32 = 8;

/// Index of the `disposition` vocabulary.
pub(in crate::check) const DISPOSITION: u32 = 9;
/// Index of the `priority` vocabulary.
pub(in crate::check) const PRIORITY: u32 = 10;

/// The vocabularies that every program has, in order of their indices; the enums come from the prelude.
const FIXED: [(&str, VocabularyKind); 11] = [
    ("language", VocabularyKind::Enum),
    ("channel", VocabularyKind::Enum),
    ("direction", VocabularyKind::Enum),
    ("hours", VocabularyKind::Enum),
    ("tier", VocabularyKind::Tier),
    ("intent", VocabularyKind::Intent),
    ("skill", VocabularyKind::Skill),
    ("queue", VocabularyKind::Queue),
    ("role", VocabularyKind::Role),
    ("disposition", VocabularyKind::Enum),
    ("priority", VocabularyKind::Enum),
];

/// The role that needs no declaration.
const SUPERVISOR: &str = "supervisor";

/// All vocabularies.
#[derive(Default)]
pub(in crate::check) struct Vocabularies {
    /// In order of [`Type::Word`](tandem_stdlib::contract::Type::Word).
    pub(in crate::check) list: Vec<Vocabulary>,
    places: Vec<HashMap<String, (Slot, Span)>>,
    homes: HashMap<String, Vec<u32>>,
    enums: HashMap<Span, u32>,
}

impl Vocabularies {
    /// The slot of a word of a vocabulary.
    pub(in crate::check) fn word(&self, vocabulary: u32, word: &str) -> Option<Slot> {
        let (slot, _) = self.places.get(vocabulary as usize)?.get(word)?;
        Some(*slot)
    }

    /// The vocabularies that have a word.
    pub(in crate::check) fn homes(&self, word: &str) -> &[u32] {
        self.homes.get(word).map(Vec::as_slice).unwrap_or_default()
    }

    /// The words of a vocabulary.
    pub(in crate::check) fn words(&self, vocabulary: u32) -> impl Iterator<Item = &str> {
        self.list.get(vocabulary as usize).into_iter().flat_map(|one| one.words.iter().map(String::as_str))
    }

    /// Where a word was declared.
    pub(in crate::check) fn declared_at(&self, vocabulary: u32, word: &str) -> Option<Span> {
        let (_, span) = self.places.get(vocabulary as usize)?.get(word)?;
        Some(*span)
    }

    /// The index of the enum whose name stands at a place.
    pub(super) fn enum_declared_at(&self, span: Span) -> Option<u32> {
        self.enums.get(&span).copied()
    }

    fn open(&mut self, name: &str, kind: VocabularyKind) -> u32 {
        self.list.push(Vocabulary { name: name.to_owned(), kind, words: Vec::new() });
        self.places.push(HashMap::new());
        small(self.list.len() - 1)
    }

    fn add(&mut self, vocabulary: u32, word: &Name) -> Result<(), Span> {
        let at = vocabulary as usize;
        let (Some(one), Some(places)) = (self.list.get_mut(at), self.places.get_mut(at)) else {
            return Ok(());
        };
        if let Some((_, first)) = places.get(&word.text) {
            return Err(*first);
        }
        one.words.push(word.text.clone());
        places.insert(word.text.clone(), (one.words.len() as Slot, word.span));
        self.homes.entry(word.text.clone()).or_default().push(vocabulary);
        Ok(())
    }
}

/// Collects the words of all files; items of one kind add to one vocabulary.
pub(super) fn collect(world: &mut World<'_>, files: &[File], found: &mut Vec<Diagnostic>) {
    for (name, kind) in FIXED {
        world.vocabularies.open(name, kind);
    }
    for (file, tree) in files.iter().enumerate() {
        let standard = world.standard.get(file).copied().unwrap_or_default();
        for item in &tree.items {
            match item {
                Item::Vocabulary(one) => add_words(world, one, standard, found),
                Item::Queue(one) => add_queues(world, one, found),
                _ => {}
            }
        }
    }
    if world.vocabularies.word(ROLE, SUPERVISOR).is_none() {
        let name = Name { text: SUPERVISOR.to_owned(), span: Span::default() };
        let _never_twice = world.vocabularies.add(ROLE, &name);
    }
}

fn add_words(world: &mut World<'_>, item: &tree::Vocabulary, standard: bool, found: &mut Vec<Diagnostic>) {
    let at = match (item.keyword, &item.name) {
        (VocabularyKeyword::Tier, _) => TIER,
        (VocabularyKeyword::Intent, _) => INTENT,
        (VocabularyKeyword::Skill, _) => SKILL,
        (VocabularyKeyword::Role, _) => ROLE,
        (VocabularyKeyword::Enum, Some(name)) => open_enum(world, name, standard),
        (VocabularyKeyword::Enum, None) => return,
    };
    for (word, _) in &item.words {
        add_word(world, at, word, found);
    }
}

fn open_enum(world: &mut World<'_>, name: &Name, standard: bool) -> u32 {
    let fixed = FIXED.iter().position(|one| *one == (name.text.as_str(), VocabularyKind::Enum)).map(small);
    let at = match fixed {
        Some(at) if standard => at,
        _ => world.vocabularies.open(&name.text, VocabularyKind::Enum),
    };
    world.vocabularies.enums.insert(name.span, at);
    at
}

fn add_word(world: &mut World<'_>, vocabulary: u32, word: &Name, found: &mut Vec<Diagnostic>) -> bool {
    let added = world.vocabularies.add(vocabulary, word);
    let known_anyway = vocabulary == ROLE && word.text == SUPERVISOR;
    if let (Err(first), false) = (added, known_anyway) {
        found.push(twice(&word.text, word.span, first));
    }
    added.is_ok()
}

fn add_queues(world: &mut World<'_>, item: &tree::Queue, found: &mut Vec<Diagnostic>) {
    for name in &item.names {
        if add_word(world, QUEUE, name, found) {
            world.queues.push(QueueSpec { name: name.text.clone(), ..QueueSpec::default() });
        }
    }
}

/// The finding about a word that a vocabulary does not have.
pub(in crate::check) fn unknown_word(known: &Vocabularies, at: u32, word: &str, span: Span) -> Diagnostic {
    let name = suggest::vocabulary_name(at, &known.list);
    let mut wrong = Diagnostic::new(Code::UnknownName, span, format!("`{name}` has no word `{word}`"));
    let home = known.homes(word).first().map(|home| suggest::vocabulary_name(*home, &known.list));
    wrong.help = match home {
        _ if at == LANGUAGE => Some("write its code of two letters, such as `en`, `zh` or `fr`".to_owned()),
        Some(home) => Some(format!("`{word}` is a word of `{home}`; a word of `{name}` is needed here")),
        None => suggest::help(word, known.words(at)).or_else(|| Some(format!("declare it: `{name} {word}`"))),
    };
    // Nearly all pairs of letters are near to some language.
    let near = suggest::nearest(word, known.words(at)).filter(|_| at != LANGUAGE);
    if let (Some(near), None) = (near, home) {
        wrong.fix = Some((span, near.to_owned()));
    }
    wrong
}

/// Connects intents with the phrases that they are `heard as`.
pub(in crate::check) fn heard_as(context: &mut Context<'_>, files: &[File]) {
    for (file, tree) in files.iter().enumerate() {
        for item in &tree.items {
            let Item::Vocabulary(one) = item else { continue };
            for (word, phrases) in &one.words {
                let Some(path) = phrases else { continue };
                let symbol = context.find(file, path, Kind::Phrases);
                let slot = context.world.vocabularies.word(INTENT, &word.text);
                if let (Some(symbol), Some(slot)) = (symbol, slot) {
                    context.phrases.heard_as(symbol, slot);
                }
            }
        }
    }
}
