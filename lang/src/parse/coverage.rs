//! Which parts of the grammar a text uses: tests hold examples and generators against the grammar with it.

use std::collections::BTreeSet;

use super::definitions::{self, Expression, is_word};
use super::grammar::{Node, Rule};
use super::read_file;
use crate::source::{FileId, Sources};

/// A rule, and something that can stand in it: another rule, one of its words in quotation marks, or nothing for the
/// rule itself.
pub type Part = (String, String);

/// Every part that the grammar has.
#[must_use]
pub fn grammar_parts() -> BTreeSet<Part> {
    let mut parts = BTreeSet::new();
    for rule in Rule::all_rules() {
        let name = format!("{rule:?}");
        let Some(definition) = definitions::of(&name).filter(|definition| !definition.silent) else {
            continue;
        };
        parts.insert((name.clone(), String::new()));
        let mut inner = BTreeSet::new();
        collect(&definition.body, definition.atomic, &mut inner);
        parts.extend(inner.into_iter().map(|part| (name.clone(), part)));
    }
    parts
}

/// What stands in a right side; the parts of rules without a node stand in their place.
fn collect(part: &Expression, atomic: bool, found: &mut BTreeSet<String>) {
    match part {
        Expression::Nothing => {}
        Expression::Text(text) if atomic && is_word(text) => _ = found.insert(format!("\"{text}\"")),
        Expression::Text(_) => {}
        Expression::Rule(name) => match definitions::of(name) {
            Some(rule) if atomic || rule.silent => collect(&rule.body, atomic, found),
            Some(_) => _ = found.insert((*name).to_owned()),
            None => {}
        },
        Expression::Sequence(parts) | Expression::Choice(parts) => {
            parts.iter().for_each(|part| collect(part, atomic, found));
        }
        Expression::Optional(inner) => collect(inner, atomic, found),
    }
}

/// The parts of the grammar that a file of the list uses, in what can be read of it.
#[must_use]
pub fn grammar_parts_in(file: FileId, sources: &Sources) -> BTreeSet<Part> {
    read_file(file, sources, Some(BTreeSet::new())).2.unwrap_or_default()
}

/// Notes the parts that a statement uses.
pub(super) fn note(used: &mut BTreeSet<Part>, statement: &Node<'_>) {
    let mut open = vec![statement.clone()];
    while let Some(node) = open.pop() {
        let name = format!("{:?}", node.rule());
        if let Some(definition) = definitions::of(&name).filter(|definition| definition.atomic) {
            let mut words = BTreeSet::new();
            collect(&definition.body, true, &mut words);
            words.retain(|word| node.text().contains(word.trim_matches('"')));
            used.extend(words.into_iter().map(|word| (name.clone(), word)));
        }
        for inner in node.children() {
            used.insert((name.clone(), format!("{:?}", inner.rule())));
            open.push(inner);
        }
        used.insert((name, String::new()));
    }
}
