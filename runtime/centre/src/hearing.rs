//! What phrases a turn says, and when within it.

use tandem_stdlib::contract::Turn;
use tandem_stdlib::words::PhraseIndex;

/// A phrase set heard in a turn, at its first occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Heard {
    /// Index into the manifest's phrases.
    pub(crate) phrase: usize,
    /// Where the words begin in the turn's text, in bytes.
    pub(crate) position: usize,
    /// When they began, estimated by their place in the turn: milliseconds since the call's start.
    pub(crate) at_ms: i64,
}

/// Memory for listening, reused from turn to turn.
#[derive(Debug, Default)]
pub(crate) struct Hearing {
    heard: Vec<Heard>,
}

impl Hearing {
    /// Listens to a turn.
    pub(crate) fn listen(&mut self, _index: &PhraseIndex, _turn: &Turn<'_>) {
        self.heard.clear();
    }

    /// What was heard in the last turn, each phrase set once.
    pub(crate) fn heard(&self) -> &[Heard] {
        &self.heard
    }
}
