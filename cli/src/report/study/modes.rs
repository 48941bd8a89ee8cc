//! When the policy's modes were on, a row each.

use tandem_simulation::{CentreReport, ModeDay, Unit};

use super::numbers::value;

/// Heads of [`rows`].
pub(super) const HEADS: [&str; 4] = ["mode", "turned on a day", "on", "mostly"];

/// The least share of a half-hour that counts as one in which a mode is mostly on.
const MOSTLY: f64 = 0.5;

/// A row for each mode.
pub(super) fn rows(report: &CentreReport) -> Vec<Vec<String>> {
    let one = |mode: &ModeDay| {
        let (times, on) = (value(Unit::Calls, mode.times_a_day), value(Unit::Share, mode.on));
        vec![mode.name.clone(), times, on, mostly(report, mode)]
    };
    report.modes.iter().map(one).collect()
}

/// The times of the day at which a mode is mostly on.
fn mostly(report: &CentreReport, mode: &ModeDay) -> String {
    let mut stretches: Vec<(&str, &str)> = Vec::new();
    let mut goes_on = false;
    for (half, on) in report.week.half_hours.iter().zip(&mode.by_half_hour) {
        let is_on = on.is_some_and(|share| share >= MOSTLY);
        match stretches.last_mut().filter(|_| goes_on && is_on) {
            Some(stretch) => stretch.1 = &half.to,
            None if is_on => stretches.push((&half.from, &half.to)),
            None => {}
        }
        goes_on = is_on;
    }
    let shown: Vec<String> = stretches.iter().map(|(from, to)| format!("{from}–{to}")).collect();
    shown.join(", ")
}
