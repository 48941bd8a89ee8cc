//! `replay` items: what recorded calls must come to.

#![cfg(test)]

mod support;

use serde_json::Value;
use support::{Folder, tandem};

const POLICY: &str = r#"
intent { balance, lost_card }
queue bot, cards, complaints
phrases forbidden { en "guaranteed" }
route arrival at start or intent decides queue {
  when call.intent = lost_card decide queue cards
  otherwise decide queue bot
}
watch shouts on customer {
  when anger >= 0.8
  do transfer complaints because "angry"
}
qa words { agent must not say forbidden fail }
"#;

/// A call that the record says to have gone to a queue.
fn call(name: &str, intent: &str, queue: &str) -> String {
    let mut lines = format!(
        "{{\"call\":\"{name}\",\"at_ms\":0,\"event\":\"start\",\"clock\":\"2026-03-10T10:00:00+08:00\",\"labels\":{{\"queue\":\"{queue}\"}}}}\n"
    );
    if !intent.is_empty() {
        lines +=
            &format!("{{\"call\":\"{name}\",\"at_ms\":2000,\"event\":\"intent\",\"intent\":\"{intent}\"}}\n");
    }
    lines + &format!("{{\"call\":\"{name}\",\"at_ms\":9000,\"event\":\"end\"}}\n")
}

/// Four calls: one went elsewhere than the policy sends it, one names a queue that the policy has not.
fn calls() -> String {
    [
        call("c1", "balance", "bot"),
        call("c2", "lost_card", "cards"),
        call("c3", "lost_card", "bot"),
        call("c4", "", "elsewhere"),
    ]
    .concat()
}

fn folder(replays: &str) -> Folder {
    let policy = format!("{POLICY}{replays}\n");
    let folder = Folder::new(&[]);
    folder.write("policy/p.tdm", policy.as_bytes());
    folder.write("policy/calls/a.jsonl", calls().as_bytes());
    folder.write("before/p.tdm", POLICY.replace("queue cards\n", "queue complaints\n").as_bytes());
    folder
}

fn test(replays: &str, code: i32) -> (String, Value) {
    let folder = folder(replays);
    let path = folder.shown("policy");
    let human = tandem(["test", &path]).expect_code(code).out;
    let json = tandem(["test", &path, "--format", "json"]).expect_code(code).out;
    (human, serde_json::from_str(&json).expect("a document"))
}

#[test]
fn decisions_are_compared_with_what_the_records_tell() {
    let (human, json) = test("replay \"calls/**\" expect changed queue <= 40%", 0);
    assert!(human.contains("ok      replay \"calls/**\", 4 calls"), "{human}");
    let replay = &json["replays"][0];
    assert_eq!((&replay["compared"], &replay["changed"]), (&3.into(), &1.into()));
    assert_eq!(replay["changed_calls"][0]["call"], "c3");
    assert_eq!(
        (&replay["changed_calls"][0]["before"], &replay["changed_calls"][0]["now"]),
        (&"bot".into(), &"cards".into())
    );
    let (human, json) = test("replay \"calls/**\" expect changed queue <= 2%", 1);
    assert!(human.contains("expected  changed queue <= 2%\n    found     33.3% (1 of 3)"), "{human}");
    assert!(human.contains("recorded bot, now cards"), "{human}");
    assert_eq!((&json["passed"], &json["failed"]), (&0.into(), &1.into()));
}

#[test]
fn decisions_are_compared_with_those_of_the_policy_before() {
    let (human, json) = test("replay \"calls/*.jsonl\" since \"../before\" expect changed queue <= 10%", 1);
    assert!(human.contains("before complaints, now cards"), "{human}");
    let replay = &json["replays"][0];
    assert_eq!((&replay["compared"], &replay["changed"]), (&4.into(), &2.into()));
    let (human, _) = test("replay \"calls/**\" since \"../nobody\" expect changed queue <= 10%", 1);
    assert!(human.contains("cannot read"), "{human}");
}

#[test]
fn other_figures_and_their_bounds() {
    let sound = "replay \"calls/**\" {\n  expect transfer rate <= 0%\n  expect transfer complaints in <= 0%\n  expect alert supervisor in 0%..1%\n  expect no warnings\n}";
    let (human, _) = test(sound, 0);
    assert!(human.contains("alert supervisor in 0%..1%: 0% (0 of 4)"), "{human}");
    let (human, _) = test("replay \"calls/**\" expect quality passed >= 90%", 1);
    assert!(human.contains("no quality check applies to any call"), "{human}");
    let (human, _) = test("replay \"calls/**\" expect transfer complaints in >= 1%", 1);
    assert!(human.contains("found     0% (0 of 4)"), "{human}");
}

#[test]
fn nothing_that_fits_and_nothing_that_tells_are_failures() {
    for pattern in ["nowhere/**", "calls/*.wav", "p.tdm"] {
        let (human, json) = test(&format!("replay \"{pattern}\" expect no warnings"), 1);
        assert!(human.contains("FAILED  replay"), "{human}");
        assert!(json["replays"][0]["failure"].is_string(), "{json}");
    }
    let folder = folder("replay \"calls/**\" expect changed queue <= 100%");
    folder.write("policy/calls/a.jsonl", call("c", "", "").as_bytes());
    let human = tandem(["test", &folder.shown("policy")]).expect_code(1).out;
    assert!(human.contains("no recording tells its queue"), "{human}");
    folder.write("policy/calls/a.jsonl", b"{\"call\": 7}\n");
    let run = tandem(["test", &folder.shown("policy")]).expect_code(1);
    assert!(run.err.contains("warning:"), "{}", run.err);
}

#[test]
fn junit_has_a_case_for_each_replay() {
    let folder = folder("replay \"calls/**\" expect changed queue <= 2%");
    let junit = tandem(["test", &folder.shown("policy"), "--format", "junit"]).expect_code(1).out;
    assert!(junit.contains("tests=\"1\" failures=\"1\""), "{junit}");
    assert!(junit.contains("expected changed queue &lt;= 2%, found 33.3% (1 of 3)"), "{junit}");
}

#[test]
fn both_engines_agree() {
    let folder = folder("replay \"calls/**\" expect changed queue <= 40%");
    let path = folder.shown("policy");
    let native = tandem(["test", &path, "--format", "json"]).expect_code(0).out;
    let interpreted =
        tandem(["test", &path, "--format", "json", "--engine", "interpreted"]).expect_code(0).out;
    assert_eq!(native, interpreted);
}
