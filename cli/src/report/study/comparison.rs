//! The log beside the simulation, for people.

use tandem_simulation::{CentreReport, Comparison, Figure, Row, SegmentKind, Unit};

use super::numbers::{estimate, title, value};
use crate::table::{Side::Left, Side::Right, table};

/// Figures that are compared, in this order.
const COMPARED: &[Figure] = &[
    Figure::Offered,
    Figure::ServiceLevel,
    Figure::Abandonment,
    Figure::SpeedOfAnswer,
    Figure::MeanWait,
    Figure::HandleTime,
];

/// Figures of which queues are compared.
const OF_QUEUES: [Figure; 3] = [Figure::ServiceLevel, Figure::Abandonment, Figure::MeanWait];

/// Heads of the columns of [`rows`].
pub(super) const HEADS: [&str; 5] = ["all calls", "logged", "simulated", "one run lies within", ""];

/// Both beside each other, of all calls and of each queue; nothing where there is no log.
pub(super) fn comparison(report: &CentreReport) -> String {
    let rows = rows(report);
    if rows.is_empty() {
        return String::new();
    }
    let sides = [Left, Right, Right, Right, Left];
    let heads: Vec<_> = HEADS.into_iter().zip(sides).collect();
    format!("The log beside the simulation\n{}{}", table(&heads, &rows), queues(report))
}

/// A row for each figure of all calls that is compared, and one for the agents.
pub(super) fn rows(report: &CentreReport) -> Vec<Vec<String>> {
    let Some(all) = report.all().filter(|all| !all.logged.is_empty()) else { return Vec::new() };
    let row = |one: &Comparison| {
        let (unit, figure) = (one.figure.unit(), title(one.figure).to_owned());
        vec![figure, value(unit, one.logged), estimate(unit, one.simulated), range(one), word(one).to_owned()]
    };
    let mut rows: Vec<Vec<String>> = compared(all).iter().map(row).collect();
    let agents = report.groups.first().and_then(|agents| Some((agents.logged?, agents.occupancy?)));
    rows.extend(agents.map(|(logged, simulated)| {
        let shown = [value(Unit::Share, logged), estimate(Unit::Share, simulated)];
        let cells = ["occupancy, estimated".to_owned()].into_iter().chain(shown);
        cells.chain([String::new(), String::new()]).collect()
    }));
    rows
}

/// The comparisons of a segment that are shown.
fn compared(row: &Row) -> Vec<Comparison> {
    let all = row.comparisons();
    COMPARED.iter().filter_map(|figure| all.iter().find(|one| one.figure == *figure).copied()).collect()
}

/// Where one run lies.
fn range(one: &Comparison) -> String {
    let unit = one.figure.unit();
    one.range.map_or_else(String::new, |(low, high)| {
        format!("{} … {}", value(unit, low.max(0.0)), value(unit, high))
    })
}

/// Whether the logged figure could be a simulated one.
fn word(one: &Comparison) -> &'static str {
    match one.is_inside() {
        Some(true) => "inside",
        Some(false) => "outside",
        None => "",
    }
}

fn queues(report: &CentreReport) -> String {
    let rows: Vec<&Row> = report
        .rows
        .iter()
        .filter(|row| row.kind == SegmentKind::Queue && row.logged(Figure::Offered).is_some())
        .collect();
    if rows.len() < 2 {
        return String::new();
    }
    let cells = rows.iter().map(|row| {
        let offered = row.logged(Figure::Offered).unwrap_or_default();
        let mut cells = vec![row.name.clone(), value(Unit::Calls, offered)];
        let found = row.comparisons();
        for figure in OF_QUEUES {
            let one = found.iter().find(|one| one.figure == figure);
            cells.push(one.map_or_else(String::new, |one| {
                let mark = if one.is_inside() == Some(false) { " *" } else { "" };
                let unit = figure.unit();
                format!("{} / {}{mark}", value(unit, one.logged), value(unit, one.simulated.mean))
            }));
        }
        cells
    });
    let columns = OF_QUEUES.iter().map(|figure| (title(*figure), Right));
    let heads: Vec<_> = [("logged / simulated", Left), ("calls", Right)].into_iter().chain(columns).collect();
    let cells: Vec<Vec<String>> = cells.collect();
    let note = if cells.iter().flatten().any(|cell| cell.ends_with(" *")) {
        "  * the logged figure lies outside of where one run lies\n"
    } else {
        ""
    };
    format!("\n{}{note}", table(&heads, &cells))
}
