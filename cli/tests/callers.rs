//! `tandem simulate --centre` with callers who answer a dialog.

#![cfg(test)]

mod support;

use serde_json::Value;
use support::{Folder, tandem};

const POLICY: &str = r#"module desk
use std.phrases.asks_for_human
intent { balance, lost_card, complaint }
tier { basic, gold }
queue bot, general, complaints
record Customer { tier: tier = basic, value: money CNY }
source crm.customer(phone) -> Customer within 800ms

route arrival at start or intent decides queue { otherwise decide queue bot }

dialog reception at start {
  ask "How can I help you?" hearing intent, keys 1 -> balance, 2 -> lost_card
  on asks_for_human once { retain "I can do this at once. Shall I try?" }
  on asks_for_human repeatedly { transfer general because "asked twice" }
  on balance {
    answer crm.customer(call.from) within 2s with "It is {value}." otherwise { offer general "Shall I get somebody?" { yes { } ; no { } } }
  }
  on lost_card { say "The card is blocked." ; resolved }
  on complaint { when complaints.idle_agents > 0 { say "One moment." ; when complaints.staffed_agents > 0 { offer complaints "Shall I get somebody?" { yes { } ; no { say "As you wish." ; end } } } } ; say "All are busy." ; end }
  on unresolved 3 times { transfer general because "not understood" }
  on silence 2 times { transfer general because "nobody speaks" }
}
"#;

const SCENARIO: &str = "days = 1\nreplications = 3\nwarm_up = \"0s\"\n[[arrivals]]\nrate = 60\n\
    caller = { intent = { balance = 4, lost_card = 2, complaint = 2 }, language = \"en\", value = \"12 CNY\" }\n\
    [[agents]]\ncount = 6\n";

fn folder() -> Folder {
    Folder::new(&[("p.tdm", POLICY.as_bytes()), ("s.toml", SCENARIO.as_bytes())])
}

fn simulated(folder: &Folder, scenario: &str, more: &[&str]) -> Value {
    folder.write("own.toml", scenario.as_bytes());
    let (policy, scenario) = (folder.shown("p.tdm"), folder.shown("own.toml"));
    let arguments = ["simulate", &policy, "--centre", &scenario, "--format", "json"];
    tandem(arguments.iter().chain(more)).json()
}

fn figure(document: &Value, run: usize, name: &str) -> f64 {
    let found = &document["runs"][run]["segments"][0]["figures"][name]["mean"];
    found.as_f64().unwrap_or_else(|| panic!("`{name}` in {:#}", document["runs"][run]["segments"][0]))
}

fn outcome(document: &Value, run: usize, name: &str) -> u64 {
    document["runs"][run]["outcomes"][name].as_u64().unwrap_or_else(|| panic!("`{name}`"))
}

/// Every call ended in one way, or is still there.
fn all_accounted_for(document: &Value) {
    for run in document["runs"].as_array().expect("runs") {
        let ended: u64 =
            run["outcomes"].as_object().expect("outcomes").values().filter_map(Value::as_u64).sum();
        assert_eq!(ended + run["unfinished"].as_u64().expect("a number"), run["calls"], "{run:#}");
    }
}

#[test]
fn callers_talk_with_the_bot_and_the_report_tells_what_came_of_it() {
    let folder = folder();
    let document = simulated(&folder, SCENARIO, &[]);
    all_accounted_for(&document);
    let calls = document["runs"][0]["calls"].as_u64().expect("calls");
    assert_eq!((outcome(&document, 0, "unrouted"), document["runs"][0]["ignored"].as_u64()), (0, Some(0)));
    assert!(outcome(&document, 0, "contained") > calls / 2, "a balance and a blocked card need nobody");
    assert!(outcome(&document, 0, "handled") > calls / 6);
    let figure = |name| figure(&document, 0, name);
    assert!(figure("contained_falsely") < 1e-9, "everybody was understood");
    assert!((0.1..0.25).contains(&figure("asked_for_person")), "{}", figure("asked_for_person"));
    assert!((0.15..0.45).contains(&figure("retained")), "{}", figure("retained"));
    assert!((0.6..0.8).contains(&figure("offers_accepted")), "{}", figure("offers_accepted"));
    assert!(figure("time_to_person_s") > 5.0 && figure("answers_to_person") > 1.0);
    let human = tandem(["simulate", &folder.shown("p.tdm"), "--centre", &folder.shown("s.toml")]).out;
    assert!(human.contains("Callers and the bot") && human.contains("time until a person"), "{human}");
}

#[test]
fn the_report_is_the_same_bytes_whatever_the_threads_and_the_engine() {
    let folder = folder();
    let scenario = format!("{SCENARIO}[detector]\nintent_known = \"80%\"\nintent_right = \"90%\"\n");
    let one = simulated(&folder, &scenario, &["--jobs", "1"]);
    assert_eq!(one, simulated(&folder, &scenario, &["--jobs", "3"]));
    assert_eq!(one, simulated(&folder, &scenario, &["--engine", "interpreted"]));
    assert_ne!(one, simulated(&folder, &scenario, &["--seed", "9"]));
}

#[test]
fn better_ears_bring_callers_to_a_person_sooner() {
    let folder = folder();
    let scenario = format!("{SCENARIO}[callers]\nasks_for_person = \"60%\"\nstays = \"0%\"\n");
    let document = simulated(&folder, &scenario, &["--vary", "detector.person_heard=50%,90%,98%"]);
    all_accounted_for(&document);
    let times: Vec<f64> = (0..3).map(|run| figure(&document, run, "time_to_person_s")).collect();
    assert!(times[0] > times[1] && times[1] > times[2], "{times:?}");
    let asked: Vec<f64> = (0..3).map(|run| figure(&document, run, "asked_to_person_s")).collect();
    assert!(asked[0] > asked[1] && asked[1] > asked[2] && asked[2] < times[2], "{asked:?}");
    let scenario = format!("{SCENARIO}[callers]\nasks_for_person = \"0%\"\ninsists = \"0%\"\n");
    let document = simulated(&folder, &scenario, &["--vary", "detector.intent_right=100%,60%"]);
    assert!(figure(&document, 0, "contained_falsely") < 1e-9);
    assert!(figure(&document, 1, "contained_falsely") > 0.05);
}

#[test]
fn whoever_has_no_patience_hangs_up_and_offers_are_held_back_while_nobody_is_idle() {
    let folder = folder();
    let scenario =
        format!("{SCENARIO}[callers]\nbot_patience = \"2 turns\"\n[detector]\nintent_known = \"0%\"\n");
    let document = simulated(&folder, &scenario, &[]);
    assert!(outcome(&document, 0, "hung_up_in_bot") > 100);
    let scenario = format!("{SCENARIO}[callers]\nbot_patience = \"fixed 4s\"\n");
    let document = simulated(&folder, &scenario, &[]);
    assert!(figure(&document, 0, "hung_up_in_bot") > 0.5);
    let nobody = SCENARIO.replace("count = 6", "count = 0");
    let document = simulated(&folder, &nobody, &[]);
    all_accounted_for(&document);
    assert!((figure(&document, 0, "offers_held_back") - 1.0).abs() < 1e-9);
    assert_eq!(outcome(&document, 0, "handled"), 0);
}
