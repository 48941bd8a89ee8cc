//! A bot that says what it is before it asks anything.

use std::collections::BTreeMap;

use tandem_stdlib::words::Pattern;
use tandem_stdlib::words::fold::fold_text;

use super::{Bench, Terms};
use crate::check::context::Context;
use crate::check::resolve::Kind;
use crate::diagnostics::Code;
use crate::tree::{ActKind, Block, Words};

/// The dialog's words before the first answer must have one of the patterns, in each language that it speaks.
pub(super) fn first(
    context: &mut Context<'_>,
    bench: &Bench<'_>,
    phrases: &str,
    patterns: &[String],
    terms: &mut Terms<'_>,
) {
    let dialog = terms.limits.dialog.and_then(|at| context.world.dialogs.get(at as usize));
    let (Some((file, dialog)), Some(path)) = (dialog.copied(), terms.said.dialog) else { return };
    let said = said_first(context, file, &dialog.block);
    let every = said.get("").cloned().unwrap_or_default();
    let silent = |text: &String| !tells(&format!("{text} {every}"), patterns);
    let missing: Vec<String> = said
        .iter()
        .filter(|(language, text)| !language.is_empty() && silent(text))
        .map(|(name, _)| format!("`{name}`"))
        .collect();
    let only_written = said.keys().all(String::is_empty);
    if missing.is_empty() && !(only_written && silent(&every)) {
        return;
    }
    let name = &dialog.name.text;
    let languages = if missing.is_empty() { String::new() } else { format!(" in {}", missing.join(", ")) };
    let message = format!(
        "the dialog `{name}` does not tell{languages} that a machine speaks before it asks something"
    );
    let help =
        format!("begin with words that `{phrases}` hears, such as `say \"This is an automated call.\"`");
    bench.breaks(context, Code::LawMissing, path.span, message, &help);
}

/// What a block says until the first answer, by language; an empty name: whatever the language.
fn said_first(context: &Context<'_>, file: usize, block: &Block) -> BTreeMap<String, String> {
    let mut said: BTreeMap<String, String> = BTreeMap::new();
    let acts = block.acts.iter().filter_map(|act| match &act.kind {
        ActKind::Say(words) => Some(words),
        _ => None,
    });
    for words in acts.chain(block.question.as_ref().map(|question| &question.words)) {
        for (language, text) in texts(context, file, words) {
            let known = said.entry(language).or_default();
            known.push(' ');
            known.push_str(&text);
        }
    }
    said
}

fn texts(context: &Context<'_>, file: usize, words: &Words) -> Vec<(String, String)> {
    match words {
        Words::Written(template) => vec![(String::new(), template.text.clone())],
        Words::Named(path) => {
            let symbol = context.world.named(file, &crate::check::resolve::dotted(path), Kind::Text);
            let item = symbol.and_then(|(_, symbol)| context.world.texts.get(symbol.at));
            let lines = item.into_iter().flat_map(|(_, item)| &item.lines);
            lines.map(|(language, template)| (language.text.clone(), template.text.clone())).collect()
        }
    }
}

/// Whether a text has one of the patterns as whole words.
fn tells(text: &str, patterns: &[String]) -> bool {
    let text = fold_text(text);
    let phrases = patterns.iter().filter_map(|pattern| Pattern::parse(pattern).ok());
    phrases.flat_map(|pattern| pattern.expand()).any(|phrase| has_words(&text, &fold_text(&phrase)))
}

fn has_words(text: &str, phrase: &str) -> bool {
    let is_letter = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphanumeric());
    !phrase.is_empty()
        && text.match_indices(phrase).any(|(at, found)| {
            let before = text.get(..at).and_then(|text| text.chars().next_back());
            let after = text.get(at + found.len()..).and_then(|text| text.chars().next());
            let begins = is_letter(before) && is_letter(found.chars().next());
            let ends = is_letter(after) && is_letter(found.chars().next_back());
            !begins && !ends
        })
}

#[cfg(test)]
mod tests {
    use super::tells;

    #[test]
    fn whole_words_of_a_pattern_tell() {
        let patterns = ["(I'm|I am) (a|an) (bot|machine)".to_owned(), "我是(机器人|智能客服)".to_owned()];
        assert!(tells("Hello, I'm a bot of Shop.", &patterns));
        assert!(tells("您好，我是智能客服小美。", &patterns));
        assert!(!tells("I am a botanist.", &patterns));
    }
}
