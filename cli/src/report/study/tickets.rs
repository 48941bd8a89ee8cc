//! What came of the tickets that calls left: for people, on the page, and as JSON.

use serde_json::{Value, json};
use tandem_simulation::{CentreReport, Estimate, StepStudy, TicketStudy, Unit, show_time};

use super::numbers::estimate;
use crate::report::html;
use crate::table::{Side::Left, Side::Right, table};

/// Heads of [`step_rows`].
const STEP_HEADS: [&str; 6] = ["step", "came", "mean time", "agents' hours", "late", "there at the end"];

/// Figures that are shown even when they are 0; the others only when they happen.
const ALWAYS: [&str; 4] = ["opened", "closed", "open at the end", "late"];

/// All kinds of tickets, for people.
pub(super) fn human(report: &CentreReport) -> String {
    report.tickets.iter().map(one).collect()
}

fn one(kind: &TicketStudy) -> String {
    let heads: Vec<_> = STEP_HEADS.into_iter().zip([Left, Right, Right, Right, Right, Right]).collect();
    format!(
        "Tickets {}\n{}{}{}\n",
        kind.name,
        table(&[("of a run", Left), ("", Right)], &figures(kind)),
        table(&[("passed", Left), ("", Right)], &deadlines(kind)),
        table(&heads, &step_rows(kind)),
    )
}

/// All kinds of tickets, on the page.
pub(super) fn page(report: &CentreReport) -> String {
    let rows = |rows: Vec<Vec<String>>| rows.iter().map(html::row).collect::<String>();
    let one = |kind: &TicketStudy| {
        let name = format!("Tickets {}", kind.name);
        [
            html::table(&name, &["of a run", ""], &rows(figures(kind))),
            html::table("Deadlines that passed", &["deadline", "times"], &rows(deadlines(kind))),
            html::table("Steps", &STEP_HEADS, &rows(step_rows(kind))),
        ]
        .concat()
    };
    report.tickets.iter().map(one).collect()
}

fn figures(kind: &TicketStudy) -> Vec<Vec<String>> {
    let shown = kind.figures.iter().filter(|(name, found)| ALWAYS.contains(name) || found.mean > 0.0);
    let counts = shown.map(|(name, found)| ((*name).to_owned(), estimate(Unit::Calls, *found)));
    let more = [
        ("late, of those opened", kind.late.map(|found| estimate(Unit::Share, found))),
        ("time to close", time(kind.time_to_close_s)),
        ("nine of ten closed within", time(kind.nine_of_ten_s)),
        ("hours that agents worked", kind.hours.map(hours)),
    ];
    let more = more.into_iter().filter_map(|(name, found)| Some((name.to_owned(), found?)));
    counts.chain(more).map(|(name, found)| vec![name, found]).collect()
}

fn deadlines(kind: &TicketStudy) -> Vec<Vec<String>> {
    kind.deadlines.iter().map(|(name, found)| vec![name.clone(), estimate(Unit::Calls, *found)]).collect()
}

fn step_rows(kind: &TicketStudy) -> Vec<Vec<String>> {
    let count = |found: Option<Estimate>| found.map(|found| estimate(Unit::Calls, found));
    let row = |step: &StepStudy| {
        let cells = [
            count(step.came),
            time(step.stayed_s),
            step.hours.map(hours),
            count(step.late),
            count(step.open),
        ];
        [step.name.clone()].into_iter().chain(cells.map(Option::unwrap_or_default)).collect()
    };
    kind.steps.iter().map(row).collect()
}

/// A time of minutes to days, to three places or so.
fn time(found: Option<Estimate>) -> Option<String> {
    let Estimate { mean, half_width } = found?;
    let shown = |seconds: f64| {
        let step = if seconds >= 3_600.0 { 60.0 } else { 1.0 };
        show_time(((seconds / step).round() * step * 1000.0) as i64)
    };
    Some(match half_width {
        Some(half) => format!("{} ± {}", shown(mean), shown(half)),
        None => shown(mean),
    })
}

fn hours(found: Estimate) -> String {
    match found.half_width {
        Some(half) => format!("{:.1} ± {half:.1}", found.mean),
        None => format!("{:.1}", found.mean),
    }
}

/// All kinds of tickets, as JSON.
pub(super) fn json(report: &CentreReport) -> Vec<Value> {
    let step = |step: &StepStudy| {
        json!({
            "name": step.name,
            "came": step.came,
            "mean_s": step.stayed_s,
            "hours_worked": step.hours,
            "late": step.late,
            "open_at_end": step.open,
        })
    };
    let one = |kind: &TicketStudy| {
        let figures = kind.figures.iter().map(|(name, found)| (name.replace(' ', "_"), json!(found)));
        let deadlines = kind.deadlines.iter().map(|(name, found)| json!({"because": name, "count": found}));
        json!({
            "name": kind.name,
            "figures": figures.collect::<serde_json::Map<_, _>>(),
            "late_share": kind.late,
            "time_to_close_s": kind.time_to_close_s,
            "nine_of_ten_closed_within_s": kind.nine_of_ten_s,
            "hours_worked": kind.hours,
            "deadlines": deadlines.collect::<Vec<_>>(),
            "steps": kind.steps.iter().map(step).collect::<Vec<_>>(),
        })
    };
    report.tickets.iter().map(one).collect()
}
