//! `route`: its head, `let`s, rules.

use super::dates::dates;
use super::expression::{child_expression, expression, party};
use super::grammar::{Node, Reader, Rule};
use super::literal::quoted;
use super::members::{first, is_plain};
use super::table::table;
use super::vocabulary::type_name;
use crate::layout::Statement;
use crate::source::Span;
use crate::tree::{self, At, Choice, Expr, Item, Name, Quoted, Reasoned, Route};

/// `route NAME at … decides … { … }`
pub(super) fn route(reader: &mut Reader<'_>, item: &Statement) -> Option<Item> {
    let head = reader.read(Rule::route_head, item.span);
    let output = |output: Node<'_>| Some((output.name()?, type_name(&output)));
    let mut route = Route {
        name: unread_name(item.span),
        dates: dates(reader, head.as_ref()),
        at: head.iter().flat_map(|head| head.all(Rule::at)).filter_map(|at| when(&at)).collect(),
        decides: head.iter().flat_map(|head| head.all(Rule::output)).filter_map(output).collect(),
        lets: Vec::new(),
        choices: Vec::new(),
        prefer: None,
        span: item.whole(),
    };
    for statement in item.block.iter().flat_map(|block| &block.statements) {
        line(reader, statement, &mut route);
    }
    route.name = head?.name()?;
    Some(Item::Route(route))
}

/// Stands for a name until the body has been read: its mistakes are told even if the head has one.
pub(super) const fn unread_name(span: Span) -> Name {
    Name { text: String::new(), span }
}

/// The tables and rules of a block that decides as a route does.
pub(super) fn choices(reader: &mut Reader<'_>, statement: &Statement) -> Vec<Choice> {
    let mut choices = Vec::new();
    for line in statement.block.iter().flat_map(|block| &block.statements) {
        if reader.word(line) == "table" && !line.broken {
            choices.extend(table(reader, line).map(Choice::Table));
        } else if is_plain(reader, line) {
            match reader.word(line) {
                "rule" | "when" | "otherwise" => choices.extend(rule(reader, line.span).map(Choice::Rule)),
                _ => {
                    reader.unknown_statement(line, "classification", &["table", "rule", "when", "otherwise"])
                }
            }
        }
    }
    choices
}

fn line(reader: &mut Reader<'_>, statement: &Statement, route: &mut Route) {
    if reader.word(statement) == "table" {
        if statement.broken {
            reader.unread.push(statement.span);
        } else {
            route.choices.extend(table(reader, statement).map(Choice::Table));
        }
        return;
    }
    if !is_plain(reader, statement) {
        return;
    }
    match reader.word(statement) {
        "let" => route.lets.extend(let_line(reader, statement.span)),
        "rule" | "when" | "otherwise" => route.choices.extend(rule(reader, statement.span).map(Choice::Rule)),
        "prefer" => {
            let Some(line) = reader.read(Rule::score_line, statement.span) else { return };
            if !first(&mut route.prefer, reasoned(reader, &line)) {
                reader.second_line(statement, "route", "join the scores with `+`");
            }
        }
        _ => {
            let words = ["let", "table", "rule", "when", "otherwise", "prefer agent by"];
            reader.unknown_statement(statement, "route", &words);
        }
    }
}

fn when(node: &Node<'_>) -> Option<(At, Span)> {
    let at = match (party(node), node.path()) {
        (Some(party), Some(phrases)) => At::Says(party, phrases),
        (Some(party), None) => At::Turn(party),
        (None, _) => match node.text() {
            "intent" => At::Intent,
            "keys" => At::Keys,
            "unresolved" => At::Unresolved,
            "answer" => At::Answer,
            "end" => At::End,
            _ => At::Start,
        },
    };
    Some((at, node.span()))
}

/// `let NAME = expr`
pub(super) fn let_line(reader: &mut Reader<'_>, span: Span) -> Option<(Name, Expr)> {
    let node = reader.read(Rule::let_line, span)?;
    let value = child_expression(reader, &node)?;
    Some((node.name()?, value))
}

fn rule(reader: &mut Reader<'_>, span: Span) -> Option<tree::Rule> {
    let node = reader.read(Rule::rule_line, span)?;
    let when = child_expression(reader, &node);
    let answers = node.all(Rule::answer).filter_map(|answer| {
        let value = expression(reader, &answer.child(Rule::expression)?);
        Some((answer.name()?, value))
    });
    let answers = answers.collect();
    Some(tree::Rule { name: node.name(), when, answers, because: because(reader, &node), span })
}

/// The value of a node with its reason.
pub(super) fn reasoned(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Reasoned> {
    Some(Reasoned { value: child_expression(reader, node)?, because: because(reader, node) })
}

/// The reason in a node.
pub(super) fn because(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Quoted> {
    let text = node.child(Rule::because)?.child(Rule::quoted)?;
    Some(quoted(reader, &text))
}
