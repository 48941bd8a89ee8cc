//! `target`.

use tandem_stdlib::contract::Latency;

use super::cell::{cell_value, compare_op};
use super::expression::within;
use super::grammar::{Node, Reader, Rule};
use super::literal::spanned_number;
use super::members::statements;
use super::queue::service_level;
use super::route::because;
use crate::layout::Statement;
use crate::source::Span;
use crate::tree::{Bound, Item, Metric, Target, TargetLine};

/// `target NAME { … }`
pub(super) fn target(reader: &mut Reader<'_>, item: &Statement) -> Option<Item> {
    let name = reader.read(Rule::target_head, item.span)?.name()?;
    let lines = statements(reader, item).into_iter().filter_map(|line| target_line(reader, line.span));
    let lines = lines.collect();
    Some(Item::Target(Target { name, lines, span: item.whole() }))
}

fn target_line(reader: &mut Reader<'_>, span: Span) -> Option<TargetLine> {
    let node = reader.read(Rule::target_line, span)?;
    let metric = metric(reader, &node.child(Rule::metric)?)?;
    let mut values = node.all(Rule::cell_value);
    let first = cell_value(reader, &values.next()?);
    let bound = match (values.next(), node.child(Rule::op_compare)) {
        (Some(high), _) => Bound::In(first, cell_value(reader, &high)),
        (None, Some(op)) => Bound::Compare(compare_op(op.text()), first, op.span()),
        (None, None) => return None,
    };
    Some(TargetLine { queue: node.name(), metric, bound, because: because(reader, &node), span })
}

pub(super) fn metric(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Metric> {
    let first = node.children().next()?;
    Some(match first.rule() {
        Rule::service_level => Metric::ServiceLevel(service_level(reader, &first)?),
        Rule::kw_asa => Metric::AverageSpeedOfAnswer,
        Rule::kw_aht => Metric::AverageHandleTime,
        Rule::kw_mean => Metric::MeanWait,
        Rule::kw_longest => Metric::LongestWait,
        Rule::kw_abandonment => Metric::Abandonment(within(reader, node)),
        Rule::kw_campaign => Metric::CampaignAbandonment,
        Rule::kw_answer => Metric::AnswerRate,
        Rule::kw_occupancy => Metric::Occupancy,
        Rule::kw_transfer if node.has(Rule::kw_error) => Metric::TransferError,
        Rule::kw_transfer => Metric::TransferRate,
        Rule::kw_containment => Metric::Containment,
        Rule::kw_automation => Metric::AutomationRate,
        Rule::kw_avoidable => Metric::AvoidableContacts,
        Rule::kw_calls => Metric::CallsPerAgent,
        Rule::kw_intent => Metric::IntentAccuracy,
        Rule::kw_latency => Metric::Latency(latency(&node.child(Rule::latency)?)?),
        Rule::kw_first => Metric::FirstContactResolution(within(reader, node)?),
        _ if node.has(Rule::kw_agent) => {
            let checks = node.child(Rule::number).map(|number| spanned_number(reader, &number));
            Metric::QualityPassedByAgent(checks)
        }
        _ => Metric::QualityPassed,
    })
}

fn latency(node: &Node<'_>) -> Option<Latency> {
    Some(match node.children().next()?.rule() {
        Rule::kw_decision => Latency::Decision,
        Rule::kw_screen => Latency::Screen,
        Rule::kw_record => Latency::Record,
        Rule::kw_ticket => Latency::Ticket,
        Rule::kw_escalation => Latency::Escalation,
        Rule::kw_callback => Latency::CallBack,
        _ => Latency::Report,
    })
}
