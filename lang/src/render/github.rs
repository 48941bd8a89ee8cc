//! Findings as annotations of GitHub workflows: `::error file=…,line=…::message`.

use super::{Findings, severity_word};
use crate::diagnostics::Diagnostic;

/// One line a finding.
#[must_use]
pub fn github(all: &[Findings<'_>]) -> String {
    let one = |findings: &Findings<'_>| -> String {
        findings.in_order().into_iter().map(|diagnostic| annotation(diagnostic, findings)).collect()
    };
    all.iter().map(one).collect()
}

fn annotation(diagnostic: &Diagnostic, findings: &Findings<'_>) -> String {
    let (start, end) = findings.places(diagnostic.span);
    let help = diagnostic.help.iter().map(|help| format!("\nhelp: {help}")).collect::<String>();
    format!(
        "::{} file={},line={},col={},endLine={},endColumn={},title={}::{}\n",
        severity_word(diagnostic.severity()),
        property(&start.file),
        start.line,
        start.column,
        end.line,
        end.column,
        diagnostic.code.text(),
        escaped(&format!("{}{help}", diagnostic.message)),
    )
}

/// Escapes as the workflow commands want it.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}
