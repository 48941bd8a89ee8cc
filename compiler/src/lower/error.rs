//! What can go wrong after a program was checked.

use std::fmt;

use tandem_lang::program::Program;
use tandem_lang::source::Span;

/// Why a checked program could not be compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompileError {
    /// Something that this version cannot compile.
    Unsupported {
        /// What, and where.
        what: String,
    },
    /// The phrases do not fit into one automaton.
    Phrases {
        /// What is wrong with them.
        what: String,
    },
    /// The code generator refused a function.
    Native {
        /// What it said.
        what: String,
    },
}

impl fmt::Display for CompileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsupported { what } => write!(f, "cannot compile {what}: write it in another way"),
            Self::Phrases { what } => write!(f, "cannot compile the phrases: {what}"),
            Self::Native { what } => {
                write!(f, "no native code on this machine, use the interpreter instead: {what}")
            }
        }
    }
}

impl std::error::Error for CompileError {}

/// An error that names its place.
pub(super) fn unsupported(program: &Program, span: Span, what: &str) -> CompileError {
    let place = program.texts.place(span);
    CompileError::Unsupported { what: format!("{what} ({}:{}:{})", place.file, place.line, place.column) }
}
