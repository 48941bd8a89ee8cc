//! `test`.

use tandem_stdlib::contract::Party;

use super::expression::{child_expression, party, within};
use super::grammar::{Node, Reader, Rule};
use super::literal::{literal_expr, moment, negative, quoted, spanned_number};
use super::members::statements;
use super::route::because;
use super::ticket::event;
use crate::layout::Statement;
use crate::tree::{
    Expr, ExprKind, Followed, Item, Literal, Name, NotBefore, Quoted, Spanned, Test, TestLine, TestLineKind,
    TicketHappened, TicketOutcome,
};

/// `test "…" { … }`
pub(super) fn test(reader: &mut Reader<'_>, item: &Statement) -> Option<Item> {
    let head = reader.read(Rule::test_head, item.span)?;
    let name = quoted(reader, &head.child(Rule::quoted)?);
    let mut lines = Vec::new();
    for statement in statements(reader, item) {
        let Some(node) = reader.read(Rule::test_line, statement.span) else { continue };
        let at = within(reader, &node);
        let what = node.child(Rule::test_action).and_then(|action| action.children().next());
        match what.and_then(|what| kind(reader, &what)) {
            Some(kind) => lines.push(TestLine { at, kind, span: statement.span }),
            None => reader.unread.push(statement.span),
        }
    }
    Some(Item::Test(Test { name, lines, span: item.whole() }))
}

fn kind(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<TestLineKind> {
    Some(match node.rule() {
        Rule::clock_line => TestLineKind::Clock(moment(reader, &node.child(Rule::moment)?)?),
        Rule::call_line => call(reader, node),
        Rule::given_line => {
            let values = given_values(reader, node);
            match child_expression(reader, node) {
                Some(value) => TestLineKind::GivenIs(node.path()?, value),
                None => TestLineKind::Given(node.path()?, values, within(reader, node)),
            }
        }
        Rule::trial_line => {
            let agents = node.child(Rule::number).map(|number| spanned_number(reader, &number));
            TestLineKind::Trial(node.path()?, agents)
        }
        Rule::lead_line => TestLineKind::Lead(given_values(reader, node)),
        Rule::attempt_line => TestLineKind::Attempt(node.name()?),
        Rule::party_answers => TestLineKind::Answers(party(node)?),
        Rule::ticket_happens => TestLineKind::Ticket(node.path()?, event(node)?, given_values(reader, node)),
        Rule::party_says => TestLineKind::Says(party(node)?, text(reader, node)?),
        Rule::presses => TestLineKind::Presses(text(reader, node)?),
        Rule::intent_becomes => TestLineKind::Intent(node.name()?),
        Rule::expect_line => expect(reader, &node.children().nth(1)?)?,
        Rule::run_dialog => TestLineKind::RunDialog(node.path()?),
        Rule::kw_unresolved => TestLineKind::Unresolved,
        Rule::kw_hold => TestLineKind::Hold(true),
        Rule::kw_resumes => TestLineKind::Hold(false),
        Rule::kw_acknowledges => TestLineKind::Acknowledges,
        Rule::kw_ends => TestLineKind::Ends,
        _ => signal(reader, node)?,
    })
}

fn given_values(reader: &mut Reader<'_>, node: &Node<'_>) -> Vec<(Name, Expr)> {
    let values = node.all(Rule::given_value).filter_map(|given| {
        let value = child_expression(reader, &given)?;
        Some((given.name()?, value))
    });
    values.collect()
}

fn text(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Quoted> {
    node.child(Rule::quoted).map(|text| quoted(reader, &text))
}

fn call(reader: &mut Reader<'_>, node: &Node<'_>) -> TestLineKind {
    let (mut from, mut to, mut target) = (None, None, false);
    for part in node.children() {
        match part.rule() {
            Rule::kw_to => target = true,
            Rule::quoted if target => to = Some(quoted(reader, &part)),
            Rule::quoted => from = Some(quoted(reader, &part)),
            _ => {}
        }
    }
    let pair = |setting: Node<'_>| {
        let mut names = setting.all(Rule::name).map(|name| name.as_name());
        names.next().zip(names.next())
    };
    TestLineKind::Call { from, to, settings: node.all(Rule::setting).filter_map(pair).collect() }
}

fn signal(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<TestLineKind> {
    let given = node.child(Rule::signal_value)?;
    let value = literal_expr(reader, &given.child(Rule::literal)?);
    let value = if given.has(Rule::minus) { negative(reader, value, given.span()) } else { value };
    let confidence = node.child(Rule::number).map(|number| {
        let number = spanned_number(reader, &number);
        Expr { kind: ExprKind::Literal(Literal::Number(number.value)), span: number.span }
    });
    let party = party(node).unwrap_or(Party::Customer);
    Some(TestLineKind::Signal { party, signal: node.child(Rule::signal)?.as_name(), value, confidence })
}

fn expect(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<TestLineKind> {
    Some(match node.rule() {
        Rule::expect_card => {
            let (text, times) = (text(reader, node), times(reader, node));
            let reply = node.child(Rule::reply).and_then(|reply| reply.child(Rule::words));
            let offering = reply.and_then(|words| self::text(reader, &words));
            TestLineKind::ExpectCard { text, offering, times, because: because(reader, node) }
        }
        Rule::expect_action => {
            let times = times(reader, node);
            let transfer = node.has(Rule::kw_transfer);
            TestLineKind::ExpectAction {
                transfer,
                target: node.name(),
                handover: told(reader, node, Rule::handed_fields),
                times,
                because: because(reader, node),
            }
        }
        Rule::expect_call => TestLineKind::ExpectCall {
            placed: !node.has(Rule::kw_no),
            because: because(reader, node),
            times: exactly(reader, node),
        },
        Rule::expect_next => TestLineKind::ExpectNextCall(not_before(reader, node)?),
        Rule::expect_follow => {
            let (what, times) = (followed(reader, node), times(reader, node));
            TestLineKind::ExpectFollow { what, noted: told(reader, node, Rule::noted_fields), times }
        }
        Rule::expect_lead => TestLineKind::ExpectLead {
            campaign: node.path()?,
            fields: told_in(reader, node),
            times: times(reader, node),
        },
        Rule::expect_ticket => {
            let outcome = ticket_outcome(reader, node)?;
            TestLineKind::ExpectTicket(node.path()?, outcome)
        }
        Rule::expect_dialog => expect_dialog(reader, node)?,
        Rule::expect_qa => {
            let passed = match (node.has(Rule::kw_passes), node.has(Rule::kw_fails)) {
                (true, _) => Some(true),
                (_, true) => Some(false),
                _ => None,
            };
            let item = node.child(Rule::number).map(|number| spanned_number(reader, &number));
            TestLineKind::ExpectQa { name: node.path()?, item, passed }
        }
        _ => {
            let value = child_expression(reader, node)?;
            TestLineKind::ExpectOutput { name: node.name()?, value, because: because(reader, node) }
        }
    })
}

/// `exactly 2 times`, or `no` for none.
fn times(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Spanned<f64>> {
    let no = node.child(Rule::kw_no).or_else(|| node.child(Rule::kw_not));
    let never = no.map(|no| Spanned { value: 0.0, span: no.span() });
    exactly(reader, node).or(never)
}

fn exactly(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Spanned<f64>> {
    let number = node.child(Rule::exactly)?.child(Rule::number)?;
    Some(spanned_number(reader, &number))
}

fn not_before(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<NotBefore> {
    match node.child(Rule::moment) {
        Some(at) => moment(reader, &at).map(NotBefore::Moment),
        None => within(reader, node).map(NotBefore::After),
    }
}

fn followed(reader: &mut Reader<'_>, node: &Node<'_>) -> Followed {
    match node.name() {
        Some(channel) => Followed::Send(channel, text(reader, node)),
        None if node.has(Rule::kw_follow) => Followed::Person,
        None if node.has(Rule::kw_call) => Followed::CallAgain,
        None => Followed::NeverAgain,
    }
}

fn ticket_outcome(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<TicketOutcome> {
    if let Some(value) = child_expression(reader, node) {
        return Some(TicketOutcome::Is(node.name()?, value));
    }
    let (times, because) = (times(reader, node), because(reader, node));
    let happened = node.child(Rule::ticket_outcome);
    let has = |rule| happened.as_ref().is_some_and(|happened| happened.has(rule));
    let kinds = [
        (Rule::kw_escalated, TicketHappened::Escalated),
        (Rule::kw_notified, TicketHappened::Notified),
        (Rule::kw_called, TicketHappened::CalledBack),
        (Rule::kw_closed, TicketHappened::Closed),
    ];
    let what = kinds.into_iter().find(|(word, _)| has(*word));
    let what = what.map_or(TicketHappened::Opened, |(_, what)| what);
    let whom = happened.as_ref().and_then(Node::name);
    if has(Rule::kw_step) {
        return Some(TicketOutcome::InStep { step: whom?, times, because });
    }
    let words = happened.as_ref().and_then(|happened| text(reader, happened));
    Some(TicketOutcome::Happened { what, whom, words, times, because })
}

fn told(reader: &mut Reader<'_>, node: &Node<'_>, list: Rule) -> Vec<(Name, Expr)> {
    node.child(list).map(|fields| told_in(reader, &fields)).unwrap_or_default()
}

fn told_in(reader: &mut Reader<'_>, fields: &Node<'_>) -> Vec<(Name, Expr)> {
    let fields = fields.all(Rule::handed_field);
    fields.filter_map(|field| Some((field.name()?, child_expression(reader, &field)?))).collect()
}

fn expect_dialog(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<TestLineKind> {
    Some(match (node.name(), text(reader, node)) {
        (Some(queue), _) => TestLineKind::ExpectOffers(queue),
        (None, None) => TestLineKind::ExpectResolved,
        (None, Some(text)) if node.has(Rule::kw_asks) => TestLineKind::ExpectAsks(text),
        (None, Some(text)) => TestLineKind::ExpectSays(text),
    })
}
