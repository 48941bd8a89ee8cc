//! What the checker tells the author.
//!
//! Every code has a page beside this file, `E0301.md`, whose examples run as tests. A code is never reused.

mod code;

pub use code::{Code, Severity};

use crate::source::Span;

/// One finding. Messages are lower case without a full stop; the author's text stands in backticks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which.
    pub code: Code,
    /// What is wrong, in one line.
    pub message: String,
    /// The place that is wrong.
    pub span: Span,
    /// A few words at that place; empty: the message alone.
    pub label: String,
    /// Other places that matter, with a few words each.
    pub notes: Vec<(Span, String)>,
    /// What to do, including any did-you-mean.
    pub help: Option<String>,
    /// A replacement that mends it: a span and its new text.
    pub fix: Option<(Span, String)>,
}

impl Diagnostic {
    /// A finding with a message alone.
    #[must_use]
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        let (label, notes, help, fix) = (String::new(), Vec::new(), None, None);
        Self { code, message: message.into(), span, label, notes, help, fix }
    }

    /// Adds a few words at the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn note(mut self, span: Span, words: impl Into<String>) -> Self {
        self.notes.push((span, words.into()));
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a replacement that mends it.
    #[must_use]
    pub fn fix(mut self, span: Span, text: impl Into<String>) -> Self {
        self.fix = Some((span, text.into()));
        self
    }

    /// How bad it is.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }
}
