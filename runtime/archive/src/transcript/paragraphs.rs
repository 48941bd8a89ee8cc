//! Transcripts that are plain text.

use super::{RawTurn, Speaker, Transcript};

/// Longest label before a colon.
const LABEL_CHARS_MAX: usize = 40;

/// One turn a paragraph; `Name: …` says who, when most paragraphs begin so.
pub(super) fn paragraphs(texts: &[&str], found: &mut Transcript) {
    let texts: Vec<&str> = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    let labelled = texts.iter().filter(|text| label(text).is_some()).count();
    for text in &texts {
        let split = label(text).filter(|_| labelled * 2 > texts.len());
        let (speaker, text) = match split {
            Some((name, rest)) => (Speaker::Named(name.to_owned()), rest),
            None => (Speaker::Unknown, *text),
        };
        found.turns.push(RawTurn { speaker, text: text.to_owned(), start: None, end: None });
    }
}

fn label(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.split_once([':', '\u{ff1a}'])?;
    let (name, rest) = (name.trim(), rest.trim());
    let plausible = !name.is_empty()
        && !rest.is_empty()
        && name.chars().count() <= LABEL_CHARS_MAX
        && !name.contains(['.', ',', '?', '!', '\u{3002}', '\u{ff0c}']);
    plausible.then_some((name, rest))
}
