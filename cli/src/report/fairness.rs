//! How recorded callers fare by what is protected of them, a row each value.

use tandem_simulation::{FairnessTotal, GroupTotal, Summary};

use super::html;
use super::human::titled;
use crate::table::{Side::Left, Side::Right, table};

/// Queues of a group that are named; the JSON report has all.
const QUEUES_SHOWN: usize = 3;

/// Heads of [`rows`].
const HEADS: [&str; 7] =
    ["value", "calls", "offers of a person", "accepted", "answered", "answered after", "queues"];

/// For people.
pub(crate) fn human(summary: &Summary) -> String {
    let heads = HEADS.map(|head| (head, if head == "value" { Left } else { Right }));
    let one = |total: &FairnessTotal| titled(&title(total), &table(&heads, &rows(total)));
    summary.fairness.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// For browsers.
pub(crate) fn page(summary: &Summary) -> String {
    let one = |total: &FairnessTotal| {
        let rows: String = rows(total).iter().map(html::row).collect();
        html::table(&title(total), &HEADS, &rows)
    };
    summary.fairness.iter().map(one).collect()
}

/// What stands above the table.
fn title(total: &FairnessTotal) -> String {
    format!("Fairness: by {}, which is protected", total.field)
}

/// A row for each value.
fn rows(total: &FairnessTotal) -> Vec<Vec<String>> {
    total.groups.iter().map(row).collect()
}

fn row(group: &GroupTotal) -> Vec<String> {
    vec![
        group.value.clone(),
        group.calls.to_string(),
        group.offers.to_string(),
        group.accepted.to_string(),
        group.answered.to_string(),
        group.answered_after_s.map_or_else(String::new, |seconds| format!("{seconds:.1} s")),
        queues(group),
    ]
}

/// The queues to which most of a group came, with their share.
fn queues(group: &GroupTotal) -> String {
    let mut queues: Vec<(&String, &u64)> = group.queues.iter().collect();
    queues.sort_by(|one, two| two.1.cmp(one.1).then(one.0.cmp(two.0)));
    let of_all = |calls: u64| calls as f64 * 100.0 / group.calls.max(1) as f64;
    let shown = queues.iter().take(QUEUES_SHOWN);
    let shown: Vec<String> = shown.map(|(queue, calls)| format!("{queue} {:.0}%", of_all(**calls))).collect();
    shown.join(", ")
}
