//! How callers fare by what is protected of them, of recorded calls and in simulated centres.

#![cfg(test)]

mod support;

use support::{Folder, Run, tandem};

const POLICY: &str = "\
use std.phrases.asks_for_human
role team_lead
queue general, seniors
record Customer { age: protected number = 0, sex: protected sensitive text = \"\", woman: protected yes/no visible to team_lead = no, points: number = 0 }
source crm.customer(phone) -> Customer
route arrival decides queue {
  let who = crm.customer(call.from) else { points: 0 }
  when who.age >= 70 decide queue seniors because \"asked for\"
  when who.points > 5 decide queue seniors
  otherwise decide queue general
}
dialog talk at start {
  ask \"Yes?\" hearing speech
  on asks_for_human { transfer general }
  on unresolved, silence 2 times { end }
}
";

const SOURCE: &str = "from,age,sex,woman,points\n+441632960000,71,SECRET,yes,0\n+441632960001,34,SECRET,yes,9\n+441632960002,38,SECRET,no,0\n";

const FIRST: &str = "\
queue general
record Customer { age: protected number = 0 }
source crm.customer(phone) -> Customer
route arrival decides queue, priority {
  let who = crm.customer(call.from) else { age: 0 }
  when who.age >= 70 decide queue general, priority 90 because \"asked for\"
  otherwise decide queue general, priority 10
}
";

const SCENARIO: &str = "days = 1\nreplications = 3\nseed = 7\n[[arrivals]]\nrate = 60\ncaller = { age = { 30 = 6, 75 = 4 } }\n\
    [[agents]]\ncount = 4\n";

fn calls() -> String {
    let mut text = String::new();
    for n in 0..4 {
        text += &format!(
            "{{\"call\":\"c{n}\",\"at_ms\":0,\"event\":\"start\",\"clock\":\"2026-03-10T12:00:00+00:00\",\"from\":\"+44163296000{n}\"}}\n\
             {{\"call\":\"c{n}\",\"at_ms\":2000,\"event\":\"turn\",\"party\":\"agent\",\"text\":\"hello\"}}\n\
             {{\"call\":\"c{n}\",\"at_ms\":9000,\"event\":\"end\"}}\n"
        );
    }
    text
}

fn replayed(format: &str) -> Run {
    let folder = Folder::new(&[
        ("policy/p.tdm", POLICY.as_bytes()),
        ("policy/sources/crm.customer.csv", SOURCE.as_bytes()),
        ("calls.jsonl", calls().as_bytes()),
    ]);
    let (policy, calls) = (folder.shown("policy"), folder.shown("calls.jsonl"));
    tandem(["simulate", &policy, "--calls", &calls, "--format", format]).expect_code(0)
}

#[test]
fn recorded_calls_are_split_by_what_is_protected() {
    let document = replayed("json").json();
    let fairness = document["fairness"].as_array().expect("a list");
    let fields: Vec<&str> = fairness.iter().filter_map(|one| one["field"].as_str()).collect();
    assert_eq!(fields, ["crm.customer.age", "crm.customer.woman"], "what is sensitive splits nothing");
    let groups = |at: usize| -> Vec<(String, u64)> {
        let groups = fairness[at]["groups"].as_array().expect("a list");
        let one = |group: &serde_json::Value| {
            (group["value"].as_str().expect("a value").to_owned(), group["calls"].as_u64().expect("a count"))
        };
        groups.iter().map(one).collect()
    };
    let owned = |of: &[(&str, u64)]| -> Vec<(String, u64)> {
        of.iter().map(|(value, calls)| ((*value).to_owned(), *calls)).collect()
    };
    // Nobody knows the fourth caller.
    assert_eq!(groups(0), owned(&[("30..39", 2), ("70..79", 1), ("unknown", 1)]));
    assert_eq!(groups(1), owned(&[("no", 1), ("yes", 2), ("unknown", 1)]));
    let thirties = &fairness[0]["groups"][0];
    assert_eq!(thirties["queues"], serde_json::json!({"general": 1, "seniors": 1}));
    assert_eq!((thirties["answered"].as_u64(), thirties["answered_after_s"].as_f64()), (Some(2), Some(1.7)));
}

#[test]
fn people_and_browsers_see_the_split_and_nobody_what_is_sensitive() {
    for format in ["human", "html"] {
        let shown = replayed(format).out.replace("<wbr>", "");
        assert!(shown.contains("Fairness: by crm.customer.age, which is protected"), "{shown}");
        assert!(shown.contains("70..79") && !shown.contains("SECRET"), "{shown}");
    }
}

fn simulated(format: &str) -> Run {
    let folder = Folder::new(&[("p.tdm", FIRST.as_bytes()), ("s.toml", SCENARIO.as_bytes())]);
    let (policy, scenario) = (folder.shown("p.tdm"), folder.shown("s.toml"));
    tandem(["simulate", &policy, "--centre", &scenario, "--format", format]).expect_code(0)
}

#[test]
fn simulated_callers_are_split_and_the_widest_gap_is_named() {
    let document = simulated("json").json();
    let split = &document["runs"][0]["fairness"][0];
    assert_eq!(split["fact"], "age");
    let groups = split["groups"].as_array().expect("a list");
    let wait = |at: usize| groups[at]["mean_wait_s"]["mean"].as_f64().expect("a wait");
    assert_eq!((&groups[0]["value"], &groups[1]["value"]), (&"30".into(), &"75".into()));
    assert!(wait(1) < wait(0), "who is served first waits less: {groups:?}");
    let gaps = split["gaps"].as_array().expect("a list");
    let gap = gaps.iter().find(|gap| gap["figure"] == "mean_wait_s").expect("a gap of waits");
    assert_eq!((&gap["least"][0], &gap["most"][0]), (&"75".into(), &"30".into()));
    for format in ["human", "html"] {
        let shown = simulated(format).out;
        assert!(shown.contains("Fairness: by age, which is protected"), "{shown}");
        assert!(shown.contains("mean wait: from "), "{shown}");
    }
}
