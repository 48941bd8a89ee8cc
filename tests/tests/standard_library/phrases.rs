//! What each phrase set hears and does not hear, as the comment above it says, on both engines.

use std::fmt::Write as _;

use tandem_stdlib::words::fold::fold;
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

/// The examples; what is heard in simplified characters must be heard in traditional ones too.
fn sentences(definition: &Definition) -> Vec<(String, bool)> {
    let written = examples(definition).into_iter().map(|(sentence, heard)| (sentence.to_owned(), heard));
    let mut all: Vec<(String, bool)> = written.collect();
    let heard = all.iter().filter(|(_, heard)| *heard).map(|(sentence, _)| traditional(sentence));
    let other: Vec<_> = heard.filter(|other| all.iter().all(|(sentence, _)| sentence != other)).collect();
    all.extend(other.into_iter().map(|sentence| (sentence, true)));
    all
}

/// The sentence with another character for each that has one which means the same.
fn traditional(sentence: &str) -> String {
    let means_same = |letter: char| {
        let mut others = ('\u{4e00}'..='\u{9fff}').filter(move |other| *other != letter);
        others.find(|other| fold(*other) == fold(letter))
    };
    let is_ideograph = |letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter);
    let other = |letter| Some(letter).filter(|one| is_ideograph(*one)).and_then(means_same).unwrap_or(letter);
    sentence.chars().map(other).collect()
}

/// A watch of the set with a role of its own, and a test for each sentence.
fn policy_of(definition: &Definition) -> String {
    let name = &definition.name;
    let mut text = format!(
        "role hears_{name}\nwatch {name}_is_heard on customer {{\n  when says {name}\n  do alert hears_{name}\n}}\n"
    );
    for (at, (sentence, heard)) in sentences(definition).into_iter().enumerate() {
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
    assert_eq!(ran.tests, sets.iter().map(|set| sentences(set).len()).sum::<usize>());
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
