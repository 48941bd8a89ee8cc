//! What the grammar expected, in the author's terms.

use pest::error::{Error, ErrorVariant, InputLocation};

use tandem_stdlib::words::closest;

use super::grammar::Rule;
use super::wanted::{is_joining, keywords, words};
use super::{examples, habits};
use crate::diagnostics::{Code, Diagnostic};
use crate::layout::first_word;
use crate::source::Span;

/// So many expectations are named at most.
const NAMED_MAX: usize = 4;
/// So many characters of what was found are shown.
const SHOWN_MAX: usize = 30;

/// Longer words, in bytes, are not compared: the comparison takes time by the square of the length.
const COMPARED_MAX: usize = 64;

/// What a misspelt word probably means.
pub(super) fn near<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > COMPARED_MAX { None } else { closest(word, candidates) }
}

/// The finding for a statement of this kind that the grammar does not accept.
pub(super) fn diagnostic(statement: Rule, error: &Error<Rule>, text: &str, span: Span) -> Diagnostic {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let rest = text.get(at..).unwrap_or_default();
    let found = found(rest);
    let place = place(text, at, found, span);
    let rules = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives.as_slice(),
        ErrorVariant::CustomError { .. } => &[],
    };
    let wanted = joined(rules);
    let message = if found.is_empty() {
        format!("expected {wanted}, but the statement ends here")
    } else {
        format!("expected {wanted}, found `{}`", shortened(found))
    };
    let diagnostic = Diagnostic::new(Code::UnexpectedText, place, message);
    let keywords = rules.iter().flat_map(|rule| keywords(*rule));
    if let Some(help) = habits::written(statement, rules, found, text) {
        return diagnostic.help(help);
    }
    if let Some(keyword) = near(found, keywords) {
        return diagnostic.help(format!("did you mean `{keyword}`?")).fix(place, keyword);
    }
    diagnostic.help(match value_example(rules).map(str::to_owned).or_else(|| examples::of(statement)) {
        Some(help) => help,
        None => keyword_example(rules).to_owned(),
    })
}

/// What stands there: a word, or a run of signs.
fn found(rest: &str) -> &str {
    let word = first_word(rest);
    if !word.is_empty() {
        return word;
    }
    let sign = |c: char| !(c.is_whitespace() || c.is_alphanumeric() || matches!(c, '_' | '"' | '(' | ')'));
    let end = rest.find(|c| !sign(c)).unwrap_or(rest.len());
    let first = rest.chars().next().map_or(0, char::len_utf8);
    rest.get(..end.max(first)).unwrap_or_default()
}

/// Where: what was found, or the last character before the end.
fn place(text: &str, at: usize, found: &str, span: Span) -> Span {
    let offset = |at: usize| span.start.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
    if found.is_empty() {
        let before = text.get(..at).unwrap_or(text).trim_end();
        let last = before.chars().next_back().map_or(0, char::len_utf8);
        return Span { start: offset(before.len() - last), end: offset(before.len()), ..span };
    }
    Span { start: offset(at), end: offset(at + found.len()), ..span }
}

fn shortened(found: &str) -> String {
    let mut shown: String = found.chars().take(SHOWN_MAX).collect();
    if shown.len() < found.len() {
        shown.push('…');
    }
    shown
}

/// `a`, `b` or `c`, each once, the most telling ones first.
fn joined(rules: &[Rule]) -> String {
    let mut wanted: Vec<String> = Vec::new();
    let operator = rules.contains(&Rule::op_and);
    for rule in rules.iter().filter(|rule| !(operator && is_joining(**rule))) {
        let words = words(*rule);
        if !words.is_empty() && !wanted.contains(&words) {
            wanted.push(words);
        }
    }
    wanted.sort_by_key(|words| words.starts_with("an operator") || words.starts_with("the end"));
    let more = wanted.len() > NAMED_MAX;
    wanted.truncate(NAMED_MAX);
    if more {
        wanted.push("something else that fits".to_owned());
    }
    match wanted.split_last() {
        None => "something else".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}

/// What to do, by an example of the first value expected that has one.
fn value_example(rules: &[Rule]) -> Option<&'static str> {
    rules.iter().find_map(|rule| match rule {
        Rule::expression | Rule::operation | Rule::whole_expression => {
            Some("write a condition such as `who.tier >= gold`")
        }
        Rule::duration => Some("write a time span with its unit, such as `5s`, `2min` or `1h30min`"),
        Rule::quoted => Some("write a text in straight quotation marks: `\"…\"`"),
        Rule::type_name => Some("write a type such as `yes/no`, `money CNY`, `tier` or `text`"),
        Rule::zone => Some("write a time zone, such as `Europe/London`"),
        Rule::date | Rule::days => Some("write a day such as `2026-10-01`"),
        Rule::time | Rule::hours => Some("write hours such as `08:00-21:00`"),
        Rule::words => Some("write a text in straight quotation marks, or the name of a `text`"),
        Rule::party => Some("say who: `customer` or `agent`"),
        _ => None,
    })
}

/// The same of other things, where the grammar has no example of the whole statement.
fn keyword_example(rules: &[Rule]) -> &'static str {
    let found = rules.iter().find_map(|rule| match rule {
        Rule::kw_at => Some("write how long or how often at least or at most, such as `for at least 5s`"),
        Rule::kw_as => Some("phrases stand behind `heard as`: `lost_card heard as lost_card_words`"),
        Rule::kw_heard => Some("separate words by commas or new lines"),
        Rule::kw_hearing | Rule::heard => {
            Some("say what the question hears: `ask \"…\" hearing intent, keys 1 -> balance`")
        }
        _ => None,
    });
    found.unwrap_or("see the language reference for how this statement is written")
}
