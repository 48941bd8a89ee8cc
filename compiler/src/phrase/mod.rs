//! Phrase sets to one automaton.
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

use tandem_stdlib::words::{Pattern, PatternError, PhraseIndex};

/// The most states of one automaton.
pub const STATES_MAX: usize = 60_000;

/// The most cells (states times classes) of one automaton's table, two bytes each.
pub const CELLS_MAX: usize = 32 << 20;

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
    /// All phrases together need more than [`STATES_MAX`] states or [`CELLS_MAX`] cells.
    TooLarge,
}

impl std::fmt::Display for PhraseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Pattern { error, .. } => error.fmt(f),
            Self::TooLarge => write!(
                f,
                "the phrases of this policy are too many for one automaton of {STATES_MAX} states and {CELLS_MAX} \
                 cells; shorten them or split the policy"
            ),
        }
    }
}

impl std::error::Error for PhraseError {}

/// Builds the automaton that finds each set's patterns; outputs carry the set's index.
///
/// # Errors
/// When a pattern is wrong or the automaton would be too large.
pub fn build(sets: &[Vec<String>]) -> Result<PhraseIndex, PhraseError> {
    let mut trie = trie::Trie::new();
    for (set, patterns) in sets.iter().enumerate() {
        for (pattern, text) in patterns.iter().enumerate() {
            let parsed =
                Pattern::parse(text).map_err(|error| PhraseError::Pattern { set, pattern, error })?;
            for phrase in parsed.expand() {
                trie.add(&phrase, u32::try_from(set).map_err(|_| PhraseError::TooLarge)?)?;
            }
        }
    }
    if trie.is_empty() {
        return Ok(PhraseIndex::default());
    }
    let classes = classes::Classes::new(trie.letters());
    states::tabulate(&trie.link(), &classes)
}

#[cfg(test)]
mod tests;
