//! The report of a replay for people: what came where, which rules worked, who was alerted, what quality found.

use std::path::Path;

use tandem_simulation::{AgentTotal, QaTotal, RuleTotal, Summary, show_time};
use tandem_stdlib::contract::Manifest;

use super::digits::grouped;
use super::evidence::Evidence;
use super::naming::call_name;
use super::{centre, exports, fairness};
use crate::table::{Side::Left, Side::Right, paragraph, table};

/// Agents listed; the JSON report has all.
const AGENTS_SHOWN: usize = 25;

/// Alerts listed with their times; the JSON report has more.
const ALERTS_SHOWN: usize = 12;

/// The whole report.
pub(crate) fn report(manifest: &Manifest, summary: &Summary, evidence: &Evidence) -> String {
    let parts = [
        head(summary),
        queues(summary),
        rules(summary),
        never(summary),
        watches(summary),
        super::dialogs::dialogs(summary),
        alerts(summary),
        quality(summary),
        agents(summary),
        failures(evidence),
        centre::samples(summary, evidence),
        fairness::human(summary),
        exports::human(summary),
        centre::leads(summary),
        centre::experiments(summary),
        centre::targets(summary),
        notes(manifest, summary),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

fn head(summary: &Summary) -> String {
    let audio = match (summary.audio_seconds * 1000.0).round() as i64 {
        0 => String::new(),
        ms => format!(", {} of audio", show_time(ms)),
    };
    let unreadable = match summary.unreadable {
        0 => String::new(),
        count => format!(", {} could not be read", counted(count, "record")),
    };
    let (calls, decisions) = (counted(summary.calls, "call"), counted(summary.decisions, "decision"));
    format!("{calls}{audio}, {decisions}{unreadable}\n")
}

fn queues(summary: &Summary) -> String {
    let of_all = |calls: u64| format!("{:.0}%", calls as f64 * 100.0 / summary.calls.max(1) as f64);
    let row = |queue: &str, calls: u64, decisions: String| {
        vec![queue.to_owned(), calls.to_string(), of_all(calls), decisions]
    };
    let mut rows: Vec<Vec<String>> =
        summary.queues.iter().map(|one| row(&one.queue, one.calls, one.decisions.to_string())).collect();
    if summary.calls_without_queue > 0 {
        rows.push(row("(no queue)", summary.calls_without_queue, String::new()));
    }
    let heads = [("queue", Left), ("calls end in it", Right), ("share", Right), ("decisions", Right)];
    titled("Decisions by queue", &table(&heads, &rows))
}

fn rules(summary: &Summary) -> String {
    let hit = summary.rules.iter().filter(|rule| rule.hits > 0);
    let rows: Vec<Vec<String>> = hit
        .map(|rule| vec![rule.hits.to_string(), rule.policy.clone(), rule.rule.clone(), rule.because.clone()])
        .collect();
    titled("Rules", &table(&[("hits", Right), ("policy", Left), ("rule", Left), ("because", Left)], &rows))
}

fn never(summary: &Summary) -> String {
    let rows: Vec<Vec<String>> = summary
        .never_fired()
        .map(|rule| vec![rule.policy.clone(), rule.rule.clone(), rule.because.clone(), place(rule)])
        .collect();
    titled(
        "Rules that never fired",
        &table(&[("policy", Left), ("rule", Left), ("because", Left), ("at", Left)], &rows),
    )
}

fn watches(summary: &Summary) -> String {
    let rows: Vec<Vec<String>> = summary
        .watches
        .iter()
        .map(|one| {
            vec![one.policy.clone(), one.fired.to_string(), one.calls.to_string(), one.follow_ups.to_string()]
        })
        .collect();
    let heads = [("watch", Left), ("fired", Right), ("in calls", Right), ("not acknowledged", Right)];
    titled("Watches", &table(&heads, &rows))
}

fn alerts(summary: &Summary) -> String {
    let shown = summary.alerts.iter().take(ALERTS_SHOWN);
    let all: u64 = summary.alert_times.iter().map(|one| one.times.total()).sum();
    let rows: Vec<Vec<String>> = shown
        .map(|one| {
            vec![
                call_name(&one.call, &one.file),
                show_time(one.at_ms),
                one.policy.clone(),
                one.action.clone(),
            ]
        })
        .collect();
    let heads = [("call", Left), ("at", Right), ("watch", Left), ("action", Left)];
    titled(
        "Alerts and transfers",
        &(table(&heads, &rows) + &more(usize::try_from(all).unwrap_or(usize::MAX), ALERTS_SHOWN)),
    )
}

fn quality(summary: &Summary) -> String {
    let numbers =
        |passed: u64, failed: u64, none: u64| [passed.to_string(), failed.to_string(), none.to_string()];
    let mut rows: Vec<Vec<String>> = Vec::new();
    for check in &summary.checks {
        let whole = numbers(check.passed, check.failed, check.not_applicable);
        rows.push([format!("{} (whole check)", check.policy)].into_iter().chain(whole).collect());
        let items = summary.qa.iter().filter(|item| item.policy == check.policy);
        rows.extend(items.map(|QaTotal { item, passed, failed, not_applicable, .. }| {
            [format!("  {item}")].into_iter().chain(numbers(*passed, *failed, *not_applicable)).collect()
        }));
    }
    let heads = [("check and items", Left), ("passed", Right), ("failed", Right), ("does not apply", Right)];
    titled("Quality", &table(&heads, &rows))
}

/// Agents whom recordings name, those first whose calls fail most.
fn agents(summary: &Summary) -> String {
    let judged = summary.agents.iter().filter(|one| one.checked > 0);
    let mut agents: Vec<&AgentTotal> = judged.collect();
    let share = |one: &AgentTotal| one.failed_share.unwrap_or_default();
    agents.sort_by(|one, other| share(other).total_cmp(&share(one)));
    let row = |one: &&AgentTotal| {
        let misses =
            if one.misses.is_empty() { String::new() } else { format!("misses {}", one.misses.join(", ")) };
        vec![
            one.agent.clone(),
            one.calls.to_string(),
            one.checked.to_string(),
            one.failed.to_string(),
            format!("{:.0}%", share(one) * 100.0),
            one.mostly.clone(),
            misses,
        ]
    };
    let rows: Vec<Vec<String>> = agents.iter().take(AGENTS_SHOWN).map(row).collect();
    let heads = [
        ("agent", Left),
        ("calls", Right),
        ("checks", Right),
        ("failed", Right),
        ("share", Right),
        ("mostly", Left),
        ("target", Left),
    ];
    titled("Quality by agent", &(table(&heads, &rows) + &more(agents.len(), AGENTS_SHOWN)))
}

fn failures(evidence: &Evidence) -> String {
    let rows: Vec<Vec<String>> = evidence
        .failures
        .iter()
        .map(|one| vec![one.call.clone(), show_time(one.at_ms), one.item.clone()])
        .collect();
    let text = table(&[("call", Left), ("at", Right), ("failed item", Left)], &rows);
    titled("Where quality failed", &(text + &more(evidence.failures_count, rows.len())))
}

fn notes(manifest: &Manifest, summary: &Summary) -> String {
    let mut lines = Vec::new();
    for gap in summary.never_measured() {
        lines.push(format!(
            "{} `{}` was measured in no call, so conditions on it could not hold",
            gap.party, gap.signal
        ));
    }
    if summary.calls_diverged > 0 {
        lines.push(format!(
            "in {} a transfer was decided that the record does not show; from there on it shows what happened \
             without it",
            counted(summary.calls_diverged, "call")
        ));
    }
    if summary.calls_requeued > 0 {
        lines.push(format!(
            "in {} a route changed the queue during the call, and the record shows no such transfer",
            counted(summary.calls_requeued, "call")
        ));
    }
    if !manifest.sources.is_empty() {
        let named: Vec<String> = manifest.sources.iter().map(|source| format!("`{}`", source.name)).collect();
        lines.push(format!("sources answered from tables beside the policy: {}", named.join(", ")));
    }
    for (code, warning) in &summary.warnings {
        if warning.call.is_empty() {
            lines.push(warning.message.clone());
            continue;
        }
        let call = call_name(&warning.call, &warning.file);
        lines.push(format!("{} × {code}, first in {call}: {}", warning.count, warning.message));
    }
    titled("Notes", &lines.iter().map(|line| paragraph(line, 2)).collect::<String>())
}

/// A number with its noun.
pub(crate) fn counted(count: u64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{} {noun}s", grouped(count)) }
}

/// The file's name and the line; the JSON report has the whole path.
fn place(rule: &RuleTotal) -> String {
    let name =
        Path::new(&rule.file).file_name().map_or(rule.file.as_str().into(), |name| name.to_string_lossy());
    format!("{name}:{}", rule.line)
}

pub(super) fn more(count: usize, shown: usize) -> String {
    match count.saturating_sub(shown) {
        0 => String::new(),
        rest => format!("  … and {rest} more: `--format json` lists them\n"),
    }
}

pub(super) fn titled(title: &str, body: &str) -> String {
    if body.is_empty() { String::new() } else { format!("{title}\n{body}") }
}
