//! Pages of several runs: a what-if, value by value, and two policies on the same callers.

use tandem_simulation::{CentreReport, Difference, Estimate, Figure, Unit};

use super::charts::{Chart, Series};
use super::day::{Day, SHARE_BY_DAY, wanted};
use super::numbers::{axis_seconds, change, estimate, is_told, title, value};
use super::page::{COLUMNS, figures, notes, targets};
use super::{Run, bot, campaigns, look};
use crate::report::html::{escaped, judged, row, row_with, table, verdict};

fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

fn occupancy(report: &CentreReport) -> Option<Estimate> {
    report.groups.first().and_then(|group| group.occupancy)
}

fn value_of(run: &Run) -> &str {
    run.variation.as_ref().map_or("", |one| &one.value)
}

/// A what-if.
pub(super) fn varied(runs: &[Run]) -> String {
    let name = runs.first().and_then(|run| run.variation.as_ref()).map_or("", |one| &one.path);
    let places: Vec<String> = runs.iter().map(|run| value_of(run).to_owned()).collect();
    let of = |figure: Figure| -> Vec<Option<f64>> {
        let all = runs.iter().map(|run| run.report.all().and_then(|all| all.figure(figure)));
        all.map(|found| found.map(|found| found.mean)).collect()
    };
    let busy = runs.iter().map(|run| occupancy(&run.report).map(|found| found.mean)).collect();
    let series = vec![
        Series { name: title(Figure::ServiceLevel), values: of(Figure::ServiceLevel) },
        Series { name: title(Figure::Abandonment), values: of(Figure::Abandonment) },
        Series { name: "occupancy of agents", values: busy },
    ];
    let heading = format!("By {name}");
    let (shares_by, waits_by) = (format!("shares, by {name}"), format!("time waited, by {name}"));
    let shares = Chart {
        title: "In time, gave up, at work",
        axes: &shares_by,
        places: &places,
        series,
        show: percent,
        level: runs.first().map(|run| wanted(&run.report)),
        most: Some(1.0),
    };
    let waits = Chart {
        title: "Mean wait of answered",
        axes: &waits_by,
        places: &places,
        series: vec![Series { name: title(Figure::SpeedOfAnswer), values: of(Figure::SpeedOfAnswer) }],
        show: axis_seconds,
        level: None,
        most: None,
    };
    let columns = bot::varied(&COLUMNS, runs.iter().map(|run| &run.report));
    let rows: String = runs.iter().map(|run| varied_row(run, &columns)).collect();
    let titles = columns.iter().map(|figure| title(*figure));
    let calls = runs.iter().any(|run| !run.report.campaigns.is_empty());
    let more: &[&str] = if calls { &campaigns::VARIED } else { &[] };
    let heads = [name, "targets and laws"].into_iter().chain(titles).chain(["occupancy"]);
    let heads: Vec<&str> = heads.chain(more.iter().copied()).collect();
    let (met, text) = enough(name, runs);
    format!(
        "{}<div class=\"charts\">\n{}{}</div>\n{}{}",
        verdict(met, &text),
        shares.svg(),
        waits.svg(),
        table(&heading, &heads, &rows),
        runs.first().map_or_else(String::new, |run| notes(&run.report))
    )
}

/// Which values of a what-if reach all that is wanted.
fn enough(name: &str, runs: &[Run]) -> (Option<bool>, String) {
    let reaches = |run: &&Run| look::verdict(&run.report).0 == Some(true);
    let reached: Vec<&str> = runs.iter().filter(reaches).map(value_of).collect();
    let text = match reached.as_slice() {
        [] => format!("No value of {name} reaches all that is wanted"),
        all if all.len() == runs.len() => format!("Every value of {name} reaches all that is wanted"),
        [first, .., last] => {
            format!(
                "{} of {} values of {name} reach all that is wanted: {first} to {last}",
                reached.len(),
                runs.len()
            )
        }
        [one] => format!("One value of {name} reaches all that is wanted: {one}"),
    };
    (Some(!reached.is_empty()), text)
}

fn varied_row(run: &Run, columns: &[Figure]) -> String {
    let (met, word) = (look::verdict(&run.report).0, met_or_missed(run));
    let busy = occupancy(&run.report).map_or_else(String::new, |found| estimate(Unit::Share, found));
    let of_campaigns =
        if run.report.campaigns.is_empty() { Vec::new() } else { campaigns::varied(&run.report).to_vec() };
    let shown = figures(run.report.all(), columns).into_iter().chain([busy]).chain(of_campaigns);
    let shown: String = shown.map(|cell| format!("<td>{}</td>", escaped(&cell))).collect();
    row_with([value_of(run)], &(judged(met, word) + &shown))
}

/// Whether a run reached all that was wanted, in a word.
pub(super) fn met_or_missed(run: &Run) -> &'static str {
    match look::verdict(&run.report).0 {
        Some(true) => "met",
        Some(false) => "missed",
        None => "not measured",
    }
}

/// Two policies.
pub(super) fn compared(first: &Run, second: &Run) -> String {
    let name = |run: &Run| run.policy.clone().unwrap_or_default();
    let (one, two) = (name(first), name(second));
    let differences = first.report.differences(&second.report);
    let mut rows: String = differences.iter().filter(|one| is_told(one)).map(difference).collect();
    if let (Some(one), Some(two), Some(moved)) =
        (occupancy(&first.report), occupancy(&second.report), first.report.occupancy_change(&second.report))
    {
        rows += &compared_row("occupancy of agents", Unit::Share, [one, two], moved);
    }
    let heads = ["all calls", &one, &two, "second less first", "sure?"];
    let both = [("first", first), ("second", second)];
    let results: String = both
        .iter()
        .map(|(which, run)| {
            let (met, text) = look::verdict(&run.report);
            verdict(met, &format!("{which}, {}: {text}", name(run)))
        })
        .collect();
    let targets: String = both
        .iter()
        .map(|(which, run)| {
            format!("<h2>Targets of the {which}: {}</h2>\n{}", escaped(&name(run)), targets(&run.report))
        })
        .collect();
    format!(
        "{results}{}{}{targets}{}",
        table("Two policies on the same callers", &heads, &rows),
        day(&first.report, &second.report),
        notes(&second.report)
    )
}

fn difference(one: &Difference) -> String {
    compared_row(title(one.figure), one.figure.unit(), [one.first, one.second], one.change)
}

fn compared_row(name: &str, unit: Unit, [one, two]: [Estimate; 2], moved: Estimate) -> String {
    let apart = moved.half_width.is_some_and(|half| moved.mean.abs() > half);
    let word = if apart { "differs" } else { "" };
    row([name, &value(unit, one.mean), &value(unit, two.mean), &change(unit, moved), word])
}

/// Both policies over the day.
fn day(first: &CentreReport, second: &CentreReport) -> String {
    let (one, two) = (Day::new(first), Day::new(second));
    let chart = |title: &str, axes: &str, figure: Figure, show: fn(f64) -> String, shares: bool| {
        Chart {
            title,
            axes,
            places: one.places(),
            series: vec![
                Series { name: "first", values: one.simulated(figure) },
                Series { name: "second", values: two.simulated(figure) },
            ],
            show,
            level: shares.then(|| wanted(first)),
            most: shares.then_some(1.0),
        }
        .svg()
    };
    let charts = [
        chart("Answered in time", SHARE_BY_DAY, Figure::ServiceLevel, percent, true),
        chart("Mean wait of all calls", "time waited, by time of day", Figure::MeanWait, axis_seconds, false),
    ];
    format!("<h2>Over the day</h2>\n<div class=\"charts\">\n{}</div>\n", charts.concat())
}
