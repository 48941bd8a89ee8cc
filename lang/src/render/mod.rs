//! Findings for people (ariadne) and for machines (JSON, SARIF, GitHub annotations).

mod github;
mod human;
mod json;
mod sarif;

use tandem_stdlib::contract::Place;

use crate::check::Checked;
use crate::diagnostics::{Diagnostic, Severity};
use crate::program::Guarantee;
use crate::source::{Sources, Span};

pub use github::github;
pub use human::human;
pub use json::json;
pub use sarif::sarif;

/// The findings about one policy, with its texts.
#[derive(Clone, Copy, Debug)]
pub struct Findings<'a> {
    /// The texts.
    pub sources: &'a Sources,
    /// What was found in them.
    pub diagnostics: &'a [Diagnostic],
    /// What was proved of it.
    pub guarantees: &'a [Guarantee],
}

impl<'a> Findings<'a> {
    /// All that checking a policy came to.
    #[must_use]
    pub fn of(checked: &'a Checked) -> Self {
        let guarantees = checked.program.as_ref().map_or(&[][..], |program| &program.guarantees);
        Self { sources: &checked.sources, diagnostics: &checked.diagnostics, guarantees }
    }

    /// Some findings of a policy.
    #[must_use]
    pub const fn some(sources: &'a Sources, diagnostics: &'a [Diagnostic]) -> Self {
        Self { sources, diagnostics, guarantees: &[] }
    }

    /// In order of file, place and code, so that the same policy gives the same report.
    fn in_order(&self) -> Vec<&'a Diagnostic> {
        let mut sorted: Vec<_> = self.diagnostics.iter().collect();
        sorted.sort_by_key(|one| (one.span, one.code));
        sorted
    }

    /// First place and the place just after the last character.
    fn places(&self, span: Span) -> (Place, Place) {
        (self.sources.place(span), self.sources.place(Span { start: span.end, ..span }))
    }
}

/// The word that machine formats use.
const fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

#[cfg(test)]
mod tests;
