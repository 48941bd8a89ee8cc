//! How busy those are who serve each queue, a row each.

use tandem_simulation::{CentreReport, QueueDay, Unit};

use super::numbers::estimate;

/// Heads of [`rows`].
pub(super) const HEADS: [&str; 2] = ["agents who serve", "occupancy"];

/// A row for each queue that somebody serves; nothing where there is but one.
pub(super) fn rows(report: &CentreReport) -> Vec<Vec<String>> {
    let row = |queue: &QueueDay| Some(vec![queue.queue.clone(), estimate(Unit::Share, queue.occupancy?)]);
    let rows: Vec<_> = report.queues.iter().filter_map(row).collect();
    if report.queues.len() > 1 { rows } else { Vec::new() }
}
