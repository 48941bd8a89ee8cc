//! Phrase sets to automata.
//!
//! Aho and Corasick, "Efficient string matching" (1975), over folded characters and word boundaries; then made
//! deterministic over raw character classes, so that the host needs neither folding nor boundaries of its own.
//!
//! A phrase becomes a sequence of `trie::Symbol`s: each run of word characters stands between boundaries, so
//! `vip服务` is `· v i p · 服 务`. A text becomes the same kind of sequence while it is read. The automaton's state
//! is a node of the trie and what the last character was; a break, or a change between words and ideographs, feeds
//! the boundary.

mod classes;
mod states;
mod trie;

use tandem_stdlib::words::fold::{Folded, fold};
use tandem_stdlib::words::{AUTOMATA_MAX, Pattern, PatternError, Phrase, PhraseAutomaton, PhraseIndex};

/// The most states of one automaton.
pub const STATES_MAX: usize = 60_000;

/// The most cells (states times classes) of all tables together, two bytes each.
pub const CELLS_MAX: usize = 32 << 20;

/// The most cells of one table with phrases both of scripts with and without spaces: 4 MiB, so that it fits caches.
pub const CELLS_TOGETHER_MAX: usize = 2 << 20;

/// Why phrase sets cannot be compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhraseError {
    /// A pattern is wrong; the checker reports these before.
    Pattern {
        /// Index of the set.
        set: usize,
        /// Index of the pattern in its set.
        pattern: usize,
        /// What is wrong where.
        error: PatternError,
    },
    /// All phrases together need more than [`CELLS_MAX`] cells or [`AUTOMATA_MAX`] automata.
    TooLarge,
}

impl std::fmt::Display for PhraseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Pattern { error, .. } => error.fmt(f),
            Self::TooLarge => write!(
                f,
                "the phrases of this policy are too many for {AUTOMATA_MAX} automata of {STATES_MAX} states and {CELLS_MAX} \
                 cells; shorten them or split the policy"
            ),
        }
    }
}

impl std::error::Error for PhraseError {}

/// A text that a phrase stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Written {
    text: String,
    set: u32,
    alone: bool,
}

impl Written {
    /// Whether it is of a script without spaces: such scripts have thousands of letters.
    fn has_ideographs(&self) -> bool {
        self.text.chars().any(|letter| matches!(fold(letter), Folded::Ideograph(_)))
    }
}

/// Builds what finds each set's patterns; outputs carry the set's index.
///
/// One automaton is fastest. Where its table would have more than [`CELLS_TOGETHER_MAX`] cells, phrases with letters of
/// scripts without spaces get one of their own, so that the others have narrow rows; where that is not enough, halves do.
///
/// # Errors
/// When a pattern is wrong or there are too many phrases.
pub fn build(sets: &[Vec<Phrase>]) -> Result<PhraseIndex, PhraseError> {
    build_within(sets, CELLS_TOGETHER_MAX)
}

fn build_within(sets: &[Vec<Phrase>], together_max: usize) -> Result<PhraseIndex, PhraseError> {
    let mut waiting = vec![written(sets)?];
    let (mut automata, mut cells) = (Vec::new(), 0);
    while let Some(phrases) = waiting.pop() {
        if phrases.is_empty() {
            continue;
        }
        if automata.len() + waiting.len() >= AUTOMATA_MAX {
            return Err(PhraseError::TooLarge);
        }
        match automaton(&phrases, CELLS_MAX - cells, together_max) {
            Ok(one) => {
                cells += one.next.len();
                automata.push(one);
            }
            Err(PhraseError::TooLarge) => waiting.extend(apart(phrases)?),
            Err(wrong) => return Err(wrong),
        }
    }
    Ok(PhraseIndex { automata })
}

/// Every text that the phrases stand for.
fn written(sets: &[Vec<Phrase>]) -> Result<Vec<Written>, PhraseError> {
    let mut all = Vec::new();
    for (at, phrases) in sets.iter().enumerate() {
        let set = u32::try_from(at).map_err(|_| PhraseError::TooLarge)?;
        for (pattern, phrase) in phrases.iter().enumerate() {
            let parsed = Pattern::parse(&phrase.pattern).map_err(|error| PhraseError::Pattern {
                set: at,
                pattern,
                error,
            })?;
            all.extend(parsed.expand().into_iter().map(|text| Written { text, set, alone: phrase.alone }));
        }
    }
    Ok(all)
}

fn automaton(
    phrases: &[Written],
    cells_max: usize,
    together_max: usize,
) -> Result<PhraseAutomaton, PhraseError> {
    let is_mixed =
        phrases.iter().any(Written::has_ideographs) && !phrases.iter().all(Written::has_ideographs);
    let mut trie = trie::Trie::new();
    phrases.iter().try_for_each(|phrase| trie.add(phrase))?;
    let classes = classes::Classes::new(trie.letters());
    let cells_max = if is_mixed { cells_max.min(together_max) } else { cells_max };
    states::tabulate(&trie.link(), &classes, cells_max)
}

/// The same phrases in two parts: by script, or in halves.
fn apart(phrases: Vec<Written>) -> Result<[Vec<Written>; 2], PhraseError> {
    let (ideographs, others): (Vec<_>, Vec<_>) = phrases.into_iter().partition(Written::has_ideographs);
    let mut first = match (ideographs.is_empty(), others.is_empty()) {
        (false, false) => return Ok([ideographs, others]),
        (true, _) => others,
        (_, true) => ideographs,
    };
    let second = first.split_off(first.len() / 2);
    if first.is_empty() { Err(PhraseError::TooLarge) } else { Ok([first, second]) }
}

#[cfg(test)]
mod tests;
