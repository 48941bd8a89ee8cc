//! What Erlang's formulas answer, written for people and as a JSON document.

use serde::Serialize;
use tandem_simulation::{ErlangMeasures, ErlangModel, ErlangQuestion, MAX_AGENTS, show_time};

use crate::table::{Side, table};

/// The version of the JSON document.
const VERSION: u32 = 1;

/// How many agents more and fewer are shown beside those that were asked for.
const NEIGHBOURS: u32 = 2;

/// A question and what came of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answer {
    pub(crate) question: ErlangQuestion,
    /// The share of calls for which agents were sought.
    pub(crate) wanted: Option<f64>,
    pub(crate) agents: u32,
    pub(crate) measures: ErlangMeasures,
}

#[derive(Serialize)]
struct Document {
    version: u32,
    model: ErlangModel,
    erlangs: f64,
    agents: u32,
    #[serde(rename = "for")]
    wanted: Option<f64>,
    aht_s: Option<f64>,
    patience_s: Option<f64>,
    within_s: f64,
    #[serde(flatten)]
    measures: ErlangMeasures,
}

/// The JSON document.
pub(crate) fn json(answer: &Answer) -> Result<String, serde_json::Error> {
    let Answer { question, wanted, agents, measures } = *answer;
    let ErlangQuestion { model, erlangs, aht_s, patience_s, within_s } = question;
    let version = VERSION;
    let document =
        Document { version, model, erlangs, agents, wanted, aht_s, patience_s, within_s, measures };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

/// The load, and a row for each number of agents around the one that was asked for.
pub(crate) fn human(answer: &Answer) -> String {
    let Answer { question, agents, .. } = answer;
    let around = agents.saturating_sub(NEIGHBOURS).max(1)..=agents.saturating_add(NEIGHBOURS).min(MAX_AGENTS);
    let told = around.map(|count| (count, question.measures(count).ok()));
    let columns = columns(answer);
    let rows: Vec<Vec<String>> = told
        .map(|(count, measures)| {
            let mark = if count == *agents { "→" } else { "" };
            let cell = |column: &Column| {
                measures.map_or_else(|| "–".to_owned(), |measures| (column.cell)(&measures))
            };
            [mark.to_owned(), count.to_string()].into_iter().chain(columns.iter().map(cell)).collect()
        })
        .collect();
    let named = columns.iter().map(|column| (column.head.as_str(), Side::Right));
    let heads: Vec<(&str, Side)> =
        [("", Side::Left), ("agents", Side::Right)].into_iter().chain(named).collect();
    format!("{}{}{}", head(answer), table(&heads, &rows), remark(&rows))
}

fn head(answer: &Answer) -> String {
    let Answer { question, wanted, agents, .. } = answer;
    let (letter, callers) = match question.model {
        ErlangModel::B => ("B", "who finds all agents busy is lost"),
        ErlangModel::C => ("C", "everybody waits as long as it takes"),
        ErlangModel::A => ("A", "callers give up when they lose patience"),
    };
    let time = |what: &str, seconds: Option<f64>| {
        seconds.map_or_else(String::new, |seconds| format!(", {what} {}", show_seconds(seconds)))
    };
    let patience = question.patience_s.filter(|_| question.model == ErlangModel::A);
    let load = trimmed(question.erlangs);
    let load =
        format!("{load} erlangs{}{}", time("handling time", question.aht_s), time("patience", patience));
    let needed = wanted.map_or_else(String::new, |share| {
        let share = trimmed(share * 100.0);
        let within = show_seconds(question.within_s);
        match question.model {
            ErlangModel::B => format!("{agents} agents answer {share}% of calls\n"),
            _ => format!("{agents} agents answer {share}% of calls within {within}\n"),
        }
    });
    format!("Erlang {letter} ({callers}): {load}\n{needed}")
}

struct Column {
    head: String,
    cell: fn(&ErlangMeasures) -> String,
}

/// The columns that the model can fill.
fn columns(answer: &Answer) -> Vec<Column> {
    let Answer { question, measures, .. } = answer;
    let within = format!("answered in {}", show_seconds(question.within_s));
    let column = |head: &str, cell: fn(&ErlangMeasures) -> String| Column { head: head.to_owned(), cell };
    let all = [
        (measures.p_block.is_some(), column("lost", |told| percent(told.p_block))),
        (measures.p_wait.is_some(), column("wait", |told| percent(told.p_wait))),
        (measures.service_level.is_some(), column(&within, |told| percent(told.service_level))),
        (measures.asa_s.is_some(), column("mean wait, answered", |told| seconds(told.asa_s))),
        (measures.p_abandon.is_some(), column("mean wait, all", |told| seconds(told.mean_wait_s))),
        (measures.p_abandon.is_some(), column("give up", |told| percent(told.p_abandon))),
        (true, column("occupancy", |told| percent(Some(told.occupancy)))),
    ];
    all.into_iter().filter_map(|(told, column)| told.then_some(column)).collect()
}

/// Why a row is empty.
fn remark(rows: &[Vec<String>]) -> &'static str {
    let empty = rows.iter().flatten().any(|cell| cell == "–");
    if empty { "  –  the load is more than these agents can take\n" } else { "" }
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(String::new, |share| format!("{:.2}%", share * 100.0))
}

fn seconds(seconds: Option<f64>) -> String {
    seconds.map_or_else(String::new, |seconds| format!("{seconds:.2}s"))
}

fn show_seconds(seconds: f64) -> String {
    show_time((seconds * 1000.0).round() as i64)
}

/// At most four decimals, no trailing zeros.
fn trimmed(number: f64) -> String {
    format!("{number:.4}").trim_end_matches('0').trim_end_matches('.').to_owned()
}
