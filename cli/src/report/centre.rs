//! What the human report says of the centre as a whole: samples, experiments, targets.

use tandem_simulation::{SideTotal, Summary};

use super::evidence::Evidence;
use super::human::{more, titled};
use super::replay_outcome::word;
use crate::table::{Side::Left, Side::Right, table};

/// Answers of one side of an experiment that are listed; the JSON report has more.
const ANSWERS_SHOWN: usize = 8;

/// How many calls each sampling took, and which.
pub(crate) fn samples(summary: &Summary, evidence: &Evidence) -> String {
    let mut text = String::new();
    for total in &summary.samplings {
        text += &format!("  {}: {} of {} calls\n", total.sampling, total.taken, total.calls);
    }
    let rows: Vec<Vec<String>> = evidence
        .samples
        .iter()
        .map(|one| vec![one.call.clone(), one.sampling.clone(), one.line.clone(), one.because.clone()])
        .collect();
    let heads = [("call", Left), ("sampling", Left), ("taken by", Left), ("because", Left)];
    text += &table(&heads, &rows);
    titled("Calls to listen to", &(text + &more(evidence.samples_count, rows.len())))
}

/// How many callers became leads of each campaign.
pub(crate) fn leads(summary: &Summary) -> String {
    let rows: Vec<Vec<String>> = summary
        .lead_totals
        .iter()
        .map(|total| vec![total.campaign.clone(), total.leads.to_string()])
        .collect();
    let heads = [("campaign", Left), ("leads", Right)];
    titled("Callers who became leads", &table(&heads, &rows))
}

/// What both sides of each experiment decided.
pub(crate) fn experiments(summary: &Summary) -> String {
    let mut rows = Vec::new();
    for total in &summary.experiments {
        for (name, side) in [("as ever", &total.usual), ("tried", &total.tried)] {
            rows.extend(side_rows(&total.experiment, name, side));
        }
    }
    let heads = [("experiment", Left), ("side", Left), ("policy", Left), ("calls", Right), ("answer", Left)];
    titled("Experiments", &table(&heads, &rows))
}

fn side_rows(experiment: &str, name: &str, side: &SideTotal) -> Vec<Vec<String>> {
    let row = |calls: u64, answer: String| {
        vec![experiment.to_owned(), name.to_owned(), side.policy.clone(), calls.to_string(), answer]
    };
    let mut rows = vec![row(side.calls, String::new())];
    let shown = side.answers.iter().take(ANSWERS_SHOWN);
    rows.extend(shown.map(|(answer, calls)| row(*calls, answer.clone())));
    rows
}

/// Which figures are reached, and which only a centre can tell.
pub(crate) fn targets(summary: &Summary) -> String {
    let rows: Vec<Vec<String>> = summary
        .targets
        .iter()
        .map(|one| {
            vec![one.target.clone(), one.figure.clone(), one.bound.clone(), one.shown.clone(), word(one)]
        })
        .collect();
    let heads = [("target", Left), ("figure", Left), ("wanted", Left), ("measured", Right), ("", Left)];
    titled("Targets", &table(&heads, &rows))
}
