use super::*;
use crate::testing::bank;
use tandem_stdlib::contract::{Expectation, Party, Signal, Slot, Step, Stimulus};

fn act(at_ms: i64, stimulus: Stimulus) -> Step {
    Step { at_ms: Some(at_ms), place: Place::default(), stimulus: Some(stimulus), expectation: None }
}

fn expect(at_ms: Option<i64>, expectation: Expectation) -> Step {
    Step { at_ms, place: Place::default(), stimulus: None, expectation: Some(expectation) }
}

fn anger(value: f64) -> Stimulus {
    Stimulus::Signal { party: Party::Customer, signal: Signal::Anger, value, confidence: Some(0.9) }
}

fn alerts(times: Option<u32>, because: Option<&str>) -> Expectation {
    Expectation::Actions { target: Some(1), transfers: false, times, because: because.map(str::to_owned) }
}

fn transfers(times: Option<u32>) -> Expectation {
    Expectation::Actions { target: None, transfers: true, times, because: None }
}

fn queue(value: Slot, shown: &str, because: Option<&str>) -> Expectation {
    let (name, because) = ("queue".to_owned(), because.map(str::to_owned));
    Expectation::Output { name, value, shown: shown.to_owned(), because }
}

fn qa(item: Option<u32>, passed: Option<bool>) -> Expectation {
    Expectation::Qa { entry: 2, item, passed }
}

fn run(steps: Vec<Step>) -> ScriptResult {
    let script = Script {
        name: "a test".to_owned(),
        place: Place::default(),
        clock_ms: 0,
        from: String::new(),
        to: String::new(),
        outbound: false,
        channel: String::new(),
        language: String::new(),
        facts: Vec::new(),
        tries: Vec::new(),
        given: Vec::new(),
        trial: None,
        steps,
    };
    let core = bank(vec![script]);
    run_scripts(&core, |name| name == "a test").remove(0)
}

#[test]
fn a_test_passes_when_everything_expected_came_true() {
    let result = run(vec![
        expect(Some(0), queue(1, "general", Some("self-service first"))),
        act(1_000, Stimulus::Says { party: Party::Agent, text: "good morning".to_owned() }),
        act(2_000, Stimulus::Intent("complaint".to_owned())),
        expect(Some(2_000), queue(2, "complaints", None)),
        expect(Some(2_000), alerts(Some(0), None)),
        act(3_000, anger(0.7)),
        expect(Some(3_000), alerts(None, Some("customer distressed"))),
        expect(Some(22_999), transfers(Some(0))),
        expect(Some(23_000), transfers(Some(1))),
        act(24_000, Stimulus::Ends),
        expect(None, alerts(Some(1), None)),
        expect(None, qa(None, Some(true))),
        expect(None, qa(Some(1), Some(true))),
    ]);
    assert_eq!(result.failures, []);
    assert!(result.passed() && result.checked == 9);
    assert_eq!(result.hits, [(0, 0), (0, 1), (1, 0), (2, 0), (2, 1)]);
}

#[test]
fn a_failure_tells_what_was_found() {
    let result = run(vec![
        act(1_000, anger(0.9)),
        expect(Some(1_500), alerts(Some(0), None)),
        expect(Some(1_500), queue(2, "complaints", None)),
        act(2_000, Stimulus::Hold(true)),
        expect(None, qa(Some(1), Some(true))),
        expect(None, qa(None, None)),
        expect(None, transfers(None)),
    ]);
    let shown: Vec<_> = result.failures.iter().map(|f| format!("{} | {}", f.expected, f.found)).collect();
    assert_eq!(
        shown,
        [
            "no alert supervisor | alert supervisor at 1s because \"customer distressed\"",
            "queue complaints | queue general because \"self-service first\" (otherwise)",
            "qa bank.polite item 2 passes | qa bank.polite item 2 fails",
            "qa bank.polite does not apply | qa bank.polite fails (kept 0 of 5 points, failed `never on hold`)",
            "transfer | no transfer so far",
        ]
    );
}

#[test]
fn a_signal_keeps_its_value_until_the_line_that_changes_it() {
    let result = run(vec![
        act(0, anger(0.9)),
        act(4_000, anger(0.1)),
        act(9_000, anger(0.9)),
        act(9_000, Stimulus::Acknowledges),
        act(60_000, Stimulus::Ends),
        expect(None, alerts(Some(2), None)),
        expect(None, transfers(Some(0))),
    ]);
    assert_eq!(result.failures, [], "{:?}", result.decided);
}

#[test]
fn without_an_end_the_call_ends_at_its_last_line() {
    let result = run(vec![
        act(0, anger(0.9)),
        expect(Some(19_999), transfers(Some(0))),
        expect(None, transfers(Some(0))),
    ]);
    assert_eq!(result.failures, []);
}
