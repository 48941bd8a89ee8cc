//! `tandem explain`

use std::io::Write as _;

use serde_json::json;
use tandem_centre::Core;
use tandem_simulation::{ExplainOptions, Explanation, explain};

use crate::arguments::{ExplainArguments, ReportFormat};
use crate::failure::{Failure, Outcome};
use crate::policy::{self, Built};
use crate::report::account::account;
use crate::{calls, policies, tables};

/// Version of the JSON document.
const VERSION: u32 = 1;

/// Explains the decisions on one call.
///
/// # Errors
/// When the policy or the call cannot be read, or an argument names nothing.
pub(crate) fn run(arguments: &ExplainArguments) -> Result<Outcome, Failure> {
    let at_ms = arguments.at.as_deref().map(milliseconds).transpose()?;
    let texts = policies::find_one(&arguments.policy)?;
    let folder = texts.folder.clone();
    let recorded = calls::find_one(&arguments.call)?;
    let artefact = match policy::build(texts, arguments.engine)? {
        Built::Ready(artefact) => artefact,
        Built::Broken => return Ok(Outcome::Findings),
    };
    let core = Core::new(artefact).map_err(|error| Failure::new(error.to_string()))?;
    let tables = tables::read(core.manifest(), &folder)?;
    let options = ExplainOptions { tables: &tables, at_ms, why_not: arguments.why_not.as_deref() };
    let explanation = explain(&core, &recorded, options).map_err(|error| Failure::new(error.to_string()))?;
    let text = match arguments.format {
        ReportFormat::Human => account(&explanation, arguments.why_not.as_deref(), at_ms),
        ReportFormat::Json => document(&explanation),
    };
    std::io::stdout().write_all(text.as_bytes()).map_err(|error| Failure::output(&error))?;
    Ok(Outcome::Clean)
}

/// Units of durations as the language writes them, in milliseconds; longer names first.
const UNITS: [(&str, f64); 5] =
    [("ms", 1.0), ("min", 60_000.0), ("h", 3_600_000.0), ("d", 86_400_000.0), ("s", 1_000.0)];

/// A moment of the call: `12.5s`, `800ms`, `1min30s`, as the language writes durations.
fn milliseconds(text: &str) -> Result<i64, Failure> {
    let (mut rest, mut sum_ms) = (text, 0.0);
    while !rest.is_empty() {
        let digits =
            rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(rest.len());
        let (number, after) = rest.split_at(digits);
        let unit = UNITS.iter().find_map(|(name, ms)| Some((after.strip_prefix(name)?, ms)));
        let Some((number, (after, ms))) = number.parse::<f64>().ok().zip(unit) else {
            return Err(Failure::new(format!("`{text}` is no moment of a call"))
                .help("write it as `12.5s`, `800ms` or `1min30s`"));
        };
        sum_ms += number * ms;
        rest = after;
    }
    Ok(sum_ms as i64)
}

fn document(explanation: &Explanation<'_>) -> String {
    let report = &explanation.report;
    let document = json!({
        "version": VERSION,
        "call": report.call,
        "file": report.file,
        "duration_ms": report.duration_ms,
        "decisions": explanation.decisions,
        "dialogs": report.dialogs,
        "silent_watches": explanation.silent_watches,
        "qa": report.qa,
        "qa_checks": report.checks,
        "leads": report.leads,
        "hidden": report.hidden,
        "notes": report.notes,
        "warnings": report.warnings,
    });
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}
