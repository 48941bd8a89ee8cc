//! `tandem simulate --centre`: who calls again, who is called back, sources that fail, targets that are not measured.

#![cfg(test)]

mod support;

use serde_json::Value;
use support::{Folder, tandem};

const POLICY: &str = r#"module desk
intent { balance, lost_card }
queue bot
queue general {
  while waiting { after 30s offer callback }
}
record Customer { value: money CNY }
source crm.customer(phone) -> Customer within 800ms
route arrival at start or intent decides queue { otherwise decide queue bot }
dialog reception at start {
  ask "How can I help you?" hearing intent, keys 1 -> balance
  on balance { answer crm.customer(call.from) within 2s with "It is {value}." otherwise { offer general "Shall I get somebody?" { yes { } ; no { say "Bye." ; end } } } }
  on lost_card { offer general "Shall I get somebody?" { yes { } ; no { say "Bye." ; end } } }
  on unresolved 3 times { transfer general }
  on silence 2 times { transfer general }
}
target service {
  first contact resolution within 2h >= 70%
  quality passed >= 90%
  campaign abandonment <= 3%
}
"#;

/// A ticket that says when customers may be called back, and how soon they must be.
const TICKET: &str = "ticket repair when call.intent = lost_card {\n  priority otherwise normal\n  assign general\n  \
    after closed within 24h call back only in 09:00-20:00 local time of callee\n}\n";

const SCENARIO: &str = "days = 1\nreplications = 3\n[[arrivals]]\nby_hour = { \"08:00-20:00\" = 60 }\n\
    caller = { intent = { balance = 1, lost_card = 3 }, language = \"en\", value = \"12 CNY\", from = \"+447700900123\" }\n\
    [[agents]]\ncount = 2\nshift = \"08:00-20:00\"\n";

fn simulated(policy: &str, scenario: &str, more: &[&str]) -> Value {
    let folder = Folder::new(&[("p.tdm", policy.as_bytes()), ("s.toml", scenario.as_bytes())]);
    let (policy, scenario) = (folder.shown("p.tdm"), folder.shown("s.toml"));
    let arguments = ["simulate", &policy, "--centre", &scenario, "--format", "json"];
    let mut document = tandem(arguments.iter().chain(more)).json();
    // The folder has another name each time.
    (document["scenario"], document["runs"][0]["policy"]) = (Value::Null, Value::Null);
    for run in document["runs"].as_array().expect("runs") {
        let ended: u64 =
            run["outcomes"].as_object().expect("outcomes").values().filter_map(Value::as_u64).sum();
        assert_eq!(ended + run["unfinished"].as_u64().expect("a number"), run["calls"], "{run:#}");
        assert_eq!(run["ignored"], 0);
    }
    document
}

fn figure(document: &Value, name: &str) -> f64 {
    let found = &document["runs"][0]["segments"][0]["figures"][name]["mean"];
    found.as_f64().unwrap_or_else(|| panic!("`{name}` in {:#}", document["runs"][0]["segments"][0]))
}

fn calls(document: &Value) -> u64 {
    document["runs"][0]["calls"].as_u64().expect("a number")
}

#[test]
fn whoever_is_not_helped_calls_again_and_loads_the_centre() {
    let never = simulated(POLICY, SCENARIO, &[]);
    assert!(never["runs"][0]["segments"][0]["figures"]["repeats"].is_null());
    let of = |callers: &str| simulated(POLICY, &format!("{SCENARIO}[callers]\n{callers}\n"), &[]);
    let helped =
        of("resolved = \"100%\"\nagain = \"100%\"\nafter = \"fixed 10min\"\nbot_patience = \"endless\"");
    let some =
        of("resolved = { general = \"50%\", bot = \"100%\" }\nagain = \"100%\"\nafter = \"fixed 10min\"");
    let none = of("resolved = \"0%\"\nagain = \"100%\"\nafter = \"fixed 10min\"\nat_most = 1");
    assert!(calls(&never) < calls(&helped) && calls(&helped) < calls(&some));
    assert!(figure(&some, "first_contact_resolution") < figure(&helped, "first_contact_resolution"));
    // Everybody calls once more, and nobody a third time.
    assert!((figure(&none, "first_contact_resolution") - 0.5).abs() < 0.02);
    let late = of("resolved = \"0%\"\nagain = \"100%\"\nafter = \"fixed 3h\"\nwindow = \"1h\"");
    assert!(
        (figure(&late, "first_contact_resolution") - 1.0).abs() < 1e-9,
        "after the window it is no repeat"
    );
    assert!(figure(&late, "repeats") > 0.0);
    // The target has a window of its own: two hours.
    assert_eq!(late["runs"][0]["targets"][1]["figure"], "first_contact_resolution");
    assert_eq!(late["runs"][0]["targets"][1]["met"], true);
    assert_eq!(none["runs"][0]["targets"][1]["met"], false);
    let by_intent = of(
        "resolved = { general = \"0%\", lost_card = \"100%\" }\nagain = \"100%\"\nafter = \"fixed 10min\"\nat_most = 1",
    );
    assert!(figure(&by_intent, "first_contact_resolution") > figure(&none, "first_contact_resolution"));
}

#[test]
fn whoever_accepts_is_called_back() {
    let of = |policy: &str, callers: &str| {
        simulated(policy, &format!("{SCENARIO}[callers]\n{callers}\n"), &["--seed", "3"])
    };
    let nobody = of(POLICY, "accepts_callback = \"0%\"");
    assert!(nobody["runs"][0]["segments"][0]["figures"]["callbacks"].is_null());
    let document = of(POLICY, "accepts_callback = \"80%\"\nanswers_callback = \"100%\"");
    assert!(figure(&document, "callbacks") > 20.0);
    assert!(figure(&document, "callbacks_kept") > 0.95 && figure(&document, "callbacks_failed") < 0.02);
    assert!(figure(&document, "abandonment") < figure(&nobody, "abandonment"));
    let deaf = of(POLICY, "accepts_callback = \"80%\"\nanswers_callback = \"0%\"");
    assert_eq!(
        (deaf["runs"][0]["outcomes"]["called_back"].as_u64(), figure(&deaf, "callbacks_reached")),
        (Some(0), 0.0)
    );
    assert!(figure(&deaf, "callbacks_failed") > 0.9);
    let strict = of(POLICY, "accepts_callback = \"80%\"\ncallback_within = \"1min\"");
    assert!(figure(&strict, "callbacks_kept") < figure(&strict, "callbacks_reached"));
    // Nobody may be called before nine, so the first hour's call-backs wait.
    let hours = of(&format!("{POLICY}{TICKET}"), "accepts_callback = \"80%\"\nanswers_callback = \"100%\"");
    assert!(figure(&hours, "time_to_callback_s") > figure(&document, "time_to_callback_s"));
}

#[test]
fn sources_fail_or_come_too_late_and_the_policy_decides_what_then() {
    let of = |sources: &str| simulated(POLICY, &format!("{SCENARIO}[sources]\n{sources}\n"), &[]);
    let fine = simulated(POLICY, SCENARIO, &[]);
    assert_eq!(fine["runs"][0]["sources"][0]["failed"], 0);
    let broken = of("fails = \"100%\"");
    assert_eq!(broken["runs"][0]["sources"][0]["failed"], broken["runs"][0]["sources"][0]["questions"]);
    assert!(
        figure(&fine, "containment") > 0.1 && figure(&broken, "containment") < 1e-9,
        "a person is offered"
    );
    let slow = of("crm.customer = { fails = \"0%\", takes = \"fixed 801ms\" }");
    assert_eq!(slow["runs"][0]["sources"][0]["slow"], slow["runs"][0]["sources"][0]["questions"]);
    assert_eq!(figure(&slow, "containment"), figure(&broken, "containment"));
    let in_time = of("fails = \"100%\"\ncrm.customer = { fails = \"0%\", takes = \"fixed 800ms\" }");
    assert_eq!(figure(&in_time, "containment"), figure(&fine, "containment"), "its own line counts");
    let some = of("crm.customer = { fails = \"30%\" }");
    assert!((0.0..figure(&fine, "containment")).contains(&figure(&some, "containment")));
}

#[test]
fn each_target_is_measured_or_named_with_the_reason() {
    let document = simulated(POLICY, SCENARIO, &[]);
    let reasons: Vec<&str> = document["runs"][0]["targets"]
        .as_array()
        .expect("targets")
        .iter()
        .filter_map(|target| target["unmeasured"].as_str())
        .collect();
    let [resolution, quality, campaigns] = reasons.as_slice() else { panic!("{reasons:?}") };
    assert!(resolution.contains("`[callers]`") && quality.contains("`--calls`"), "{reasons:?}");
    assert!(campaigns.contains("no campaign"), "{reasons:?}");
    let folder = Folder::new(&[("p.tdm", POLICY.as_bytes()), ("s.toml", SCENARIO.as_bytes())]);
    let human = tandem(["simulate", &folder.shown("p.tdm"), "--centre", &folder.shown("s.toml")]).out;
    assert!(human.contains("not measured: desk.service, quality passed: "), "{human}");
}

#[test]
fn the_report_is_the_same_bytes_whatever_the_threads_and_the_engine() {
    let scenario = format!(
        "{SCENARIO}[callers]\nresolved = \"60%\"\nafter = \"30min\"\naccepts_callback = \"50%\"\n[sources]\nfails = \"9%\"\n"
    );
    let one = simulated(POLICY, &scenario, &["--jobs", "1"]);
    assert_eq!(one, simulated(POLICY, &scenario, &["--jobs", "4"]));
    assert_eq!(one, simulated(POLICY, &scenario, &["--engine", "interpreted"]));
}

#[test]
fn what_makes_no_sense_is_told() {
    for (lines, why) in [
        ("[callers]\nagain = \"50%\"\n", "say how many are"),
        ("[callers]\nresolved = { general = \"50%\", lost_crad = \"1%\" }\n", "did you mean `lost_card`?"),
        ("[callers]\nsays = { blance = \"x\" }\n", "did you mean `balance`?"),
        ("[callers]\nat_most = 11\nresolved = \"1%\"\n", "a whole number from 0 to 10"),
        ("[callers]\nbot_patience = \"-1 turns\"\n", "a whole number from 1 to 1000"),
        ("[callers]\npresses = { \"12\" = 1 }\n", "keys are 0 to 9"),
        ("[callers]\nanswer_after = \"3s\"\n", "did you mean `answers_after`?"),
        ("[detector]\nperson_heard = \"120%\"\n", "a share from 0% to 100%"),
        ("[sources]\ncrm.custmer = { fails = \"1%\" }\n", "did you mean `crm.customer`?"),
        ("[sources]\ncrm.customer = { fials = \"1%\" }\n", "a source has no `fials`"),
        ("[sources]\nfails = \"1%\"\ntakes = \"soon\"\n", "expected a time"),
    ] {
        let scenario = format!("{SCENARIO}{lines}");
        let folder = Folder::new(&[("p.tdm", POLICY.as_bytes()), ("s.toml", scenario.as_bytes())]);
        let run = tandem(["simulate", &folder.shown("p.tdm"), "--centre", &folder.shown("s.toml")]);
        let run = run.expect_code(2);
        assert!(run.err.contains(why), "{lines}: {}", run.err);
    }
}
