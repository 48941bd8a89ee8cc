//! The page of a what-if with two policies.

use tandem_simulation::{CentreReport, Figure, Whole};

use super::Run;
use super::charts::{Chart, Level, Scale, Series};
use super::day::wanted;
use super::needed::{sentences, sides};
use super::page::notes;
use super::several::values;
use crate::report::html::{list, verdict};

/// Figures of each value.
const COLUMNS: [Figure; 4] =
    [Figure::ServiceLevel, Figure::SpeedOfAnswer, Figure::Abandonment, Figure::AutomationRate];

/// A what-if with two policies: from which value on each is enough.
pub(super) fn needed(runs: &[Run]) -> String {
    let sides = sides(runs);
    let name = runs.first().map_or("", Run::varied);
    let places: Vec<String> = sides
        .first()
        .map_or_else(Vec::new, |side| side.runs.iter().map(|run| run.varied_to().to_owned()).collect());
    let chart = |title: &str, axes: &str, scale: Scale, of: &dyn Fn(&CentreReport) -> Option<f64>| {
        let shares = matches!(scale, Scale::Share);
        let series = sides.iter().map(|side| Series {
            name: side.policy,
            values: side.runs.iter().map(|run| of(&run.report)).collect(),
        });
        Chart {
            title,
            axes,
            places: &places,
            series: series.collect(),
            scale,
            level: runs.first().filter(|_| shares).map(|run| Level { marked: false, ..wanted(&run.report) }),
            most: shares.then_some(1.0),
        }
        .svg()
    };
    let currency = runs.first().and_then(|run| run.report.currency.as_deref()).unwrap_or_default();
    let (shares_by, costs_by) = (format!("share of calls, by {name}"), format!("{currency}, by {name}"));
    let in_time = |report: &CentreReport| Some(report.all()?.figure(Figure::ServiceLevel)?.mean);
    let cost = |report: &CentreReport| report.whole(Whole::CostPerCall).map(|found| found.mean);
    let charts = [
        chart("Answered in time", &shares_by, Scale::Share, &in_time),
        chart("Cost of a call", &costs_by, Scale::Number, &cost),
    ];
    let tables: String = sides
        .iter()
        .map(|side| values(&format!("{}, by {name}", side.policy), &side.runs, &COLUMNS))
        .collect();
    let met = Some(sides.iter().any(|side| side.enough().is_some()));
    let (first, others) = split(sentences(&sides));
    format!(
        "{}{}<div class=\"charts\">\n{}</div>\n{tables}{}",
        verdict(met, &first),
        list(&others),
        charts.concat(),
        runs.first().map_or_else(String::new, |run| notes(&run.report))
    )
}

/// What is read first, and the rest.
fn split(mut lines: Vec<String>) -> (String, Vec<String>) {
    let others = lines.split_off(lines.len().min(2));
    (lines.join("; "), others)
}
