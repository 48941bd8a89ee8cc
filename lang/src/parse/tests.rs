//! Tests of the parser: findings with their sources, and hostile texts.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::{DIAGNOSTICS_MAX, parse};
use crate::source::Sources;

/// Source and findings together, to be read alone.
fn findings(text: &str) -> String {
    let mut sources = Sources::default();
    let file = sources.add("a.tdm", text, false);
    let (_, found) = parse(file, &sources);
    let mut out = String::new();
    for (at, line) in text.lines().enumerate() {
        writeln!(out, "{:>3} {line}", at + 1).unwrap();
        for found in found.iter().filter(|found| sources.place(found.span).line as usize == at + 1) {
            let (column, width) =
                (sources.place(found.span).column as usize, sources.text(found.span).chars().count());
            let mark = "^".repeat(width.clamp(1, 40));
            writeln!(out, "    {}{mark} {} {}", " ".repeat(column - 1), found.code.text(), found.message)
                .unwrap();
            writeln!(out, "    {}  help: {}", " ".repeat(column - 1), found.help.as_deref().unwrap_or("-"))
                .unwrap();
        }
    }
    out
}

fn count(text: &str) -> usize {
    let mut sources = Sources::default();
    let file = sources.add("a.tdm", text, false);
    parse(file, &sources).1.len()
}

#[test]
fn ten_mistakes_are_ten_findings() {
    insta::assert_snapshot!(findings(include_str!("tests/ten_mistakes.tdm")));
}

#[test]
fn every_kind_of_item_tells_what_it_expected() {
    insta::assert_snapshot!(findings(include_str!("tests/each_item.tdm")));
}

#[test]
fn habits_of_other_languages_are_answered_by_how_it_is_written() {
    insta::assert_snapshot!(findings(include_str!("tests/habits.tdm")));
}

#[test]
fn what_beginners_write_is_answered_by_how_it_is_written() {
    insta::assert_snapshot!(findings(include_str!("tests/beginners.tdm")));
}

#[test]
fn promises_in_other_words_are_answered_by_how_they_are_written() {
    insta::assert_snapshot!(findings(include_str!("tests/promises.tdm")));
}

#[test]
fn literals_that_cannot_be_are_reported_one_by_one() {
    insta::assert_snapshot!(findings(include_str!("tests/literals.tdm")));
}

#[test]
fn long_chains_meet_a_limit() {
    for chain in ["not ", "- ", "a + ", "a if b else ", "a else "] {
        let text = format!("route r decides x {{\n  let y = {}z\n}}\n", chain.repeat(30_000));
        assert_eq!(count(&text), 1, "{chain}");
    }
    let flat = format!("route r decides x {{\n  let y = {}z\n}}\n", "a and ".repeat(10_000));
    assert_eq!(count(&flat), 0);
    assert_eq!(count(&"queue 1\n".repeat(10_000)), DIAGNOSTICS_MAX);
}

/// Words and signs that mean something somewhere.
const TOKENS: &str = "route watch qa test tier queue table first match let rule when otherwise decide because any not and \
    or in if else says said customer agent for at least 5s within with confidence rises 6 dB 2 times usual \
    1000 CNY 30% 08:00-21:00 2026-10-01 4..5 \"a\" \" ( ) { } [ ] | -> , ; : . .. = >= < # \\ 投诉 , x call.from \
    expect alert no do then clear most once per critical score must say start \u{3000} \u{feff} / * + -";

fn soup() -> impl Strategy<Value = String> {
    let tokens: Vec<&'static str> = TOKENS.split(' ').chain(["\n", "\n  ", "\n}\n", " "]).collect();
    prop::collection::vec(prop::sample::select(tokens), 0..200).prop_map(|tokens| tokens.join(" "))
}

fn example() -> &'static str {
    include_str!("../../../examples/bank/policy.tdm")
}

/// A policy with a piece cut out and another put in.
fn mutated() -> impl Strategy<Value = String> {
    (0..example().len(), 0..80_usize, "[ -~\n]{0,8}").prop_map(|(at, length, put)| {
        let start = (0..=at).rev().find(|at| example().is_char_boundary(*at)).unwrap();
        let end =
            (start + length..).find(|at| *at >= example().len() || example().is_char_boundary(*at)).unwrap();
        format!("{}{put}{}", &example()[..start], example().get(end..).unwrap_or_default())
    })
}

/// Parses, formats twice, and finds the same tree again.
fn survives(text: &str) {
    let mut sources = Sources::default();
    let file = sources.add("a.tdm", text, false);
    let (tree, found) = parse(file, &sources);
    for found in &found {
        assert!(text.get(sources.snapped(found.span).range()).is_some(), "{found:?}");
    }
    let once = crate::format::format(file, &sources);
    let again = sources.add("a.tdm", once.as_str(), false);
    assert_eq!(crate::format::format(again, &sources), once, "not stable: {text:?}");
    if found.is_empty() {
        let (same, found) = parse(again, &sources);
        assert_eq!(found, [], "{text:?} became {once:?}");
        assert_eq!(without_spans(&format!("{same:?}")), without_spans(&format!("{tree:?}")), "{once}");
    }
}

fn without_spans(shown: &str) -> String {
    let parts = shown.split("Span { file");
    parts
        .map(|part| part.split_once('}').map_or(part, |(_, rest)| rest))
        .collect::<Vec<_>>()
        .join("@")
        .replace("FileId(1)", "FileId(0)")
}

#[test]
fn examples_and_standard_modules_parse_and_format() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut seen = 0;
    let mut folders = vec![root.join("examples"), root.join("stdlib/modules")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "tdm") {
                let text = std::fs::read_to_string(&path).unwrap();
                assert_eq!(count(&text), 0, "{}", path.display());
                survives(&text);
                seen += 1;
            }
        }
    }
    assert!(seen >= 9);
}

/// What the properties below have found.
#[test]
fn texts_that_were_not_survived_once_are() {
    for text in ["（", "｛", "queue a ｛"] {
        survives(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases / 2,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_text_is_survived(text in "\\PC{0,200}|[ -~\n]{0,300}") {
        survives(&text);
    }

    #[test]
    fn any_soup_of_tokens_is_survived(text in soup()) {
        survives(&text);
    }

    #[test]
    fn a_damaged_policy_is_survived(text in mutated()) {
        survives(&text);
    }
}
