//! `qa`.

use super::cell::cell_value;
use super::dates::dates;
use super::expression::{child_expression, party, within};
use super::grammar::{Node, Reader, Rule};
use super::literal::spanned_number;
use super::mask::mask;
use super::members::statements;
use super::route::{because, unread_name};
use crate::layout::Statement;
use crate::tree::{Item, Qa, QaItem, QaRule, QaWeight};

/// `qa NAME applies when … { … }`
pub(super) fn qa(reader: &mut Reader<'_>, item: &Statement) -> Option<Item> {
    let head = reader.read(Rule::qa_head, item.span);
    let applies = head.as_ref().and_then(|head| child_expression(reader, head));
    let mut qa = Qa {
        name: unread_name(item.span),
        dates: dates(reader, head.as_ref()),
        applies,
        items: Vec::new(),
        masks: Vec::new(),
        passes_at: None,
        span: item.whole(),
    };
    for statement in statements(reader, item) {
        let rule = match reader.word(statement) {
            "mask" => {
                qa.masks.extend(mask(reader, statement));
                continue;
            }
            "customer" | "agent" => Rule::party_item,
            "silence" => Rule::silence_item,
            "passes" => Rule::pass_line,
            _ => {
                reader.unknown_statement(
                    statement,
                    "qa",
                    &["agent", "customer", "silence", "mask", "passes"],
                );
                continue;
            }
        };
        let Some(line) = reader.read(rule, statement.span) else { continue };
        match line.child(Rule::percent) {
            Some(share) => qa.passes_at = Some(spanned_number(reader, &share)),
            None => qa.items.extend(qa_item(reader, &line, statement)),
        }
    }
    qa.name = head?.name()?;
    Some(Item::Qa(qa))
}

fn qa_item(reader: &mut Reader<'_>, line: &Node<'_>, statement: &Statement) -> Option<QaItem> {
    let rule = rule(reader, line)?;
    let weight = weight(reader, &line.child(Rule::weight)?);
    Some(QaItem { rule, weight, because: because(reader, line), span: statement.span })
}

fn rule(reader: &mut Reader<'_>, line: &Node<'_>) -> Option<QaRule> {
    let Some(party) = party(line) else { return Some(QaRule::Silence(within(reader, line)?)) };
    if let Some(range) = line.child(Rule::share_range) {
        let mut ends = range.all(Rule::cell_value);
        let (low, high) = (cell_value(reader, &ends.next()?), cell_value(reader, &ends.next()?));
        return Some(QaRule::TalkShare(party, low, high));
    }
    let must = line.child(Rule::must_say)?;
    let phrases = must.path()?;
    let limit = within(reader, &must);
    Some(match (must.has(Rule::kw_not), limit) {
        (false, limit) => QaRule::MustSay(party, phrases, limit),
        (true, None) => QaRule::MustNotSay(party, phrases),
        (true, Some(limit)) => {
            reader.bad(limit.span, "`must not say` holds for the whole call", "remove `within … of start`");
            return None;
        }
    })
}

fn weight(reader: &mut Reader<'_>, node: &Node<'_>) -> QaWeight {
    match node.child(Rule::number) {
        Some(points) => QaWeight::Score(spanned_number(reader, &points)),
        None if node.has(Rule::kw_critical) => QaWeight::Critical,
        None => QaWeight::Fail,
    }
}
