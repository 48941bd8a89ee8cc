//! The report of a replay as one page for browsers: no script, no other file, light and dark.
//!
//! Its size depends on the policy and on the limits below, not on the number of calls.

use std::sync::atomic::{AtomicBool, Ordering};

use tandem_archive::ArchiveError;
use tandem_simulation::{CallReport, DecisionKind, QaResultWord, Summary, show_time};

use super::digits::grouped;
use super::evidence::{Evidence, Found};
use super::html::{Cells, bar, cells_of, document, escaped, row, row_with, table, table_of, tile};
use super::naming::call_name;
use super::replay_outcome::{first, targets};
use super::{exports, fairness, logs_page, replay_agents, timeline};
use crate::logs::LogsReplayed;

/// Calls with findings, and others, that are listed with everything that was decided.
const FINDINGS_LISTED: usize = 150;
const OTHERS_LISTED: usize = 50;

/// Decisions and failures that are listed of one call.
const LINES_OF_CALL: usize = 60;

/// Places where recordings leave dialogs that are listed.
const DEPARTURES_LISTED: usize = 50;

/// What one call adds to the page.
#[derive(Debug, Default)]
pub(crate) struct Part {
    found: Found,
    /// Something failed, was alerted, or was odd.
    has_findings: bool,
    details: String,
    departures: Vec<String>,
}

impl Part {
    /// Why the record could not be read.
    pub(crate) fn unreadable(&self) -> Option<&str> {
        self.found.unreadable.as_deref()
    }
}

/// What is full, so that threads prepare no more of it than is listed.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    failures: AtomicBool,
    with_findings: AtomicBool,
    others: AtomicBool,
}

/// What single calls have added, in input order.
#[derive(Debug, Default)]
pub(crate) struct Page {
    evidence: Evidence,
    with_findings: Vec<String>,
    with_findings_count: usize,
    others: Vec<String>,
    departures: Vec<String>,
    departures_count: usize,
}

impl Page {
    /// What one call adds. Runs on the call's thread.
    pub(crate) fn part(limits: &Limits, report: Result<&CallReport<'_>, &ArchiveError>) -> Part {
        let found = Evidence::of(&limits.failures, report);
        let Ok(report) = report else { return Part { found, ..Part::default() } };
        let has_findings = has_findings(report);
        let limit = if has_findings { &limits.with_findings } else { &limits.others };
        let full = limit.load(Ordering::Relaxed);
        let asked = report.notes.iter().filter(|note| note.asked);
        let name = call_name(&report.call, &report.file);
        let departures =
            asked.map(|note| row([name.as_str(), &show_time(note.at_ms), note.policy, &note.action]));
        let details = if full { String::new() } else { details(report) };
        Part { found, has_findings, departures: departures.collect(), details }
    }

    /// Adds a call's part, in input order.
    pub(crate) fn add(&mut self, limits: &Limits, part: Part) {
        self.evidence.add(&limits.failures, part.found);
        self.departures_count += part.departures.len();
        let room = DEPARTURES_LISTED.saturating_sub(self.departures.len());
        self.departures.extend(part.departures.into_iter().take(room));
        self.with_findings_count += usize::from(part.has_findings);
        let (list, most, full) = match part.has_findings {
            true => (&mut self.with_findings, FINDINGS_LISTED, &limits.with_findings),
            false => (&mut self.others, OTHERS_LISTED, &limits.others),
        };
        if !part.details.is_empty() && list.len() < most {
            list.push(part.details);
            full.store(list.len() >= most, Ordering::Relaxed);
        }
    }

    /// The whole page.
    pub(crate) fn html(&self, policy: &str, summary: &Summary, replayed: &LogsReplayed) -> String {
        let (title, of_logs) = (format!("{policy}: recorded calls"), logs_page::html(&replayed.report));
        // Logs alone have no calls to speak of.
        if summary.calls + summary.unreadable == 0 && !of_logs.is_empty() {
            return document(&format!("{policy}: logs"), &of_logs);
        }
        let body = [
            first(summary),
            tiles(summary),
            targets(summary),
            format!("<div class=\"pair\">\n{}{}</div>\n", queues(summary), watches(summary)),
            format!("<div class=\"charts one\">\n{}</div>\n", timeline::svg(summary)),
            quality(summary),
            replay_agents::agents(summary),
            self.failures(),
            rules(summary),
            never(summary),
            dialogs(summary),
            self.departed(),
            self.samples(summary),
            fairness::page(summary),
            exports::page(summary),
            experiments(summary),
            notes(summary),
            of_logs,
            self.calls(summary),
        ];
        document(&title, &body.concat())
    }

    fn failures(&self) -> String {
        let rows = self.evidence.failures.iter();
        let rows: String =
            rows.map(|one| row([one.call.as_str(), &show_time(one.at_ms), &one.item])).collect();
        let shown = self.evidence.failures.len();
        table_of(Cells::Texts, "Where quality failed", &["call", "at", "item"], &rows)
            + &rest(self.evidence.failures_count, shown, "failed items")
    }

    fn departed(&self) -> String {
        let heads = ["call", "at", "dialog", "what it did"];
        let rows = self.departures.concat();
        table_of(Cells::Texts, "Where recordings departed from a dialog", &heads, &rows)
            + &rest(self.departures_count, self.departures.len(), "departures")
    }

    fn samples(&self, summary: &Summary) -> String {
        let totals = summary.samplings.iter();
        let totals: String = totals
            .map(|one| row([one.sampling.clone(), format!("{} of {} calls", one.taken, one.calls)]))
            .collect();
        let rows = self.evidence.samples.iter();
        let rows: String = rows
            .map(|one| row([&one.call, &one.sampling, &one.line, &one.because].map(String::as_str)))
            .collect();
        let heads = ["call", "sampling", "taken by", "because"];
        table("Samplings", &["sampling", "taken"], &totals)
            + &table_of(Cells::Texts, "Calls to listen to", &heads, &rows)
            + &rest(self.evidence.samples_count, self.evidence.samples.len(), "calls to listen to")
    }

    fn calls(&self, summary: &Summary) -> String {
        let part = |title: &str, calls: &[String], all: usize| match calls.len() {
            0 => String::new(),
            shown => format!("<h2>{title}</h2>\n{}{}", calls.concat(), rest(all, shown, "calls")),
        };
        let others =
            usize::try_from(summary.calls).unwrap_or(usize::MAX).saturating_sub(self.with_findings_count);
        part("Calls to look at", &self.with_findings, self.with_findings_count)
            + &part("Other calls", &self.others, others)
    }
}

/// Whether anything about a call is worth a look: a failed item, an alert or transfer by a watch, an oddity.
fn has_findings(report: &CallReport<'_>) -> bool {
    report.qa.iter().any(|one| one.result == QaResultWord::Failed)
        || report.decisions.iter().any(|one| one.changed && acts(one.kind))
        || !report.warnings.is_empty()
}

/// Whether a watch told or moved somebody.
const fn acts(kind: DecisionKind) -> bool {
    matches!(kind, DecisionKind::Alert | DecisionKind::Transfer)
}

/// How many more there are than are listed.
pub(super) fn rest(count: usize, shown: usize, what: &str) -> String {
    match count.saturating_sub(shown) {
        0 => String::new(),
        rest => format!(
            "<p>The first {shown} are listed; {} more {what} are in <code>--format json</code>.</p>\n",
            grouped(rest as u64)
        ),
    }
}

/// One call: a line, and what unfolds under it.
fn details(report: &CallReport<'_>) -> String {
    let name = call_name(&report.call, &report.file);
    let failed: Vec<_> = report.qa.iter().filter(|one| one.result == QaResultWord::Failed).collect();
    let acts = report.decisions.iter().filter(|one| one.changed);
    let decisions: String = acts
        .clone()
        .take(LINES_OF_CALL)
        .map(|one| row([show_time(one.at_ms).as_str(), one.policy, one.rule, &one.action, one.because]))
        .collect();
    let items: String = failed
        .iter()
        .take(LINES_OF_CALL)
        .map(|one| row([show_time(one.at_ms).as_str(), one.policy, one.item, one.because]))
        .collect();
    let notes = report.notes.iter().map(|note| note.message());
    let notes: String = notes
        .chain(report.warnings.iter().map(|warning| warning.message.clone()))
        .take(LINES_OF_CALL)
        .map(|text| format!("<p>{}</p>\n", escaped(&text)))
        .collect();
    let mut told = vec![show_time(report.duration_ms), format!("{} decisions", acts.clone().count())];
    if !failed.is_empty() {
        told.push(format!("{} quality items failed", failed.len()));
    }
    let more = acts.count().saturating_sub(LINES_OF_CALL).max(failed.len().saturating_sub(LINES_OF_CALL));
    let more = if more > 0 { format!("<p>{more} more lines are left out.</p>\n") } else { String::new() };
    format!(
        "<details><summary><b>{}</b> <span>{}</span></summary>\n{}{}{more}{notes}</details>\n",
        escaped(&name),
        escaped(&told.join(", ")),
        table_of(Cells::Texts, "Decisions", &["at", "policy", "rule", "decided", "because"], &decisions),
        table_of(Cells::Texts, "Failed quality items", &["at", "check", "item", "because"], &items),
    )
}

fn tiles(summary: &Summary) -> String {
    let mut shown =
        vec![tile(&grouped(summary.calls), "calls"), tile(&grouped(summary.decisions), "decisions")];
    let audio_ms = (summary.audio_seconds.round() as i64).saturating_mul(1_000);
    if audio_ms > 0 {
        shown.push(tile(&show_time(audio_ms), "of audio"));
    }
    let (passed, failed) =
        summary.checks.iter().fold((0, 0), |sum, check| (sum.0 + check.passed, sum.1 + check.failed));
    if passed + failed > 0 {
        let share = passed as f64 / (passed + failed) as f64;
        shown.push(tile(&format!("{:.0}%", share * 100.0), "quality checks passed"));
    }
    let fired: u64 = summary.watches.iter().map(|watch| watch.fired).sum();
    shown.push(tile(&grouped(fired), "alerts and transfers by watches"));
    if summary.unreadable > 0 {
        shown.push(tile(&grouped(summary.unreadable), "records could not be read"));
    }
    format!("<div class=\"tiles\">\n{}</div>\n", shown.concat())
}

/// A row that begins with a name and ends with a bar.
fn barred(cells: &[&str], share: f64, text: &str) -> String {
    row_with(cells, &bar(share, text))
}

fn queues(summary: &Summary) -> String {
    let one = |queue: &str, calls: u64| {
        let share = calls as f64 / summary.calls.max(1) as f64;
        barred(&[queue, &grouped(calls)], share, &format!("{:.0}%", share * 100.0))
    };
    let mut rows: Vec<String> = summary
        .queues
        .iter()
        .filter(|queue| queue.calls > 0)
        .map(|queue| one(&queue.queue, queue.calls))
        .collect();
    if summary.calls_without_queue > 0 {
        rows.push(one("(no queue)", summary.calls_without_queue));
    }
    table("Where calls ended", &["queue", "calls", "share"], &rows.concat())
}

fn watches(summary: &Summary) -> String {
    let one = |watch: &tandem_simulation::WatchTotal| {
        let share = watch.calls as f64 / summary.calls.max(1) as f64;
        let late = if watch.follow_ups > 0 { grouped(watch.follow_ups) } else { String::new() };
        barred(&[&watch.policy, &grouped(watch.fired), &late], share, &grouped(watch.calls))
    };
    let rows: String = summary.watches.iter().map(one).collect();
    table("Watches", &["watch", "fired", "not acknowledged", "in calls"], &rows)
}

fn quality(summary: &Summary) -> String {
    let one = |name: &str, class: &str, (passed, failed, none): (u64, u64, u64)| {
        let share = failed as f64 / (passed + failed).max(1) as f64;
        let cells = [name.to_owned(), grouped(passed), grouped(failed), grouped(none)];
        let bar = bar(share, &format!("{:.0}%", share * 100.0));
        format!("<tr class=\"{class}\">{}{bar}</tr>\n", cells_of(cells))
    };
    let mut rows = String::new();
    for check in &summary.checks {
        rows += &one(&check.policy, "whole", (check.passed, check.failed, check.not_applicable));
        for item in summary.qa.iter().filter(|item| item.policy == check.policy) {
            rows += &one(&item.item, "part", (item.passed, item.failed, item.not_applicable));
        }
    }
    table("Quality", &["check and items", "passed", "failed", "does not apply", "failed of judged"], &rows)
}

fn rules(summary: &Summary) -> String {
    let most = summary.rules.iter().map(|rule| rule.hits).max().unwrap_or_default().max(1);
    let fired = summary.rules.iter().filter(|rule| rule.hits > 0);
    let rows: String = fired
        .map(|rule| {
            let share = rule.hits as f64 / most as f64;
            barred(&[&rule.policy, &rule.rule, &rule.because], share, &grouped(rule.hits))
        })
        .collect();
    let heads = ["policy", "rule", "because", "hits"];
    table_of(Cells::Texts, "Rows and rules that decided", &heads, &rows)
}

fn never(summary: &Summary) -> String {
    let rows = summary.never_fired();
    let rows: String = rows
        .map(|rule| {
            let place = format!("{}:{}", rule.file, rule.line);
            row([rule.policy.as_str(), &rule.rule, &rule.because, &place])
        })
        .collect();
    let heads = ["policy", "rule", "because", "at"];
    let shown = table_of(Cells::Texts, "Rows and rules that never decided", &heads, &rows);
    if shown.is_empty() {
        shown
    } else {
        format!("<details><summary>Rules that never decided</summary>\n{shown}</details>\n")
    }
}

fn dialogs(summary: &Summary) -> String {
    let one = |dialog: &tandem_simulation::DialogTotal| {
        let other = dialog.ended + dialog.finished + dialog.taken_away + dialog.hung_up;
        let counts = [
            dialog.began,
            dialog.resolved,
            dialog.transferred,
            other,
            dialog.not_recorded,
            dialog.offered,
            dialog.accepted,
        ];
        row([dialog.dialog.clone()].into_iter().chain(counts.map(grouped)))
    };
    let rows: String = summary.dialogs.iter().map(one).collect();
    let heads =
        ["dialog", "began", "resolved", "transferred", "other end", "not recorded", "offers", "accepted"];
    table("Dialogs", &heads, &rows)
}

fn experiments(summary: &Summary) -> String {
    let mut rows = String::new();
    for total in &summary.experiments {
        for (name, side) in [("as ever", &total.usual), ("tried", &total.tried)] {
            rows += &row([total.experiment.as_str(), name, &side.policy, &side.calls.to_string()]);
        }
    }
    table_of(Cells::Texts, "Experiments", &["experiment", "side", "policy", "calls"], &rows)
}

fn notes(summary: &Summary) -> String {
    let one = |(code, warning): (&&str, &tandem_simulation::WarningTotal)| {
        row([code, warning.count.to_string().as_str(), &warning.message])
    };
    let rows: String = summary.warnings.iter().map(one).collect();
    table_of(Cells::Texts, "Oddities", &["kind", "times", "the first"], &rows)
}
