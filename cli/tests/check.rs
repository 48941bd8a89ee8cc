//! `tandem check`: all errors at once, and documents for machines.

#![cfg(test)]

mod support;

use serde_json::Value;
use support::{Folder, SOUND, tandem};

/// Ten mistakes that have nothing to do with each other, by line.
const TEN: &str = "\
queue day, night
tier { guest, vip }
phrases hello_words { en \"hello\" }
calendar desk in Asia/Shangai { mon 08:00-20:00 }
route one decides queue {
  otherwise decide queue nigth
}
route two decides priority {
  when call.elapsed > 5 decide priority 1
  otherwise decide priority 10 / call.unresolved
}
route three at start or intent decides queue {
  when call.language = zh decide queue day
}
watch four on customer {
  when angr >= 0.5
  do alert supervisor
}
watsh five on customer {
}
qa six {
  agent must say helo_words critical
}
phrases seven { en \"cancel (my card\" }
queue day
test \"eight\" {
  at 2s unresolved
  at 1s unresolved
}
";

fn findings(document: &Value) -> Vec<(String, u64)> {
    let all = document["diagnostics"].as_array().expect("diagnostics");
    let one = |one: &Value| {
        (
            one["code"].as_str().expect("a code").to_owned(),
            one["span"]["start"]["line"].as_u64().expect("a line"),
        )
    };
    all.iter().filter(|one| one["severity"] == "error").map(one).collect()
}

#[test]
fn every_mistake_is_told_at_its_line() {
    let folder = Folder::new(&[("p.tdm", TEN.as_bytes())]);
    let run = tandem(["check", "--format", "json", &folder.root()]).expect_code(1);
    let expected = [
        ("E0902", 4),
        ("E0301", 6),
        ("E0401", 9),
        ("E0405", 10),
        ("E0501", 12),
        ("E0301", 16),
        ("E0201", 19),
        ("E0301", 22),
        ("E0901", 24),
        ("E0302", 25),
        ("E0801", 28),
    ];
    let expected: Vec<(String, u64)> = expected.map(|(code, line)| (code.to_owned(), line)).into();
    assert_eq!(findings(&run.json()), expected);
    let human = tandem(["check", &folder.root()]).expect_code(1).out;
    assert!(human.contains("11 errors"), "{human}");
    assert!(human.contains("did you mean `night`") || human.contains("`night`"), "{human}");
}

#[test]
fn the_document_has_its_fields() {
    let folder = Folder::new(&[("p.tdm", TEN.as_bytes())]);
    let document = tandem(["check", "--format", "json", &folder.root()]).json();
    assert_eq!(document["version"], 1);
    for one in document["diagnostics"].as_array().expect("diagnostics") {
        assert!(one["code"].as_str().is_some_and(|code| code.len() == 5), "{one}");
        assert!(matches!(one["severity"].as_str(), Some("error" | "warning")), "{one}");
        let message = one["message"].as_str().expect("a message");
        assert!(!message.ends_with('.') && !message.starts_with(char::is_uppercase), "{message}");
        assert!(one["file"].as_str().is_some_and(|file| file.ends_with("p.tdm")), "{one}");
        for end in ["start", "end"] {
            assert!(
                one["span"][end]["line"].as_u64() > Some(0) && one["span"][end]["column"].as_u64() > Some(0)
            );
        }
        assert!(one.get("help").is_some(), "{one}");
    }
}

#[test]
fn a_sound_policy_has_an_empty_document() {
    let folder = Folder::new(&[("p.tdm", SOUND.as_bytes())]);
    let document = tandem(["check", "--format", "json", &folder.root()]).expect_code(0).json();
    assert_eq!(document["diagnostics"], Value::Array(Vec::new()));
}

#[test]
fn the_cost_of_every_watch_is_printed() {
    let folder = Folder::new(&[("p.tdm", SOUND.as_bytes())]);
    let out = tandem(["check", &folder.root()]).expect_code(0).out;
    let line = out.lines().find(|line| line.contains("angry")).expect("the watch");
    assert!(line.split_whitespace().any(|word| word.parse::<u32>().is_ok_and(|bytes| bytes > 0)), "{out}");
}

#[test]
fn sarif_and_github_name_code_and_line() {
    let folder = Folder::new(&[("p.tdm", TEN.as_bytes())]);
    let sarif = tandem(["check", "--format", "sarif", &folder.root()]).expect_code(1).json();
    assert_eq!(sarif["version"], "2.1.0");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    assert!(
        results.iter().any(|one| one["ruleId"] == "E0902"
            && one["locations"][0]["physicalLocation"]["region"]["startLine"] == 4)
    );
    let github = tandem(["check", "--format", "github", &folder.root()]).expect_code(1).out;
    assert!(github.lines().any(|line| line.starts_with("::error ") && line.contains("line=4")), "{github}");
}

#[test]
fn columns_count_characters() {
    let folder = Folder::new(&[(
        "p.tdm",
        "queue 甲\nroute r decides queue { otherwise decide queue 乙 }\n".as_bytes(),
    )]);
    let document = tandem(["check", "--format", "json", &folder.root()]).expect_code(1).json();
    let wrong =
        document["diagnostics"].as_array().expect("diagnostics").iter().find(|one| one["code"] == "E0301");
    let span = &wrong.expect("an unknown queue")["span"];
    assert_eq!(
        (span["start"]["column"].as_u64(), span["end"]["column"].as_u64()),
        (Some(48), Some(49)),
        "{span}"
    );
}

#[test]
fn several_policies_are_checked_at_once() {
    let folder = Folder::new(&[("a/p.tdm", b"queue a\nqueue a\n"), ("b/p.tdm", b"tier { x }\ntier { x }\n")]);
    let document = tandem(["check", "--format", "json", &folder.root()]).expect_code(1).json();
    let codes = findings(&document);
    assert_eq!(codes.iter().filter(|(code, _)| code == "E0302").count(), 2, "{codes:?}");
}
