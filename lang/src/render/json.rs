//! Findings as one JSON document, for programs: see `docs/book/command-line.md`.

use serde_json::{Value, json};

use super::{Findings, severity_word};
use crate::diagnostics::Diagnostic;
use crate::program::{Guarantee, Proved};
use crate::source::Span;

/// Version of the document; raised when a field changes its meaning or goes.
const VERSION: u32 = 1;

/// `{"version", "diagnostics": [{code, severity, message, file, span, help, …}], "guarantees": [{promise, states, …}]}`, one line end at the end.
#[must_use]
pub fn json(all: &[Findings<'_>]) -> String {
    let one = |findings: &Findings<'_>| -> Vec<Value> {
        findings.in_order().into_iter().map(|diagnostic| document(diagnostic, findings)).collect()
    };
    let diagnostics: Vec<Value> = all.iter().flat_map(one).collect();
    let guarantees: Vec<Value> =
        all.iter().flat_map(|findings| findings.guarantees).flat_map(proved).collect();
    let text = serde_json::to_string_pretty(
        &json!({ "version": VERSION, "diagnostics": diagnostics, "guarantees": guarantees }),
    );
    text.unwrap_or_default() + "\n"
}

/// The promises of a guarantee.
fn proved(guarantee: &Guarantee) -> Vec<Value> {
    let one = |proved: &Proved| {
        json!({
            "guarantee": guarantee.name,
            "file": guarantee.place.file,
            "line": guarantee.place.line,
            "promise": proved.property,
            "dialogs": proved.dialogs,
            "states": proved.states,
        })
    };
    guarantee.properties.iter().map(one).collect()
}

fn document(diagnostic: &Diagnostic, findings: &Findings<'_>) -> Value {
    let note = |(span, words): &(Span, String)| json!({ "message": words, "file": findings.sources.place(*span).file, "span": span_of(*span, findings) });
    json!({
        "code": diagnostic.code.text(),
        "severity": severity_word(diagnostic.severity()),
        "message": diagnostic.message,
        "file": findings.sources.place(diagnostic.span).file,
        "span": span_of(diagnostic.span, findings),
        "label": diagnostic.label,
        "notes": diagnostic.notes.iter().map(note).collect::<Vec<_>>(),
        "help": diagnostic.help,
        "fix": diagnostic.fix.as_ref().map(|(span, text)| json!({ "span": span_of(*span, findings), "text": text })),
    })
}

fn span_of(span: Span, findings: &Findings<'_>) -> Value {
    let (start, end) = findings.places(span);
    json!({
        "start": { "line": start.line, "column": start.column },
        "end": { "line": end.line, "column": end.column },
        "bytes": [span.start, span.end],
    })
}
