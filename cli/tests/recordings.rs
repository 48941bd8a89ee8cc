//! Recordings that are damaged, odd or nothing at all: told, and the others are not affected.

#![cfg(test)]

mod support;

use support::{CALLS, Folder, SOUND, line, root, tandem, without_elapsed};

fn example(name: &str) -> Vec<u8> {
    std::fs::read(root().join("examples/bank/calls").join(name)).expect("a recording of the examples")
}

#[test]
fn a_folder_of_garbage_is_told_file_by_file() {
    let mp3 = example("person-please-en.mp3");
    let wav = example("balance-unknown-en.wav");
    let folder = Folder::new(&[
        ("p.tdm", SOUND.as_bytes()),
        ("calls/good.jsonl", CALLS.as_bytes()),
        ("calls/cut.mp3", &mp3[..mp3.len() / 3]),
        ("calls/cut.wav", &wav[..wav.len() / 3]),
        ("calls/header-only.wav", &wav[..30]),
        ("calls/no-audio.mp3", b"this is no audio at all, only words"),
        ("calls/void.mp3", b""),
        ("calls/empty.vcon.json", b""),
        ("calls/half.vcon.json", b"{\"vcon\": \"0.0.2\", \"parties\": ["),
        ("calls/list.vcon.json", b"[1, 2, 3]"),
        ("calls/nothing.vcon.json", b"{\"vcon\": \"0.0.2\", \"parties\": [], \"dialog\": []}"),
        ("calls/nulls.vcon.json", b"{\"vcon\": null, \"parties\": null, \"dialog\": [null, 7, {}]}"),
        ("calls/other.json", b"{\"name\": \"not a record\"}"),
        ("calls/notes.txt", b"call me back"),
        (
            "calls/broken.jsonl",
            b"{\"call\":\"x\",\"at_ms\":0}\nnot json\n{\"call\":\"y\",\"at_ms\":-5,\"event\":\"end\"}\n",
        ),
        ("calls/empty.jsonl", b""),
    ]);
    let (policy, calls) = (folder.shown("p.tdm"), folder.shown("calls"));
    let run = tandem(["simulate", &policy, "--calls", &calls, "--format", "json", "--jobs", "2"]);
    assert!([0, 1].contains(&run.code), "{} {}", run.code, run.err);
    assert!(!run.err.contains("panicked"), "{}", run.err);
    let document = run.json();
    let unreadable = document["unreadable"].to_string();
    for name in
        ["header-only.wav", "no-audio.mp3", "void.mp3", "empty.vcon.json", "half.vcon.json", "broken.jsonl"]
    {
        assert!(unreadable.contains(name), "{name}: {unreadable}");
    }
    let decided = document["decisions"].to_string();
    assert!(decided.contains("\"a\"") && decided.contains("\"b\""), "the good calls are still decided");
    let one = tandem(["simulate", &policy, "--calls", &calls, "--format", "json", "--jobs", "1"]);
    assert_eq!(without_elapsed(&one.out), without_elapsed(&run.out));
}

#[test]
fn a_call_that_is_malformed_costs_only_itself() {
    let bad = "{\"call\":\"x\",\"at_ms\":0,\"event\":\"start\",\"clock\":\"yesterday\"}\n";
    let folder = Folder::new(&[("p.tdm", SOUND.as_bytes()), ("c.jsonl", format!("{bad}{CALLS}").as_bytes())]);
    let run =
        tandem(["simulate", &folder.shown("p.tdm"), "--calls", &folder.shown("c.jsonl"), "--format", "json"]);
    let document = run.json();
    assert_eq!(document["calls"], 2, "{document}");
    assert!(document["unreadable"].to_string().contains("clock"), "{document}");
}

/// Recordings of that folder that are replayed; all of them take minutes without optimisation.
const RECORDINGS_MAX: usize = 8;

#[test]
fn recordings_elsewhere_are_replayed_the_same_by_one_and_by_two() {
    let folder = root().join("../shared/calls");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: there are no recordings at {}", folder.display());
        return;
    };
    let mut calls: Vec<String> =
        entries.map(|entry| entry.expect("an entry").path().display().to_string()).collect();
    calls.retain(|path| path.ends_with(".vcon.json"));
    calls.sort();
    calls.truncate(RECORDINGS_MAX);
    let of = |jobs: &str| {
        let fixed = ["simulate", "examples/bank", "--format", "json", "--jobs", jobs, "--calls"];
        tandem(fixed.into_iter().chain(calls.iter().map(String::as_str)))
    };
    let one = of("1").expect_code(0);
    assert_eq!(without_elapsed(&one.out), without_elapsed(&of("2").expect_code(0).out));
    let document = one.json();
    assert_eq!(document["calls"].as_u64(), Some(calls.len() as u64), "{document}");
    assert_eq!(document["unreadable"], serde_json::json!([]));
}

#[test]
fn sources_are_answered_from_tables_beside_the_policy() {
    let policy = "tier { guest, vip }\nqueue a, b\nrecord Who { tier: tier }\nsource crm.who(phone) -> Who within 1s\n\
                  route r decides queue {\n  let who = crm.who(call.from) else guest\n\
                  \x20 when who.tier = vip decide queue a\n  otherwise decide queue b\n}\n";
    let folder = Folder::new(&[
        ("p/p.tdm", policy.as_bytes()),
        ("p/sources/crm.who.csv", b"phone,tier\n+441632960000,vip\n"),
        ("calls.jsonl", CALLS.as_bytes()),
    ]);
    let (policy, calls) = (folder.shown("p"), folder.shown("calls.jsonl"));
    let actions = || {
        let document =
            tandem(["simulate", &policy, "--calls", &calls, "--format", "json"]).expect_code(0).json();
        let all = document["decisions"].as_array().expect("decisions").iter();
        all.map(|one| one["action"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(actions(), ["queue a", "queue b"]);
    folder.write("p/sources/crm.who.csv", b"phone,tier\n+441632960000,vpi\n");
    let run = tandem(["simulate", &policy, "--calls", &calls]).expect_code(2);
    assert!(run.err.contains("crm.who.csv") && run.err.contains("vip"), "{}", run.err);
    assert!(
        line("simulate examples/bank --calls examples/bank/calls")
            .expect_code(0)
            .out
            .contains("crm.customer")
    );
}
