//! What leaves for others to learn from, a row for calls that are alike.

use tandem_simulation::{ExportRow, ExportTotal, Summary};

use super::html;
use super::human::{counted, titled};
use crate::table::{Side::Left, Side::Right, table};

/// Rows of an export that are listed; the JSON report has all.
const ROWS_SHOWN: usize = 20;

/// For people.
pub(crate) fn human(summary: &Summary) -> String {
    let one = |total: &ExportTotal| {
        let heads = heads(total);
        let heads: Vec<_> =
            heads.iter().map(|head| (*head, if *head == "calls" { Right } else { Left })).collect();
        let rows: Vec<Vec<String>> = total.rows.iter().take(ROWS_SHOWN).map(row).collect();
        titled(&title(total), &format!("{}  {}\n", table(&heads, &rows), rest(total)))
    };
    summary.exports.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// For browsers.
pub(crate) fn page(summary: &Summary) -> String {
    let one = |total: &ExportTotal| {
        let rows: String = total.rows.iter().take(ROWS_SHOWN).map(|one| html::row(row(one))).collect();
        html::table(&title(total), &heads(total), &rows) + &html::list(&[rest(total)])
    };
    summary.exports.iter().map(one).collect()
}

fn title(total: &ExportTotal) -> String {
    let because = if total.because.is_empty() { String::new() } else { format!(", {}", total.because) };
    format!("Exported, anonymised: {}{because}", total.export)
}

fn heads(total: &ExportTotal) -> Vec<&str> {
    let columns = total.rows.first().into_iter().flat_map(|row| row.values.keys());
    columns.map(String::as_str).chain(["calls"]).collect()
}

fn row(row: &ExportRow) -> Vec<String> {
    row.values.values().cloned().chain([row.calls.to_string()]).collect()
}

/// What is not listed, and what does not leave.
fn rest(total: &ExportTotal) -> String {
    let more = total.rows.len().saturating_sub(ROWS_SHOWN);
    let more = if more > 0 { format!("{more} more rows; ") } else { String::new() };
    let kept = counted(total.kept_back, "call");
    format!("{more}{kept} kept back: fewer than {} are alike", total.groups_of)
}
