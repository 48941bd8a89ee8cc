//! `tandem test`

use std::io::Write as _;

use serde_json::{Value, json};
use tandem_centre::Core;
use tandem_simulation::{ScriptFailure, ScriptResult, has_rules, run_scripts, show_time};
use tandem_stdlib::contract::Manifest;

use crate::arguments::{TestArguments, TestFormat};
use crate::failure::{Failure, Outcome};
use crate::policies;
use crate::policy::{self, Built};
use crate::replays::{self, Replayed};
use crate::report::replays as shown;

/// Version of the JSON document.
const VERSION: u32 = 1;

/// Runs the tests and replays of every policy.
///
/// # Errors
/// When a policy cannot be read or compiled, or the output cannot be written.
pub(crate) fn run(arguments: &TestArguments) -> Result<Outcome, Failure> {
    let (mut ran, mut broken, mut gaps) = (Ran::default(), false, Vec::new());
    for texts in policies::find(&arguments.paths)? {
        let folder = texts.folder.clone();
        match policy::build(texts, arguments.engine)? {
            Built::Broken => broken = true,
            Built::Ready(artefact) => {
                let core = Core::new(artefact).map_err(|error| Failure::new(error.to_string()))?;
                let tests = run_scripts(&core, |_| true);
                gaps.extend(untested(core.manifest(), &tests));
                ran.tests.extend(tests);
                ran.replays.extend(replays::run(&core, &folder, arguments.engine)?);
            }
        }
    }
    let gaps = arguments.coverage.then_some(gaps.as_slice());
    let text = match arguments.format {
        TestFormat::Human => human(&ran, gaps),
        TestFormat::Json => document(&ran, gaps),
        TestFormat::Junit => junit(&ran),
    };
    std::io::stdout().write_all(text.as_bytes()).map_err(|error| Failure::output(&error))?;
    Ok(Outcome::from_findings(broken || ran.failed() > 0))
}

/// What ran.
#[derive(Default)]
struct Ran {
    tests: Vec<ScriptResult>,
    replays: Vec<Replayed>,
}

impl Ran {
    fn failed(&self) -> usize {
        let tests = self.tests.iter().filter(|test| !test.failures.is_empty()).count();
        tests + self.replays.iter().filter(|replay| !replay.passed()).count()
    }

    fn passed(&self) -> usize {
        self.tests.len() + self.replays.len() - self.failed()
    }
}

/// A row, rule or condition that no test made decide.
struct Gap {
    policy: String,
    rule: String,
    place: String,
}

fn untested(manifest: &Manifest, ran: &[ScriptResult]) -> Vec<Gap> {
    let hit = |entry: usize, outcome: usize| ran.iter().any(|result| result.hits.contains(&(entry, outcome)));
    let outcomes = manifest.entries.iter().enumerate().flat_map(|(at, entry)| {
        entry.outcomes.iter().enumerate().map(move |(outcome, rule)| (at, outcome, entry, rule))
    });
    let has_rules = has_rules(manifest);
    outcomes
        .filter(|(entry, outcome, ..)| has_rules(*entry) && !hit(*entry, *outcome))
        .map(|(_, _, entry, rule)| Gap {
            policy: entry.name.clone(),
            rule: rule.label.clone(),
            place: format!("{}:{}", rule.place.file, rule.place.line),
        })
        .collect()
}

fn human(ran: &Ran, gaps: Option<&[Gap]>) -> String {
    let mut text: String = ran.tests.iter().map(one).chain(ran.replays.iter().map(shown::human)).collect();
    for gap in gaps.into_iter().flatten() {
        text.push_str(&format!("not tested  {} {}  {}\n", gap.policy, gap.rule, gap.place));
    }
    text.push_str(&format!("{} passed, {} failed\n", ran.passed(), ran.failed()));
    text
}

/// So many lines of what happened are shown of a test that fails, half of them from its end.
const TOLD_MAX: usize = 40;

fn one(result: &ScriptResult) -> String {
    if result.failures.is_empty() {
        let text = format!("ok      {}\n", result.name);
        return result.incidents.iter().fold(text, |text, line| format!("{text}  warning: {line}\n"));
    }
    let mut text = format!("FAILED  {}\n", result.name);
    for failure in &result.failures {
        let ScriptFailure { place, expected, found, .. } = failure;
        text.push_str(&format!(
            "  {}:{}  {}\n    expected  {expected}\n    found     {found}\n",
            place.file,
            place.line,
            when(failure.at_ms)
        ));
    }
    let told: Vec<&String> = result.decided.iter().chain(&result.incidents).collect();
    let (first, last) = told.split_at(told.len().saturating_sub(TOLD_MAX / 2).min(TOLD_MAX / 2));
    let (between, last) = last.split_at(last.len().saturating_sub(TOLD_MAX / 2));
    text.push_str("    so far:\n");
    first.iter().for_each(|line| text.push_str(&format!("      {line}\n")));
    if !between.is_empty() {
        text.push_str(&format!("      … {} more …\n", between.len()));
    }
    last.iter().fold(text, |text, line| format!("{text}      {line}\n"))
}

fn when(at_ms: Option<i64>) -> String {
    at_ms.map_or_else(|| "after the call".to_owned(), |at_ms| format!("at {}", show_time(at_ms)))
}

fn document(ran: &Ran, gaps: Option<&[Gap]>) -> String {
    let failure = |failure: &ScriptFailure| {
        json!({
            "file": failure.place.file, "line": failure.place.line, "at_ms": failure.at_ms,
            "expected": failure.expected, "found": failure.found,
        })
    };
    let test = |result: &ScriptResult| {
        json!({
            "name": result.name, "file": result.place.file, "line": result.place.line,
            "passed": result.failures.is_empty(), "checked": result.checked,
            "failures": result.failures.iter().map(failure).collect::<Vec<Value>>(),
            "decided": result.decided, "incidents": result.incidents,
        })
    };
    let gap = |gap: &Gap| json!({ "policy": gap.policy, "rule": gap.rule, "place": gap.place });
    let document = json!({
        "version": VERSION,
        "passed": ran.passed(),
        "failed": ran.failed(),
        "tests": ran.tests.iter().map(test).collect::<Vec<Value>>(),
        "replays": ran.replays.iter().map(shown::json).collect::<Vec<Value>>(),
        "not_tested": gaps.map(|gaps| gaps.iter().map(gap).collect::<Vec<Value>>()),
    });
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

/// JUnit XML, as CI servers read it.
fn junit(ran: &Ran) -> String {
    let head = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"tandem\" tests=\"{}\" failures=\"{}\">\n",
        ran.passed() + ran.failed(),
        ran.failed()
    );
    let case = |result: &ScriptResult| {
        let failures: String = result.failures.iter().map(junit_failure).collect();
        let (file, name) = (escaped(&result.place.file), escaped(&result.name));
        format!("  <testcase classname=\"{file}\" name=\"{name}\">{failures}</testcase>\n")
    };
    let cases = ran.tests.iter().map(case).chain(ran.replays.iter().map(junit_replay));
    head + &cases.collect::<String>() + "</testsuite>\n"
}

fn junit_replay(replay: &Replayed) -> String {
    let one = |(message, place): (String, String)| {
        format!("<failure message=\"{}\">{}</failure>", escaped(&message), escaped(&place))
    };
    let failures: String = shown::failures(replay).into_iter().map(one).collect();
    let (file, name) = (escaped(&replay.spec.place.file), escaped(&shown::title(replay)));
    format!("  <testcase classname=\"{file}\" name=\"{name}\">{failures}</testcase>\n")
}

fn junit_failure(failure: &ScriptFailure) -> String {
    let place = format!("{}:{} {}", failure.place.file, failure.place.line, when(failure.at_ms));
    let message = format!("expected {}, found {}", failure.expected, failure.found);
    format!("<failure message=\"{}\">{}</failure>", escaped(&message), escaped(&place))
}

fn escaped(text: &str) -> String {
    let visible: String = text.chars().filter(|letter| !letter.is_control() || *letter == '\n').collect();
    visible.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
