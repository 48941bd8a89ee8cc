//! Results of `replay` items: for people, as JSON and as JUnit.

use serde_json::{Value, json};
use tandem_simulation::{ChangedCall, ReplayFinding, ReplayResult};

use super::human::counted;
use super::naming::call_name;
use crate::replays::Replayed;

/// For people.
pub(crate) fn human(replayed: &Replayed) -> String {
    let title = title(replayed);
    let result = match &replayed.result {
        Ok(result) => result,
        Err(why) => return format!("FAILED  {title}\n  {}  {why}\n", place(replayed)),
    };
    let calls = counted(result.calls, "call");
    if result.passed() {
        let found =
            result.findings.iter().map(|one| format!("    {}: {}\n", one.expectation.shown, one.found));
        return format!("ok      {title}, {calls}\n{}", found.collect::<String>());
    }
    let mut text = format!("FAILED  {title}, {calls}\n");
    for finding in result.findings.iter().filter(|finding| !finding.held) {
        let ReplayFinding { expectation, found, .. } = finding;
        text.push_str(&format!(
            "  {}:{}\n    expected  {}\n    found     {found}\n",
            expectation.place.file, expectation.place.line, expectation.shown
        ));
    }
    text + &changed(replayed, result)
}

/// The first calls that changed, with both queues.
fn changed(replayed: &Replayed, result: &ReplayResult) -> String {
    let mut text = String::new();
    let was = if replayed.spec.since.is_some() { "before" } else { "recorded" };
    for one in &result.changed_calls {
        let (before, now) = (queue(&one.before), queue(&one.now));
        text.push_str(&format!("      {}: {was} {before}, now {now}\n", call_name(&one.call, &one.file)));
    }
    let more = result.changed.saturating_sub(result.changed_calls.len() as u64);
    match (text.is_empty(), more) {
        (true, _) => text,
        (false, 0) => format!("    went to another queue:\n{text}"),
        (false, more) => format!("    went to another queue:\n{text}      … and {more} more\n"),
    }
}

fn queue(name: &str) -> &str {
    if name.is_empty() { "(no queue)" } else { name }
}

/// As JSON: one object a replay.
pub(crate) fn json(replayed: &Replayed) -> Value {
    let place = &replayed.spec.place;
    let mut document = json!({
        "pattern": replayed.spec.pattern, "since": replayed.spec.since, "file": place.file, "line": place.line,
        "passed": replayed.passed(), "failure": replayed.result.as_ref().err(),
    });
    let (Ok(result), Some(fields)) = (&replayed.result, document.as_object_mut()) else { return document };
    let expectation = |one: &ReplayFinding| {
        json!({
            "expected": one.expectation.shown, "line": one.expectation.place.line, "passed": one.held,
            "value": one.value, "found": one.found,
        })
    };
    let changed = |one: &ChangedCall| json!({ "call": one.call, "file": one.file, "before": one.before, "now": one.now });
    let more = json!({
        "calls": result.calls, "unreadable": result.unreadable,
        "compared": result.compared, "changed": result.changed,
        "changed_calls": result.changed_calls.iter().map(changed).collect::<Vec<_>>(),
        "warnings": result.warnings,
        "expectations": result.findings.iter().map(expectation).collect::<Vec<_>>(),
    });
    fields.extend(more.as_object().cloned().unwrap_or_default());
    document
}

/// The messages of a replay that failed, each with where it stands.
pub(crate) fn failures(replayed: &Replayed) -> Vec<(String, String)> {
    match &replayed.result {
        Err(why) => vec![(why.clone(), place(replayed))],
        Ok(result) => {
            let failed = result.findings.iter().filter(|finding| !finding.held);
            let message = |one: &ReplayFinding| {
                let at = format!("{}:{}", one.expectation.place.file, one.expectation.place.line);
                (format!("expected {}, found {}", one.expectation.shown, one.found), at)
            };
            failed.map(message).collect()
        }
    }
}

/// How a replay is named in lists.
pub(crate) fn title(replayed: &Replayed) -> String {
    format!("replay \"{}\"", replayed.spec.pattern)
}

fn place(replayed: &Replayed) -> String {
    format!("{}:{}", replayed.spec.place.file, replayed.spec.place.line)
}
