//! What each phrase set hears and does not hear, as the comment above it says, on both engines.

use std::fmt::Write as _;

use tandem_tests::engines;
use tandem_tests::markdown::Policy;

use crate::definitions::{self, Definition};

/// The sentences of a definition's comment, and whether each must be heard.
fn examples(definition: &Definition) -> Vec<(&str, bool)> {
    let example = |line: &'static str| move |text: &'_ str| text.starts_with(line);
    let quoted = |text: &'_ str| text.split('"').nth(1).is_some();
    let (hears, passes) = (example("# hears \""), example("# does not hear \""));
    let lines = definition.text.lines().filter(|line| (hears(line) || passes(line)) && quoted(line));
    lines.map(|line| (line.split('"').nth(1).unwrap_or_default(), hears(line))).collect()
}

/// A watch of the set with a role of its own, and a test for each sentence.
fn policy_of(definition: &Definition) -> String {
    let name = &definition.name;
    let mut text = format!(
        "role hears_{name}\nwatch {name}_is_heard on customer {{\n  when says {name}\n  do alert hears_{name}\n}}\n"
    );
    for (at, (sentence, heard)) in examples(definition).into_iter().enumerate() {
        let wanted = if heard { "alert" } else { "no alert" };
        _ = write!(
            text,
            "test \"{name} {at}: {sentence}\" {{\n  at 1s customer says \"{sentence}\"\n  \
             at 2s expect {wanted} hears_{name}\n}}\n"
        );
    }
    text
}

/// All sets stand in one policy together, so that it is also known that they fit.
#[test]
fn every_set_hears_its_examples_and_no_others() {
    let sets = definitions::in_folder("phrases");
    let text: String = sets.iter().map(policy_of).collect();
    let policy = Policy {
        title: "phrases".to_owned(),
        files: vec![("policy.tdm".to_owned(), format!("use std.phrases\n{text}"))],
        expected: Vec::new(),
    };
    let ran = engines::run(&policy).expect("every example is heard as its comment says");
    assert_eq!(ran.tests, sets.iter().map(|set| examples(set).len()).sum::<usize>());
}

#[test]
fn every_set_has_examples_of_both_kinds_in_both_languages() {
    for set in definitions::in_folder("phrases") {
        let examples = examples(&set);
        for (heard, chinese) in [(true, true), (true, false), (false, true), (false, false)] {
            let is_chinese = |text: &str| text.chars().any(|letter| letter >= '\u{4e00}');
            let found = examples.iter().any(|(text, is)| *is == heard && is_chinese(text) == chinese);
            assert!(found, "{}: heard {heard}, Chinese {chinese}", set.name);
        }
    }
}
