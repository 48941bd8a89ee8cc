//! What follows a grade.

use super::dialog::{handed, words};
use super::expression::within;
use super::grammar::{Node, Reader, Rule};
use super::literal::{spanned_duration, spanned_number};
use super::members::statements;
use crate::layout::Statement;
use crate::tree::{Follow, FollowKind};

const WORDS: [&str; 6] = ["transfer", "follow up", "send", "call again", "ticket", "never call again"];

/// The lines of an `on` block.
pub(super) fn follow_ups(reader: &mut Reader<'_>, statement: &Statement) -> Vec<Follow> {
    let mut found = Vec::new();
    for line in statements(reader, statement) {
        if !WORDS.iter().any(|words| words.split(' ').next() == Some(reader.word(line))) {
            reader.unknown_statement(line, "follow-up", &WORDS);
            continue;
        }
        let node = reader.read(Rule::follow_line, line.span).and_then(|node| node.children().next());
        match node.as_ref().and_then(|node| kind(reader, node)) {
            Some(kind) => found.push(Follow { kind, span: line.span }),
            None => reader.unread.push(line.span),
        }
    }
    found
}

fn kind(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<FollowKind> {
    Some(match node.rule() {
        Rule::transfer_follow => FollowKind::Transfer(node.name()?, handed(reader, node, Rule::handing)),
        Rule::person_follow => FollowKind::Person(within(reader, node)?, handed(reader, node, Rule::noting)),
        Rule::send_follow => FollowKind::Send {
            channel: node.name()?,
            words: words(reader, node)?,
            every: node.child(Rule::duration).map(|every| spanned_duration(reader, &every)),
            at_most: node.child(Rule::number).map(|times| spanned_number(reader, &times)),
        },
        Rule::again_follow => FollowKind::CallAgain(within(reader, node)?),
        Rule::ticket_follow => FollowKind::Ticket(node.path()?),
        _ => FollowKind::NeverAgain,
    })
}
