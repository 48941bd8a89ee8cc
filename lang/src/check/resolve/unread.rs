//! What could not be read, so that nothing is said about what only follows from that.

use std::collections::HashSet;

use crate::source::{Sources, Span};
use crate::tree::File;

/// The parts of all files that could not be read.
#[derive(Default)]
pub(in crate::check) struct Unread {
    /// In order.
    spans: Vec<Span>,
    words: HashSet<String>,
}

impl Unread {
    /// Collects them.
    pub(super) fn new(files: &[File], sources: &Sources) -> Self {
        let mut spans: Vec<Span> = files.iter().flat_map(|file| file.unread.iter().copied()).collect();
        spans.sort_unstable();
        let texts = spans.iter().map(|span| sources.text(*span));
        let words = texts.flat_map(words).map(str::to_owned).collect();
        Self { spans, words }
    }

    /// Takes in an item that is left out because of an error: what it names is not unused.
    pub(in crate::check) fn left_out(&mut self, text: &str) {
        self.words.extend(words(text).map(str::to_owned));
    }

    /// Whether everything could be read.
    pub(in crate::check) const fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Whether a part inside the span could not be read.
    pub(in crate::check) fn is_inside(&self, span: Span) -> bool {
        let from = self.spans.partition_point(|unread| (unread.file, unread.start) < (span.file, span.start));
        self.spans.get(from).is_some_and(|unread| unread.file == span.file && unread.start < span.end)
    }

    /// Whether a name of the text stands in a part that could not be read.
    pub(in crate::check) fn mentions(&self, text: &str) -> bool {
        !self.words.is_empty() && words(text).any(|word| self.words.contains(word))
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|word| !word.is_empty())
}
