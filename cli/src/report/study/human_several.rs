//! What-ifs and comparisons, for people.

use tandem_simulation::Figure;

use super::human::{head, notes, titled};
use super::needed::{self, cells_of_whole, wholes};
use super::numbers::{estimate, title};
use super::{Run, Study, bot, campaigns, changes};
use crate::table::{Side::Left, Side::Right, paragraph, table};

/// Figures that stand beside every value.
const USUAL: [Figure; 3] = [Figure::ServiceLevel, Figure::SpeedOfAnswer, Figure::Abandonment];

/// One row for each value of the what-if.
pub(super) fn varied(study: &Study, runs: &[Run]) -> String {
    let Some(first) = runs.first() else { return String::new() };
    let all: Vec<&Run> = runs.iter().collect();
    let figures = bot::varied(&USUAL, runs.iter().map(|run| &run.report));
    format!("{}\n{}\n{}", head(study, first), rows(&all, &figures), notes(&first.report))
}

/// A what-if with two policies: from which value on each is enough.
pub(super) fn needed(study: &Study, runs: &[Run]) -> String {
    let Some(first) = runs.first() else { return String::new() };
    let sides = needed::sides(runs);
    let told: String = needed::sentences(&sides).iter().map(|line| paragraph(line, 2)).collect();
    let tables = sides.iter().map(|side| titled(&format!("With {}", side.policy), &rows(&side.runs, &USUAL)));
    let untold = Run { policy: None, variation: None, report: first.report.clone() };
    let parts = [head(study, &untold), titled("How many are needed", &told)].into_iter().chain(tables);
    parts.chain([notes(&first.report)]).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

fn rows(runs: &[&Run], figures: &[Figure]) -> String {
    let path = runs.first().map_or("", |run| run.varied());
    let wholes = wholes(runs);
    let calls = runs.iter().any(|run| !run.report.campaigns.is_empty());
    // Without campaigns only whether targets were met.
    let more = if calls { 0 } else { campaigns::VARIED.len() - 1 };
    let row = |run: &&Run| {
        let all = run.report.all();
        let cell = |figure: &Figure| {
            let found = all.and_then(|all| all.figure(*figure));
            found.map_or_else(String::new, |found| estimate(figure.unit(), found))
        };
        let mut row = vec![run.varied_to().to_owned()];
        row.extend(figures.iter().map(cell));
        row.extend(cells_of_whole(run, &wholes));
        row.extend(campaigns::varied(&run.report).into_iter().skip(more));
        row
    };
    let rows: Vec<Vec<String>> = runs.iter().map(row).collect();
    let titles = needed::titles_of_whole(runs, &wholes);
    let columns = figures.iter().map(|figure| (title(*figure), Right));
    let heads =
        [(path, Right)].into_iter().chain(columns).chain(titles.iter().map(|one| (one.as_str(), Right)));
    let heads: Vec<_> = heads.chain(campaigns::VARIED.iter().skip(more).map(|head| (*head, Right))).collect();
    table(&heads, &rows)
}

/// Two policies on the same callers.
pub(super) fn compared(study: &Study, first: &Run, second: &Run) -> String {
    let name = |run: &Run| run.policy.clone().unwrap_or_default();
    let rows: Vec<Vec<String>> =
        changes::rows(&first.report, &second.report).into_iter().map(Vec::from).collect();
    let (one, two) = (name(first), name(second));
    let heads =
        [("all calls", Left), ("first", Right), ("second", Right), ("second less first", Right), ("", Left)];
    format!(
        "{}\nfirst: {one}\nsecond: {two}, on the same callers\n\n{}\n{}",
        head(study, &Run { policy: None, variation: None, report: first.report.clone() }).trim_end(),
        table(&heads, &rows),
        notes(&second.report)
    )
}
