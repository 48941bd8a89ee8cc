//! `tandem simulate` and `tandem explain`: the same bytes whatever the jobs, the same decisions on both engines.

#![cfg(test)]

mod support;

use serde_json::Value;
use support::{CALLS, Folder, SOUND, line, root, tandem, without_elapsed};

/// Every folder of `examples` with a policy in it.
fn examples() -> Vec<String> {
    let folders = std::fs::read_dir(root().join("examples")).expect("the examples");
    let with_policy = folders
        .map(|folder| folder.expect("a folder"))
        .filter(|folder| folder.path().join("policy.tdm").exists());
    let mut names: Vec<String> =
        with_policy.map(|folder| folder.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    assert!(names.len() >= 6, "{names:?}");
    names
}

#[test]
fn the_examples_are_without_findings() {
    for example in examples() {
        line(&format!("check --deny warnings examples/{example}")).expect_code(0);
    }
}

fn report(example: &str, more: &str) -> String {
    line(&format!("simulate examples/{example} --calls examples/{example}/calls --format json {more}"))
        .expect_code(0)
        .out
}

#[test]
fn the_report_is_the_same_whatever_the_jobs() {
    for example in examples() {
        let one = report(&example, "--jobs 1");
        for jobs in ["--jobs 2", "--jobs 7", ""] {
            assert_eq!(without_elapsed(&one), without_elapsed(&report(&example, jobs)), "{example} {jobs}");
        }
        assert_eq!(one.matches("\"elapsed_ms\"").count(), 1);
    }
}

#[test]
fn native_code_and_the_interpreter_decide_the_same() {
    for example in examples() {
        let native = report(&example, "--engine native");
        assert_eq!(
            without_elapsed(&native),
            without_elapsed(&report(&example, "--engine interpreted")),
            "{example}"
        );
    }
}

#[test]
fn the_scenarios_of_the_examples_run_alike_on_both_engines() {
    let mut ran = 0;
    for example in examples() {
        let scenario = format!("examples/{example}/scenario.toml");
        if root().join(&scenario).exists() {
            let on = |engine: &str| {
                let one = "--replications 1 --engine";
                line(&format!("simulate examples/{example} --centre {scenario} {one} {engine}")).out
            };
            let native = on("native");
            assert!(native.contains("All calls of a run"), "{native}");
            assert_eq!(native, on("interpreted"), "{example}");
            ran += 1;
        }
    }
    assert!(ran >= 3, "{ran}");
}

#[test]
fn the_tests_of_the_examples_pass_on_both_engines() {
    for engine in ["native", "interpreted"] {
        for example in examples() {
            let run = line(&format!("test examples/{example} --format json --engine {engine}"));
            let document = run.expect_code(0).json();
            assert!(document["passed"].as_u64() > Some(10) && document["failed"] == 0, "{document}");
            assert_eq!(document["version"], 1);
        }
    }
}

#[test]
fn the_document_has_its_fields() {
    let document: Value = serde_json::from_str(&report("bank", "")).expect("JSON");
    assert_eq!(document["version"], 1);
    assert!(document["calls"].as_u64() > Some(5));
    assert!(document["audio_seconds"].as_f64() > Some(60.0));
    assert!(document["elapsed_ms"].is_number());
    let every = |list: &str, fields: &[&str]| {
        let lines = document[list].as_array().unwrap_or_else(|| panic!("`{list}`"));
        assert!(!lines.is_empty(), "{list}");
        for line in lines {
            fields.iter().for_each(|field| assert!(line.get(field).is_some(), "{list}: {line}"));
        }
    };
    every("decisions", &["call", "file", "at_ms", "policy", "rule", "action", "because"]);
    every("rules", &["policy", "rule", "hits"]);
    every("qa", &["call", "file", "item", "result", "at_ms"]);
    for list in ["decisions", "qa", "qa_checks", "alerts"] {
        let files = document[list].as_array().expect("a list").iter().map(|line| &line["file"]);
        for file in files {
            let file = file.as_str().expect("a path");
            assert!(root().join(file).is_file(), "{list}: {file}");
        }
    }
}

#[test]
fn a_small_timeline_is_decided_as_it_reads() {
    let folder = Folder::new(&[("p.tdm", SOUND.as_bytes()), ("calls.jsonl", CALLS.as_bytes())]);
    let (root, calls) = (folder.root(), folder.shown("calls.jsonl"));
    let document = tandem(["simulate", &root, "--calls", &calls, "--format", "json"]).expect_code(0).json();
    let decided: Vec<String> = document["decisions"]
        .as_array()
        .expect("decisions")
        .iter()
        .map(|one| format!("{} {} {}", one["call"], one["at_ms"], one["action"]).replace('"', ""))
        .collect();
    assert_eq!(decided, ["a 0 queue day", "a 5000 alert supervisor", "b 0 queue night"]);
    let results: Vec<&str> =
        document["qa"].as_array().expect("qa").iter().filter_map(|one| one["result"].as_str()).collect();
    assert_eq!(results, ["passed", "failed"]);
}

#[test]
fn a_report_goes_to_a_file_as_to_the_terminal() {
    let folder = Folder::new(&[("p.tdm", SOUND.as_bytes()), ("calls.jsonl", CALLS.as_bytes())]);
    let (root, calls, file) = (folder.root(), folder.shown("calls.jsonl"), folder.shown("report.json"));
    let shown = tandem(["simulate", &root, "--calls", &calls, "--format", "json"]).expect_code(0).out;
    let run = tandem(["simulate", &root, "--calls", &calls, "--format", "json", "-o", &file]).expect_code(0);
    assert!(run.out.is_empty(), "{}", run.out);
    let written = std::fs::read_to_string(&file).expect("the report");
    assert_eq!(without_elapsed(&written), without_elapsed(&shown));
    let nowhere = folder.shown("no/such/folder/report.json");
    tandem(["simulate", &root, "--calls", &calls, "-o", &nowhere]).expect_code(2);
}

#[test]
fn why_and_why_not() {
    let folder = Folder::new(&[("p.tdm", SOUND.as_bytes()), ("calls.jsonl", CALLS.as_bytes())]);
    let (root, calls) = (folder.root(), folder.shown("calls.jsonl"));
    folder.write("one.jsonl", CALLS.lines().take(4).collect::<Vec<_>>().join("\n").as_bytes());
    let one = folder.shown("one.jsonl");
    let out = tandem(["explain", &root, "--call", &one]).expect_code(0).out;
    for word in ["queue day", "somebody is in", "desk = open", "alert supervisor", "anger"] {
        assert!(out.contains(word), "`{word}`: {out}");
    }
    let out = tandem(["explain", &root, "--call", &one, "--why-not", "night"]).expect_code(0).out;
    assert!(out.contains("not night"), "{out}");
    let document = tandem(["explain", &root, "--call", &one, "--format", "json"]).expect_code(0).json();
    assert_eq!(document["version"], 1);
    assert_eq!(document["decisions"][0]["action"], "queue day");
    let run = tandem(["explain", &root, "--call", &one, "--why-not", "nihgt"]).expect_code(2);
    assert!(run.err.contains("night"), "{}", run.err);
    tandem(["explain", &root, "--call", &one, "--at", "soon"]).expect_code(2);
    drop(tandem(["explain", &root, "--call", &calls]));
}

/// Two conditions ask for the same words: each account names the words, not the statement that asked first.
#[test]
fn words_that_nobody_said_are_named_where_they_are_asked_for() {
    let policy = "use std.phrases.asks_for_human\nqueue a, b\nroute r at start decides queue {\n  \
                  when not customer says asks_for_human decide queue a\n  otherwise decide queue b\n}\n\
                  watch w on customer {\n  when says asks_for_human\n  do transfer b\n}\n";
    let folder = Folder::new(&[("p.tdm", policy.as_bytes()), ("calls.jsonl", CALLS.as_bytes())]);
    let calls = CALLS.lines().take(4).collect::<Vec<_>>().join("\n");
    folder.write("one.jsonl", calls.as_bytes());
    let out = tandem(["explain", &folder.root(), "--call", &folder.shown("one.jsonl"), "--why-not", "b"]);
    let out = out.expect_code(0).out;
    assert!(out.contains("not by says asks_for_human: says asks_for_human  [never] did not hold"), "{out}");
    assert!(
        out.contains("not customer says asks_for_human  [customer says asks_for_human = never]"),
        "{out}"
    );
}

const TALKS: &str = "\
tier { basic, gold }
intent { balance, card }
queue general
text hello { en \"How can I help?\" ; zh \"请问有什么可以帮您？\" }
text checked { en \"Checked.\" ; zh \"查好了。\" }
text goodbye { en \"Goodbye.\" ; zh \"再见。\" }
dialog bot in en, zh at start {
  let member = crm.customer(call.from) else { tier: basic }
  ask hello hearing intent, keys 1 -> balance
  on balance when call.unresolved > 0 { say checked ; transfer general directly when member.tier = gold ; resolved }
  on card { resolved }
  on unresolved 3 times { transfer general because \"not understood\" }
  on silence 2 times { say goodbye ; end }
}
record Customer { tier: tier }
source crm.customer(phone) -> Customer
";

const TALK: &str = "\
{\"call\":\"a\",\"at_ms\":0,\"event\":\"start\",\"clock\":\"2026-03-10T12:00:00+00:00\",\"language\":\"zh\"}
{\"call\":\"a\",\"at_ms\":2000,\"event\":\"turn\",\"party\":\"customer\",\"text\":\"那个\"}
{\"call\":\"a\",\"at_ms\":6000,\"event\":\"key\",\"key\":\"1\"}
{\"call\":\"a\",\"at_ms\":9000,\"event\":\"end\"}
";

#[test]
fn what_a_dialog_said_and_heard_stands_between_the_decisions_in_the_calls_language() {
    let folder = Folder::new(&[("p/p.tdm", TALKS.as_bytes()), ("one.jsonl", TALK.as_bytes())]);
    let (policy, one) = (folder.shown("p"), folder.shown("one.jsonl"));
    let explain = |more: &[&str]| {
        let arguments = [&["explain", policy.as_str(), "--call", one.as_str()], more].concat();
        tandem(arguments).expect_code(0)
    };
    let out = explain(&[]).out;
    let in_order = [
        "0s  p.bot  begins",
        "0s  p.bot  asks \"请问有什么可以帮您？\"",
        "2s  p.bot  hears \"那个\"",
        "2s  p.bot  unresolved turn 1",
        "6s  p.bot  hears key 1",
        "6s  p.bot  →  say, when, resolved",
        "balance when call.unresolved > 0  (",
        " balance\n",
        "call.unresolved > 0  [call.unresolved = 1]",
        "6s  p.bot  says \"查好了。\"",
        "6s  p.bot  resolved",
    ];
    let mut rest = out.as_str();
    for line in in_order {
        rest = rest.split_once(line).unwrap_or_else(|| panic!("`{line}` in its place: {out}")).1;
    }
    let early = explain(&["--at", "3s"]).out;
    assert!(early.contains("hears \"那个\"") && !early.contains("hears key"), "{early}");
    let steps = explain(&["--format", "json"]).json()["dialogs"][0]["steps"].to_string();
    assert!(steps.contains("follows balance when call.unresolved > 0"), "{steps}");
}

#[test]
fn a_replay_is_a_page_that_stands_alone_and_stays_small() {
    let folder = Folder::new(&[("<odd>/p.tdm", SOUND.replace("\"angry\"", "\"很生气 <b>\"").as_bytes())]);
    // 2,000 calls, of which the page lists the first.
    // Of each two, one has an alert, and the other nothing but a greeting in time.
    let calls = CALLS.replace("\"at_ms\":12000", "\"at_ms\":5000");
    let lines = (0..1_000).map(|number| calls.replace("\"call\":\"", &format!("\"call\":\"<{number}>")));
    folder.write("many.jsonl", lines.collect::<String>().as_bytes());
    let (policy, many, page) =
        (folder.shown("<odd>/p.tdm"), folder.shown("many.jsonl"), folder.shown("page.html"));
    let html = |jobs: &str| {
        tandem(["simulate", &policy, "--calls", &many, "--format", "html", "-o", &page, "--jobs", jobs])
            .expect_code(0);
        std::fs::read_to_string(&page).expect("the page")
    };
    let html_of_one = html("1");
    assert_eq!(html_of_one, html("2"));
    assert!(html_of_one.starts_with("<!doctype html>") && html_of_one.ends_with("</html>\n"));
    for shown in [
        "&lt;odd&gt;/p.tdm",
        "很生气 &lt;b&gt;",
        "Where calls ended",
        "2,000",
        "Calls to look at",
        "; 850 more calls are in",
        "; 950 more calls are in",
        "class=\"dot s0\"",
    ] {
        assert!(html_of_one.contains(shown), "{shown}");
    }
    for outside in ["<odd>", "<b>\"", "<0>", "http://", "https://", "<script", "NaN"] {
        assert!(!html_of_one.contains(outside), "{outside}");
    }
    // Of each sort the first are listed.
    assert_eq!(html_of_one.matches("<details><summary><b>").count(), 150 + 50);
    assert!(html_of_one.len() < 1_500_000, "{} bytes", html_of_one.len());
}
