//! What `tandem simulate` says of the centre: samples, both sides of experiments, targets, and what only a centre knows.

#![cfg(test)]

mod support;

use support::{Folder, Run, tandem};

const POLICY: &str = "\
queue day, bot
intent { complaint heard as complaint_words }
phrases complaint_words { en \"unacceptable\" }
phrases hello_words { en \"hello\" }

mode peak when queue.waiting > 20 until queue.waiting < 5 because \"many wait\"

route arrival decides queue {
  when peak decide queue bot
  otherwise decide queue day because \"as ever\"
}
route arrival_b decides queue { otherwise decide queue bot because \"tried\" }
watch upset on customer {
  when says angry
  do alert supervisor
}
watch calm on customer {
  when silence >= 1h
  do alert supervisor
}
experiment bot_first on 50% of calls {
  route arrival tries arrival_b
  watch upset tries calm
}
phrases angry { en \"unacceptable\" }

qa greeting {
  agent must say hello_words score 5
}
sampling reviewed {
  all when call.intent = complaint because \"every complaint is heard\"
  none otherwise
}
target service {
  quality passed >= 60%
  transfer rate <= 10%
  day answered within 10s of offered >= 90%
  answer rate >= 70%
  abandonment excluding under 5s <= 10%
  aht <= 5s because \"calls are short\"
  first contact resolution within 7d >= 50%
  containment >= 50%
  asa <= 20s
}
";

/// So many calls; every third is a complaint, every fourth is transferred, the agent greets in all but one.
fn calls(count: usize) -> String {
    let mut text = String::new();
    for n in 0..count {
        let mut line = |more: String| text.push_str(&format!("{{\"call\":\"call-{n}\",{more}}}\n"));
        line("\"at_ms\":0,\"event\":\"start\",\"clock\":\"2026-03-10T12:00:00+00:00\"".to_owned());
        if n > 0 {
            line("\"at_ms\":1000,\"event\":\"turn\",\"party\":\"agent\",\"text\":\"Hello!\"".to_owned());
        }
        if n % 3 == 0 {
            let said = "\"at_ms\":3000,\"event\":\"turn\",\"party\":\"customer\",\"text\":\"Unacceptable!\"";
            line(said.to_owned());
        }
        if n % 4 == 0 {
            line("\"at_ms\":4000,\"event\":\"transferred\",\"to\":\"day\"".to_owned());
        }
        line("\"at_ms\":9000,\"event\":\"end\"".to_owned());
    }
    text
}

fn simulate(format: &str) -> Run {
    let folder = Folder::new(&[("p.tdm", POLICY.as_bytes()), ("calls.jsonl", calls(12).as_bytes())]);
    let (policy, calls) = (folder.shown("p.tdm"), folder.shown("calls.jsonl"));
    tandem(["simulate", &policy, "--calls", &calls, "--format", format]).expect_code(0)
}

#[test]
fn samples_are_listed_with_the_reason() {
    let document = simulate("json").json();
    let samples = document["samples"].as_array().expect("a list");
    let taken: Vec<&str> = samples.iter().filter_map(|one| one["call"].as_str()).collect();
    assert_eq!(taken, ["call-0", "call-3", "call-6", "call-9"]);
    assert_eq!(samples[0]["because"], "every complaint is heard");
    assert_eq!(samples[0]["line"], "all when call.intent = complaint");
    assert_eq!(document["samplings"][0]["taken"], 4);
}

#[test]
fn both_sides_of_an_experiment_are_compared() {
    let document = simulate("json").json();
    let experiment = &document["experiments"][0];
    let (usual, tried) = (&experiment["usual"], &experiment["tried"]);
    let calls = |side: &serde_json::Value| side["calls"].as_u64().expect("a count");
    assert_eq!(calls(usual) + calls(tried), 12);
    assert!(calls(usual) > 0 && calls(tried) > 0);
    assert_eq!(usual["answers"]["queue day"], calls(usual));
    assert_eq!(tried["answers"]["queue bot"], calls(tried));
    let (usual, tried) = (&document["experiments"][1]["usual"], &document["experiments"][1]["tried"]);
    assert_eq!((&usual["policy"], &tried["policy"]), (&"p.upset".into(), &"p.calm".into()));
    assert_eq!(tried["answers"]["0 times"], calls(tried), "{tried}");
    assert!(usual["answers"]["1 times"].as_u64().expect("a complaint") > 0, "{usual}");
}

#[test]
fn targets_are_checked_as_far_as_recordings_tell() {
    let document = simulate("json").json();
    let targets = document["targets"].as_array().expect("a list");
    assert_eq!(targets[0]["reached"], true);
    assert_eq!((&targets[1]["measured"], &targets[1]["reached"]), (&0.25.into(), &false.into()));
    assert!(targets[2]["measured"].is_null() && targets[2]["reached"].is_null());
    // In one call the customer alone speaks; the others are answered after a second at the latest.
    assert_eq!(targets[3]["shown"], "91.7%");
    assert_eq!(targets[4]["shown"], "8.3%");
    assert_eq!(
        (&targets[5]["reached"], &targets[5]["note"]),
        (&false.into(), &"without after-call work".into())
    );
    // No call has a number, no policy a dialog, and no recording a queue.
    assert!(targets.iter().skip(6).all(|one| one["measured"].is_null() && one["shown"] == ""), "{targets:?}");
}

#[test]
fn the_human_report_says_once_that_there_is_no_centre() {
    let text = simulate("human").out;
    for line in ["Calls to listen to", "Experiments", "Targets", "only a centre tells"] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert_eq!(text.matches("recorded calls have no centre").count(), 1, "{text}");
    let document = simulate("json").json();
    let rules = document["rules"].as_array().expect("a list");
    assert!(rules.iter().all(|rule| rule["policy"] != "p.reviewed"), "a sampling's lines are no rules");
}
