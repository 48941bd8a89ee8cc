//! `tandem explain`

use std::io::Write as _;

use serde_json::json;
use tandem_centre::Core;
use tandem_simulation::{
    Condition, DecisionAccount, ExplainOptions, Explanation, OutcomeAccount, QaResultWord, SilentWatch,
    explain, show_time,
};

use crate::arguments::{ExplainArguments, ReportFormat};
use crate::failure::{Failure, Outcome};
use crate::policy::{self, Built};
use crate::{calls, policies, tables};

/// Version of the JSON document.
const VERSION: u32 = 1;

/// Rules that were passed over and are listed for a decision; the JSON document has all.
const PASSED_OVER_SHOWN: usize = 4;

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
        ReportFormat::Human => human(&explanation, arguments.why_not.as_deref()),
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

fn human(explanation: &Explanation<'_>, queue: Option<&str>) -> String {
    let report = &explanation.report;
    let mut text = format!("{}  {}\n", report.call, show_time(report.duration_ms));
    if explanation.decisions.is_empty() {
        text.push_str("\nnothing was decided\n");
    }
    for account in &explanation.decisions {
        text.push_str(&decision(account, queue));
    }
    for watch in &explanation.silent_watches {
        text.push_str(&silent(watch));
    }
    let failed = report.qa.iter().filter(|line| line.result == QaResultWord::Failed);
    for line in failed {
        text.push_str(&format!("\n{:>8}  {} failed: {}\n", show_time(line.at_ms), line.policy, line.item));
    }
    let notes = report.notes.iter().map(|note| &note.message);
    notes
        .chain(report.warnings.iter().map(|warning| &warning.message))
        .fold(text, |text, note| text + "\nnote: " + note + "\n")
}

fn decision(account: &DecisionAccount<'_>, queue: Option<&str>) -> String {
    let line = &account.decision;
    let mut text = format!("\n{:>8}  {}  →  {}\n", show_time(line.at_ms), line.policy, line.action);
    let because =
        if line.because.is_empty() { String::new() } else { format!(" because \"{}\"", line.because) };
    if !line.rule.is_empty() || !because.is_empty() {
        text.push_str(&format!(
            "          {}{because}  ({}:{})\n",
            line.rule, account.place.file, account.place.line
        ));
    }
    text.push_str(&conditions(&account.conditions, "          "));
    let passed = account.passed_over.iter();
    for outcome in passed.clone().take(PASSED_OVER_SHOWN) {
        text.push_str(&format!("          passed over {}: {}\n", outcome.rule, reasons(&outcome.failed)));
    }
    if passed.len() > PASSED_OVER_SHOWN {
        text.push_str(&format!(
            "          … and {} more rules before it\n",
            passed.len() - PASSED_OVER_SHOWN
        ));
    }
    for outcome in &account.why_not {
        text.push_str(&why_not(outcome, queue.unwrap_or_default()));
    }
    text
}

fn why_not(outcome: &OutcomeAccount, queue: &str) -> String {
    let why = match &outcome.hidden_by {
        Some(rule) => format!("it held, but {rule} stands before it and decided"),
        None => reasons(&outcome.failed),
    };
    format!(
        "          not {queue} by {} ({}:{}): {why}\n",
        outcome.rule, outcome.place.file, outcome.place.line
    )
}

fn silent(watch: &SilentWatch<'_>) -> String {
    let head = format!("\n          {} did not fire ({})\n", watch.policy, watch.action);
    watch.outcomes.iter().fold(head, |text, outcome| {
        text + "          not by " + &outcome.rule + ": " + &reasons(&outcome.failed) + "\n"
    })
}

fn conditions(all: &[Condition], indent: &str) -> String {
    all.iter().map(|condition| format!("{indent}{}{}\n", condition.shown, values(condition))).collect()
}

/// The conditions that did not hold, in one line.
fn reasons(failed: &[Condition]) -> String {
    let shown: Vec<String> = failed.iter().map(|one| format!("{}{}", one.shown, values(one))).collect();
    if shown.is_empty() { "its conditions held".to_owned() } else { shown.join("; ") + " did not hold" }
}

/// The values that a condition read.
fn values(condition: &Condition) -> String {
    let shown: Vec<String> =
        condition.values.iter().map(|value| format!("{} = {}", value.name, value.value)).collect();
    if shown.is_empty() { String::new() } else { format!("  [{}]", shown.join(", ")) }
}

fn document(explanation: &Explanation<'_>) -> String {
    let report = &explanation.report;
    let document = json!({
        "version": VERSION,
        "call": report.call,
        "duration_ms": report.duration_ms,
        "decisions": explanation.decisions,
        "silent_watches": explanation.silent_watches,
        "qa": report.qa,
        "qa_checks": report.checks,
        "notes": report.notes,
        "warnings": report.warnings,
    });
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}
