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
    format!("The log beside the simulation\n{}{}{}", table(&heads, &rows), queues(report), hours(report))
}

/// Heads of the columns of [`by_hour`].
pub(super) const HOUR_HEADS: [&str; 5] =
    ["logged / simulated", "calls", "answered in time", "gave up", "mean wait of all"];

/// Figures of the hours of the day.
fn hours(report: &CentreReport) -> String {
    let rows = by_hour(report);
    if rows.len() < 2 {
        return String::new();
    }
    let heads: Vec<_> = HOUR_HEADS.into_iter().zip([Left, Right, Right, Right, Right]).collect();
    format!("\n{}", table(&heads, &rows))
}

/// Logged and simulated figures of each hour of the day in which calls came.
pub(super) fn by_hour(report: &CentreReport) -> Vec<Vec<String>> {
    let halves: Vec<&Row> = report.rows.iter().filter(|row| row.kind == SegmentKind::HalfHour).collect();
    let hour = |halves: &[&Row]| {
        let calls: f64 = halves.iter().filter_map(|half| half.logged(Figure::Offered)).sum();
        let name = halves.first().filter(|_| calls > 0.0)?.name.clone();
        let mut cells = vec![name, value(Unit::Calls, calls)];
        for figure in OF_QUEUES {
            let unit = figure.unit();
            let (logged, simulated) = (
                weighed(halves, |half| half.logged(figure), |half| half.logged(Figure::Offered)),
                weighed(halves, |half| mean(half, figure), |half| mean(half, Figure::Offered)),
            );
            let shown = |one: Option<f64>| one.map_or_else(|| "–".to_owned(), |one| value(unit, one));
            cells.push(format!("{} / {}", shown(logged), shown(simulated)));
        }
        Some(cells)
    };
    halves.chunks(2).filter_map(hour).collect()
}

fn mean(row: &Row, figure: Figure) -> Option<f64> {
    row.figure(figure).map(|one| one.mean)
}

/// The mean of a figure over rows, each as often as it has calls.
fn weighed(
    rows: &[&Row],
    of: impl Fn(&Row) -> Option<f64>,
    calls: impl Fn(&Row) -> Option<f64>,
) -> Option<f64> {
    let known = rows.iter().filter_map(|row| Some((of(row)?, calls(row)?)));
    let (sum, whole) =
        known.fold((0.0, 0.0), |(sum, whole), (one, calls)| (sum + one * calls, whole + calls));
    (whole > 0.0).then(|| sum / whole)
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
