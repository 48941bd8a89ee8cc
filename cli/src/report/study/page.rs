//! The report as one page for browsers: no script, no other file, light and dark.

use tandem_simulation::{CentreReport, Figure, Row, SegmentKind, Unit, show_time};

use super::bot;
use super::charts::{Chart, Series};
use super::comparison;
use super::numbers::{change, estimate, title, unit_of, value, verdict, wanted};
use super::{Run, Study, campaign_page};
use crate::report::html::{document, escaped, table};

/// Lines that one chart may have; more could not be told apart.
const SERIES_MAX: usize = 6;

/// The whole page.
pub(crate) fn html(study: &Study) -> String {
    let body = match study.runs.as_slice() {
        [one] => single(one),
        [first, second] if study.compared => compared(first, second),
        runs => varied(runs),
    };
    let first = study.runs.first().map_or_else(String::new, |run| head(study, run));
    document(&study.scenario, &(first + &body))
}

fn head(study: &Study, run: &Run) -> String {
    let report = &run.report;
    let policies: Vec<&str> = match study.compared {
        true => study.runs.iter().filter_map(|run| run.policy.as_deref()).collect(),
        false => run.policy.iter().map(String::as_str).collect(),
    };
    let with = if policies.is_empty() { String::new() } else { format!(" with {}", policies.join(" and ")) };
    let text = format!(
        "Simulated{with}: {} × {} days, seed {}; {} measured in each. ± are 95% confidence intervals.",
        report.replications,
        report.days,
        report.seed,
        show_time(report.measured_ms)
    );
    format!("<p>{}</p>\n", escaped(&text))
}

fn single(run: &Run) -> String {
    let report = &run.report;
    let charts =
        [in_time(report), offered(report), waits(report), gave_up(report), waiting(report), staff(report)]
            .concat();
    [
        tiles(report),
        bot(report),
        comparison_table(report),
        targets(report),
        format!("<h2>Over the day</h2>\n<div class=\"charts\">\n{charts}</div>\n"),
        segments(report),
        campaign_page::html(report),
        agents(report),
        notes(report),
    ]
    .concat()
}

fn tiles(report: &CentreReport) -> String {
    let Some(all) = report.all() else { return String::new() };
    let within = format!("answered within {}", show_time(all.promise.within_ms));
    let figure = |name: &str, figure: Figure| tile(name, figure.unit(), all.figure(figure));
    let occupancy = report.groups.first().and_then(|group| group.occupancy);
    let tiles = [
        figure("calls offered", Figure::Offered),
        figure(&within, Figure::ServiceLevel),
        figure("mean wait of answered", Figure::SpeedOfAnswer),
        figure("gave up", Figure::Abandonment),
        tile("occupancy of agents", Unit::Share, occupancy),
        figure("handling time", Figure::HandleTime),
    ];
    format!("<div class=\"tiles\">\n{}</div>\n", tiles.concat())
}

pub(super) fn tile(name: &str, unit: Unit, found: Option<tandem_simulation::Estimate>) -> String {
    let Some(found) = found else { return String::new() };
    let shown = estimate(unit, found);
    let (big, small) = shown.split_once(" ± ").unwrap_or((&shown, ""));
    let small = if small.is_empty() { String::new() } else { format!(" ± {small}") };
    format!("<div><b>{}</b><span>{}{}</span></div>\n", escaped(big), escaped(name), escaped(&small))
}

fn targets(report: &CentreReport) -> String {
    let row = |target: &tandem_simulation::Target| {
        let class = if target.met() == Some(true) { "met" } else { "missed" };
        let found = target.found.map_or_else(String::new, |found| estimate(unit_of(target), found));
        let name = if target.assumed { format!("{} (assumed)", target.name) } else { target.name.clone() };
        format!(
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td class=\"{class}\">{}</td></tr>\n",
            escaped(&name),
            target.figure.replace('_', " "),
            escaped(&wanted(target)),
            escaped(&found),
            verdict(target)
        )
    };
    let rows: String = report.targets.iter().map(row).collect();
    table("Targets", &["target", "figure", "wanted", "found", ""], &rows)
}

fn bot(report: &CentreReport) -> String {
    let row = |cells: Vec<String>| {
        let cells: String = cells.iter().map(|cell| format!("<td>{}</td>", escaped(cell))).collect();
        format!("<tr>{cells}</tr>\n")
    };
    let part = |(name, rows): (&str, Vec<Vec<String>>)| {
        table(name, &["figure", "found"], &rows.into_iter().map(row).collect::<String>())
    };
    bot::parts(report).into_iter().map(part).collect()
}

/// The log beside the simulation.
fn comparison_table(report: &CentreReport) -> String {
    let row = |cells: &[String]| {
        let cells: String = cells.iter().map(|cell| format!("<td>{}</td>", escaped(cell))).collect();
        format!("<tr>{cells}</tr>\n")
    };
    let rows: String = comparison::rows(report).iter().map(|cells| row(cells)).collect();
    if rows.is_empty() {
        return rows;
    }
    table("The log beside the simulation", &comparison::HEADS, &rows)
}

/// The log's figure of the half-hours of the day, as a line beside the simulated one.
fn logged_line(report: &CentreReport, figure: Figure) -> Option<Series<'static>> {
    let rows = report.rows.iter().filter(|row| row.kind == SegmentKind::HalfHour);
    let values: Vec<Option<f64>> = rows.map(|row| row.logged(figure)).collect();
    values.iter().any(Option::is_some).then_some(Series { name: "logged", values })
}

/// A figure of the half-hours of the day.
fn half_hours(report: &CentreReport, figure: Figure) -> (Vec<String>, Vec<Option<f64>>) {
    let rows = report.rows.iter().filter(|row| row.kind == SegmentKind::HalfHour);
    rows.map(|row| (row.name.clone(), row.figure(figure).map(|found| found.mean))).unzip()
}

fn in_time(report: &CentreReport) -> String {
    let (places, values) = half_hours(report, Figure::ServiceLevel);
    let level = report.targets.first().filter(|target| target.figure == Figure::ServiceLevel.name());
    Chart {
        title: "Answered in time",
        places,
        series: [Series { name: "answered in time", values }]
            .into_iter()
            .chain(logged_line(report, Figure::ServiceLevel))
            .collect(),
        show: |share| format!("{:.0}%", share * 100.0),
        level: level.map(|target| (target.wanted, format!("wanted: {:.0}%", target.wanted * 100.0))),
        most: Some(1.0),
    }
    .svg()
}

fn offered(report: &CentreReport) -> String {
    let figures = [Figure::Offered, Figure::Abandoned];
    let days = report.days.max(1) as f64;
    let series = figures.iter().map(|figure| {
        let values = half_hours(report, *figure).1.into_iter().map(|value| value.map(|value| value / days));
        Series { name: title(*figure), values: values.collect() }
    });
    Chart {
        title: "Calls a day by half-hour",
        places: half_hours(report, Figure::Offered).0,
        series: series.collect(),
        show: |calls| value(Unit::Calls, calls),
        level: None,
        most: None,
    }
    .svg()
}

fn gave_up(report: &CentreReport) -> String {
    let Some(logged) = logged_line(report, Figure::Abandonment) else { return String::new() };
    let (places, values) = half_hours(report, Figure::Abandonment);
    let series = vec![Series { name: title(Figure::Abandonment), values }, logged];
    let show = |share| value(Unit::Share, share);
    Chart { title: "Gave up", places, series, show, level: None, most: None }.svg()
}

fn staff(report: &CentreReport) -> String {
    let series = vec![Series { name: "agents there", values: report.logged_staff.clone() }];
    let places = half_hours(report, Figure::Offered).0;
    let show = |agents| value(Unit::Calls, agents);
    Chart { title: "Agents there, as the log shows", places, series, show, level: None, most: None }.svg()
}

fn waits(report: &CentreReport) -> String {
    let (places, values) = half_hours(report, Figure::MeanWait);
    let simulated = Series { name: "mean wait", values };
    let series = [simulated].into_iter().chain(logged_line(report, Figure::MeanWait)).collect();
    let show = |seconds| value(Unit::Seconds, seconds);
    Chart { title: "Mean wait of all calls", places, series, show, level: None, most: None }.svg()
}

fn waiting(report: &CentreReport) -> String {
    let mut queues: Vec<_> = report.queues.iter().filter(|queue| queue.most > 0).collect();
    queues.sort_by_key(|queue| std::cmp::Reverse(queue.most));
    let series = queues.into_iter().take(SERIES_MAX);
    Chart {
        title: "Waiting calls, on average",
        places: half_hours(report, Figure::Offered).0,
        series: series.map(|one| Series { name: &one.queue, values: one.waiting.clone() }).collect(),
        show: |calls| value(Unit::Calls, calls),
        level: None,
        most: None,
    }
    .svg()
}

const COLUMNS: [Figure; 6] = [
    Figure::Offered,
    Figure::ServiceLevel,
    Figure::SpeedOfAnswer,
    Figure::LongestWait,
    Figure::Starved,
    Figure::Abandonment,
];

fn segments(report: &CentreReport) -> String {
    let mut text = String::new();
    let mut told: Vec<&SegmentKind> = Vec::new();
    for row in &report.rows {
        let name = match &row.kind {
            SegmentKind::Queue => "queue",
            SegmentKind::Arrivals => "arrivals",
            SegmentKind::Fact(name) => name,
            SegmentKind::All | SegmentKind::HalfHour | SegmentKind::Target => continue,
        };
        if !told.contains(&&row.kind) {
            told.push(&row.kind);
            text += &segment_table(name, report.rows.iter().filter(|one| one.kind == row.kind));
        }
    }
    if text.is_empty() { text } else { format!("<h2>By segment</h2>\n{text}") }
}

fn segment_table<'r>(name: &str, rows: impl Iterator<Item = &'r Row>) -> String {
    let used = rows.filter(|row| row.figure(Figure::Offered).is_some_and(|found| found.mean > 0.0));
    let cell = |row: &Row, figure: Figure| {
        let shown = row.figure(figure).map_or_else(String::new, |found| estimate(figure.unit(), found));
        format!("<td>{}</td>", escaped(&shown))
    };
    let rows: Vec<String> = used
        .map(|row| {
            let cells: String = COLUMNS.iter().map(|figure| cell(row, *figure)).collect();
            format!("<tr><td>{}</td>{cells}</tr>\n", escaped(&row.name))
        })
        .collect();
    if rows.len() < 2 {
        return String::new();
    }
    let heads: Vec<&str> = [name].into_iter().chain(COLUMNS.map(title)).collect();
    table(&format!("By {name}"), &heads, &rows.concat())
}

fn agents(report: &CentreReport) -> String {
    let row = |group: &tandem_simulation::GroupRow| {
        let occupancy = group.occupancy.map_or_else(String::new, |found| estimate(Unit::Share, found));
        format!(
            "<tr><td>{}</td><td>{}</td><td>{:.1}</td><td>{}</td></tr>\n",
            escaped(&group.name),
            group.agents,
            group.staffed_hours,
            escaped(&occupancy)
        )
    };
    let rows: String = report.groups.iter().map(row).collect();
    let heads = ["agents", "number", "hours there", "occupancy"];
    format!("<h2>Agents</h2>\n{}", table("Agents by group", &heads, &rows))
}

fn notes(report: &CentreReport) -> String {
    let assumed = report.assumed.iter().map(|line| format!("Assumed: {line}"));
    let unmeasured = report.targets.iter().filter_map(|target| {
        let figure = target.figure.replace('_', " ");
        Some(format!("Not measured: {}, {figure}: {}", target.name, target.unmeasured?))
    });
    let lines: String =
        assumed.chain(unmeasured).map(|line| format!("<p>{}</p>\n", escaped(&line))).collect();
    if lines.is_empty() { lines } else { format!("<h2>Notes</h2>\n{lines}") }
}

fn varied(runs: &[Run]) -> String {
    let name = runs.first().and_then(|run| run.variation.as_ref()).map_or("", |one| &one.path);
    let places: Vec<String> = runs
        .iter()
        .map(|run| run.variation.as_ref().map_or_else(String::new, |one| one.value.clone()))
        .collect();
    let of = |figure: Figure| -> Vec<Option<f64>> {
        let all = runs.iter().map(|run| run.report.all().and_then(|all| all.figure(figure)));
        all.map(|found| found.map(|found| found.mean)).collect()
    };
    let occupancy = runs.iter().map(|run| run.report.groups.first().and_then(|group| group.occupancy));
    let series = vec![
        Series { name: title(Figure::ServiceLevel), values: of(Figure::ServiceLevel) },
        Series { name: title(Figure::Abandonment), values: of(Figure::Abandonment) },
        Series { name: "occupancy", values: occupancy.map(|found| found.map(|found| found.mean)).collect() },
    ];
    let percent = |share: f64| format!("{:.0}%", share * 100.0);
    let heading = format!("By {name}");
    let shares = Chart {
        title: &heading,
        places: places.clone(),
        series,
        show: percent,
        level: None,
        most: Some(1.0),
    };
    let series = vec![Series { name: title(Figure::SpeedOfAnswer), values: of(Figure::SpeedOfAnswer) }];
    let show = |seconds| value(Unit::Seconds, seconds);
    let waits = Chart { title: "Mean wait of answered", places, series, show, level: None, most: None };
    let columns = bot::varied(&COLUMNS, runs.iter().map(|run| &run.report));
    let rows: String = runs.iter().map(|run| varied_row(run, &columns)).collect();
    let titles = columns.iter().map(|figure| title(*figure));
    let heads: Vec<&str> = [name].into_iter().chain(titles).chain(["occupancy"]).collect();
    format!(
        "<div class=\"charts\">\n{}{}</div>\n{}",
        shares.svg(),
        waits.svg(),
        table(&heading, &heads, &rows)
    )
}

fn varied_row(run: &Run, columns: &[Figure]) -> String {
    let all = run.report.all();
    let shown = columns.iter().map(|figure| {
        let found = all.and_then(|all| all.figure(*figure));
        found.map_or_else(String::new, |found| estimate(figure.unit(), found))
    });
    let occupancy = run.report.groups.first().and_then(|group| group.occupancy);
    let cells = shown.chain([occupancy.map_or_else(String::new, |found| estimate(Unit::Share, found))]);
    let cells: String = cells.map(|cell| format!("<td>{}</td>", escaped(&cell))).collect();
    let value = run.variation.as_ref().map_or("", |one| &one.value);
    format!("<tr><td>{}</td>{cells}</tr>\n", escaped(value))
}

fn compared(first: &Run, second: &Run) -> String {
    let differences = first.report.differences(&second.report);
    let row = |one: &tandem_simulation::Difference| {
        let unit = one.figure.unit();
        let cells = [value(unit, one.first.mean), value(unit, one.second.mean), change(unit, one.change)];
        let cells: String = cells.iter().map(|cell| format!("<td>{}</td>", escaped(cell))).collect();
        format!("<tr><td>{}</td>{cells}</tr>\n", title(one.figure))
    };
    let rows: String = differences.iter().map(row).collect();
    let name = |run: &Run| run.policy.clone().unwrap_or_default();
    let (one, two) = (name(first), name(second));
    let heads = ["all calls", &one, &two, "second less first"];
    table("Two policies on the same callers", &heads, &rows)
}
