//! Whatever has a block is known to have one: where its brace is missing, the finding says so. Examples use every part of
//! the grammar, so that nothing that has a block can be forgotten.

use std::collections::BTreeMap;

use tandem_lang::layout::{Statement, layout};
use tandem_lang::source::FileId;

use crate::examples;

/// Deeper than any line of an example.
const INDENT: usize = 120;

#[test]
fn a_missing_brace_is_found_behind_everything_that_has_a_block() {
    let texts = examples::all();
    // By the words with which an item, and a statement in it, begin: an example without its braces.
    let mut without: BTreeMap<(String, String), String> = BTreeMap::new();
    for text in &texts {
        for item in &layout(FileId(0), text).0.items {
            collect(text, item, item, &mut without);
        }
    }
    assert!(without.len() > 30, "only {:?}", without.keys());
    let unseen = without.iter().filter(|(_, text)| !is_found(text)).map(|(words, _)| words);
    assert_eq!(unseen.collect::<Vec<_>>(), Vec::<&(String, String)>::new());
}

fn collect(
    text: &str,
    item: &Statement,
    statement: &Statement,
    without: &mut BTreeMap<(String, String), String>,
) {
    let Some(block) = &statement.block else { return };
    for inner in &block.statements {
        collect(text, item, inner, without);
    }
    let (start, end) = (block.span.start as usize, block.span.end as usize);
    let inside = text[start + 1..end - 1].trim();
    if !inside.is_empty() && block.closed {
        let (before, after) = (text[..start].trim_end(), &text[end..]);
        let broken = format!("{before}\n{}{inside}\n{after}", " ".repeat(INDENT));
        without.insert((word(text, item), word(text, statement)), broken);
    }
}

fn word(text: &str, statement: &Statement) -> String {
    let text = &text[statement.span.range()];
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default().to_owned()
}

fn is_found(text: &str) -> bool {
    layout(FileId(0), text).1.iter().any(|found| found.message == "`{` is missing at the end of this line")
}
