//! What a replay exports: how many calls are alike, and never which.

#![cfg(test)]

mod support;

use serde_json::json;
use support::{Folder, Run, tandem};

const POLICY: &str = "\
queue general
tier { basic, gold }
record Customer { tier: tier, age: protected number = 0 }
source crm.customer(phone) -> Customer
route arrival decides queue { otherwise decide queue general }
export insights anonymised in groups of 2 when call.direction = inbound because \"research\" {
  let who = crm.customer(call.from) else basic
  tier = who.tier
  old = who.age >= 70
}
";

/// Two of gold are alike, one of them is old, and nobody knows the last one.
const SOURCE: &str = "from,tier,age\n+441632960000,gold,30\n+441632960001,gold,71\n+441632960002,gold,20\n";

fn replayed(format: &str) -> Run {
    let mut calls = String::new();
    for n in 0..4 {
        calls += &format!(
            "{{\"call\":\"c{n}\",\"at_ms\":0,\"event\":\"start\",\"clock\":\"2026-03-10T12:00:00+00:00\",\"from\":\"+44163296000{n}\"}}\n\
             {{\"call\":\"c{n}\",\"at_ms\":9000,\"event\":\"end\"}}\n"
        );
    }
    let folder = Folder::new(&[
        ("policy/p.tdm", POLICY.as_bytes()),
        ("policy/sources/crm.customer.csv", SOURCE.as_bytes()),
        ("calls.jsonl", calls.as_bytes()),
    ]);
    let (policy, calls) = (folder.shown("policy"), folder.shown("calls.jsonl"));
    tandem(["simulate", &policy, "--calls", &calls, "--format", format]).expect_code(0)
}

#[test]
fn calls_that_are_alike_are_counted_and_others_kept_back() {
    let document = replayed("json").json();
    let wanted = json!([{
        "export": "p.insights",
        "because": "research",
        "groups_of": 2,
        "rows": [{"values": {"tier": "gold", "old": "no"}, "calls": 2}],
        "kept_back": 2,
    }]);
    assert_eq!(document["exports"], wanted);
}

#[test]
fn people_and_browsers_see_the_rows() {
    for format in ["human", "html"] {
        let shown = replayed(format).out.replace("<wbr>", "");
        assert!(shown.contains("Exported, anonymised: p.insights, research"), "{shown}");
        assert!(shown.contains("2 calls kept back: fewer than 2 are alike"), "{shown}");
    }
}
