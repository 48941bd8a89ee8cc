//! Why a policy cannot be made ready.

use std::fmt;

/// Why a compiled policy cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CoreError {
    /// The facts record does not begin with the elapsed time, or has it twice.
    ElapsedSlot,
    /// An entry's answer record is too short for its kind.
    AnswerTooShort {
        /// The entry's name.
        entry: String,
        /// Slots that its kind needs.
        needed: usize,
        /// Slots that it has.
        found: usize,
    },
    /// A calendar cannot be used.
    Calendar {
        /// Its name.
        name: String,
        /// What is wrong.
        problem: String,
    },
}

impl fmt::Display for CoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ElapsedSlot => f.write_str(
                "the compiled policy is damaged: its facts must begin with the elapsed time, once: compile it again",
            ),
            Self::AnswerTooShort { entry, needed, found } => write!(
                f,
                "the compiled policy is damaged: `{entry}` needs {needed} slots for its answer and has {found}: \
                 compile it again"
            ),
            Self::Calendar { name, problem } => write!(f, "calendar `{name}` cannot be used: {problem}"),
        }
    }
}

impl std::error::Error for CoreError {}
