//! Reports of many recorded calls, and of logs alone: what is drawn is of all, and what is left out is said.

#![cfg(test)]

mod support;

use serde_json::Value;
use support::{CALLS, Folder, SOUND, root, tandem};

/// Copies of the calls.
const COPIES: usize = 1_200;

fn folder() -> Folder {
    let lines = (0..COPIES).map(|number| CALLS.replace("\"call\":\"", &format!("\"call\":\"{number}-")));
    Folder::new(&[("p.tdm", SOUND.as_bytes()), ("many.jsonl", lines.collect::<String>().as_bytes())])
}

fn commas(number: u64) -> String {
    let digits = number.to_string();
    let (thousands, rest) = digits.split_at(digits.len().saturating_sub(3));
    if thousands.is_empty() { digits } else { format!("{thousands},{rest}") }
}

#[test]
fn all_alerts_of_many_calls_are_drawn_and_counted() {
    let folder = folder();
    let (policy, calls) = (folder.shown("p.tdm"), folder.shown("many.jsonl"));
    let command = ["simulate", &policy, "--calls", &calls];
    let document = tandem(command.iter().chain(&["--format", "json"])).json();
    let times = document["alert_times"].as_array().expect("times");
    let counts = times.iter().flat_map(|one| one["counts"].as_array().expect("counts"));
    let all: u64 = counts.filter_map(Value::as_u64).sum();
    // More than are listed one by one.
    assert!(
        all >= COPIES as u64 && document["alerts"].as_array().is_some_and(|listed| listed.len() == 1_000),
        "{all}"
    );
    let out = tandem(command).out;
    assert!(out.contains(&format!("… and {} more", all - 12)), "{out}");
    let html = tandem(command.iter().chain(&["--format", "html"])).out;
    assert!(html.contains(&format!("{} alerts and transfers", commas(all))) && !html.contains("<circle"));
    assert!(html.contains("The first 150 are listed; "), "what is left out");
    assert!(html.len() < 600_000, "{} bytes", html.len());
    assert_eq!(html, tandem(command.iter().chain(&["--format", "html", "--jobs", "1"])).out);
}

#[test]
fn a_page_of_logs_alone_is_about_logs_alone() {
    let logs = root().join("examples/collections/logs").display().to_string();
    let command = ["simulate", "examples/collections", "--calls", &logs];
    let html = tandem(command.iter().chain(&["--format", "html"])).out;
    for shown in ["calls that the policy would not have made", "how calls ended", "<h3>collections"] {
        assert!(html.contains(shown), "{shown}: {html}");
    }
    assert!(!html.contains("No target was missed") && !html.contains("Where calls ended"), "{html}");
}
