//! Questions, what they hear, and their handlers.

use super::block;
use super::words::words;
use crate::diagnostics::{Code, Diagnostic};
use crate::layout::Statement;
use crate::parse::expression::{child_expression, within};
use crate::parse::grammar::{Node, Reader, Rule};
use crate::parse::literal::spanned_number;
use crate::parse::members::is_plain;
use crate::parse::route::because;
use crate::source::Span;
use crate::tree::{Handler, Hears, KeyMeaning, Occasion, Question, Recurrence, Spanned};

/// `ask "…" hearing … waiting 8s`
pub(super) fn question(reader: &mut Reader<'_>, statement: &Statement) -> Option<Question> {
    if !is_plain(reader, statement) {
        return None;
    }
    let line = reader.read(Rule::ask_line, statement.span)?;
    let mut hears = Hears::default();
    line.all(Rule::heard).for_each(|heard| hear(&heard, &mut hears));
    if hears.keys.as_ref().is_some_and(Vec::is_empty) {
        bare_hash(reader, statement);
    }
    let (words, waiting) = (words(reader, &line)?, within(reader, &line));
    Some(Question { words, hears, waiting, handlers: Vec::new(), span: statement.span })
}

fn hear(heard: &Node<'_>, hears: &mut Hears) {
    hears.intent |= heard.has(Rule::kw_intent);
    hears.speech |= heard.has(Rule::kw_speech);
    hears.text |= heard.has(Rule::kw_text);
    if heard.has(Rule::kw_keys) {
        let meaning =
            |node: Node<'_>| Some(KeyMeaning { key: key(&node.child(Rule::key)?)?, intent: node.name() });
        let keys = heard.all(Rule::key_meaning).filter_map(meaning);
        hears.keys.get_or_insert_default().extend(keys);
    }
}

/// A key `#` without quotation marks begins a comment: what was to follow is lost without a word.
fn bare_hash(reader: &mut Reader<'_>, statement: &Statement) {
    let rest = reader.text.get(statement.span.end as usize..).unwrap_or_default();
    let rest = rest.lines().next().unwrap_or_default();
    let comment = rest.trim_start().strip_prefix('#').map(str::trim_start);
    if comment.is_some_and(|comment| comment.starts_with("->") || comment.starts_with(',')) {
        let start = statement
            .span
            .end
            .saturating_add(u32::try_from(rest.len() - rest.trim_start().len()).unwrap_or(0));
        let place = Span { start, end: start.saturating_add(1), ..statement.span };
        let wrong =
            Diagnostic::new(Code::BadLiteral, place, "`#` begins a comment here, and the key is lost");
        reader.report(wrong.help("write the key in quotation marks: `\"#\"`"));
    }
}

/// A key, in quotation marks or not.
pub(in crate::parse) fn key(node: &Node<'_>) -> Option<Spanned<char>> {
    let sign = node.text().chars().find(|sign| *sign != '"')?;
    Some(Spanned { value: sign, span: node.span() })
}

/// `on … { … }`
pub(super) fn handler(reader: &mut Reader<'_>, statement: &Statement) -> Option<Handler> {
    let block = block::needed(reader, statement, "this answer")?;
    let line = reader.read(Rule::on_line, statement.span)?;
    let occasions = line.all(Rule::occasion).flat_map(|occasion| occasions(&occasion)).collect();
    let recurrence = line.child(Rule::recurrence).map(|often| recurrence(reader, &often));
    let (when, because) = (child_expression(reader, &line), because(reader, &line));
    Some(Handler { occasions, recurrence, when, because, block, span: statement.span })
}

fn occasions(node: &Node<'_>) -> Vec<Occasion> {
    let one = |part: Node<'_>| match part.rule() {
        Rule::key => key(&part).map(Occasion::Key),
        Rule::path => Some(Occasion::Named(part.as_path())),
        Rule::kw_unresolved => Some(Occasion::Unresolved(part.span())),
        Rule::kw_silence => Some(Occasion::Silence(part.span())),
        Rule::kw_anything => Some(Occasion::Anything(part.span())),
        _ => None,
    };
    node.children().filter_map(one).collect()
}

fn recurrence(reader: &mut Reader<'_>, node: &Node<'_>) -> Recurrence {
    match node.child(Rule::number) {
        Some(times) => Recurrence::Times(spanned_number(reader, &times)),
        None if node.has(Rule::kw_once) => Recurrence::Once(node.span()),
        None => Recurrence::Repeatedly(node.span()),
    }
}
