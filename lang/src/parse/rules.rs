//! Blocks of rules that decide one word: `A when … ; otherwise C`, or a table that does.

use super::expression::child_expression;
use super::grammar::{Node, Reader, Rule};
use super::literal::path_expr;
use super::members::is_plain;
use super::route::because;
use super::table::table;
use crate::layout::Statement;
use crate::source::Span;
use crate::tree::{self, Choice, Name, Path};

/// The rules and tables of a block; `line` reads a rule, `output` is what it decides.
pub(super) fn rules(
    reader: &mut Reader<'_>,
    statement: &Statement,
    line: Rule,
    output: &'static str,
) -> Vec<Choice> {
    let mut choices = Vec::new();
    for statement in statement.block.iter().flat_map(|block| &block.statements) {
        if reader.word(statement) == "table" && !statement.broken {
            choices.extend(table(reader, statement).map(Choice::Table));
        } else if is_plain(reader, statement) {
            let node = reader.read(line, statement.span);
            let rule = node.and_then(|node| rule(reader, &node, output, statement.span));
            choices.extend(rule.map(Choice::Rule));
        }
    }
    choices
}

/// A rule `WORD when CONDITION`, or without a condition `otherwise WORD`.
pub(super) fn rule(
    reader: &mut Reader<'_>,
    node: &Node<'_>,
    output: &'static str,
    span: Span,
) -> Option<tree::Rule> {
    let word = node.name()?;
    let decided = Name { text: output.to_owned(), span: word.span };
    let value = path_expr(Path { span: word.span, names: vec![word] });
    let when = child_expression(reader, node);
    Some(tree::Rule {
        name: None,
        when,
        answers: vec![(decided, value)],
        because: because(reader, node),
        span,
    })
}
