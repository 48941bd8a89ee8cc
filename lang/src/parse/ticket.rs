//! `ticket`.

use tandem_stdlib::contract::TicketEvent;

use super::campaign::under;
use super::dialling::call_hours;
use super::dialog::words;
use super::expression::{child_expression, within};
use super::grammar::{Node, Reader, Rule};
use super::literal::path_expr;
use super::members::is_plain;
use super::route::{because, choices, unread_name};
use super::vocabulary::{field_of, type_name};
use crate::layout::Statement;
use crate::source::Span;
use crate::tree::{
    self, CallBack, Choice, Deadline, Goes, Item, Move, Name, Path, Step, Ticket, TicketLine,
    TicketLineKind as Kind,
};

const LINES: [(&str, Rule); 7] = [
    ("let", Rule::let_line),
    ("field", Rule::ticket_field_line),
    ("priority", Rule::priority_line),
    ("assign", Rule::ticket_assign_line),
    ("unless", Rule::deadline_line),
    ("notify", Rule::notice_line),
    ("after", Rule::call_back_line),
];

/// `ticket NAME when … { … }`
pub(super) fn ticket(reader: &mut Reader<'_>, item: &Statement) -> Option<Item> {
    let head = reader.read(Rule::ticket_head, item.span);
    let when = head.as_ref().and_then(|head| child_expression(reader, head));
    let (lets, lines) = (Vec::new(), Vec::new());
    let mut ticket = Ticket { name: unread_name(item.span), when, lets, lines, span: item.whole() };
    for statement in item.block.iter().flat_map(|block| &block.statements) {
        let word = reader.word(statement).to_owned();
        let found = match word.as_str() {
            "classify" => classify(reader, statement),
            "step" => step(reader, statement),
            _ if is_plain(reader, statement) => {
                line(reader, statement, &mut ticket);
                None
            }
            _ => None,
        };
        ticket.lines.extend(found.map(|kind| TicketLine { kind, span: statement.span }));
    }
    ticket.name = head?.name()?;
    Some(Item::Ticket(Box::new(ticket)))
}

fn classify(reader: &mut Reader<'_>, statement: &Statement) -> Option<Kind> {
    let head = reader.read(Rule::classify_head, statement.span)?;
    let decides = head.all(Rule::output).filter_map(|output| Some((output.name()?, type_name(&output))));
    let decides = decides.collect();
    Some(Kind::Classify(decides, choices(reader, statement)))
}

const STEP_LINES: [(&str, Rule); 3] =
    [("when", Rule::move_line), ("unless", Rule::deadline_line), ("notify", Rule::notice_line)];

/// `step NAME by QUEUE { … }`
fn step(reader: &mut Reader<'_>, statement: &Statement) -> Option<Kind> {
    let head = reader.read(Rule::step_head, statement.span);
    let (mut moves, mut lines) = (Vec::new(), Vec::new());
    for statement in statement.block.iter().flat_map(|block| &block.statements) {
        if !is_plain(reader, statement) {
            continue;
        }
        let word = reader.word(statement);
        let Some((_, rule)) = STEP_LINES.iter().find(|(begins, _)| *begins == word) else {
            reader.unknown_statement(statement, "step", &STEP_LINES.map(|(word, _)| word));
            continue;
        };
        let Some(node) = reader.read(*rule, statement.span) else { continue };
        let found = match node.rule() {
            Rule::move_line => moved(reader, &node, statement.span).map(|moved| moves.push(moved)),
            _ => kind(reader, &node).map(|kind| lines.push(TicketLine { kind, span: statement.span })),
        };
        if found.is_none() {
            reader.unread.push(statement.span);
        }
    }
    let head = head?;
    let mut names = head.all(Rule::name).map(|name| name.as_name());
    let name = names.next()?;
    let queue = if head.has(Rule::kw_agent) { None } else { Some(names.next()?) };
    let needs = head.child(Rule::step_needs);
    let needs = needs.iter().flat_map(|needs| needs.all(Rule::name)).map(|name| name.as_name()).collect();
    Some(Kind::Step(Step { name, queue, needs, moves, lines }))
}

fn moved(reader: &mut Reader<'_>, node: &Node<'_>, span: Span) -> Option<Move> {
    let (when, because) = (child_expression(reader, node), because(reader, node));
    Some(Move { done: node.has(Rule::kw_done), when, to: goes(node)?, because, span })
}

/// `go to STEP`, `close`
fn goes(node: &Node<'_>) -> Option<Goes> {
    let goes = node.child(Rule::goes)?;
    Some(goes.name().map_or(Goes::Close, Goes::To))
}

fn line(reader: &mut Reader<'_>, statement: &Statement, ticket: &mut Ticket) {
    let word = reader.word(statement);
    let Some((_, rule)) = LINES.iter().find(|(begins, _)| *begins == word) else {
        let mut words = LINES.map(|(word, _)| word).to_vec();
        words.extend(["classify", "step"]);
        reader.unknown_statement(statement, "ticket", &words);
        return;
    };
    let Some(node) = reader.read(*rule, statement.span) else { return };
    if node.rule() == Rule::let_line {
        let value = child_expression(reader, &node);
        ticket.lets.extend(node.name().zip(value));
        return;
    }
    match kind(reader, &node) {
        Some(kind) => ticket.lines.push(TicketLine { kind, span: statement.span }),
        None => reader.unread.push(statement.span),
    }
}

fn kind(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Kind> {
    Some(match node.rule() {
        Rule::priority_line => Kind::Priority(priority(reader, node)?),
        Rule::ticket_field_line => Kind::Field(field_of(reader, node)?),
        Rule::ticket_assign_line => Kind::Assign(node.name()?),
        Rule::deadline_line => Kind::Deadline(Deadline {
            unless: event(node)?,
            within: within(reader, node)?,
            repeats: node.has(Rule::kw_every),
            of: node.path(),
            when: child_expression(reader, node),
            escalate: node.child(Rule::escalate).and_then(|escalate| escalate.name()),
            reassign: node.child(Rule::reassign).and_then(|reassign| reassign.name()),
            goes: goes(node),
            because: because(reader, node),
        }),
        Rule::notice_line => {
            let mut names: Vec<Name> = node.all(Rule::name).map(|name| name.as_name()).collect();
            let channel = names.pop()?;
            let words = words(reader, node)?;
            Kind::Notice { role: names.pop(), channel, words, when: event(node) }
        }
        _ => Kind::CallBack(CallBack {
            within: within(reader, node)?,
            dialog: node.path(),
            under: under(node),
            hours: call_hours(reader, node),
        }),
    })
}

/// What happens to a ticket, in a node.
pub(super) fn event(node: &Node<'_>) -> Option<TicketEvent> {
    let word = node.child(Rule::ticket_event)?;
    TicketEvent::ALL.into_iter().find(|event| event.name() == word.text())
}

/// `high when …, urgent when … otherwise normal` as rules.
fn priority(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Vec<Choice>> {
    let decided = |word: Name| {
        let output = Name { text: "priority".to_owned(), span: word.span };
        (output, path_expr(Path { span: word.span, names: vec![word] }))
    };
    let mut rules = Vec::new();
    for case in node.all(Rule::priority_case) {
        let (when, span) = (Some(child_expression(reader, &case)?), case.span());
        let (answers, because) = (vec![decided(case.name()?)], because(reader, &case));
        rules.push(Choice::Rule(tree::Rule { name: None, when, answers, because, span }));
    }
    let word = node.name()?;
    let (span, answers) = (word.span, vec![decided(word)]);
    rules.push(Choice::Rule(tree::Rule { name: None, when: None, answers, because: None, span }));
    Some(rules)
}
