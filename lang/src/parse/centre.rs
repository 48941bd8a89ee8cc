//! `mode`, `sampling`, `experiment`.

use tandem_stdlib::contract::ChosenBy;

use super::expression::{child_expression, expression};
use super::grammar::{Node, Reader, Rule};
use super::literal::spanned_number;
use super::members::statements;
use super::route::{because, let_line};
use crate::layout::Statement;
use crate::source::Span;
use crate::tree::{Experiment, Item, Mode, SampleLine, Sampling, Spanned, TransferCap, Tries, TriesKind};

/// `mode NAME when … until …`
pub(super) fn mode(reader: &mut Reader<'_>, item: &Statement) -> Option<Item> {
    let node = reader.read(Rule::mode_item, item.span)?;
    let mut conditions = node.all(Rule::expression);
    let when = expression(reader, &conditions.next()?);
    let until = conditions.next().map(|until| expression(reader, &until));
    let because = because(reader, &node);
    Some(Item::Mode(Mode { name: node.name()?, when, until, because, span: item.whole() }))
}

/// `sampling NAME { … }`
pub(super) fn sampling(reader: &mut Reader<'_>, item: &Statement) -> Option<Item> {
    let name = reader.read(Rule::sampling_head, item.span)?.name()?;
    let mut sampling = Sampling { name, lets: Vec::new(), lines: Vec::new(), span: item.whole() };
    for statement in statements(reader, item) {
        if reader.word(statement) == "let" {
            sampling.lets.extend(let_line(reader, statement.span));
        } else {
            sampling.lines.extend(sample_line(reader, statement.span));
        }
    }
    Some(Item::Sampling(sampling))
}

fn sample_line(reader: &mut Reader<'_>, span: Span) -> Option<SampleLine> {
    let node = reader.read(Rule::sample_line, span)?;
    let first = node.children().next()?;
    let share = match first.rule() {
        Rule::percent => spanned_number(reader, &first),
        rule => Spanned { value: if rule == Rule::kw_all { 1.0 } else { 0.0 }, span: first.span() },
    };
    let when = child_expression(reader, &node);
    Some(SampleLine { share, when, because: because(reader, &node), span })
}

/// `experiment NAME on SHARE of calls { … }`
pub(super) fn experiment(reader: &mut Reader<'_>, item: &Statement) -> Option<Item> {
    let head = reader.read(Rule::experiment_head, item.span)?;
    let share = spanned_number(reader, &head.child(Rule::percent)?);
    let by = if head.has(Rule::kw_callers) { ChosenBy::Caller } else { ChosenBy::Call };
    let lines = statements(reader, item);
    let tries = lines.into_iter().filter_map(|line| {
        let node = reader.read(Rule::tries_line, line.span)?;
        tries(&node, line.span)
    });
    let tries = tries.collect();
    Some(Item::Experiment(Experiment { name: head.name()?, share, by, tries, span: item.whole() }))
}

fn tries(node: &Node<'_>, span: Span) -> Option<Tries> {
    let mut paths = node.all(Rule::path).map(|path| path.as_path());
    let kind = match node.children().next()?.rule() {
        Rule::kw_watch => TriesKind::Watch,
        Rule::kw_assist => TriesKind::Assist,
        Rule::kw_qa => TriesKind::Qa,
        Rule::kw_dialog => TriesKind::Dialog,
        _ => TriesKind::Route,
    };
    Some(Tries { kind, usual: paths.next()?, tried: paths.next()?, span })
}

/// `transfers at most 2 then supervisors because "…"`
pub(super) fn transfers(reader: &mut Reader<'_>, item: &Statement) -> Option<Item> {
    let node = reader.read(Rule::transfers_item, item.span)?;
    let number = node.child(Rule::number)?;
    let most = spanned_number(reader, &number);
    let because = because(reader, &node);
    Some(Item::Transfers(TransferCap { most, then: node.name(), because, span: item.span }))
}
