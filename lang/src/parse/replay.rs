//! `replay`.

use super::cell::{cell_value, compare_op};
use super::grammar::{Node, Reader, Rule};
use super::literal::quoted;
use super::members::statements;
use super::target::metric;
use crate::layout::Statement;
use crate::tree::{Bound, Item, Replay, ReplayExpected, ReplayFigure};

/// `replay "…" since "…" expect …`, or with a block of `expect` lines.
pub(super) fn replay(reader: &mut Reader<'_>, item: &Statement) -> Option<Item> {
    let head = reader.read(Rule::replay_item, item.span);
    let mut expected = Vec::new();
    let lines = statements(reader, item);
    if let Some(head) = &head {
        expected.extend(head.child(Rule::replay_expected).and_then(|node| self::expected(reader, &node)));
    }
    for line in lines {
        if reader.word(line) != "expect" {
            reader.unknown_statement(line, "replay", &["expect"]);
            continue;
        }
        let node = reader.read(Rule::replay_line, line.span);
        let node = node.and_then(|node| node.child(Rule::replay_expected));
        expected.extend(node.and_then(|node| self::expected(reader, &node)));
    }
    let head = head?;
    let mut texts = head.all(Rule::quoted);
    let pattern = quoted(reader, &texts.next()?);
    let since = texts.next().map(|text| quoted(reader, &text));
    Some(Item::Replay(Replay { pattern, since, expected, span: item.whole() }))
}

fn expected(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<ReplayExpected> {
    let span = node.span();
    let measured = node.child(Rule::replay_figure).or_else(|| node.child(Rule::replay_action));
    let Some(measured) = measured else { return Some(ReplayExpected { figure: None, span }) };
    let mut values = node.all(Rule::cell_value);
    let first = cell_value(reader, &values.next()?);
    let bound = match (values.next(), node.child(Rule::op_compare)) {
        (Some(high), _) => Bound::In(first, cell_value(reader, &high)),
        (None, op) => {
            let op = op?;
            Bound::Compare(compare_op(op.text()), first, op.span())
        }
    };
    let figure = match (measured.name(), measured.child(Rule::metric)) {
        (Some(target), _) => ReplayFigure::Action { transfer: measured.has(Rule::kw_transfer), target },
        (None, Some(node)) => ReplayFigure::Metric(metric(reader, &node)?, node.span()),
        (None, None) => ReplayFigure::ChangedQueue,
    };
    Some(ReplayExpected { figure: Some((figure, bound)), span })
}
