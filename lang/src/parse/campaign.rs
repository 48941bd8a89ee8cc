//! `campaign`.

use super::dialling::{abandoned, attempts, call_hours, days_off, quiet, waits};
use super::dialog::{handed, words};
use super::expression::{child_expression, field_values, within};
use super::follow_up::follow_ups;
use super::grammar::{Node, Reader, Rule};
use super::literal::{quoted, spanned_number};
use super::members::{is_plain, statements};
use super::route::{because, let_line, reasoned, unread_name};
use super::rules::rules;
use crate::layout::Statement;
use crate::tree::{
    Campaign, CampaignLine, CampaignLineKind as Kind, EmitLine, FromCalls, Item, LeadRole, Leads, Machine,
    Pace, Path,
};

/// `campaign NAME under LAW { … }`
pub(super) fn campaign(reader: &mut Reader<'_>, item: &Statement) -> Option<Item> {
    let head = reader.read(Rule::campaign_head, item.span);
    let mut campaign = Campaign {
        name: unread_name(item.span),
        under: head.as_ref().map(under).unwrap_or_default(),
        lines: Vec::new(),
        span: item.whole(),
    };
    for statement in item.block.iter().flat_map(|block| &block.statements) {
        let word = reader.word(statement).to_owned();
        let found = match word.as_str() {
            "grade" => grade(reader, statement),
            "on" => on(reader, statement),
            "from" => from_calls(reader, statement),
            _ if !is_plain(reader, statement) => continue,
            _ => line(reader, statement),
        };
        campaign.lines.extend(found.map(|kind| CampaignLine { kind, span: statement.span }));
    }
    campaign.name = head?.name()?;
    Some(Item::Campaign(Box::new(campaign)))
}

/// The laws in a node.
pub(super) fn under(node: &Node<'_>) -> Vec<Path> {
    node.child(Rule::under).iter().flat_map(|under| under.all(Rule::path)).map(|law| law.as_path()).collect()
}

const LINES: [(&str, Rule); 19] = [
    ("let", Rule::let_line),
    ("call", Rule::leads_line),
    ("person", Rule::is_line),
    ("consent", Rule::is_line),
    ("phone", Rule::is_line),
    ("language", Rule::is_line),
    ("never", Rule::never_line),
    ("only", Rule::only_line),
    ("not", Rule::not_on_line),
    ("at", Rule::attempts_line),
    ("wait", Rule::waits_line),
    ("quiet", Rule::quiet_line),
    ("pace", Rule::pace_line),
    ("ring", Rule::ring_least_line),
    ("show", Rule::show_line),
    ("when", Rule::case_line),
    ("connect", Rule::connect_line),
    ("run", Rule::run_line),
    ("agents", Rule::agents_line),
];

fn line(reader: &mut Reader<'_>, statement: &Statement) -> Option<Kind> {
    let word = reader.word(statement);
    let Some((_, rule)) = LINES.iter().find(|(begins, _)| *begins == word) else {
        let mut words = LINES.map(|(word, _)| word).to_vec();
        words.extend(["grade", "on", "from calls"]);
        reader.unknown_statement(statement, "campaign", &words);
        return None;
    };
    let node = reader.read(*rule, statement.span)?;
    let found = kind(reader, &node);
    if found.is_none() {
        reader.unread.push(statement.span);
    }
    found
}

fn kind(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Kind> {
    Some(match node.rule() {
        Rule::let_line => {
            let value = child_expression(reader, node)?;
            Kind::Let(node.name()?, value)
        }
        Rule::leads_line => Kind::Leads(leads(reader, node)?),
        Rule::is_line => {
            let roles = [
                (Rule::kw_person, LeadRole::Person),
                (Rule::kw_consent, LeadRole::Consent),
                (Rule::kw_phone, LeadRole::Phone),
            ];
            let role = roles.into_iter().find(|(word, _)| node.has(*word));
            let role = role.map_or(LeadRole::Language, |(_, role)| role);
            Kind::Is(role, child_expression(reader, node)?)
        }
        Rule::never_line => match child_expression(reader, node) {
            Some(when) => Kind::Never(when, because(reader, node)),
            None => Kind::Quiet(quiet(reader, node)),
        },
        Rule::only_line => match node.path() {
            Some(calendar) => Kind::While(calendar),
            None => Kind::Hours(call_hours(reader, node)?),
        },
        Rule::not_on_line => Kind::NotOn(days_off(reader, node)?),
        Rule::attempts_line => {
            let cap = attempts(reader, node)?;
            Kind::AtMost(cap, waits(reader, node).unwrap_or_default())
        }
        Rule::waits_line => Kind::Wait(waits(reader, node)?),
        Rule::quiet_line => Kind::Quiet(quiet(reader, node)),
        Rule::pace_line => Kind::Pace(pace(reader, &node.child(Rule::pace)?)?),
        Rule::ring_least_line => Kind::Ring(within(reader, node)?),
        Rule::show_line => Kind::Show(quoted(reader, &node.child(Rule::quoted)?)),
        Rule::connect_line => Kind::Connect(within(reader, node)?),
        Rule::run_line => Kind::Run(node.path()?),
        Rule::agents_line => {
            let least = node.child(Rule::number).map(|number| spanned_number(reader, &number));
            Kind::Agents(node.name()?, least)
        }
        _ => case(reader, node)?,
    })
}

/// `when a machine answers …`, `when nobody is free say …`
fn case(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Kind> {
    if let Some(nobody) = node.child(Rule::nobody_free) {
        return Some(Kind::SafeHarbour(words(reader, &nobody)?));
    }
    let machine = node.child(Rule::machine)?;
    let message = words(reader, &machine);
    Some(Kind::Machine(Machine { message, within: within(reader, &machine) }))
}

fn leads(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Leads> {
    let otherwise = node.child(Rule::fields).map(|fields| field_values(reader, &fields));
    let order =
        node.child(Rule::order).and_then(|order| Some((reasoned(reader, &order)?, order.has(Rule::kw_desc))));
    Some(Leads { source: node.path()?, otherwise, order })
}

fn pace(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Pace> {
    if let Some(ratio) = node.child(Rule::number) {
        return Some(Pace::Power(spanned_number(reader, &ratio)));
    }
    Some(match node.children().next()?.rule() {
        Rule::kw_preview => Pace::Preview,
        Rule::kw_progressive => Pace::Progressive,
        _ => Pace::Predictive(abandoned(reader, node)),
    })
}

fn grade(reader: &mut Reader<'_>, statement: &Statement) -> Option<Kind> {
    reader.read(Rule::grade_head, statement.span)?;
    Some(Kind::Grade(rules(reader, statement, Rule::grade_line, "grade")))
}

fn on(reader: &mut Reader<'_>, statement: &Statement) -> Option<Kind> {
    let grade = reader.read(Rule::on_head, statement.span)?.name()?;
    Some(Kind::On(grade, follow_ups(reader, statement)))
}

fn from_calls(reader: &mut Reader<'_>, statement: &Statement) -> Option<Kind> {
    reader.read(Rule::from_calls_head, statement.span)?;
    let mut from = FromCalls { lets: Vec::new(), lines: Vec::new() };
    for line in statements(reader, statement) {
        match reader.word(line) {
            "let" => from.lets.extend(let_line(reader, line.span)),
            "when" => from.lines.extend(emit_line(reader, line)),
            _ => reader.unknown_statement(line, "block of callers", &["let", "when"]),
        }
    }
    Some(Kind::FromCalls(from))
}

fn emit_line(reader: &mut Reader<'_>, statement: &Statement) -> Option<EmitLine> {
    let line = reader.read(Rule::emit_line, statement.span)?;
    let when = child_expression(reader, &line);
    let fields = handed(reader, &line, Rule::emitted);
    Some(EmitLine { when: when?, fields, because: because(reader, &line), span: statement.span })
}
