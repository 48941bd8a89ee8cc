//! `watch`.

use tandem_stdlib::contract::Party;

use super::dates::dates;
use super::expression::{child_expression, party, within};
use super::grammar::{Node, Reader, Rule};
use super::members::{first, statements};
use super::route::{because, unread_name};
use crate::layout::Statement;
use crate::tree::{Action, Item, Watch};

/// `watch NAME on PARTY { … }`
pub(super) fn watch(reader: &mut Reader<'_>, item: &Statement) -> Option<Item> {
    let head = reader.read(Rule::watch_head, item.span);
    let mut watch = Watch {
        name: unread_name(item.span),
        dates: dates(reader, head.as_ref()),
        party: head.as_ref().and_then(party).unwrap_or(Party::Customer),
        when: None,
        clear: None,
        at_most_once_per: None,
        action: None,
        because: None,
        follow_up: None,
        span: item.whole(),
    };
    for statement in statements(reader, item) {
        let rule = match reader.word(statement) {
            "when" => Rule::when_line,
            "clear" => Rule::clear_line,
            "at" => Rule::rate_line,
            "do" => Rule::do_line,
            "then" => Rule::then_line,
            _ => {
                let lines = ["when", "clear when", "at most", "do alert", "do transfer", "then"];
                reader.unknown_statement(statement, "watch", &lines);
                continue;
            }
        };
        let Some(line) = reader.read(rule, statement.span) else { continue };
        if !add(reader, &mut watch, &line) {
            reader.second_line(statement, "watch", "join conditions with `or`, or write a second watch");
        }
    }
    watch.name = head?.name()?;
    Some(Item::Watch(Box::new(watch)))
}

/// Takes a line in; `false` when such a line was there before.
fn add(reader: &mut Reader<'_>, watch: &mut Watch, line: &Node<'_>) -> bool {
    match line.rule() {
        Rule::when_line => first(&mut watch.when, child_expression(reader, line)),
        Rule::clear_line => first(&mut watch.clear, child_expression(reader, line)),
        Rule::rate_line => first(&mut watch.at_most_once_per, within(reader, line)),
        Rule::do_line => {
            watch.because = because(reader, line).or(watch.because.take());
            first(&mut watch.action, action(line))
        }
        _ => first(&mut watch.follow_up, action(line).zip(within(reader, line))),
    }
}

fn action(line: &Node<'_>) -> Option<Action> {
    let node = line.child(Rule::action)?;
    Some(Action { transfer: node.has(Rule::kw_transfer), target: node.name()?, span: node.span() })
}
