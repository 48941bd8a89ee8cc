//! `tandem simulate --centre` with scenarios that want to break it: whatever happens, every call is accounted for.

#![cfg(test)]

mod support;

use serde_json::Value;
use support::{Folder, tandem};

/// A bot that hardly ever lets go, a queue that offers call-backs, overflows and is small, and one that nobody serves.
const POLICY: &str = r#"module desk
use std.phrases.asks_for_human
intent { balance, lost_card }
skill cards, rare
queue general {
  needs cards at level 1..5
  at most 20 waiting otherwise overflow to spare
  while waiting { after 10s offer callback ; after 5min overflow to spare }
}
queue spare { needs rare at level 1..5 }
record Customer { gold: yes/no = no }
source crm.customer(phone) -> Customer within 800ms
route arrival at start or intent decides queue, priority {
  let who = crm.customer(call.from) else { gold: no }
  when call.to = "+441632960000" decide queue general, priority 50
  when who.gold decide queue general, priority 90
  otherwise decide queue general, priority 10
}
dialog reception at start when call.to != "+441632960000" {
  ask "How can I help you?" hearing intent
  on asks_for_human once { retain "Shall I try?" }
  on asks_for_human repeatedly { transfer general }
  on balance { say "No." }
  on unresolved 3 times { transfer general }
  on silence 2 times { end }
}
"#;

const CALLERS: &str = "caller = { intent = { balance = 1, lost_card = 1 }, to = { \"+441632960000\" = 1, \"+1\" = 1 }, gold = { yes = 1, no = 9 } }\n";

/// Simulates, and checks what must hold of every report.
fn run(scenario: &str) -> Value {
    let folder = Folder::new(&[("p.tdm", POLICY.as_bytes()), ("s.toml", scenario.as_bytes())]);
    let (policy, scenario) = (folder.shown("p.tdm"), folder.shown("s.toml"));
    let run = tandem(["simulate", &policy, "--centre", &scenario, "--format", "json"]);
    let text = run.out.clone();
    let document = run.json();
    let run = document["runs"][0].clone();
    let ended: u64 = run["outcomes"].as_object().expect("outcomes").values().filter_map(Value::as_u64).sum();
    assert_eq!(ended + number(&run, "unfinished"), number(&run, "calls"), "{run:#}");
    assert_eq!(number(&run, "ignored"), 0);
    assert!(!text.contains("NaN") && !text.contains("inf"));
    for segment in run["segments"].as_array().expect("segments") {
        for (name, found) in segment["figures"].as_object().expect("figures") {
            let mean = found["mean"].as_f64().unwrap_or_else(|| panic!("{name} has no number"));
            assert!(mean >= 0.0, "{name}: {mean}");
        }
    }
    run
}

fn number(run: &Value, name: &str) -> u64 {
    run[name].as_u64().unwrap_or_else(|| panic!("`{name}`"))
}

fn outcome(run: &Value, name: &str) -> u64 {
    number(&run["outcomes"], name)
}

#[test]
fn all_agents_leave_in_the_middle_of_the_day() {
    let run = run(&format!(
        "replications = 2\npatience = \"10min\"\n[[arrivals]]\nby_hour = {{ \"08:00-16:00\" = 60 }}\n{CALLERS}\
         [[agents]]\ncount = 6\nskills = {{ cards = 3 }}\nshift = \"08:00-12:00\"\nring = \"fixed 3s\"\nno_answer = \"30%\"\n\
         [callers]\nresolved = \"50%\"\nafter = \"1h\"\n"
    ));
    assert!(outcome(&run, "handled") > 100 && outcome(&run, "abandoned") > 100);
    let hours = run["agents"][0]["staffed_hours"].as_f64().expect("hours");
    assert!(hours < 6.0 * 4.0 + 1.0, "{hours}: whoever talks at noon ends the call, and goes");
}

#[test]
fn nobody_works_at_all() {
    for patience in ["1min", "endless"] {
        let run = run(&format!(
            "replications = 2\npatience = \"{patience}\"\n[[arrivals]]\nrate = 60\n{CALLERS}[[agents]]\ncount = 0\n"
        ));
        assert_eq!(outcome(&run, "handled"), 0);
        assert!(patience == "1min" || number(&run, "unfinished") > 0, "who waits for ever is still there");
    }
}

#[test]
fn every_source_fails() {
    let run = run(&format!(
        "replications = 2\n[[arrivals]]\nrate = 60\n{CALLERS}[[agents]]\ncount = 6\nskills = {{ cards = 1, rare = 1 }}\n\
         [sources]\nfails = \"100%\"\n"
    ));
    let source = &run["sources"][0];
    assert_eq!(source["failed"], source["questions"]);
    assert!(outcome(&run, "handled") > 0);
}

#[test]
fn the_clock_jumps_both_ways() {
    for (start, hours) in [("2026-03-28", 47.0), ("2026-10-24", 49.0)] {
        let run = run(&format!(
            "zone = \"Europe/London\"\nstart = {start}\ndays = 2\nreplications = 2\n[[arrivals]]\n\
             by_hour = {{ \"00:00-04:00\" = [60, 90, 60, 90], \"12:00-13:00\" = 30 }}\n{CALLERS}\
             [[agents]]\ncount = 5\nskills = {{ cards = 3, rare = 1 }}\nshift = \"22:00-06:00\"\nbreaks = \"01:30-02:30\"\n"
        ));
        assert!((run["measured_hours"].as_f64().expect("hours") - hours).abs() < 1e-9);
        assert!(outcome(&run, "handled") > 50);
    }
}

#[test]
fn two_agents_and_ten_thousand() {
    for (agents, rate) in [(2, 6), (10_000, 6_000)] {
        let run = run(&format!(
            "replications = 1\n[[arrivals]]\nby_hour = {{ \"10:00-10:30\" = {rate} }}\n{CALLERS}\
             [[agents]]\ncount = {agents}\nskills = {{ cards = 3 }}\n"
        ));
        assert!(outcome(&run, "handled") * 3 > number(&run, "calls"));
        assert!(agents == 2 || outcome(&run, "abandoned") == 0, "somebody is always free");
    }
}

#[test]
fn nobody_calls() {
    let run = run(&format!(
        "replications = 2\n[[arrivals]]\nrate = 0\n{CALLERS}[[agents]]\ncount = 3\n[callers]\nresolved = \"0%\"\n"
    ));
    assert_eq!(number(&run, "calls"), 0);
    assert_eq!(run["targets"][0]["unmeasured"], "no call came to it");
}

#[test]
fn a_million_calls() {
    let folder = Folder::new(&[(
        "s.toml",
        b"replications = 1\nhandle = \"1min\"\nwarm_up = \"0s\"\nagents = 800\narrivals = \"42000 per hour\"\n",
    )]);
    let run =
        tandem(["simulate", "--centre", &folder.shown("s.toml"), "--format", "json"]).expect_code(0).json();
    let run = &run["runs"][0];
    assert!(number(run, "calls") > 1_000_000);
    let ended: u64 = run["outcomes"].as_object().expect("outcomes").values().filter_map(Value::as_u64).sum();
    assert_eq!(ended + number(run, "unfinished"), number(run, "calls"));
}

#[test]
fn absurd_values_change_the_figures_and_break_nothing() {
    for callers in [
        "answers_after = \"fixed 0s\"\nsilent = \"100%\"\n",
        "answers_after = \"fixed 999h\"\nbot_patience = \"1000 turns\"\n",
        "answers_after = \"fixed 999h\"\nbot_patience = \"endless\"\nsilent = \"0%\"\n",
        "bot_patience = \"fixed 0s\"\n",
        "asks_for_person = \"100%\"\nstays = \"100%\"\ninsists = \"100%\"\n",
        "resolved = \"0%\"\nagain = \"100%\"\nafter = \"fixed 0s\"\nat_most = 10\n",
        "accepts_callback = \"100%\"\nanswers_callback = \"0%\"\ncallback_rings = \"fixed 999h\"\n",
        "accepts_callback = \"100%\"\ncallback_rings = \"fixed 0s\"\nresolved = \"0%\"\n",
    ] {
        let run = run(&format!(
            "replications = 1\n[[arrivals]]\nby_hour = {{ \"08:00-10:00\" = 40 }}\n{CALLERS}\
             [[agents]]\ncount = 1\nskills = {{ cards = 3 }}\n[callers]\n{callers}\
             [detector]\nintent_known = \"50%\"\nintent_right = \"0%\"\nperson_heard = \"0%\"\nperson_falsely_heard = \"50%\"\n"
        ));
        assert!(number(&run, "calls") > 30, "{callers}");
    }
}
