//! `guarantee`.

use super::dialog::key;
use super::grammar::{Node, Reader, Rule};
use super::literal::spanned_number;
use super::members::statements;
use crate::layout::Statement;
use crate::source::Span;
use crate::tree::{
    Behaviour, ByWhen, Goal, GoalKind, Guarantee, Item, Name, Property, PropertyKind, Spanned,
};

/// `guarantee NAME in dialog NAME { … }`
pub(super) fn guarantee(reader: &mut Reader<'_>, item: &Statement) -> Option<Item> {
    let head = reader.read(Rule::guarantee_head, item.span)?;
    let dialogs = head.all(Rule::path).map(|path| path.as_path()).collect();
    let lines = statements(reader, item).into_iter();
    let properties = lines.filter_map(|line| property(reader, line.span)).collect();
    let title = head.child(Rule::title)?;
    let words: Vec<&str> = title.text().split_whitespace().collect();
    let name = Name { text: words.join(" "), span: title.span() };
    Some(Item::Guarantee(Guarantee { name, dialogs, properties, span: item.whole() }))
}

fn property(reader: &mut Reader<'_>, span: Span) -> Option<Property> {
    let line = reader.read(Rule::guarantee_line, span)?;
    let who = match line.child(Rule::behaviour) {
        Some(node) => Some((behaviour(&node)?, number(reader, &node))),
        None => None,
    };
    let kind = line.children().find_map(|node| kind(reader, &node))?;
    Some(Property { no: line.has(Rule::kw_no), who, kind, span })
}

fn behaviour(node: &Node<'_>) -> Option<Behaviour> {
    Some(match (node.child(Rule::key), node.path()) {
        (Some(pressed), _) => Behaviour::Keys(key(&pressed)?),
        (None, Some(path)) => Behaviour::Says(path),
        (None, None) if node.has(Rule::kw_silent) => Behaviour::Silent,
        (None, None) => Behaviour::NotUnderstood,
    })
}

fn number(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Spanned<f64>> {
    node.child(Rule::number).map(|number| spanned_number(reader, &number))
}

fn kind(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<PropertyKind> {
    Some(match node.rule() {
        Rule::reaches_goal => {
            let goals = node.all(Rule::goal).filter_map(|goal| self::goal(&goal)).collect();
            PropertyKind::Reaches(goals, by_when(reader, node))
        }
        Rule::offers_person => PropertyKind::Offers(by_when(reader, node)),
        Rule::asks_questions => {
            PropertyKind::Asks { more: node.has(Rule::kw_more), questions: number(reader, node)? }
        }
        _ => return None,
    })
}

fn goal(node: &Node<'_>) -> Option<Goal> {
    let last = node.children().last()?;
    let kind = match last.rule() {
        Rule::kw_answer => GoalKind::Answer,
        Rule::kw_offer => GoalKind::Offer,
        Rule::kw_end => GoalKind::End,
        Rule::name => GoalKind::Queue(last.as_name()),
        _ => GoalKind::Person,
    };
    Some(Goal { kind, span: node.span() })
}

fn by_when(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<ByWhen> {
    let node = node.child(Rule::by_when)?;
    Some(number(reader, &node).map_or(ByWhen::End(node.span()), ByWhen::Turns))
}
