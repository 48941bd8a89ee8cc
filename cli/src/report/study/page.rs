//! The report as one page for browsers: no script, no other file, light and dark. What was wanted and what came of it
//! stands first.

use tandem_simulation::{CentreReport, Estimate, Figure, Row, SegmentKind, Target, Unit, Whole, show_time};

use super::numbers::{estimate, title, title_of_whole, verdict, wanted};
use super::{
    Run, Study, bot, busy, campaign_page, comparison, day, fairness, look, modes, needed_page, several,
    tickets,
};
use crate::report::html::{
    Cells, cells_of, document, escaped, judged, judged_bar, list, row, row_with, table, table_of,
    verdict as banner,
};

/// The whole page.
pub(crate) fn html(study: &Study) -> String {
    let body = match study.runs.as_slice() {
        [one] => single(one),
        [first, second] if study.compared => several::compared(first, second),
        runs if study.compared => needed_page::needed(runs),
        runs => several::varied(runs),
    };
    let first = study.runs.first().map_or_else(String::new, |run| head(study, run));
    document(&study.scenario, &(first + &body))
}

fn head(study: &Study, run: &Run) -> String {
    let report = &run.report;
    let policies: Vec<&str> = match study.compared {
        true => study.runs.iter().take(2).filter_map(|run| run.policy.as_deref()).collect(),
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
    let (met, text) = look::verdict(report);
    let look = list(&look::sentences(report));
    let look =
        if look.is_empty() { look } else { format!("<h2>Where, when, and what to look at</h2>\n{look}") };
    [
        banner(met, &text),
        tiles(report),
        look,
        targets(report),
        day::html(report),
        comparison_table(report),
        bot(report),
        segments(report),
        fair(report),
        campaign_page::html(report),
        tickets::page(report),
        table("Modes", &modes::HEADS, &modes::rows(report).iter().map(row).collect::<String>()),
        agents(report),
        table("Agents by queue", &busy::HEADS, &busy::rows(report).iter().map(row).collect::<String>()),
        notes(report),
    ]
    .concat()
}

fn tiles(report: &CentreReport) -> String {
    let Some(all) = report.all() else { return String::new() };
    let within = format!("answered within {}", show_time(all.promise.within_ms));
    let figure = |name: &str, figure: Figure| tile(name, figure.unit(), all.figure(figure));
    let whole = |figure: Whole| tile(&title_of_whole(figure, report), figure.unit(), report.whole(figure));
    let automated = all.figure(Figure::AutomationRate).filter(|found| found.mean > 0.0);
    let tiles = [
        figure("calls offered, a run", Figure::Offered),
        figure(&within, Figure::ServiceLevel),
        figure("mean wait of answered", Figure::SpeedOfAnswer),
        figure("gave up", Figure::Abandonment),
        tile(title(Figure::AutomationRate), Unit::Share, automated),
        whole(Whole::Occupancy),
        figure("handling time", Figure::HandleTime),
        whole(Whole::CallsPerAgent),
        whole(Whole::CostPerCall),
    ];
    format!("<div class=\"tiles\">\n{}</div>\n", tiles.concat())
}

pub(super) fn tile(name: &str, unit: Unit, found: Option<Estimate>) -> String {
    let Some(found) = found else { return String::new() };
    let shown = estimate(unit, found);
    let (big, small) = shown.split_once(" ± ").unwrap_or((&shown, ""));
    let small = if small.is_empty() { String::new() } else { format!(" ± {small}") };
    format!("<div><b>{}</b><span>{}{}</span></div>\n", escaped(big), escaped(name), escaped(&small))
}

/// All targets with what came of each.
pub(super) fn targets(report: &CentreReport) -> String {
    let row = |target: &Target| {
        let found = target.found.map_or_else(String::new, |found| estimate(target.unit, found));
        let name = if target.assumed { format!("{} (assumed)", target.name) } else { target.name.clone() };
        let cells = [name, look::figure(target), wanted(target), found];
        row_with(cells, &judged(target.met(), verdict(target)))
    };
    let rows: String = report.targets.iter().map(row).collect();
    table_of(Cells::Texts, "Targets", &["target", "figure", "wanted", "found", "result"], &rows)
}

fn bot(report: &CentreReport) -> String {
    let part = |(name, rows): (&str, Vec<Vec<String>>)| {
        table(name, &["figure", "found"], &rows.iter().map(row).collect::<String>())
    };
    bot::parts(report).into_iter().map(part).collect()
}

/// The log beside the simulation.
fn comparison_table(report: &CentreReport) -> String {
    let rows: String = comparison::rows(report).iter().map(row).collect();
    if rows.is_empty() {
        return rows;
    }
    let all = table("The log beside the simulation", &comparison::HEADS, &rows);
    let hours: String = comparison::by_hour(report).iter().map(row).collect();
    format!("{all}{}", table("By hour of the day", &comparison::HOUR_HEADS, &hours))
}

/// Figures of each segment, and of what-ifs.
pub(super) const COLUMNS: [Figure; 6] = [
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

/// Figures of a segment beside the share answered in time.
const BESIDE: [Figure; 5] =
    [Figure::Offered, Figure::SpeedOfAnswer, Figure::LongestWait, Figure::Starved, Figure::Abandonment];

fn segment_table<'r>(name: &str, rows: impl Iterator<Item = &'r Row>) -> String {
    let used = rows.filter(|row| row.figure(Figure::Offered).is_some_and(|found| found.mean > 0.0));
    let figures_of = |one: &Row| [one.name.clone()].into_iter().chain(figures(Some(one), &BESIDE));
    let rows: Vec<String> = used.map(|one| row_with(figures_of(one), &in_time(one))).collect();
    if rows.len() < 2 {
        return String::new();
    }
    let titles = BESIDE.map(title).into_iter().chain([title(Figure::ServiceLevel)]);
    let heads: Vec<&str> = [name].into_iter().chain(titles).collect();
    table(&format!("By {name}"), &heads, &rows.concat())
}

/// How callers fare by what is protected of them.
fn fair(report: &CentreReport) -> String {
    let one = |split: &tandem_simulation::FairnessSplit| {
        let heads: Vec<&str> = [split.fact.as_str()].into_iter().chain(fairness::HEADS).collect();
        let rows: String = fairness::rows(split).iter().map(row).collect();
        table(&fairness::title(split), &heads, &rows) + &list(&fairness::gaps(split))
    };
    report.fairness.iter().map(one).collect()
}

/// The share answered in time as a bar, which tells by its colour whether it is less than promised.
fn in_time(one: &Row) -> String {
    let Some(found) = one.figure(Figure::ServiceLevel) else { return "<td></td>".to_owned() };
    let kept = (one.promise.share > 0.0).then_some(found.mean >= one.promise.share);
    judged_bar(kept, found.mean, &estimate(Unit::Share, found))
}

/// Figures of a segment, one a column.
pub(super) fn figures(row: Option<&Row>, columns: &[Figure]) -> Vec<String> {
    let shown = columns.iter().map(|figure| {
        let found = row.and_then(|row| row.figure(*figure));
        found.map_or_else(String::new, |found| estimate(figure.unit(), found))
    });
    shown.collect()
}

fn agents(report: &CentreReport) -> String {
    let row = |group: &tandem_simulation::GroupRow| {
        let occupancy = group.occupancy.map_or_else(String::new, |found| estimate(Unit::Share, found));
        let hours = format!("{:.1}", group.staffed_hours);
        format!("<tr>{}</tr>\n", cells_of([&group.name, &group.agents.to_string(), &hours, &occupancy]))
    };
    let rows: String = report.groups.iter().map(row).collect();
    let heads = ["agents", "number", "hours there, a run", "occupancy"];
    format!("<h2>Agents</h2>\n{}", table("Agents by group", &heads, &rows))
}

/// What was assumed, left out or not measured.
pub(super) fn notes(report: &CentreReport) -> String {
    let lines = super::notes::lines(report);
    if lines.is_empty() { String::new() } else { format!("<h2>Notes</h2>\n{}", list(&lines)) }
}
