//! The one place that runs the grammar: a rule over a span, and the nodes that come back.

use std::collections::{BTreeSet, HashMap};

use pest::Parser;
use pest::iterators::Pair;
use pest_derive::Parser;

use super::{Part, coverage, expected};
use crate::diagnostics::{Code, Diagnostic};
use crate::source::{FileId, Span};
use crate::tree::{Cell, Name, Path};

/// So many findings are reported in one file; the rest is dropped.
pub const DIAGNOSTICS_MAX: usize = 1000;

/// A statement may have so many bytes.
pub const STATEMENT_BYTES_MAX: usize = 256 * 1024;

/// The generated parser.
#[derive(Parser)]
#[grammar = "../../grammar/policy.pest"]
pub(super) struct Grammar;

/// A file that is being read.
pub(super) struct Reader<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
    /// Findings so far.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What could not be read.
    pub(super) unread: Vec<Span>,
    /// Cells that the grammar has read, by their text.
    pub(super) cells: HashMap<&'a str, Cell>,
    /// The parts of the grammar that have been used, where somebody asks for them.
    pub(super) used: Option<BTreeSet<Part>>,
}

impl<'a> Reader<'a> {
    /// Applies a rule to a span. What cannot be read is reported.
    pub(super) fn read(&mut self, rule: Rule, span: Span) -> Option<Node<'a>> {
        let text = self.text.get(span.range()).unwrap_or_default();
        if text.len() > STATEMENT_BYTES_MAX {
            let message = format!("this statement has more than {} KiB", STATEMENT_BYTES_MAX >> 10);
            let diagnostic = Diagnostic::new(Code::NestedTooDeep, span, message);
            self.fail(diagnostic.help("split it into several statements or items"), span);
            return None;
        }
        match Grammar::parse(rule, text) {
            Ok(mut pairs) => {
                let node = Node { pair: pairs.next()?, file: self.file, base: span.start };
                if let Some(used) = &mut self.used {
                    coverage::note(used, &node);
                }
                Some(node)
            }
            Err(error) => {
                let diagnostic = expected::diagnostic(rule, &error, text, span);
                self.fail(diagnostic, span);
                None
            }
        }
    }

    /// Reports something, and what could not be read because of it.
    pub(super) fn fail(&mut self, diagnostic: Diagnostic, unread: Span) {
        self.report(diagnostic);
        self.unread.push(unread);
    }

    /// Reports something.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() < DIAGNOSTICS_MAX {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Reports a literal that cannot be.
    pub(super) fn bad(&mut self, span: Span, message: impl Into<String>, help: &str) {
        self.report(Diagnostic::new(Code::BadLiteral, span, message).help(help));
    }
}

/// A piece of text that a rule has recognised.
#[derive(Clone)]
pub(super) struct Node<'a> {
    pair: Pair<'a, Rule>,
    file: FileId,
    base: u32,
}

impl<'a> Node<'a> {
    pub(super) fn rule(&self) -> Rule {
        self.pair.as_rule()
    }

    /// Its text; a rule that ends with optional parts may take white space in, which is cut off.
    pub(super) fn text(&self) -> &'a str {
        self.pair.as_str().trim_end()
    }

    pub(super) fn span(&self) -> Span {
        let range = self.pair.as_span();
        let offset = |at: usize| self.base.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
        Span { file: self.file, start: offset(range.start()), end: offset(range.start() + self.text().len()) }
    }

    /// What it consists of, in order.
    pub(super) fn children(&self) -> impl ExactSizeIterator<Item = Node<'a>> + use<'a> {
        let (file, base) = (self.file, self.base);
        self.pair.clone().into_inner().map(move |pair| Node { pair, file, base })
    }

    /// The first part of this kind.
    pub(super) fn child(&self, rule: Rule) -> Option<Node<'a>> {
        self.children().find(|child| child.rule() == rule)
    }

    /// All parts of this kind.
    pub(super) fn all(&self, rule: Rule) -> impl Iterator<Item = Node<'a>> + use<'a> {
        self.children().filter(move |child| child.rule() == rule)
    }

    /// Whether a part of this kind is there.
    pub(super) fn has(&self, rule: Rule) -> bool {
        self.child(rule).is_some()
    }

    /// Itself as a name.
    pub(super) fn as_name(&self) -> Name {
        Name { text: self.text().to_owned(), span: self.span() }
    }

    /// Its first name.
    pub(super) fn name(&self) -> Option<Name> {
        self.child(Rule::name).map(|name| name.as_name())
    }

    /// Itself as a path.
    pub(super) fn as_path(&self) -> Path {
        let span = self.span();
        let mut start = span.start;
        let name = |text: &str| {
            let end = start.saturating_add(u32::try_from(text.len()).unwrap_or(u32::MAX));
            let name = Name { text: text.to_owned(), span: Span { start, end, ..span } };
            start = end.saturating_add(1);
            name
        };
        Path { names: self.text().split('.').map(name).collect(), span }
    }

    /// Its first path.
    pub(super) fn path(&self) -> Option<Path> {
        self.child(Rule::path).map(|path| path.as_path())
    }
}
