//! The grammar as data: what each rule is made of, read from the very text that the parser is generated from.
//!
//! Messages take from it with which words a rule can begin, tests which parts a text uses.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

const GRAMMAR: &str = include_str!("../../../grammar/policy.pest");

/// What a rule is made of.
#[derive(Debug, Default)]
pub(super) struct Definition {
    /// It leaves no node.
    pub(super) silent: bool,
    /// Nothing in it leaves a node.
    pub(super) atomic: bool,
    /// Its right side.
    pub(super) body: Expression,
}

/// The right side of a rule, look-aheads left out.
#[derive(Debug, Default)]
pub(super) enum Expression {
    /// Nothing, or only a look-ahead.
    #[default]
    Nothing,
    /// These characters.
    Text(&'static str),
    /// Another rule.
    Rule(&'static str),
    /// All of these in order.
    Sequence(Vec<Self>),
    /// One of these.
    Choice(Vec<Self>),
    /// It may be missing.
    Optional(Box<Self>),
}

/// By the rule's name.
static DEFINITIONS: LazyLock<HashMap<&str, Definition>> =
    LazyLock::new(|| Text { rest: GRAMMAR }.definitions());

/// What a rule is made of; none of pest's own.
pub(super) fn of(rule: &str) -> Option<&'static Definition> {
    DEFINITIONS.get(rule)
}

/// The words with which a rule can begin, in the grammar's order.
pub(super) fn first_words(rule: &str) -> Vec<&'static str> {
    let mut words = Vec::new();
    if let Some(definition) = of(rule) {
        begins(&definition.body, &mut words, &mut HashSet::new());
    }
    words
}

/// Whether some rule is this keyword.
pub(super) fn is_keyword(word: &str) -> bool {
    let is_it = |body: &Expression| first_text(body) == Some(word);
    DEFINITIONS.iter().any(|(name, definition)| name.starts_with("kw_") && is_it(&definition.body))
}

fn first_text(body: &Expression) -> Option<&'static str> {
    match body {
        Expression::Text(text) => Some(text),
        Expression::Sequence(parts) => parts.iter().find_map(first_text),
        _ => None,
    }
}

/// Whether a text of the grammar is a word and no sign.
pub(super) fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Collects first words; answers whether what is given can be empty.
fn begins(part: &Expression, words: &mut Vec<&'static str>, seen: &mut HashSet<&'static str>) -> bool {
    match part {
        Expression::Nothing => true,
        Expression::Text(text) => {
            if is_word(text) && !words.contains(text) {
                words.push(text);
            }
            false
        }
        Expression::Rule(name) => match of(name) {
            Some(definition) => seen.insert(name) && begins(&definition.body, words, seen),
            None => *name == "SOI",
        },
        Expression::Sequence(parts) => parts.iter().all(|part| begins(part, words, seen)),
        Expression::Choice(parts) => {
            let empty = parts.iter().filter(|part| begins(part, words, seen));
            empty.count() > 0
        }
        Expression::Optional(inner) => {
            begins(inner, words, seen);
            true
        }
    }
}

/// The grammar's text, read from its beginning.
struct Text {
    rest: &'static str,
}

impl Text {
    fn definitions(mut self) -> HashMap<&'static str, Definition> {
        let mut found = HashMap::new();
        while let Some(name) = self.name() {
            self.sign("=");
            let atomic = self.sign("@");
            let silent = self.sign("_");
            self.sign("{");
            let body = self.choice();
            self.sign("}");
            found.insert(name, Definition { silent, atomic, body });
        }
        found
    }

    fn choice(&mut self) -> Expression {
        let mut parts = vec![self.sequence()];
        while self.sign("|") {
            parts.push(self.sequence());
        }
        one_or(parts, Expression::Choice)
    }

    fn sequence(&mut self) -> Expression {
        let mut parts = vec![self.repeated()];
        while self.sign("~") {
            parts.push(self.repeated());
        }
        one_or(parts, Expression::Sequence)
    }

    fn repeated(&mut self) -> Expression {
        let mut part = self.single();
        loop {
            if self.sign("?") || self.sign("*") {
                part = Expression::Optional(Box::new(part));
            } else if self.sign("{") {
                let end = self.rest.find('}').map_or(self.rest.len(), |at| at + 1);
                self.rest = self.rest.get(end..).unwrap_or_default();
            } else if !self.sign("+") {
                return part;
            }
        }
    }

    fn single(&mut self) -> Expression {
        if self.sign("!") || self.sign("&") {
            self.repeated();
            return Expression::Nothing;
        }
        if self.sign("(") {
            let inner = self.choice();
            self.sign(")");
            return inner;
        }
        match self.text() {
            Some(text) => Expression::Text(text),
            None => self.name().map_or(Expression::Nothing, Expression::Rule),
        }
    }

    /// The text in quotation marks that stands here.
    fn text(&mut self) -> Option<&'static str> {
        self.skip();
        let inner = self.rest.strip_prefix('"')?;
        let mut escaped = false;
        let closes = |byte: u8| {
            let closes = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            closes
        };
        let end = inner.bytes().position(closes)?;
        self.rest = inner.get(end + 1..).unwrap_or_default();
        inner.get(..end)
    }

    fn name(&mut self) -> Option<&'static str> {
        self.skip();
        let end = self.rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        let (name, rest) = self.rest.split_at_checked(end.unwrap_or(self.rest.len()))?;
        self.rest = rest;
        Some(name).filter(|name| !name.is_empty())
    }

    fn sign(&mut self, sign: &str) -> bool {
        self.skip();
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// White space and comments.
    fn skip(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            let Some(comment) = self.rest.strip_prefix("//") else { return };
            self.rest = comment.split_once('\n').map_or("", |(_, rest)| rest);
        }
    }
}

fn one_or(mut parts: Vec<Expression>, many: fn(Vec<Expression>) -> Expression) -> Expression {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => {
            parts.extend(last);
            many(parts)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::grammar::Rule;

    #[test]
    fn every_rule_of_the_parser_is_read() {
        let names: Vec<String> = Rule::all_rules().iter().map(|rule| format!("{rule:?}")).collect();
        let missing: Vec<&String> =
            names.iter().filter(|name| *name != "EOI" && of(name).is_none()).collect();
        assert!(missing.is_empty(), "{missing:?}");
        let nothing = |name: &&&str| matches!(of(name), Some(Definition { body: Expression::Nothing, .. }));
        assert_eq!(DEFINITIONS.keys().filter(nothing).count(), 0);
        assert_eq!(
            DEFINITIONS.len(),
            GRAMMAR
                .lines()
                .filter(|line| line.contains(" = ") && line.contains('{') && !line.starts_with("//"))
                .count()
        );
    }

    #[test]
    fn a_rule_begins_with_the_words_of_its_grammar() {
        assert_eq!(first_words("kw_talk_share"), ["talk_share"]);
        assert_eq!(first_words("must_say"), ["must"]);
        assert_eq!(first_words("effective"), ["from", "until"]);
        assert_eq!(first_words("party_item"), ["customer", "agent"]);
        assert_eq!(first_words("in_tail"), ["not", "in"]);
        assert_eq!(first_words("signal_line").first(), Some(&"customer"));
        assert!(first_words("signal_line").contains(&"pitch"));
        assert!(first_words("EOI").is_empty() && first_words("name").is_empty());
        assert!(is_keyword("after-call") && is_keyword("tries") && !is_keyword("queues"));
    }
}
