//! Alerts on a line of time, one row a watch: one dot an alert, or bars where they are many.

use std::fmt::Write as _;

use tandem_simulation::{AlertLine, AlertTimes, Spread, Summary, show_time};

use super::digits::grouped;
use super::html::escaped;
use super::naming::call_name;

const WIDTH: f64 = 560.0;
const LEFT: f64 = 172.0;
const RIGHT: f64 = 14.0;
const ROW: f64 = 26.0;
const BOTTOM: f64 = 26.0;

/// Watches that have a row; more could not be told apart.
const ROWS_MAX: usize = 14;

/// Letters of a watch's name that fit.
const NAME_MAX: usize = 17;

/// Alerts that are drawn one by one; of more, how many there were is.
const DOTS_MAX: usize = 200;

/// The chart as SVG; nothing without alerts.
pub(super) fn svg(summary: &Summary) -> String {
    let rows: Vec<&AlertTimes> = summary.alert_times.iter().take(ROWS_MAX).collect();
    if rows.is_empty() {
        return String::new();
    }
    let all: u64 = summary.alert_times.iter().map(|one| one.times.total()).sum();
    let height = ROW * rows.len() as f64 + BOTTOM;
    let listed = all == summary.alerts.len() as u64 && summary.alerts.len() <= DOTS_MAX;
    let (end_ms, drawn) = if listed { dots(&rows, &summary.alerts) } else { bars(&rows) };
    let how = match listed {
        true => String::new(),
        false => format!("; {} alerts and transfers, follow-ups too, by how many came", grouped(all)),
    };
    let left_out = summary.alert_times.len().saturating_sub(rows.len());
    let left_out =
        if left_out == 0 { String::new() } else { format!("; {left_out} more watches are left out") };
    format!(
        "<figure><figcaption>When watches acted <small>time since the call began{how}{left_out}</small></figcaption>\n<svg class=\"acts\" \
         viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{} alerts of {} watches within {}\">\n{}{drawn}{}</svg>\n\
         </figure>\n",
        grouped(all),
        rows.len(),
        escaped(&show_time(end_ms)),
        names(&rows, listed),
        axis(end_ms, height)
    )
}

/// The middle of a row.
fn middle(row: usize) -> f64 {
    ROW * (row as f64 + 0.5)
}

/// Where the bars of a row stand.
fn bottom(row: usize) -> f64 {
    ROW * (row as f64 + 1.0) - 2.0
}

fn x(at_ms: i64, end_ms: i64) -> f64 {
    LEFT + (WIDTH - LEFT - RIGHT) * (at_ms.max(0) as f64 / end_ms as f64)
}

/// Names with a line through the dots, or under the bars.
fn names(rows: &[&AlertTimes], listed: bool) -> String {
    let one = |(at, row): (usize, &&AlertTimes)| {
        let y = middle(at);
        let line_y = if listed { y } else { bottom(at) };
        format!(
            "<line class=\"grid\" x1=\"{LEFT}\" y1=\"{line_y}\" x2=\"{WIDTH}\" y2=\"{line_y}\"/>\n<text x=\"{}\" y=\"{}\" \
             text-anchor=\"end\">{}</text>\n",
            LEFT - 8.0,
            y + 4.0,
            escaped(&short(&row.policy))
        )
    };
    rows.iter().enumerate().map(one).collect()
}

/// Each alert.
fn dots(rows: &[&AlertTimes], alerts: &[AlertLine]) -> (i64, String) {
    let end_ms = alerts.iter().map(|alert| alert.at_ms).max().unwrap_or_default().max(1_000);
    let mut svg = String::new();
    for (at, row) in rows.iter().enumerate() {
        for alert in alerts.iter().filter(|alert| alert.policy == row.policy) {
            let (call, at_ms) = (call_name(&alert.call, &alert.file), show_time(alert.at_ms));
            _ = writeln!(
                svg,
                "<circle class=\"dot s{}\" cx=\"{:.1}\" cy=\"{}\" r=\"5\"><title>{}</title></circle>",
                at % 6,
                x(alert.at_ms, end_ms),
                middle(at),
                escaped(&format!("{call} at {at_ms}: {}", alert.action))
            );
        }
    }
    (end_ms, svg)
}

/// How many alerts there were, by steps of time.
fn bars(rows: &[&AlertTimes]) -> (i64, String) {
    let step_ms = rows.iter().map(|row| row.times.step_ms).max().unwrap_or(1);
    let spreads: Vec<Spread> = rows.iter().map(|row| row.times.clone().in_steps_of(step_ms)).collect();
    let steps = spreads.iter().map(|spread| spread.counts.len()).max().unwrap_or(1);
    let most = spreads.iter().flat_map(|spread| &spread.counts).copied().max().unwrap_or(1).max(1);
    let end_ms = step_ms.saturating_mul(steps as i64);
    let width = (WIDTH - LEFT - RIGHT) / steps as f64;
    let mut svg = String::new();
    for (at, spread) in spreads.iter().enumerate() {
        for (from_ms, count) in
            (0_i64..).map(|step| step * step_ms).zip(&spread.counts).filter(|(_, count)| **count > 0)
        {
            let height = ((ROW - 4.0) * *count as f64 / most as f64).max(1.0);
            let span = format!("{} to {}", show_time(from_ms), show_time(from_ms + step_ms));
            _ = writeln!(
                svg,
                "<rect class=\"dot s{}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"><title>{}</title></rect>",
                at % 6,
                x(from_ms, end_ms),
                bottom(at) - height,
                escaped(&format!("{span}: {}", grouped(*count)))
            );
        }
    }
    (end_ms, svg)
}

fn axis(end_ms: i64, height: f64) -> String {
    let one = |quarter: i64| {
        let at_ms = end_ms * quarter / 4;
        let anchor = if quarter == 4 { "end" } else { "middle" };
        let half = if quarter % 2 == 1 { " class=\"half\"" } else { "" };
        format!(
            "<text{half} x=\"{:.1}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>\n",
            x(at_ms, end_ms),
            height - 6.0,
            escaped(&show_time(at_ms / 1_000 * 1_000))
        )
    };
    (0..=4).map(one).collect()
}

/// The last part of a name that fits.
fn short(name: &str) -> String {
    let last = name.rsplit('.').next().unwrap_or(name);
    match last.char_indices().nth(NAME_MAX) {
        Some((end, _)) => format!("{}…", last.get(..end).unwrap_or(last)),
        None => last.to_owned(),
    }
}
