//! Alerts on a line of time: one row a watch, one dot an alert.

use std::fmt::Write as _;

use tandem_simulation::{AlertLine, show_time};

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

/// The chart as SVG; nothing without alerts.
pub(super) fn svg(alerts: &[AlertLine]) -> String {
    let mut watches: Vec<&str> = Vec::new();
    for alert in alerts {
        if watches.len() < ROWS_MAX && !watches.contains(&alert.policy.as_str()) {
            watches.push(&alert.policy);
        }
    }
    if watches.is_empty() {
        return String::new();
    }
    let end_ms = alerts.iter().map(|alert| alert.at_ms).max().unwrap_or_default().max(1_000);
    let height = ROW * watches.len() as f64 + BOTTOM;
    let mut svg = format!(
        "<figure><figcaption>When watches acted <small>time since the call began</small></figcaption>\n<svg viewBox=\"0 0 {WIDTH} \
         {height}\" role=\"img\" aria-label=\"{} alerts of {} watches within {}\">\n",
        alerts.len(),
        watches.len(),
        escaped(&show_time(end_ms))
    );
    let x = |at_ms: i64| LEFT + (WIDTH - LEFT - RIGHT) * (at_ms.max(0) as f64 / end_ms as f64);
    for (at, watch) in watches.iter().enumerate() {
        let y = ROW * (at as f64 + 0.5);
        _ = write!(
            svg,
            "<line class=\"grid\" x1=\"{LEFT}\" y1=\"{y}\" x2=\"{WIDTH}\" y2=\"{y}\"/>\n<text x=\"{}\" y=\"{}\" \
             text-anchor=\"end\">{}</text>\n",
            LEFT - 8.0,
            y + 4.0,
            escaped(&short(watch))
        );
        for alert in alerts.iter().filter(|alert| alert.policy == **watch) {
            let told = format!(
                "{} at {}: {}",
                call_name(&alert.call, &alert.file),
                show_time(alert.at_ms),
                alert.action
            );
            _ = writeln!(
                svg,
                "<circle class=\"dot s{}\" cx=\"{:.1}\" cy=\"{y}\" r=\"5\"><title>{}</title></circle>",
                at % 6,
                x(alert.at_ms),
                escaped(&told)
            );
        }
    }
    for quarter in 0..=4 {
        let at_ms = end_ms * quarter / 4;
        let anchor = if quarter == 4 { "end" } else { "middle" };
        let half = if quarter % 2 == 1 { " class=\"half\"" } else { "" };
        _ = writeln!(
            svg,
            "<text{half} x=\"{:.1}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
            x(at_ms),
            height - 6.0,
            escaped(&show_time(at_ms / 1_000 * 1_000))
        );
    }
    svg + "</svg>\n</figure>\n"
}

/// The last part of a name that fits.
fn short(name: &str) -> String {
    let last = name.rsplit('.').next().unwrap_or(name);
    match last.char_indices().nth(NAME_MAX) {
        Some((end, _)) => format!("{}…", last.get(..end).unwrap_or(last)),
        None => last.to_owned(),
    }
}
