//! Findings as SARIF 2.1.0 (OASIS), for code scanning.

use serde_json::{Value, json};

use super::{Findings, severity_word};
use crate::diagnostics::{Code, Diagnostic};

/// One run with all findings.
#[must_use]
pub fn sarif(all: &[Findings<'_>]) -> String {
    let one = |findings: &Findings<'_>| -> Vec<Value> {
        findings.in_order().into_iter().map(|diagnostic| result(diagnostic, findings)).collect()
    };
    let results: Vec<Value> = all.iter().flat_map(one).collect();
    let rule = |code: &Code| json!({ "id": code.text(), "shortDescription": { "text": code.title() } });
    let rules: Vec<Value> = Code::ALL.iter().map(rule).collect();
    let driver = json!({ "name": "tandem", "version": env!("CARGO_PKG_VERSION"), "rules": rules });
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results }],
    });
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn result(diagnostic: &Diagnostic, findings: &Findings<'_>) -> Value {
    let (start, end) = findings.places(diagnostic.span);
    let help = diagnostic.help.iter().map(|help| format!("; help: {help}")).collect::<String>();
    json!({
        "ruleId": diagnostic.code.text(),
        "level": severity_word(diagnostic.severity()),
        "message": { "text": format!("{}{help}", diagnostic.message) },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": start.file.replace('\\', "/") },
            "region": {
                "startLine": start.line, "startColumn": start.column,
                "endLine": end.line, "endColumn": end.column,
            },
        }}],
    })
}
