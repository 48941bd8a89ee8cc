//! The report of a replay as one page for browsers: no script, no other file, light and dark.
//!
//! Its size depends on the policy and on the limits below, not on the number of calls.

use std::sync::atomic::{AtomicBool, Ordering};

use tandem_archive::ArchiveError;
use tandem_simulation::{CallReport, QaResultWord, Summary, show_time};

use super::evidence::{Evidence, Found};
use super::html::{bar, document, escaped, row, table, tile};
use super::naming::call_name;
use super::{logs, timeline};
use crate::logs::LogsReplayed;

/// Calls that are listed with everything that was decided.
const CALLS_LISTED: usize = 200;

/// Decisions and failures that are listed of one call.
const LINES_OF_CALL: usize = 60;

/// Places where recordings leave dialogs that are listed.
const DEPARTURES_LISTED: usize = 50;

/// What one call adds to the page.
#[derive(Debug, Default)]
pub(crate) struct Part {
    found: Found,
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
    calls: AtomicBool,
}

/// What single calls have added, in input order.
#[derive(Debug, Default)]
pub(crate) struct Page {
    evidence: Evidence,
    details: Vec<String>,
    departures: Vec<String>,
    departures_count: usize,
}

impl Page {
    /// What one call adds. Runs on the call's thread.
    pub(crate) fn part(limits: &Limits, report: Result<&CallReport<'_>, &ArchiveError>) -> Part {
        let found = Evidence::of(&limits.failures, report);
        let Ok(report) = report else { return Part { found, ..Part::default() } };
        let full = limits.calls.load(Ordering::Relaxed);
        let asked = report.notes.iter().filter(|note| note.asked);
        let name = call_name(&report.call, &report.file);
        let departures =
            asked.map(|note| row([name.as_str(), &show_time(note.at_ms), note.policy, &note.action]));
        let details = if full { String::new() } else { details(report) };
        Part { found, departures: departures.collect(), details }
    }

    /// Adds a call's part, in input order.
    pub(crate) fn add(&mut self, limits: &Limits, part: Part) {
        self.evidence.add(&limits.failures, part.found);
        self.departures_count += part.departures.len();
        let room = DEPARTURES_LISTED.saturating_sub(self.departures.len());
        self.departures.extend(part.departures.into_iter().take(room));
        if !part.details.is_empty() && self.details.len() < CALLS_LISTED {
            self.details.push(part.details);
            limits.calls.store(self.details.len() >= CALLS_LISTED, Ordering::Relaxed);
        }
    }

    /// The whole page.
    pub(crate) fn html(&self, policy: &str, summary: &Summary, replayed: &LogsReplayed) -> String {
        let of_logs = logs::report(&replayed.report);
        let of_logs = if of_logs.is_empty() {
            of_logs
        } else {
            format!("<h2>Logs</h2>\n<pre class=\"wide\">{}</pre>\n", escaped(&of_logs))
        };
        let body = [
            tiles(summary),
            targets(summary),
            format!("<div class=\"pair\">\n{}{}</div>\n", queues(summary), watches(summary)),
            format!("<div class=\"charts one\">\n{}</div>\n", timeline::svg(&summary.alerts)),
            quality(summary),
            self.failures(),
            rules(summary),
            never(summary),
            dialogs(summary),
            self.departed(),
            self.samples(summary),
            experiments(summary),
            notes(summary),
            of_logs,
            self.calls(summary),
        ];
        document(&format!("{policy}: recorded calls"), &body.concat())
    }

    fn failures(&self) -> String {
        let rows = self.evidence.failures.iter();
        let rows: String =
            rows.map(|one| row([one.call.as_str(), &show_time(one.at_ms), &one.item])).collect();
        let shown = self.evidence.failures.len();
        table("Where quality failed", &["call", "at", "item"], &rows)
            + &rest(self.evidence.failures_count, shown, "failed items")
    }

    fn departed(&self) -> String {
        let heads = ["call", "at", "dialog", "what it did"];
        table("Where recordings departed from a dialog", &heads, &self.departures.concat())
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
        table("Samplings", &["sampling", "taken"], &totals)
            + &table("Calls to listen to", &["call", "sampling", "taken by", "because"], &rows)
            + &rest(self.evidence.samples_count, self.evidence.samples.len(), "calls to listen to")
    }

    fn calls(&self, summary: &Summary) -> String {
        if self.details.is_empty() {
            return String::new();
        }
        let all = usize::try_from(summary.calls).unwrap_or(usize::MAX);
        format!("<h2>Calls</h2>\n{}{}", self.details.concat(), rest(all, self.details.len(), "calls"))
    }
}

/// How many more there are than are listed.
fn rest(count: usize, shown: usize, what: &str) -> String {
    match count.saturating_sub(shown) {
        0 => String::new(),
        rest => format!(
            "<p>The first {shown} are listed; {rest} more {what} are in <code>--format json</code>.</p>\n"
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
        table("Decisions", &["at", "policy", "rule", "decided", "because"], &decisions),
        table("Failed quality items", &["at", "check", "item", "because"], &items),
    )
}

fn tiles(summary: &Summary) -> String {
    let mut shown =
        vec![tile(&summary.calls.to_string(), "calls"), tile(&summary.decisions.to_string(), "decisions")];
    let audio_ms = (summary.audio_seconds * 1000.0).round() as i64;
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
    shown.push(tile(&fired.to_string(), "alerts and transfers by watches"));
    if summary.unreadable > 0 {
        shown.push(tile(&summary.unreadable.to_string(), "records could not be read"));
    }
    format!("<div class=\"tiles\">\n{}</div>\n", shown.concat())
}

/// A row that begins with a name and ends with a bar.
fn barred(cells: &[&str], share: f64, text: &str) -> String {
    let cells: String = cells.iter().map(|cell| format!("<td>{}</td>", escaped(cell))).collect();
    format!("<tr>{cells}{}</tr>\n", bar(share, text))
}

fn queues(summary: &Summary) -> String {
    let one = |queue: &str, calls: u64| {
        let share = calls as f64 / summary.calls.max(1) as f64;
        barred(&[queue, &calls.to_string()], share, &format!("{:.0}%", share * 100.0))
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
        let late = if watch.follow_ups > 0 { watch.follow_ups.to_string() } else { String::new() };
        barred(&[&watch.policy, &watch.fired.to_string(), &late], share, &watch.calls.to_string())
    };
    let rows: String = summary.watches.iter().map(one).collect();
    table("Watches", &["watch", "fired", "not acknowledged", "in calls"], &rows)
}

fn quality(summary: &Summary) -> String {
    let one = |name: &str, class: &str, (passed, failed, none): (u64, u64, u64)| {
        let share = failed as f64 / (passed + failed).max(1) as f64;
        let cells = [name.to_owned(), passed.to_string(), failed.to_string(), none.to_string()];
        let cells: String = cells.iter().map(|cell| format!("<td>{}</td>", escaped(cell))).collect();
        format!("<tr class=\"{class}\">{cells}{}</tr>\n", bar(share, &format!("{:.0}%", share * 100.0)))
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
            barred(&[&rule.policy, &rule.rule, &rule.because], share, &rule.hits.to_string())
        })
        .collect();
    table("Rows and rules that decided", &["policy", "rule", "because", "hits"], &rows)
}

fn never(summary: &Summary) -> String {
    let rows = summary.never_fired();
    let rows: String = rows
        .map(|rule| {
            let place = format!("{}:{}", rule.file, rule.line);
            row([rule.policy.as_str(), &rule.rule, &rule.because, &place])
        })
        .collect();
    let shown = table("Rows and rules that never decided", &["policy", "rule", "because", "at"], &rows);
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
        row([dialog.dialog.clone()].into_iter().chain(counts.map(|count| count.to_string())))
    };
    let rows: String = summary.dialogs.iter().map(one).collect();
    let heads =
        ["dialog", "began", "resolved", "transferred", "other end", "not recorded", "offers", "accepted"];
    table("Dialogs", &heads, &rows)
}

fn targets(summary: &Summary) -> String {
    let one = |target: &tandem_simulation::TargetResult| {
        let (measured, class, word) = match (target.measured, target.reached) {
            (Some(value), Some(true)) => (format!("{:.1}%", value * 100.0), "met", "reached"),
            (Some(value), Some(false)) => (format!("{:.1}%", value * 100.0), "missed", "missed"),
            _ => (String::new(), "", "only a centre tells"),
        };
        let cells = [&target.target, &target.figure, &target.bound, &measured];
        let cells: String = cells.map(|cell| format!("<td>{}</td>", escaped(cell))).concat();
        format!("<tr>{cells}<td class=\"{class}\">{word}</td></tr>\n")
    };
    let rows: String = summary.targets.iter().map(one).collect();
    table("Targets", &["target", "figure", "wanted", "measured", ""], &rows)
}

fn experiments(summary: &Summary) -> String {
    let mut rows = String::new();
    for total in &summary.experiments {
        for (name, side) in [("as ever", &total.usual), ("tried", &total.tried)] {
            rows += &row([total.experiment.as_str(), name, &side.policy, &side.calls.to_string()]);
        }
    }
    table("Experiments", &["experiment", "side", "policy", "calls"], &rows)
}

fn notes(summary: &Summary) -> String {
    let one = |(code, warning): (&&str, &tandem_simulation::WarningTotal)| {
        row([code, warning.count.to_string().as_str(), &warning.message])
    };
    let rows: String = summary.warnings.iter().map(one).collect();
    table("Oddities", &["kind", "times", "the first"], &rows)
}
