//! What a report leaves out, assumes or could not measure, a sentence each.

use tandem_simulation::{CentreReport, Figure, QueueDay, SegmentKind, SourceAnswers, Unit, Whole};

use super::look::spelt;
use super::numbers::value;

/// All notes.
pub(super) fn lines(report: &CentreReport) -> Vec<String> {
    let mut lines: Vec<String> = report.assumed.iter().map(|line| format!("assumed: {line}")).collect();
    lines.extend(report.queues.iter().filter_map(|queue| unserved(report, queue)));
    lines.extend(hops(report));
    let counted = [
        (report.unrouted, "callers came for whom no queue was decided; they are in no figure"),
        (report.unfinished, "callers were still there a day after the last came; they are in no figure"),
        (report.ignored, "events made no sense to the floor and were ignored"),
    ];
    lines.extend(
        counted.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")),
    );
    lines.extend(report.sources.iter().filter_map(source));
    if report.whole(Whole::Costs).is_some() && !report.campaigns.is_empty() {
        lines.push("no cost a call is told: the agents also talk with people whom campaigns call".to_owned());
    }
    lines.extend(report.targets.iter().filter_map(|target| {
        Some(format!("not measured: {}, {}: {}", target.name, spelt(target), target.unmeasured?))
    }));
    lines
}

/// A queue to which callers come and that nobody can answer: most likely the scenario forgot skills.
fn unserved(report: &CentreReport, queue: &QueueDay) -> Option<String> {
    let row = report.rows.iter().find(|row| row.kind == SegmentKind::Queue && row.name == queue.queue)?;
    let none = |figure| row.figure(figure).is_some_and(|found| found.mean <= 0.0);
    let nobody = !queue.served && none(Figure::Answered) && !none(Figure::Offered);
    nobody.then(|| {
        format!(
            "nobody serves {}: no agents have the skills that it needs; give them some, such as \
             `skills = {{ … = 4 }}` in `[[agents]]`",
            queue.queue
        )
    })
}

/// A source that failed or was too slow.
fn source(source: &SourceAnswers) -> Option<String> {
    let share = |part: u64| value(Unit::Share, part as f64 / source.questions.max(1) as f64);
    let told = format!(
        "source {} was asked {} times; {} failed, {} came too late",
        source.name,
        source.questions,
        share(source.failed),
        share(source.slow)
    );
    (source.failed + source.slow > 0).then_some(told)
}

/// How often agents transferred calls, where they did.
fn hops(report: &CentreReport) -> Option<String> {
    let last = report.hops.iter().rposition(|calls| *calls > 0).filter(|last| *last > 0)?;
    let told = report.hops.iter().take(last + 1).enumerate().map(|(times, calls)| match times {
        0 => format!("{calls} without a transfer"),
        _ if times + 1 == report.hops.len() => format!("{calls} with {times} or more"),
        _ => format!("{calls} with {times}"),
    });
    Some(format!("calls by transfers of agents: {}", told.collect::<Vec<_>>().join(", ")))
}
