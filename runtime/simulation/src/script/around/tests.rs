use tandem_stdlib::contract::{
    Disposition, Expectation, FollowedBy, Given, Place, Script, Step, Stimulus, TicketExpectation, Trial,
    TrialExpectation, TrialStimulus,
};

use crate::script::{ScriptResult, run_script};
use crate::testing::{campaign, renewals, ticket};

const HOUR_MS: i64 = 3_600_000;

fn run(agents: u32, steps: Vec<Step>) -> ScriptResult {
    let lead =
        Given { source: 0, fields: vec![None], texts: vec![(0, "+33123456789".to_owned())], after_ms: 0 };
    let script = Script {
        name: "a trial".to_owned(),
        place: Place::default(),
        clock_ms: 0,
        from: String::new(),
        to: String::new(),
        outbound: true,
        channel: String::new(),
        language: String::new(),
        facts: Vec::new(),
        tries: Vec::new(),
        given: Vec::new(),
        trial: Some(Trial { campaign: 0, lead, listed: false, agents }),
        steps,
    };
    let core = renewals(vec![script], campaign(), ticket());
    run_script(&core, &core.manifest().scripts[0])
}

fn act(at_ms: i64, stimulus: Stimulus) -> Step {
    Step { at_ms: Some(at_ms), place: Place::default(), stimulus: Some(stimulus), expectation: None }
}

fn expect(at_ms: i64, expectation: Expectation) -> Step {
    Step { at_ms: Some(at_ms), place: Place::default(), stimulus: None, expectation: Some(expectation) }
}

fn lead(stimulus: TrialStimulus) -> Stimulus {
    Stimulus::Trial(stimulus)
}

fn call(placed: bool, because: Option<&str>) -> Expectation {
    Expectation::Trial(TrialExpectation::Call { placed, because: because.map(str::to_owned) })
}

fn next_call(not_before_ms: i64) -> Expectation {
    Expectation::Trial(TrialExpectation::NextCall { not_before_ms })
}

fn grade(value: u64, shown: &str) -> Expectation {
    Expectation::Trial(TrialExpectation::Grade { value, shown: shown.to_owned(), because: None })
}

fn followed(what: FollowedBy, times: Option<u32>) -> Expectation {
    Expectation::Trial(TrialExpectation::Followed { what, told: Vec::new(), times })
}

fn escalated(times: Option<u32>) -> Expectation {
    let because = Some("nobody looks".to_owned());
    Expectation::Ticket(0, TicketExpectation::Escalated { to: Some(1), times, because })
}

#[test]
fn a_campaign_calls_grades_and_leaves_a_ticket_with_its_deadline() {
    let output =
        TicketExpectation::Output { name: "queue".to_owned(), value: 2, shown: "complaints".to_owned() };
    let result = run(
        1,
        vec![
            expect(0, call(true, None)),
            act(9_000, lead(TrialStimulus::Answers)),
            act(20_000, Stimulus::Intent("complaint".to_owned())),
            act(60_000, Stimulus::Ends),
            expect(60_000, grade(2, "complaints")),
            expect(60_000, followed(FollowedBy::Transfer(2), Some(1))),
            expect(60_000, followed(FollowedBy::Ticket(0), None)),
            expect(60_000, call(false, Some("the lead is settled"))),
            expect(60_000, Expectation::Ticket(0, TicketExpectation::Opened { times: Some(1) })),
            expect(60_000, Expectation::Ticket(0, output)),
            expect(2 * HOUR_MS, escalated(Some(0))),
            expect(2 * HOUR_MS + 60_000, escalated(Some(1))),
        ],
    );
    assert_eq!(result.failures, [], "{:#?}", result.decided);
    assert_eq!(result.decided[0], "0s call +33123456789 (bank.renewals)");
}

#[test]
fn waits_and_caps_hold_and_their_reasons_are_told() {
    let result = run(
        1,
        vec![
            act(20_000, lead(TrialStimulus::Attempt(Disposition::NoAnswer))),
            expect(20_000, call(false, Some("too soon after the last attempt"))),
            expect(20_000, next_call(4 * HOUR_MS)),
            expect(4 * HOUR_MS + 20_000, call(true, None)),
            act(4 * HOUR_MS + 40_000, lead(TrialStimulus::Attempt(Disposition::NoAnswer))),
            expect(9 * HOUR_MS, call(false, Some("no attempts left"))),
            expect(9 * HOUR_MS, next_call(24 * HOUR_MS)),
            act(10 * HOUR_MS, lead(TrialStimulus::DoNotCall)),
            expect(30 * HOUR_MS, call(false, Some("on the do-not-call list"))),
        ],
    );
    assert_eq!(result.failures, [], "{:#?}", result.decided);
}

#[test]
fn what_becomes_of_a_call_needs_one_under_way() {
    let rings_out = |disposition| run(1, vec![act(40_000, lead(TrialStimulus::Attempt(disposition)))]);
    assert_eq!(rings_out(Disposition::NoAnswer).failures, []);
    let result = rings_out(Disposition::Refused);
    let shown: Vec<_> = result.failures.iter().map(|f| format!("{} | {}", f.expected, f.found)).collect();
    assert_eq!(shown, ["a call under way | nobody is being called: the last attempt ended no_answer"]);
    assert!(result.decided.iter().any(|line| line.ends_with(" attempt ended no_answer (bank.renewals)")));
    let nobody_free = run(0, vec![act(9_000, lead(TrialStimulus::Answers))]);
    assert_eq!(nobody_free.failures[0].found, "nobody has been called yet");
}

#[test]
fn a_failure_tells_what_a_campaign_did_instead() {
    let result = run(
        0,
        vec![
            expect(0, call(true, None)),
            expect(0, grade(1, "general")),
            expect(0, followed(FollowedBy::Person, None)),
            expect(0, escalated(None)),
            expect(0, next_call(HOUR_MS)),
        ],
    );
    let shown: Vec<_> = result.failures.iter().map(|f| format!("{} | {}", f.expected, f.found)).collect();
    assert_eq!(
        shown,
        [
            "call | no call because \"nobody is free\"",
            "grade general | no grade so far",
            "follow up by person | no follow up by person so far",
            "ticket bank.complaint escalated to supervisor because \"nobody looks\" | no escalation so far",
            "next call not before 1970-01-01T01:00:00Z | next call at 1970-01-01T00:00:00Z",
        ]
    );
}
