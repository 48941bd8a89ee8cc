//! How callers fare by what is protected of them, a row each value.

use tandem_simulation::{Estimate, FairnessGap, FairnessGroup, FairnessSplit, Unit};

use super::numbers::{estimate, value};

/// Heads of [`rows`] behind the field's name.
pub(super) const HEADS: [&str; 6] =
    ["calls", "answered in time", "mean wait of all", "gave up", "until a person", "offers of a person"];

/// What stands above the table.
pub(super) fn title(split: &FairnessSplit) -> String {
    format!("Fairness: by {}, which is protected", split.fact)
}

/// A row for each value.
pub(super) fn rows(split: &FairnessSplit) -> Vec<Vec<String>> {
    split.groups.iter().map(row).collect()
}

fn row(group: &FairnessGroup) -> Vec<String> {
    let shown =
        |unit: Unit, found: Option<Estimate>| found.map_or_else(String::new, |found| estimate(unit, found));
    vec![
        group.value.clone(),
        shown(Unit::Calls, group.calls),
        shown(Unit::Share, group.service_level),
        shown(Unit::Seconds, group.mean_wait_s),
        shown(Unit::Share, group.abandonment),
        shown(Unit::Seconds, group.time_to_person_s),
        group.offers.map_or_else(String::new, |offers| value(Unit::Share, offers)),
    ]
}

/// The widest gaps in words.
pub(super) fn gaps(split: &FairnessSplit) -> Vec<String> {
    let one = |gap: &FairnessGap| {
        let (name, unit) = match gap.figure {
            "service_level" => ("answered in time", Unit::Share),
            "mean_wait_s" => ("mean wait", Unit::Seconds),
            "abandonment" => ("gave up", Unit::Share),
            "time_to_person_s" => ("until a person", Unit::Seconds),
            _ => ("offers", Unit::Share),
        };
        let end = |(group, found): &(String, f64)| format!("{} ({group})", value(unit, *found));
        format!("{name}: from {} to {}", end(&gap.least), end(&gap.most))
    };
    split.gaps.iter().map(one).collect()
}
