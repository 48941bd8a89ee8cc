//! Phrase sets compiled to one automaton.

use serde::{Deserialize, Serialize};

/// An automaton over folded text that finds every phrase set in one pass.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct PhraseIndex {}
