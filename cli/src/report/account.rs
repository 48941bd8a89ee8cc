//! The account of one call for people: every decision with its reasons, then quality with its evidence.

use tandem_simulation::{
    CallReport, Condition, DecisionAccount, Explanation, Line, OutcomeAccount, QaCheckReport, QaResultWord,
    SilentWatch, show_time,
};

use super::naming::call_name;

/// Groups of rules that were passed over and are listed for a decision; the JSON document has all.
const PASSED_OVER_SHOWN: usize = 6;

/// Below a decision's head.
const INDENT: &str = "          ";

/// The whole account; `queue` is the one that was asked about, `at_ms` the moment.
pub(crate) fn account(explanation: &Explanation<'_>, queue: Option<&str>, at_ms: Option<i64>) -> String {
    let report = &explanation.report;
    let mut text = format!("{}  {}\n", call_name(&report.call, &report.file), show_time(report.duration_ms));
    if let Some(at_ms) = at_ms {
        text.push_str(&moment(at_ms, report.duration_ms));
    }
    if explanation.lines.is_empty() {
        text.push_str("\nnothing was decided\n");
    }
    text.push_str(&happened(explanation, queue));
    explanation.silent_watches.iter().for_each(|watch| text.push_str(&silent(watch)));
    text.push_str(&quality(report));
    for lead in &report.leads {
        let fields: Vec<String> =
            lead.fields.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        text += &format!("\nlead of {} because {}: {}\n", lead.campaign, lead.because, fields.join(", "));
    }
    for span in &report.hidden {
        let (from, to) = (show_time(span.start_ms), show_time(span.end_ms));
        text += &format!("\nhidden in the recording: {} from {from} to {to} ({})\n", span.kind, span.party);
    }
    let notes = report.notes.iter().map(tandem_simulation::CallNote::message);
    let notes = notes.chain(report.warnings.iter().map(|warning| warning.message.clone()));
    notes.fold(text, |text, note| text + "\nnote: " + &note + "\n")
}

fn moment(at_ms: i64, duration_ms: i64) -> String {
    let shown = show_time(at_ms);
    match at_ms > duration_ms {
        true => format!("as at its end: {shown} lies beyond it\n"),
        false => format!("as at {shown}\n"),
    }
}

/// Decisions with their reasons; between them what dialogs said and heard, a line each.
fn happened(explanation: &Explanation<'_>, queue: Option<&str>) -> String {
    let (mut text, mut in_dialog) = (String::new(), false);
    for line in &explanation.lines {
        match line {
            Line::Decision(at) => {
                let account = explanation.decisions.get(*at);
                text.extend(account.map(|account| decision(account, queue)));
                in_dialog = false;
            }
            Line::Dialog { dialog, step } => {
                let gap = if in_dialog { "" } else { "\n" };
                text.push_str(&format!("{gap}{:>8}  {dialog}  {}\n", show_time(step.at_ms), step.what));
                in_dialog = true;
            }
        }
    }
    text
}

fn decision(account: &DecisionAccount<'_>, queue: Option<&str>) -> String {
    let line = &account.decision;
    let mut text = format!("\n{:>8}  {}  →  {}\n", show_time(line.at_ms), line.policy, line.action);
    let because = match line.because {
        "" => String::new(),
        because => format!(" because \"{because}\""),
    };
    if !line.rule.is_empty() || !because.is_empty() {
        let place = format!("{}:{}", account.place.file, account.place.line);
        text.push_str(&format!("{INDENT}{}{because}  ({place})\n", line.rule));
    }
    for condition in &account.conditions {
        text.push_str(&format!("{INDENT}  {}\n", shown(condition)));
    }
    text.push_str(&passed_over(&account.passed_over));
    for outcome in &account.why_not {
        let why = match &outcome.hidden_by {
            Some(rule) => format!("it held, but {rule} stands before it and decided"),
            None => reasons(&outcome.failed),
        };
        let place = format!("{}:{}", outcome.place.file, outcome.place.line);
        let queue = queue.unwrap_or_default();
        text.push_str(&format!("{INDENT}not {queue} by {} ({place}): {why}\n", outcome.rule));
    }
    text
}

/// The rules before the one that decided, each with the first condition that did not hold; rules that failed at the
/// same condition stand together.
fn passed_over(outcomes: &[OutcomeAccount]) -> String {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for outcome in outcomes {
        let why =
            outcome.failed.first().map_or_else(String::new, |failed| match failed.shown == outcome.rule {
                true => values(failed).trim_start().to_owned(),
                false => shown(failed),
            });
        match groups.iter_mut().find(|(known, _)| *known == why) {
            Some((_, rules)) => rules.push(&outcome.rule),
            None => groups.push((why, vec![&outcome.rule])),
        }
    }
    let mut text = if groups.is_empty() { String::new() } else { format!("{INDENT}passed over:\n") };
    for (why, rules) in groups.iter().take(PASSED_OVER_SHOWN) {
        let colon = match why.chars().next() {
            None => "",
            Some('[') => "  ",
            Some(_) => ": not ",
        };
        text.push_str(&format!("{INDENT}  {}{colon}{why}\n", rules.join(", ")));
    }
    let rest: usize = groups.iter().skip(PASSED_OVER_SHOWN).map(|(_, rules)| rules.len()).sum();
    if rest > 0 {
        text.push_str(&format!("{INDENT}  … and {}\n", super::human::counted(rest as u64, "more rule")));
    }
    text
}

fn silent(watch: &SilentWatch<'_>) -> String {
    let head = format!("\n{INDENT}{} did not fire ({})\n", watch.policy, watch.action);
    watch.outcomes.iter().fold(head, |text, outcome| {
        text + INDENT + "  not by " + &outcome.rule + ": " + &reasons(&outcome.failed) + "\n"
    })
}

/// The conditions that did not hold, in one line.
fn reasons(failed: &[Condition]) -> String {
    let all: Vec<String> = failed.iter().map(shown).collect();
    if all.is_empty() { "its conditions held".to_owned() } else { all.join("; ") + " did not hold" }
}

fn shown(condition: &Condition) -> String {
    format!("{}{}", condition.shown, values(condition))
}

/// The values that a condition read. A value that is called like its condition, or like the end of a longer name that
/// the condition stands for (`says thanks` for `customer says thanks`), needs no name.
fn values(condition: &Condition) -> String {
    let value = |value: &tandem_simulation::NamedValue| match value.name.ends_with(&condition.shown) {
        true => value.value.clone(),
        false => format!("{} = {}", value.name, value.value),
    };
    let all: Vec<String> = condition.values.iter().map(value).collect();
    if all.is_empty() { String::new() } else { format!("  [{}]", all.join(", ")) }
}

/// Every check with all its items; a check that does not apply to the call in one line.
fn quality(report: &CallReport<'_>) -> String {
    report.checks.iter().map(|check| checked(report, check)).collect()
}

fn checked(report: &CallReport<'_>, check: &QaCheckReport<'_>) -> String {
    let mut text = format!("\n{INDENT}{}  {}", check.policy, word(check.result));
    if check.points_of > 0 {
        text.push_str(&format!(", {} of {} points", check.points, check.points_of));
    }
    text.push_str(if check.critical { ", a critical item failed\n" } else { "\n" });
    if check.result == QaResultWord::NotApplicable {
        return text;
    }
    for item in report.qa.iter().filter(|item| item.policy == check.policy) {
        let known = matches!(item.result, QaResultWord::Passed | QaResultWord::Failed);
        let at = if known { show_time(item.at_ms) } else { String::new() };
        text.push_str(&format!("{at:>8}  {:<14}  {}\n", word(item.result), item.item));
    }
    text
}

const fn word(result: QaResultWord) -> &'static str {
    match result {
        QaResultWord::Passed => "passed",
        QaResultWord::Failed => "failed",
        QaResultWord::NotApplicable => "does not apply",
        QaResultWord::Pending => "not known",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tandem_simulation::NamedValue;

    fn outcome(rule: &str, condition: &str) -> OutcomeAccount {
        let values = vec![NamedValue { name: "call.intent".to_owned(), value: "unknown".to_owned() }];
        OutcomeAccount {
            rule: rule.to_owned(),
            because: String::new(),
            place: tandem_stdlib::contract::Place::default(),
            answer: String::new(),
            held: false,
            hidden_by: None,
            failed: vec![Condition { shown: condition.to_owned(), held: false, values }],
        }
    }

    #[test]
    fn rules_that_failed_alike_stand_together() {
        let text = passed_over(&[outcome("row 1", "a"), outcome("row 2", "b"), outcome("row 3", "a")]);
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        assert_eq!(
            lines,
            [
                "passed over:",
                "row 1, row 3: not a  [call.intent = unknown]",
                "row 2: not b  [call.intent = unknown]"
            ]
        );
    }

    #[test]
    fn many_rules_are_counted() {
        let outcomes: Vec<_> = (0..9).map(|row| outcome("row", &format!("condition {row}"))).collect();
        assert!(passed_over(&outcomes).ends_with("… and 3 more rules\n"));
    }

    #[test]
    fn a_moment_beyond_the_call_is_said() {
        assert_eq!(moment(90_000, 24_633), "as at its end: 1min30s lies beyond it\n");
        assert_eq!(moment(9_000, 24_633), "as at 9s\n");
    }
}
