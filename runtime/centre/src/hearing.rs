//! What phrases a turn says, and when within it.

use tandem_stdlib::contract::Turn;
use tandem_stdlib::words::{NO_MATCH, PhraseIndex};

/// A phrase set heard in a turn, at its first occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Heard {
    /// Index into the manifest's phrases.
    pub(crate) phrase: usize,
    /// Where the words begin in the turn's text, in bytes.
    pub(crate) position: u32,
    /// When they began, estimated by their place in the turn: milliseconds since the call's start.
    pub(crate) at_ms: i64,
}

/// Memory for listening, reused from turn to turn.
#[derive(Debug, Default)]
pub(crate) struct Hearing {
    first: Vec<u32>,
    heard: Vec<Heard>,
}

impl Hearing {
    /// Listens to a turn for the phrase sets `0..sets`.
    pub(crate) fn listen(&mut self, index: &PhraseIndex, sets: usize, turn: &Turn<'_>) {
        self.heard.clear();
        self.first.resize(sets, NO_MATCH);
        index.first_matches(turn.text, &mut self.first);
        for (phrase, position) in self.first.iter().enumerate() {
            if *position != NO_MATCH {
                self.heard.push(Heard { phrase, position: *position, at_ms: moment(turn, *position) });
            }
        }
    }

    /// What was heard in the last turn, each phrase set once, in the manifest's order.
    pub(crate) fn heard(&self) -> &[Heard] {
        &self.heard
    }
}

/// When the byte at `position` was said, if the turn was spoken at one pace.
fn moment(turn: &Turn<'_>, position: u32) -> i64 {
    let length_ms = turn.end_ms.saturating_sub(turn.start_ms).max(0);
    let bytes = turn.text.len().max(1) as f64;
    let share = (f64::from(position) / bytes).min(1.0);
    turn.start_ms.saturating_add((length_ms as f64 * share).round() as i64)
}
