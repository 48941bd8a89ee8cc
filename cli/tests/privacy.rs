//! What is masked or sensitive appears in no report, whatever its form.

#![cfg(test)]

mod support;

use support::{Folder, tandem};

const POLICY: &str = "\
queue general
record Customer { id_number: sensitive text = \"\", name: text = \"\" }
source crm.customer(phone) -> Customer
phrases paying { en \"my card\" }

mask card_number, id_number in transcript, recording, screen

route arrival at start or keys decides queue {
  let who = crm.customer(call.from) else { name: \"\" }
  when call.keys = \"1\" and who.id_number != \"none\" decide queue general because \"asked for\"
  when who.name = \"nobody\" decide queue general
  otherwise decide queue general
}
dialog listens at start {
  ask \"Yes?\" hearing speech, keys
  on key 9 { end }
  on anything { note said = answer.words }
  on unresolved 16 times { transfer general handing over transcript, answers }
  on silence 9 times { end }
}
assist identity on customer {
  let who = crm.customer(call.from) else { name: \"\" }
  when says paying
  show card \"who calls\" with masked(who.id_number), who.name for 30s
}
";

const CALL: &str = "\
{\"call\":\"a\",\"at_ms\":0,\"event\":\"start\",\"clock\":\"2026-03-10T12:00:00+00:00\",\"from\":\"+441632960000\"}
{\"call\":\"a\",\"at_ms\":2000,\"event\":\"turn\",\"party\":\"customer\",\"text\":\"my card is 4111 1111 1111 1111\"}
KEYS{\"call\":\"a\",\"at_ms\":9000,\"event\":\"end\"}
";

const SOURCE: &str = "from,id_number,name\n+441632960000,11010519491231002X,4111111111111111\n";

/// Every key of the card's number by itself, as a telephone sends it.
fn keys() -> String {
    let key = |(at, key): (usize, char)| {
        let at = 3000 + at * 100;
        format!("{{\"call\":\"a\",\"at_ms\":{at},\"event\":\"key\",\"key\":\"{key}\"}}\n")
    };
    "4111111111111111".chars().enumerate().map(key).collect()
}

#[test]
fn a_planted_card_number_appears_in_no_report() {
    let calls = CALL.replace("KEYS", &keys());
    let folder = Folder::new(&[
        ("policy/p.tdm", POLICY.as_bytes()),
        ("policy/sources/crm.customer.csv", SOURCE.as_bytes()),
        ("calls.jsonl", calls.as_bytes()),
    ]);
    let (policy, calls) = (folder.shown("policy"), folder.shown("calls.jsonl"));
    let mut told = 0;
    for format in ["human", "json"] {
        let simulate = tandem(["simulate", &policy, "--calls", &calls, "--format", format]);
        let explain = tandem(["explain", &policy, "--call", &calls, "--format", format]);
        for run in [simulate.expect_code(0), explain.expect_code(0)] {
            for planted in ["4111111111111111", "4111 1111 1111 1111", "11010519491231002X"] {
                assert!(!run.out.contains(planted) && !run.err.contains(planted), "{planted}: {}", run.out);
            }
            told += run.out.matches("************1111").count();
            told += run.out.matches("(hidden)").count();
            assert!(!run.out.contains("hears key"), "a number that is keyed: {}", run.out);
        }
    }
    assert!(told > 0, "nothing was there to hide: the test proves nothing");
}

#[test]
fn a_masked_recording_is_told_where_to_be_silent() {
    let calls = CALL.replace("KEYS", &keys());
    let folder = Folder::new(&[("p.tdm", POLICY.as_bytes()), ("calls.jsonl", calls.as_bytes())]);
    let (policy, calls) = (folder.shown("p.tdm"), folder.shown("calls.jsonl"));
    let report = tandem(["simulate", &policy, "--calls", &calls, "--format", "json"]).expect_code(0).json();
    let account = tandem(["explain", &policy, "--call", &calls, "--format", "json"]).expect_code(0).json();
    for hidden in [&report["hidden"], &account["hidden"]] {
        let spans = hidden.as_array().expect("a list");
        let [said, keyed] = spans.as_slice() else { panic!("{spans:?}") };
        assert_eq!((&said["kind"], &said["party"]), (&"card_number".into(), &"customer".into()));
        assert!(said["end_ms"].as_i64() <= Some(2_000), "not beyond its turn: {said}");
        let times = (keyed["start_ms"].as_i64(), keyed["end_ms"].as_i64());
        assert_eq!(times, (Some(3_000), Some(4_800)), "from the first key to the end of the last: {keyed}");
    }
    let told = tandem(["explain", &policy, "--call", &calls]).expect_code(0).out;
    assert!(told.contains("hidden in the recording: card_number from 3s to 4.8s (customer)"), "{told}");
}
