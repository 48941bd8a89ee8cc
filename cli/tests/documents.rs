//! The book describes every field of every document.

#![cfg(test)]

mod support;

use std::collections::BTreeSet;

use serde_json::Value;
use support::{CALLS, Folder, SOUND, line, root, tandem};

fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            // The members of `warnings` are codes.
            for (key, inner) in object.iter().filter(|(key, _)| !key.contains('-')) {
                found.insert(key.clone());
                keys(inner, found);
            }
        }
        Value::Array(members) => members.iter().for_each(|member| keys(member, found)),
        _ => {}
    }
}

/// The part of the page about one command's document.
fn described(command: &str) -> String {
    let page = std::fs::read_to_string(root().join("docs/book/command-line.md")).expect("the page");
    let heading = format!("### `{command} --format json`");
    let (_, part) = page.split_once(&heading).unwrap_or_else(|| panic!("`{heading}`"));
    part.split("\n### ").next().unwrap_or_default().to_owned()
}

fn compare(command: &str, also: &str, document: &Value) {
    let text = described(command) + also;
    let words: BTreeSet<&str> = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
    let mut found = BTreeSet::new();
    keys(document, &mut found);
    assert!(found.len() > 5, "{command}: {found:?}");
    for key in found.iter().filter(|key| *key != "version") {
        assert!(words.contains(key.as_str()), "`{key}` of `{command}` is not in the book");
    }
}

#[test]
fn the_book_names_every_field() {
    let broken = SOUND.replace("decide queue day", "decide queue dya") + "queue night\n";
    let failing = SOUND.replace("expect queue day", "expect queue night");
    let one = CALLS.lines().take(4).collect::<Vec<_>>().join("\n");
    let folder = Folder::new(&[
        ("broken/p.tdm", broken.as_bytes()),
        ("p/p.tdm", failing.as_bytes()),
        ("one.jsonl", one.as_bytes()),
        ("bad.jsonl", b"{}\n"),
        ("s.toml", b"arrivals = 60\nagents = 3\nreplications = 2\n"),
    ]);
    let [broken, policy, one, bad] = ["broken", "p", "one.jsonl", "bad.jsonl"].map(|name| folder.shown(name));
    compare("check", "", &tandem(["check", "--format", "json", &broken]).json());
    compare("test", "", &tandem(["test", "--format", "json", "--coverage", &policy]).json());
    let simulated = tandem(["simulate", &policy, "--calls", &one, &bad, "--format", "json"]);
    compare("simulate", "", &simulated.json());
    let bank = tandem(["simulate", "examples/bank", "--calls", "examples/bank/calls", "--format", "json"]);
    compare("simulate", "", &bank.json());
    let explained = tandem(["explain", &policy, "--call", &one, "--why-not", "night", "--format", "json"]);
    compare("explain", &described("simulate"), &explained.json());
    let simulated =
        tandem(["simulate", "examples/bank", "--centre", &folder.shown("s.toml"), "--format", "json"]);
    compare("simulate --centre", "", &simulated.json());
    let planned = line("erlang a --erlangs 10 --agents 14 --aht 3min --patience 5min --format json");
    compare("erlang", "", &planned.json());
}

/// What a page shows under `$ tandem …` is what this command prints, to the letter.
#[test]
fn the_book_shows_real_output() {
    let page = std::fs::read_to_string(root().join("docs/book/command-line.md")).expect("the page");
    let blocks =
        page.split("```text\n$ tandem ").skip(1).map(|rest| rest.split("```").next().unwrap_or_default());
    let mut shown = 0;
    for (command, expected) in blocks.filter_map(|block| block.split_once('\n')) {
        assert_eq!(line(command).expect_code(0).out, expected, "{command}");
        shown += 1;
    }
    assert!(shown > 0);
}

/// The lines of the README's sample under a command must be lines of what the command prints; `…` stands for others.
fn shown_in_readme(begin: &str, out: &str) {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("the README");
    let (_, after) = readme.split_once(begin).unwrap_or_else(|| panic!("`{begin}` is not in the README"));
    let sample = after.split("```").next().unwrap_or_default();
    let lines: Vec<&str> =
        sample.lines().filter(|line| !line.trim().is_empty() && line.trim() != "…").collect();
    assert!(lines.len() > 2, "{sample}");
    for line in lines {
        assert!(out.lines().any(|real| real.trim_end() == line), "`{line}` is not what is printed:\n{out}");
    }
}

/// The words of a line, however wide its columns are.
fn words(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What an example's README shows under `$ tandem …` are lines of what this command prints, in their order.
#[test]
fn the_examples_show_real_output() {
    let mut shown = 0;
    for folder in std::fs::read_dir(root().join("examples")).expect("the examples") {
        let page = folder.expect("a folder").path().join("README.md");
        let text = std::fs::read_to_string(&page).unwrap_or_default();
        let blocks = text.split("```text\n$ tandem ").skip(1).filter_map(|rest| rest.split("```").next());
        for (command, sample) in blocks.filter_map(|block| block.split_once('\n')) {
            // A missed target is a finding, and the samples show some.
            let out = line(command).out;
            let mut printed = out.lines().map(words);
            for wanted in sample.lines().filter(|line| *line != "…") {
                assert!(
                    printed.any(|real| real == words(wanted)),
                    "{}: `{wanted}` is not in\n{out}",
                    page.display()
                );
            }
            shown += 1;
        }
    }
    assert!(shown > 2, "{shown}");
}

/// Commands and samples of the Chinese page of an example are those of the English one.
#[test]
fn the_examples_show_the_same_in_chinese() {
    let blocks = |page: &std::path::Path| {
        let text = std::fs::read_to_string(page).unwrap_or_else(|_| panic!("{} is missing", page.display()));
        text.split("```").skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()
    };
    for folder in std::fs::read_dir(root().join("examples")).expect("the examples") {
        let folder = folder.expect("a folder").path();
        if folder.is_dir() {
            let (english, chinese) =
                (blocks(&folder.join("README.md")), blocks(&folder.join("README.zh.md")));
            assert_eq!(english, chinese, "{}", folder.display());
        }
    }
}

#[test]
fn the_readme_shows_real_output() {
    let run = tandem(["simulate", "examples/bank", "--calls", "examples/bank/calls"]).expect_code(0);
    shown_in_readme("report):\n\n```text\n", &run.out);
    let call = "examples/bank/calls/lost-card-angry-en.vcon.json";
    let run = tandem(["explain", "examples/bank", "--call", call, "--at", "10.2s", "--why-not", "concierge"]);
    shown_in_readme("--why-not concierge\n", &run.expect_code(0).out);
}
