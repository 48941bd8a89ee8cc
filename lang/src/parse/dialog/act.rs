//! Single acts of a dialog.

use super::block;
use super::words::words;
use crate::layout::Statement;
use crate::parse::expression::{child_expression, expression, within};
use crate::parse::grammar::{Node, Reader, Rule};
use crate::parse::members::is_plain;
use crate::parse::route::{because, reasoned};
use crate::tree::{Act, ActKind, Block, Handed, TransferTarget};

/// A statement that is an act.
pub(super) fn act(reader: &mut Reader<'_>, statement: &Statement) -> Option<Act> {
    let kind = match reader.word(statement) {
        "answer" => answer(reader, statement),
        "offer" => offer(reader, statement),
        "when" => when(reader, statement),
        _ => plain(reader, statement),
    };
    Some(Act { kind: kind?, span: statement.span })
}

/// An act without a block.
fn plain(reader: &mut Reader<'_>, statement: &Statement) -> Option<ActKind> {
    if !is_plain(reader, statement) {
        return None;
    }
    let rule = match reader.word(statement) {
        "say" => Rule::say_line,
        "retain" => Rule::retain_line,
        "transfer" => Rule::transfer_line,
        "note" => Rule::note_line,
        "send" => Rule::send_line,
        "ticket" => Rule::ticket_act,
        _ => Rule::leave_line,
    };
    let line = reader.read(rule, statement.span)?;
    Some(match rule {
        Rule::say_line => ActKind::Say(words(reader, &line)?),
        Rule::retain_line => ActKind::Retain(words(reader, &line)?),
        Rule::transfer_line => transfer(reader, &line)?,
        Rule::ticket_act => ActKind::Ticket(line.path()?),
        Rule::note_line => ActKind::Note(line.name()?, child_expression(reader, &line)?),
        Rule::send_line => ActKind::Send(line.name()?, words(reader, &line)?),
        _ if line.has(Rule::kw_back) => ActKind::Back,
        _ if line.has(Rule::kw_resolved) => ActKind::Resolved,
        _ => ActKind::End,
    })
}

fn transfer(reader: &mut Reader<'_>, line: &Node<'_>) -> Option<ActKind> {
    let to = target(line)?;
    let at_once = line.child(Rule::kw_directly).map(|word| word.span());
    let directly = child_expression(reader, line);
    Some(ActKind::Transfer {
        to,
        at_once,
        directly,
        handover: handing(reader, line),
        because: because(reader, line),
    })
}

/// `QUEUE` or `by ROUTE`
fn target(line: &Node<'_>) -> Option<TransferTarget> {
    match line.path() {
        Some(route) => Some(TransferTarget::Route(route)),
        None => line.name().map(TransferTarget::Queue),
    }
}

fn handing(reader: &mut Reader<'_>, line: &Node<'_>) -> Vec<Handed> {
    handed(reader, line, Rule::handing)
}

/// What is handed over, or noted for whoever calls next.
pub(in crate::parse) fn handed(reader: &mut Reader<'_>, line: &Node<'_>, list: Rule) -> Vec<Handed> {
    let all = line.child(list).into_iter().flat_map(|handing| handing.all(Rule::handed));
    all.filter_map(|handed| match handed.child(Rule::expression) {
        Some(value) => Some(Handed::Value(handed.name()?, expression(reader, &value))),
        None => handed.path().map(Handed::Named),
    })
    .collect()
}

fn answer(reader: &mut Reader<'_>, statement: &Statement) -> Option<ActKind> {
    let line = reader.read(Rule::answer_line, statement.span);
    if line.is_none() && statement.block.is_none() {
        return None;
    }
    let otherwise = block::needed(reader, statement, "when nothing is known");
    let line = line?;
    let arguments = line.child(Rule::arguments).into_iter().flat_map(|all| all.all(Rule::expression));
    let arguments = arguments.map(|one| expression(reader, &one)).collect();
    let (within, words) = (within(reader, &line), words(reader, &line)?);
    Some(ActKind::Answer { source: line.path()?, arguments, within, words, otherwise })
}

fn offer(reader: &mut Reader<'_>, statement: &Statement) -> Option<ActKind> {
    let line = reader.read(Rule::offer_line, statement.span);
    let (mut yes, mut no) = (None, None);
    for branch in statement.block.iter().flat_map(|block| &block.statements) {
        match reader.word(branch) {
            "yes" => yes = answer_to_offer(reader, branch),
            "no" => no = answer_to_offer(reader, branch),
            _ => reader.unknown_statement(branch, "offer", &["yes", "no"]),
        }
    }
    let line = line?;
    let (words, handover) = (words(reader, &line)?, handing(reader, &line));
    Some(ActKind::Offer { to: target(&line)?, words, handover, yes, no })
}

fn answer_to_offer(reader: &mut Reader<'_>, branch: &Statement) -> Option<Block> {
    reader.read(Rule::offer_answer, branch.span)?;
    block::needed(reader, branch, "this answer")
}

fn when(reader: &mut Reader<'_>, statement: &Statement) -> Option<ActKind> {
    let block = block::needed(reader, statement, "when this holds")?;
    let line = reader.read(Rule::act_when_line, statement.span);
    Some(ActKind::When(reasoned(reader, &line?)?, block))
}
