//! Blocks and lists, member by member.

use super::expected::near;
use super::grammar::Reader;
use super::habits;
use crate::diagnostics::{Code, Diagnostic};
use crate::layout::{Statement, first_word};
use crate::source::Span;

/// The statements of an item's block that can be read. Broken ones have been reported; a block behind a statement
/// that takes none is reported.
pub(super) fn statements<'s>(reader: &mut Reader<'_>, item: &'s Statement) -> Vec<&'s Statement> {
    let all: Vec<_> = item.block.iter().flat_map(|block| &block.statements).collect();
    all.into_iter().filter(|statement| is_plain(reader, statement)).collect()
}

/// Puts a value into a place that is free; `false` when it was not.
pub(super) fn first<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    let free = place.is_none();
    if free {
        *place = value;
    }
    free
}

/// Whether a statement is sound and has no block; what is not has then been reported.
pub(super) fn is_plain(reader: &mut Reader<'_>, statement: &Statement) -> bool {
    if statement.broken {
        reader.unread.push(statement.span);
        return false;
    }
    let Some(block) = &statement.block else { return true };
    let brace = Span { end: block.span.start.saturating_add(1), ..block.span };
    let word = reader.word(statement);
    let message = format!("`{word}` takes no block");
    let help = match word {
        "rule" | "when" | "otherwise" => {
            "a rule is one line without braces: `rule NAME when CONDITION decide queue QUEUE because \"…\"`"
        }
        "say" | "retain" | "note" | "transfer" | "send" | "resolved" | "end" | "back" => {
            "what follows it stands behind it: on the next line, or after `;`"
        }
        _ => "remove the braces, or close the block before with `}`",
    };
    let diagnostic = Diagnostic::new(Code::UnknownStatement, brace, message).help(help);
    reader.fail(diagnostic, statement.whole());
    false
}

impl Reader<'_> {
    /// The first word of a statement.
    pub(super) fn word(&self, statement: &Statement) -> &str {
        first_word(self.text.get(statement.span.range()).unwrap_or_default())
    }

    /// Reports a statement that begins with none of the words that may stand here.
    pub(super) fn unknown_statement(&mut self, statement: &Statement, inside: &str, words: &[&'static str]) {
        let word = self.word(statement).to_owned();
        let shown = if word.is_empty() { self.first_sign(statement.span) } else { word.clone() };
        let end = statement.span.start.saturating_add(u32::try_from(shown.len()).unwrap_or(u32::MAX));
        let place = Span { end: end.min(statement.span.end.max(statement.span.start)), ..statement.span };
        let message = format!("`{shown}` begins no statement of {}", with_article(inside));
        let diagnostic = Diagnostic::new(Code::UnknownStatement, place, message);
        let meant = habits::statement(&word, words).or_else(|| near(&word, words.iter().copied()));
        let diagnostic = match meant {
            // A watch has its `when` already: another one would be wrong as well.
            Some(near) if word == "if" && inside == "watch" => diagnostic
                .help(format!("the first condition begins with `{near}`, a further one with `or` or `and`")),
            Some(near) if word == "hang" => {
                diagnostic.help(format!("did you mean `{near}`?")).fix(statement.span, near)
            }
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")).fix(place, near),
            None => {
                let lines = words.join("`, `");
                diagnostic.help(format!("{} has lines that begin with `{lines}`", with_article(inside)))
            }
        };
        self.fail(diagnostic, statement.whole());
    }

    /// Reports a line that may stand once in an item.
    pub(super) fn second_line(&mut self, statement: &Statement, inside: &str, help: &str) {
        let message =
            format!("{} has one line that begins with `{}`", with_article(inside), self.word(statement));
        let diagnostic = Diagnostic::new(Code::UnknownStatement, statement.span, message);
        self.fail(diagnostic.help(help), statement.span);
    }

    fn first_sign(&self, span: Span) -> String {
        self.text.get(span.range()).and_then(|text| text.chars().next()).map(String::from).unwrap_or_default()
    }
}

/// A noun with its article.
fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// The members of a list, separated by commas outside brackets, texts and comments. Empty ones are left out.
pub(super) fn members(reader: &Reader<'_>, span: Span) -> Vec<Span> {
    split(reader, span, |rest| usize::from(rest.starts_with(b",")))
        .into_iter()
        .filter(|part| part.start < part.end)
        .collect()
}

/// Splits a span where `separator` gives a length, outside brackets, texts and comments; parts are trimmed.
pub(super) fn split(reader: &Reader<'_>, span: Span, separator: impl Fn(&[u8]) -> usize) -> Vec<Span> {
    let text = reader.text.get(span.range()).unwrap_or_default();
    let (bytes, mut parts, mut start, mut at, mut depth) = (text.as_bytes(), Vec::new(), 0, 0, 0_usize);
    while let Some(byte) = bytes.get(at) {
        let rest = bytes.get(at..).unwrap_or_default();
        let length = if depth == 0 { separator(rest) } else { 0 };
        if length > 0 {
            parts.push(trimmed(text, start, at, span));
            at += length;
            start = at;
            continue;
        }
        match byte {
            b'(' | b'{' => depth += 1,
            b')' | b'}' => depth = depth.saturating_sub(1),
            b'"' => at += quoted_length(rest),
            b'#' => at += rest.iter().take_while(|byte| **byte != b'\n').count().saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    parts.push(trimmed(text, start, text.len(), span));
    parts
}

/// Bytes from an opening quotation mark to the one that closes it, which is left out.
fn quoted_length(rest: &[u8]) -> usize {
    let mut escaped = true;
    let closes = |byte: &u8| {
        let closes = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        closes
    };
    rest.iter().position(closes).unwrap_or(rest.len().saturating_sub(1))
}

/// A part without white space and comments around it.
fn trimmed(text: &str, start: usize, end: usize, span: Span) -> Span {
    let mut from = start;
    let mut part = text.get(start..end).unwrap_or_default();
    loop {
        let rest = part.trim_start();
        from += part.len() - rest.len();
        part = rest;
        if !part.starts_with('#') {
            break;
        }
        let comment = part.find('\n').unwrap_or(part.len());
        from += comment;
        part = part.get(comment..).unwrap_or_default();
    }
    let offset = |at: usize| span.start.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
    Span { start: offset(from), end: offset(from + part.trim_end().len()), ..span }
}
