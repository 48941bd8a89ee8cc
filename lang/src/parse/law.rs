//! `law`.

use super::dialling::{abandoned, attempts, call_hours, days_off, quiet};
use super::expression::within;
use super::grammar::{Node, Reader, Rule};
use super::literal::{date, quoted};
use super::members::statements;
use super::route::unread_name;
use crate::layout::Statement;
use crate::tree::{Item, Law, LawLine, LawLineKind as Kind, Need};

const LINES: [(&str, Rule); 12] = [
    ("version", Rule::version_line),
    ("source", Rule::source_line),
    ("as", Rule::as_of_line),
    ("calls", Rule::calls_line),
    ("not", Rule::not_on_line),
    ("at", Rule::law_attempts_line),
    ("abandoned", Rule::abandoned_line),
    ("ring", Rule::ring_least_line),
    ("connect", Rule::connect_line),
    ("quiet", Rule::quiet_line),
    ("never", Rule::never_line),
    ("needs", Rule::law_needs_line),
];

/// `law NAME { … }`
pub(super) fn law(reader: &mut Reader<'_>, item: &Statement) -> Option<Item> {
    let head = reader.read(Rule::law_head, item.span);
    let (version, source, as_of, lines) = (None, None, None, Vec::new());
    let mut law = Law { name: unread_name(item.span), version, source, as_of, lines, span: item.whole() };
    for statement in statements(reader, item) {
        let word = reader.word(statement);
        let Some((_, rule)) = LINES.iter().find(|(begins, _)| *begins == word) else {
            reader.unknown_statement(statement, "law", &LINES.map(|(word, _)| word));
            continue;
        };
        let Some(node) = reader.read(*rule, statement.span) else { continue };
        match node.rule() {
            Rule::version_line => law.version = node.child(Rule::quoted).map(|text| quoted(reader, &text)),
            Rule::source_line => law.source = node.child(Rule::quoted).map(|text| quoted(reader, &text)),
            Rule::as_of_line => law.as_of = node.child(Rule::date).and_then(|day| date(reader, &day)),
            _ => match kind(reader, &node) {
                Some(kind) => law.lines.push(LawLine { kind, span: statement.span }),
                None => reader.unread.push(statement.span),
            },
        }
    }
    law.name = head?.name()?;
    Some(Item::Law(law))
}

fn kind(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Kind> {
    Some(match node.rule() {
        Rule::calls_line => Kind::Hours(call_hours(reader, node)?),
        Rule::not_on_line => Kind::NotOn(days_off(reader, node)?),
        Rule::law_attempts_line => Kind::AtMost(attempts(reader, node)?),
        Rule::abandoned_line => Kind::Abandoned(abandoned(reader, node)?),
        Rule::ring_least_line => Kind::Ring(within(reader, node)?),
        Rule::connect_line => Kind::Connect(within(reader, node)?),
        Rule::quiet_line => Kind::Quiet(quiet(reader, node)),
        Rule::never_line if node.has(Rule::expression) => {
            let help =
                "a law names what it asks for, such as `needs consent`, or `never again after refused`";
            reader.bad(node.span(), "a law knows no lead that it could look at", help);
            return None;
        }
        Rule::never_line => Kind::Quiet(quiet(reader, node)),
        _ => Kind::Needs(need(&node.child(Rule::need)?)?),
    })
}

fn need(node: &Node<'_>) -> Option<Need> {
    let what = node.children().next()?;
    Some(match what.rule() {
        Rule::kw_consent => Need::Consent,
        Rule::need_list => Need::DoNotCallCheck,
        Rule::need_message => Need::SafeHarbour,
        Rule::need_caller => Need::CallerId,
        _ => Need::Disclosure(what.path()?),
    })
}
