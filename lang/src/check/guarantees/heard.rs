//! What turns can say: for every mixture of phrases that a turn can hold, a text that holds exactly these.
//!
//! Phrases stand for finitely many texts, and a turn says a set when it holds one of them. So what a turn says is the
//! union of what the texts in it say, and the texts themselves show every union that there is.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use tandem_stdlib::contract::Slot;
use tandem_stdlib::words::Pattern;
use tandem_stdlib::words::fold::{Folded, fold};

use crate::check::context::Context;
use crate::check::resolve::Patterns;

/// Texts of all phrases together that are looked at.
const TEXTS_MAX: usize = 100_000;

/// Mixtures of phrases in one turn that are told apart.
const MIXTURES_MAX: usize = 512;

/// A word or a character of a script without spaces.
type Token = u32;

/// All texts of a policy's phrases.
#[derive(Default)]
pub(super) struct Texts {
    tokens: HashMap<String, Token>,
    /// Sets whose texts these words are, and whether only where nothing else is said.
    sets: HashMap<Vec<Token>, Vec<(u32, bool)>>,
    /// The texts as they are written, the first of equal ones.
    written: Vec<(Vec<Token>, String)>,
    longest: usize,
    /// By set: the intent that it recognises.
    heard_as: Vec<Option<Slot>>,
}

/// What somebody can say in a turn.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Saying {
    /// How many phrases it is put together of.
    pieces: usize,
    /// How many of these say something that only its own handler looks at.
    plain: usize,
    pub(super) sets: Vec<u32>,
    /// The intent that it tells; 0: none.
    pub(super) intent: Slot,
    pub(super) text: String,
}

impl Texts {
    /// The texts of all phrases that something of the policy uses; `None`: too many.
    pub(super) fn of(context: &Context<'_>, patterns: &Patterns) -> Option<Self> {
        let mut texts = Self::default();
        for (set, (symbol, heard_as)) in (0..).zip(&context.phrases.list) {
            texts.heard_as.push(*heard_as);
            for phrase in &patterns.of(*symbol) {
                let Ok(pattern) = Pattern::parse(&phrase.pattern) else { continue };
                pattern.expand().into_iter().for_each(|text| texts.add((set, phrase.alone), text));
                if texts.written.len() > TEXTS_MAX {
                    return None;
                }
            }
        }
        Some(texts)
    }

    fn add(&mut self, set: (u32, bool), text: String) {
        let words = self.read(&text);
        self.longest = self.longest.max(words.len());
        let sets = self.sets.entry(words.clone()).or_default();
        if sets.is_empty() {
            self.written.push((words, text.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
        if !sets.contains(&set) {
            sets.push(set);
        }
    }

    fn read(&mut self, text: &str) -> Vec<Token> {
        let known = &mut self.tokens;
        let mut token = |word: String| {
            let next = Token::try_from(known.len()).unwrap_or(Token::MAX);
            *known.entry(word).or_insert(next)
        };
        words(text).into_iter().map(&mut token).collect()
    }

    /// The sets that words say, and the intent that they tell: that of the phrases which begin first. `whole`: nothing else
    /// is said.
    fn said(&self, words: &[Token], whole: bool) -> (BTreeSet<u32>, Slot) {
        let mut said = BTreeSet::new();
        let mut first: Option<(usize, u32)> = None;
        for start in 0..words.len() {
            for end in start + 1..=words.len().min(start + self.longest) {
                let Some(sets) = words.get(start..end).and_then(|part| self.sets.get(part)) else { continue };
                let is_all = whole && start == 0 && end == words.len();
                for (set, _) in sets.iter().filter(|(_, alone)| is_all || !alone) {
                    said.insert(*set);
                    let tells = self.heard_as.get(*set as usize).copied().flatten().is_some();
                    if tells && first.is_none_or(|(at, before)| (start, *set) < (at, before)) {
                        first = Some((start, *set));
                    }
                }
            }
        }
        let intent = first.and_then(|(_, set)| self.heard_as.get(set as usize).copied().flatten());
        (said, intent.unwrap_or_default())
    }

    /// All that a turn can say, as far as it makes a difference: which of the `wanted` sets, and which of the
    /// `intents`; another intent counts as `other`. The simplest first. `None`: too much.
    ///
    /// Handlers are looked at in order, and a turn follows the first that hears it. So what a single handler hears need
    /// not be mixed with what another one hears: that follows one of the two, as each does alone. Only the sets of
    /// `mixed`, which are counted, denied or asked for together, are mixed with everything.
    pub(super) fn sayings(
        &self,
        wanted: &BTreeSet<u32>,
        mixed: &BTreeSet<u32>,
        intents: &BTreeSet<Slot>,
    ) -> Option<Vec<Saying>> {
        let singles = |whole| {
            let mut singles = self.singles(wanted, intents, whole);
            for one in &mut singles {
                one.plain = usize::from(one.sets.iter().any(|set| !mixed.contains(set)));
            }
            singles
        };
        let parts = singles(false);
        let mut all: BTreeMap<(Vec<u32>, Slot), Saying> = BTreeMap::new();
        let nothing = Saying { pieces: 0, plain: 0, sets: Vec::new(), intent: 0, text: self.neutral() };
        let mut open = vec![nothing.clone()];
        all.insert((Vec::new(), 0), nothing);
        while let Some(before) = open.pop() {
            for piece in &parts {
                let after = before.and(piece);
                let key = (after.sets.clone(), after.intent);
                let simpler = |known: &Saying| known.pieces <= after.pieces && known.plain <= after.plain;
                if after.plain > 1 || all.get(&key).is_some_and(simpler) {
                    continue;
                }
                all.insert(key, after.clone());
                open.push(after);
                if all.len() > MIXTURES_MAX {
                    return None;
                }
            }
        }
        // What is said alone may say more than it does beside something else, where it is said twice at least.
        all.values_mut().filter(|one| one.pieces == 1).for_each(|one| *one = one.and(&one.clone()));
        all.extend(singles(true).into_iter().map(|one| ((one.sets.clone(), one.intent), one)));
        let mut all: Vec<Saying> = all.into_values().collect();
        all.sort();
        Some(all)
    }

    /// Single texts that differ in what they say.
    fn singles(&self, wanted: &BTreeSet<u32>, intents: &BTreeSet<Slot>, whole: bool) -> Vec<Saying> {
        let mut all: BTreeMap<(Vec<u32>, Slot), Saying> = BTreeMap::new();
        for (words, text) in &self.written {
            let (said, told) = self.said(words, whole);
            let sets: Vec<u32> = said.intersection(wanted).copied().collect();
            let other = if intents.is_empty() { 0 } else { OTHER };
            let intent = if told == 0 || intents.contains(&told) { told } else { other };
            if sets.is_empty() && intent == 0 {
                continue;
            }
            let saying = || Saying { pieces: 1, plain: 0, sets: sets.clone(), intent, text: text.clone() };
            all.entry((sets.clone(), intent)).or_insert_with(saying);
        }
        all.into_values().collect()
    }

    /// Something that says nothing.
    fn neutral(&self) -> String {
        let known = ["well", "hm", "let me see", "嗯"];
        let token = |word: &String| self.tokens.get(word).copied().unwrap_or(Token::MAX);
        let says_nothing = |text: &&&str| {
            let words: Vec<Token> = words(text).iter().map(token).collect();
            self.said(&words, true).0.is_empty()
        };
        (*known.iter().find(says_nothing).unwrap_or(&"…")).to_owned()
    }
}

/// An intent that makes no difference.
pub(super) const OTHER: Slot = Slot::MAX;

impl Saying {
    /// Both, one after the other.
    fn and(&self, piece: &Self) -> Self {
        if self.pieces == 0 {
            return piece.clone();
        }
        let mut sets: Vec<u32> = self.sets.iter().chain(&piece.sets).copied().collect();
        sets.sort_unstable();
        sets.dedup();
        let intent = if self.intent == 0 { piece.intent } else { self.intent };
        let (pieces, plain) = (self.pieces + 1, self.plain + piece.plain);
        Self { pieces, plain, sets, intent, text: format!("{}. {}", self.text, piece.text) }
    }
}

/// A text as words, and characters of scripts without spaces.
fn words(text: &str) -> Vec<String> {
    let (mut words, mut open) = (Vec::<String>::new(), false);
    for letter in text.chars() {
        match fold(letter) {
            Folded::Word(letter) => match words.last_mut().filter(|_| open) {
                Some(word) => word.push(letter),
                None => {
                    words.push(letter.to_string());
                    open = true;
                }
            },
            Folded::Ideograph(letter) => {
                words.push(letter.to_string());
                open = false;
            }
            Folded::Break => open = false,
            Folded::Ignored => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(sets: &[(Option<Slot>, &[&str])]) -> Texts {
        let mut texts = Texts::default();
        for (set, (heard_as, list)) in (0..).zip(sets) {
            texts.heard_as.push(*heard_as);
            list.iter().for_each(|text| texts.add((set, false), (*text).to_owned()));
        }
        texts
    }

    fn mixtures(texts: &Texts, wanted: &[u32], intents: &[Slot]) -> Vec<(Vec<u32>, Slot)> {
        let wanted = wanted.iter().copied().collect();
        let sayings = texts.sayings(&wanted, &wanted, &intents.iter().copied().collect());
        sayings.unwrap().into_iter().map(|saying| (saying.sets, saying.intent)).collect()
    }

    #[test]
    fn what_one_text_always_says_with_another_is_never_said_alone() {
        let texts = texts(&[(None, &["a person", "somebody"]), (None, &["get me a person"])]);
        assert_eq!(mixtures(&texts, &[0, 1], &[]), [(vec![], 0), (vec![0], 0), (vec![0, 1], 0)]);
    }

    #[test]
    fn the_intent_is_that_of_the_words_that_come_first() {
        let texts = texts(&[(Some(3), &["my card"]), (Some(4), &["卡"]), (None, &["lost my card"])]);
        let (said, intent) = texts.said(&texts.written[2].0, true);
        assert_eq!((said.into_iter().collect::<Vec<_>>(), intent), (vec![0, 2], 3));
        let both = mixtures(&texts, &[2], &[3]);
        assert!(both.contains(&(vec![2], 3)) && both.contains(&(vec![2], OTHER)), "{both:?}");
        assert!(!both.contains(&(vec![2], 0)), "lost my card tells an intent: {both:?}");
    }

    #[test]
    fn what_only_its_own_handler_hears_is_not_mixed_with_its_like() {
        let texts = texts(&[(None, &["one"]), (None, &["two"]), (None, &["three"])]);
        let sayings = texts.sayings(&[0, 1, 2].into(), &[2].into(), &[].into()).unwrap();
        let sets: Vec<&[u32]> = sayings.iter().map(|saying| saying.sets.as_slice()).collect();
        assert_eq!(sets, [&[][..], &[2], &[0], &[1], &[0, 2], &[1, 2]]);
    }

    #[test]
    fn what_counts_alone_is_said_with_nothing_else() {
        let mut texts = texts(&[(None, &["yes please"]), (None, &["a person"])]);
        texts.add((0, true), "yes".to_owned());
        texts.add((1, true), "yes".to_owned());
        let said = |words: &str| {
            let words: Vec<Token> = super::words(words).iter().map(|word| texts.tokens[word]).collect();
            texts.said(&words, true).0.into_iter().collect::<Vec<_>>()
        };
        assert_eq!((said("yes"), said("yes a person"), said("yes please")), (vec![0, 1], vec![1], vec![0]));
        let all = texts.sayings(&[0, 1].into(), &[0, 1].into(), &BTreeSet::new()).unwrap();
        let both = all.iter().find(|saying| saying.sets == [0, 1]).unwrap();
        assert_eq!((both.pieces, both.text.as_str()), (1, "yes"));
        assert!(all.iter().any(|saying| saying.sets == [1]), "{all:?}");
    }

    #[test]
    fn words_are_whole_and_ideographs_stand_anywhere() {
        assert_eq!(words("Don't, 我要AI客服"), ["dont", "我", "要", "ai", "客", "服"]);
    }
}
