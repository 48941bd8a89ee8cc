//! Tests of the layout.

use super::{NESTING_MAX, Statement, layout};
use crate::diagnostics::Code;
use crate::source::FileId;

fn shown(text: &str, statement: &Statement, out: &mut Vec<String>) {
    out.push(text[statement.span.range()].to_owned());
    for inner in statement.block.iter().flat_map(|block| &block.statements) {
        shown(text, inner, out);
    }
}

fn statements(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    layout(FileId(0), text).0.items.iter().for_each(|item| shown(text, item, &mut out));
    out
}

fn codes(text: &str) -> Vec<Code> {
    layout(FileId(0), text).1.iter().map(|found| found.code).collect()
}

#[test]
fn lines_continue_by_their_first_word_by_brackets_and_by_commas() {
    let text = "route a {\n  when x\n    or y\n  # between\n    and (z\n  1)\n  let b = c else {\n d: 1 }\n}\nskill a,\n  b ; role c\n";
    let expected =
        ["route a", "when x\n    or y\n  # between\n    and (z\n  1)", "let b = c else {\n d: 1 }"];
    assert_eq!(statements(text)[..3], expected);
    assert_eq!(statements(text)[3..], ["skill a,\n  b", "role c"]);
    assert_eq!(codes(text), []);
}

#[test]
fn an_item_keyword_closes_what_is_open() {
    let text = "route a {\n  table first match {\n    x -> y\nrole b\n}\n";
    assert_eq!(statements(text), ["route a", "table first match", "x -> y", "role b"]);
    assert_eq!(codes(text), [Code::UnclosedBracket, Code::UnopenedBracket]);
}

#[test]
fn a_bracket_left_open_ends_before_the_next_statement() {
    let text = "route a {\n  let x = (1\n  let y = 2\n}\n";
    assert_eq!(statements(text), ["route a", "let x = (1", "let y = 2"]);
    assert_eq!(codes(text), [Code::UnclosedBracket]);
}

#[test]
fn a_text_ends_with_its_line() {
    assert_eq!(codes("qa a {\n  agent says \"x\n  agent says \"y\"\n}\n"), [Code::UnclosedText]);
    assert_eq!(codes("use \"a \\\" # { b\"\n"), []);
}

#[test]
fn a_million_brackets_are_one_finding() {
    for bracket in ["(", "{", "}", ")"] {
        let text = format!("route a {{\n  let x = {}\n}}\nrole b\n", bracket.repeat(1_000_000));
        let found = layout(FileId(0), &text).1;
        let expected =
            if bracket == "(" || bracket == "{" { Code::NestedTooDeep } else { Code::UnopenedBracket };
        assert_eq!(found[0].code, expected);
    }
    let deepest = NESTING_MAX - 1;
    let text = format!("route a {{\n  let x = {}1{}\n}}\n", "(".repeat(deepest), ")".repeat(deepest));
    assert_eq!(codes(&text), []);
}
