//! Text to items and statements, by brackets and lines alone. Never fails, never recurses, one pass.
//!
//! A statement ends with its line unless the next line begins with a word that continues it, a bracket is open or
//! the line ends with a comma. An item keyword at the start of a line closes whatever the item before left open.

mod missing;
mod scan;
#[cfg(test)]
mod tests;
mod words;

use crate::diagnostics::Diagnostic;
use crate::source::{FileId, Span};

pub use words::ITEM_KEYWORDS;
pub(crate) use words::first_word;

/// Brackets may stand in one another so deep.
pub const NESTING_MAX: usize = 64;

/// A file as statements.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// The items in order: a statement each.
    pub items: Vec<Statement>,
    /// Comments in order, from `#` to the end of the line.
    pub comments: Vec<Span>,
}

/// A statement, or the head of an item, with the block behind it.
#[derive(Clone, Debug, Default)]
pub struct Statement {
    /// Its text without the block.
    pub span: Span,
    /// Its brackets or quotes do not match, which has been reported.
    pub broken: bool,
    /// `{ … }` behind it.
    pub block: Option<Block>,
}

/// Statements in braces.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// From `{` to `}`.
    pub span: Span,
    /// Whether both braces are there.
    pub closed: bool,
    /// What stands between them.
    pub statements: Vec<Statement>,
}

impl Statement {
    /// The statement with its block.
    #[must_use]
    pub fn whole(&self) -> Span {
        self.block.as_ref().map_or(self.span, |block| self.span.to(block.span))
    }

    /// Whether its own brackets and those of its block match.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        !self.broken && self.block.as_ref().is_none_or(|block| block.closed)
    }
}

/// Splits a text and reports brackets and quotes that do not match.
#[must_use]
pub fn layout(file: FileId, text: &str) -> (Layout, Vec<Diagnostic>) {
    scan::Scanner::new(file, text).run()
}
