//! `assist`, `attention`.

use tandem_stdlib::contract::Party;

use super::dates::dates;
use super::dialog::words;
use super::expression::{child_expression, expression, party, within};
use super::grammar::{Node, Reader, Rule};
use super::literal::{quoted, spanned_number};
use super::members::{first, statements};
use super::route::{because, let_line, unread_name};
use crate::layout::Statement;
use crate::tree::{Assist, Card, CardCap, Item};

/// `assist NAME on PARTY { … }`
pub(super) fn assist(reader: &mut Reader<'_>, item: &Statement) -> Option<Item> {
    let head = reader.read(Rule::assist_head, item.span);
    let mut assist = Assist {
        name: unread_name(item.span),
        dates: dates(reader, head.as_ref()),
        party: head.as_ref().and_then(party).unwrap_or(Party::Customer),
        at_answer: head.as_ref().is_some_and(|head| head.has(Rule::kw_answer)),
        lets: Vec::new(),
        when: None,
        clear: None,
        card: None,
        cap: None,
        span: item.whole(),
    };
    for statement in statements(reader, item) {
        line(reader, statement, &mut assist);
    }
    assist.name = head?.name()?;
    Some(Item::Assist(Box::new(assist)))
}

fn line(reader: &mut Reader<'_>, statement: &Statement, assist: &mut Assist) {
    let rule = match reader.word(statement) {
        "let" => return assist.lets.extend(let_line(reader, statement.span)),
        "when" => Rule::when_line,
        "clear" => Rule::clear_line,
        "show" => Rule::card_line,
        "at" => Rule::card_cap_line,
        _ => {
            let words = ["let", "when", "clear when", "show card", "at most"];
            return reader.unknown_statement(statement, "assist", &words);
        }
    };
    let Some(node) = reader.read(rule, statement.span) else { return };
    let free = match rule {
        Rule::when_line => first(&mut assist.when, child_expression(reader, &node)),
        Rule::clear_line => first(&mut assist.clear, child_expression(reader, &node)),
        Rule::card_line => first(&mut assist.card, card(reader, &node)),
        _ => first(&mut assist.cap, cap(reader, &node)),
    };
    if !free {
        reader.second_line(statement, "assist", "write a second assist for a second card");
    }
}

fn card(reader: &mut Reader<'_>, line: &Node<'_>) -> Option<Card> {
    let fields: Vec<_> = line.all(Rule::expression).collect();
    let replies: Vec<_> = line.child(Rule::offering).iter().flat_map(|all| all.all(Rule::reply)).collect();
    Some(Card {
        text: quoted(reader, &line.child(Rule::quoted)?),
        fields: fields.iter().map(|field| expression(reader, field)).collect(),
        replies: replies.iter().filter_map(|reply| words(reader, reply)).collect(),
        role: line.name(),
        lasts: within(reader, line)?,
        because: because(reader, line),
        span: line.span(),
    })
}

fn cap(reader: &mut Reader<'_>, line: &Node<'_>) -> Option<CardCap> {
    let node = line.child(Rule::card_cap)?;
    let cards = spanned_number(reader, &node.child(Rule::number)?);
    Some(CardCap { cards, per: within(reader, &node)? })
}

/// `attention at most N cards per D`
pub(super) fn attention(reader: &mut Reader<'_>, item: &Statement) -> Option<Item> {
    let node = reader.read(Rule::attention_item, item.span)?;
    cap(reader, &node).map(Item::Attention)
}
