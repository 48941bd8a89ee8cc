//! What came of recorded calls: in a line that is read first, and target by target.

use tandem_simulation::{Summary, TargetResult};

use super::digits::grouped;
use super::html::{Cells, judged, row_with, table_of, verdict};
use super::human::counted;

/// Targets with what recorded calls tell of each.
pub(super) fn targets(summary: &Summary) -> String {
    let one = |target: &TargetResult| {
        // A bound stays on one line.
        let bound = target.bound.replace(' ', "\u{a0}");
        let cells = [&target.target, &target.figure, &bound, &target.shown];
        row_with(cells, &judged(target.reached, &word(target)))
    };
    let rows: String = summary.targets.iter().map(one).collect();
    let heads = ["target", "figure", "wanted", "measured", "result"];
    table_of(Cells::Texts, "Targets", &heads, &rows)
}

/// Whether a target is reached, and what its figure leaves out.
pub(super) fn word(target: &TargetResult) -> String {
    let word = match target.reached {
        Some(true) => "reached",
        Some(false) => "missed",
        None if target.note.is_empty() => "only a centre tells",
        None => "not measured",
    };
    if target.note.is_empty() { word.to_owned() } else { format!("{word} ({})", target.note) }
}

/// What a reader must know first: what was missed, what could not be read, where listening is worth the time.
pub(super) fn first(summary: &Summary) -> String {
    let missed = summary.targets.iter().filter(|target| target.reached == Some(false));
    let mut told: Vec<String> =
        missed.map(|one| format!("{} is missed: {}, wanted {}", one.target, one.shown, one.bound)).collect();
    if summary.unreadable > 0 {
        told.push(format!("{} could not be read", counted(summary.unreadable, "record")));
    }
    let failed: u64 = summary.checks.iter().map(|check| check.failed).sum();
    let worst = summary.qa.iter().filter(|item| item.failed > 0).max_by_key(|item| item.failed);
    if let Some(worst) = worst.filter(|_| failed > 0) {
        let checks = counted(failed, "quality check");
        told.push(format!(
            "{checks} failed, most often at “{}” ({} times)",
            worst.item,
            grouped(worst.failed)
        ));
    }
    match told.is_empty() {
        true => verdict(Some(true), "No target was missed and no quality check failed"),
        false => verdict(Some(false), &told.join("; ")),
    }
}
