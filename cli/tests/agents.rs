//! Quality by agent, where recordings name who had the call.

#![cfg(test)]

mod support;

use support::{Folder, tandem};

const POLICY: &str = r#"module desk
queue general
phrases promise { en "guaranteed" }
route arrival decides queue { otherwise decide queue general }
qa manners {
  agent must not say promise fail because "nothing is"
}
target every_agent {
  quality passed of every agent with 2 checks >= 75% because "who is below is trained"
  quality passed of every agent with 9 checks >= 75%
}
"#;

/// A call that two agents have: what each says.
fn call(name: &str, ann: &str, bo: &str) -> String {
    let line = |at_ms: u32, rest: &str| format!("{{\"call\":\"{name}\",\"at_ms\":{at_ms},{rest}}}\n");
    let says = |at_ms, text: &str| {
        line(
            at_ms,
            &format!("\"event\":\"turn\",\"party\":\"agent\",\"start_ms\":{at_ms},\"text\":\"{text}\""),
        )
    };
    [
        line(0, "\"event\":\"start\",\"clock\":\"2026-03-10T10:00:00Z\""),
        line(1_000, "\"event\":\"answered\",\"agent\":\"Ann <1>\""),
        says(2_000, ann),
        line(9_000, "\"event\":\"answered\",\"agent\":\"Bo\""),
        says(10_000, bo),
        line(20_000, "\"event\":\"end\""),
    ]
    .concat()
}

#[test]
fn whoever_had_the_call_when_it_failed_is_told_and_no_other() {
    let calls = [
        call("a", "it is guaranteed", "hello"),
        call("b", "hello", "hello"),
        call("c", "guaranteed", "hello"),
    ];
    let folder = Folder::new(&[("p.tdm", POLICY.as_bytes()), ("c.jsonl", calls.concat().as_bytes())]);
    let (policy, calls) = (folder.shown("p.tdm"), folder.shown("c.jsonl"));
    let simulated = |format: &str| tandem(["simulate", &policy, "--calls", &calls, "--format", format]);
    let document = simulated("json").json();
    let agents = document["agents"].as_array().expect("agents");
    let told = |index: usize| {
        let agent = &agents[index];
        (
            agent["agent"].as_str(),
            agent["calls"].as_u64(),
            agent["checked"].as_u64(),
            agent["failed"].as_u64(),
        )
    };
    assert_eq!(agents.len(), 2);
    assert_eq!(told(0), (Some("Ann <1>"), Some(3), Some(3), Some(2)));
    assert_eq!(told(1), (Some("Bo"), Some(3), Some(3), Some(0)));
    assert_eq!(agents[0]["mostly"], "desk.manners: agent must not say promise");
    assert_eq!(agents[0]["misses"][0], "desk.every_agent");
    assert_eq!(document["targets"][0]["reached"], false);
    assert!(document["targets"][1]["reached"].is_null(), "nobody has nine checks: {}", document["targets"]);
    let human = simulated("human").out;
    assert!(human.contains("Quality by agent") && human.contains("misses desk.every_agent"), "{human}");
    let page = simulated("html").out;
    assert!(page.contains("Ann &lt;1&gt;") && !page.contains("Ann <1>"));
}
