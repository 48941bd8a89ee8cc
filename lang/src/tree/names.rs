//! Names, texts and spans.

use crate::source::Span;

/// A name as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// Names joined by dots; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The names.
    pub names: Vec<Name>,
    /// Where.
    pub span: Span,
}

/// A text in quotes, escapes resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// The text.
    pub text: String,
    /// Where, quotes included.
    pub span: Span,
}

/// Something with a span.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spanned<T> {
    /// What.
    pub value: T,
    /// Where.
    pub span: Span,
}
