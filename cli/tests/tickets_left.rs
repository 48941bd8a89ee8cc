//! `tandem simulate --centre`: tickets that calls leave, through their steps.

#![cfg(test)]

mod support;

use serde_json::Value;
use support::{Folder, tandem};

const POLICY: &str = r#"module desk
skill phone, mending
intent { repair, other }
role lead
queue hotline {
  needs phone
  while waiting { after 20s offer callback }
}
queue menders { needs mending }
route arrival at start or intent decides queue { otherwise decide queue hotline }

ticket repair when call.intent = repair {
  field cost: money CNY = 0 CNY
  field agreed: yes/no = no
  step visit by menders needs cost {
    when ticket.cost > 800 CNY and not ticket.agreed go to agreement because "nobody pays so much without being asked"
    when done close
    unless done within 2h escalate to lead because "agents' hours"
  }
  step agreement by hotline {
    when ticket.agreed go to visit because "the customer agrees"
    when done close because "the customer does not want it"
  }
}
"#;

const SCENARIO: &str = "days = 1\nreplications = 2\nwarm_up = \"0s\"\nhandle = \"fixed 4min\"\n\
    [callers]\naccepts_callback = \"60%\"\n\
    [[arrivals]]\nrate = 20\ncaller = { intent = \"repair\", language = \"en\", from = \"+493012345678\" }\n\
    [[agents]]\nname = \"phones\"\ncount = 2\nskills = \"phone\"\n";

const MENDER: &str = "[[agents]]\nname = \"menders\"\ncount = 6\nskills = \"mending\"\n";

const WORK: &str = "[tickets.repair.steps.visit]\nwork = \"fixed 10min\"\n\
    writes = { cost = { \"100 CNY\" = 1, \"900 CNY\" = 1 } }\n\
    [tickets.repair.steps.agreement]\nwork = \"fixed 2min\"\nwrites = { agreed = { yes = 3, no = 1 } }\n";

fn simulated(more: &[&str]) -> Value {
    let scenario = [SCENARIO, &more.concat()].concat();
    let folder = Folder::new(&[("p.tdm", POLICY.as_bytes()), ("s.toml", scenario.as_bytes())]);
    let (policy, scenario) = (folder.shown("p.tdm"), folder.shown("s.toml"));
    tandem(["simulate", &policy, "--centre", &scenario, "--format", "json"]).json()
}

fn figure(document: &Value, name: &str) -> f64 {
    let figures = &document["runs"][0]["tickets"][0]["figures"];
    figures[name]["mean"].as_f64().unwrap_or_else(|| panic!("`{name}` in {figures:#}"))
}

fn step(document: &Value, step: usize, name: &str) -> f64 {
    let step = &document["runs"][0]["tickets"][0]["steps"][step];
    step[name]["mean"].as_f64().unwrap_or_else(|| panic!("`{name}` in {step:#}"))
}

#[test]
fn tickets_go_through_their_steps_between_calls() {
    let document = simulated(&[MENDER, WORK]);
    let run = &document["runs"][0];
    let calls = run["calls"].as_u64().expect("calls") as f64 / 2.0;
    assert!(run["outcomes"]["called_back"].as_u64() > Some(10), "{}", run["outcomes"]);
    // Every call leaves one ticket, and no call-back another.
    assert!((figure(&document, "opened") - calls).abs() < 1e-9, "{} of {calls}", figure(&document, "opened"));
    assert!(figure(&document, "closed") > 0.9 * calls);
    let (opened, closed) = (figure(&document, "opened"), figure(&document, "closed"));
    assert!((figure(&document, "open_at_the_end") - (opened - closed)).abs() < 1e-9);
    // Half of the visits cost much, and three of four of those customers agree to another visit.
    let (visits, asked) = (step(&document, 0, "came"), step(&document, 1, "came"));
    assert!((0.4..0.6).contains(&(asked / opened)), "{asked} of {opened}");
    assert!((visits - opened - 0.75 * asked).abs() < 0.12 * asked, "{visits}, {opened}, {asked}");
    // Ten minutes of work each, but for those that are begun or wait at the end.
    let hours = step(&document, 0, "hours_worked");
    let done = visits - step(&document, 0, "open_at_end");
    assert!((done / 6.0 - 1e-6..=visits / 6.0).contains(&hours), "{hours} hours, {done} of {visits} visits");
    assert!(step(&document, 0, "mean_s") >= 600.0);
    // Who answers calls asks the customers between them, and takes every call as if there were no tickets.
    assert_eq!(
        run["segments"][0]["figures"]["asa_s"],
        simulated(&[MENDER])["runs"][0]["segments"][0]["figures"]["asa_s"]
    );
}

#[test]
fn a_step_that_nobody_works_on_is_late_and_named() {
    let document = simulated(&[WORK]);
    assert_eq!(figure(&document, "closed"), 0.0);
    assert!(figure(&document, "late") > 0.8 * figure(&document, "opened"));
    let assumed = document["runs"][0]["assumed"].to_string();
    assert!(
        assumed.contains("no agent serves `menders`: step `visit` of ticket `repair` waits"),
        "{assumed}"
    );
    let takes = WORK.replace("work = \"fixed 10min\"", "takes = \"fixed 3h\"");
    let document = simulated(&[&takes]);
    assert!(figure(&document, "closed") > 0.0 && step(&document, 0, "hours_worked") == 0.0);
    assert_eq!(step(&document, 0, "mean_s"), 10_800.0);
    // Late as soon as the two hours are over, unless the day ends before.
    assert!(step(&document, 0, "late") > 0.8 * step(&document, 0, "came"));
}

#[test]
fn what_the_scenario_does_not_say_has_a_default() {
    let document = simulated(&[MENDER]);
    let assumed = document["runs"][0]["assumed"].to_string();
    assert!(assumed.contains("step `visit` of ticket `repair` is 10min of work, exponential"), "{assumed}");
    // What must be written down is written down, as the field is at first: nobody is asked about nothing.
    assert!(figure(&document, "closed") > 0.0 && step(&document, 1, "came") == 0.0);
}

#[test]
fn names_that_the_policy_does_not_have_are_errors() {
    for (wrong, told) in [
        (
            "[tickets.repairs]\nwork = \"1min\"\n",
            "the ticket `repairs`, which the policy does not have (did you mean `repair`?)",
        ),
        ("[tickets.repair.steps.vist]\nwork = \"1min\"\n", "has no step `vist` (did you mean `visit`?)"),
        ("[tickets.repair]\nwrites = { costs = \"1 CNY\" }\n", "has no field `costs` (did you mean `cost`?)"),
        ("[tickets.repair]\nwrites = { cost = \"dear\" }\n", "has a field `cost`: "),
        ("[tickets.repair]\nwork = \"1min\"\ntakes = \"1d\"\n", "write one of them"),
        ("[tickets.repair]\nworks = \"1min\"\n", "a ticket has no `works`; did you mean `work`?"),
    ] {
        let folder =
            Folder::new(&[("p.tdm", POLICY.as_bytes()), ("s.toml", [SCENARIO, wrong].concat().as_bytes())]);
        let run =
            tandem(["simulate", &folder.shown("p.tdm"), "--centre", &folder.shown("s.toml")]).expect_code(2);
        assert!(run.err.contains(told), "{wrong}: {}", run.err);
    }
}

#[test]
fn people_and_pages_are_told() {
    let scenario = [SCENARIO, MENDER, WORK].concat();
    let folder = Folder::new(&[("p.tdm", POLICY.as_bytes()), ("s.toml", scenario.as_bytes())]);
    let shown = |format: &str| {
        tandem(["simulate", &folder.shown("p.tdm"), "--centre", &folder.shown("s.toml"), "--format", format])
            .out
    };
    for told in
        ["Tickets desk.repair", "late, of those opened", "time to close", "agreement", "agents' hours"]
    {
        assert!(shown("human").contains(told), "{told}: {}", shown("human"));
        assert!(
            shown("html").contains(&told.replace('\'', "&#39;")) || shown("html").contains(told),
            "{told}"
        );
    }
}
