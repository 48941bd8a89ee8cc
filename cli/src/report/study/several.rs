//! Pages of several runs: a what-if, value by value, and two policies on the same callers.

use tandem_simulation::{CentreReport, Figure, Whole};

use super::charts::{Chart, Level, Scale, Series};
use super::day::{Day, SHARE_BY_DAY, wanted};
use super::needed::{cells_of_whole, titles_of_whole, wholes};
use super::numbers::title;
use super::page::{COLUMNS, figures, notes, targets};
use super::{Run, bot, campaigns, changes, look};
use crate::report::html::{escaped, judged, row, row_with, table, verdict};

/// A what-if.
pub(super) fn varied(runs: &[Run]) -> String {
    let name = runs.first().map_or("", Run::varied);
    let all: Vec<&Run> = runs.iter().collect();
    let places: Vec<String> = runs.iter().map(|run| run.varied_to().to_owned()).collect();
    let of = |figure: Figure| -> Vec<Option<f64>> {
        let all = runs.iter().map(|run| run.report.all().and_then(|all| all.figure(figure)));
        all.map(|found| found.map(|found| found.mean)).collect()
    };
    let busy = runs.iter().map(|run| run.report.whole(Whole::Occupancy).map(|found| found.mean)).collect();
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
        scale: Scale::Share,
        level: runs.first().map(|run| wanted(&run.report)),
        most: Some(1.0),
    };
    let waits = Chart {
        title: "Mean wait of answered",
        axes: &waits_by,
        places: &places,
        series: vec![Series { name: title(Figure::SpeedOfAnswer), values: of(Figure::SpeedOfAnswer) }],
        scale: Scale::Time,
        level: None,
        most: None,
    };
    let columns = bot::varied(&COLUMNS, runs.iter().map(|run| &run.report));
    let (met, text) = enough(name, runs);
    format!(
        "{}<div class=\"charts\">\n{}{}</div>\n{}{}",
        verdict(met, &text),
        shares.svg(),
        waits.svg(),
        values(&heading, &all, &columns),
        runs.first().map_or_else(String::new, |run| notes(&run.report))
    )
}

/// The figures of each value.
pub(super) fn values(caption: &str, runs: &[&Run], columns: &[Figure]) -> String {
    let (name, wholes) = (runs.first().map_or("", |run| run.varied()), wholes(runs));
    let rows: String = runs.iter().map(|run| varied_row(run, columns, &wholes)).collect();
    let of_whole = titles_of_whole(runs, &wholes);
    let titles = columns.iter().map(|figure| title(*figure)).chain(of_whole.iter().map(String::as_str));
    let calls = runs.iter().any(|run| !run.report.campaigns.is_empty());
    let more: &[&str] = if calls { &campaigns::VARIED } else { &[] };
    let heads = [name, "targets and laws"].into_iter().chain(titles).chain(more.iter().copied());
    table(caption, &heads.collect::<Vec<_>>(), &rows)
}

/// Which values of a what-if reach all that is wanted.
fn enough(name: &str, runs: &[Run]) -> (Option<bool>, String) {
    let reaches = |run: &&Run| look::verdict(&run.report).0 == Some(true);
    let reached: Vec<&str> = runs.iter().filter(reaches).map(Run::varied_to).collect();
    let together = runs.iter().skip_while(|run| !reaches(run)).take_while(reaches).count() == reached.len();
    let text = match reached.as_slice() {
        [] => format!("No value of {name} reaches all that is wanted"),
        all if all.len() == runs.len() => format!("Every value of {name} reaches all that is wanted"),
        [first, .., last] => {
            let which = if together { format!("{first} to {last}") } else { reached.join(", ") };
            format!("{} of {} values of {name} reach all that is wanted: {which}", reached.len(), runs.len())
        }
        [one] => format!("One value of {name} reaches all that is wanted: {one}"),
    };
    (Some(!reached.is_empty()), text)
}

fn varied_row(run: &Run, columns: &[Figure], wholes: &[Whole]) -> String {
    let (met, word) = (look::verdict(&run.report).0, met_or_missed(run));
    let of_campaigns =
        if run.report.campaigns.is_empty() { Vec::new() } else { campaigns::varied(&run.report).to_vec() };
    let shown = figures(run.report.all(), columns).into_iter();
    let shown = shown.chain(cells_of_whole(run, wholes)).chain(of_campaigns);
    let shown: String = shown.map(|cell| format!("<td>{}</td>", escaped(&cell))).collect();
    row_with([run.varied_to()], &(judged(met, word) + &shown))
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
    let rows: String = changes::rows(&first.report, &second.report).iter().map(row).collect();
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

/// Both policies over the day.
fn day(first: &CentreReport, second: &CentreReport) -> String {
    let (one, two) = (Day::new(first), Day::new(second));
    let chart = |title: &str, axes: &str, figure: Figure, scale: Scale| {
        let shares = matches!(scale, Scale::Share);
        Chart {
            title,
            axes,
            places: one.places(),
            series: vec![
                Series { name: "first", values: one.simulated(figure) },
                Series { name: "second", values: two.simulated(figure) },
            ],
            scale,
            level: shares.then(|| Level { marked: false, ..wanted(first) }),
            most: shares.then_some(1.0),
        }
        .svg()
    };
    let charts = [
        chart("Answered in time", SHARE_BY_DAY, Figure::ServiceLevel, Scale::Share),
        chart("Mean wait of all calls", "time waited, by time of day", Figure::MeanWait, Scale::Time),
    ];
    format!("<h2>Over the day</h2>\n<div class=\"charts\">\n{}</div>\n", charts.concat())
}
