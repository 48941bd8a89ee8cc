//! Hours on somebody's clock, windows and attempts: what campaigns, laws and tickets share.

use tandem_stdlib::contract::{AbandonedOf, AttemptsOf};

use super::calendar::{days, hours, weekdays};
use super::expression::within;
use super::grammar::{Node, Reader, Rule};
use super::literal::spanned_number;
use crate::tree::{
    Abandoned, Attempts, CallHours, DaysOff, Name, Quiet, Spanned, Unsure, WhoseClock, WindowOf, ZoneName,
};

/// The hours in a node and whose clock they are on.
pub(super) fn call_hours(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<CallHours> {
    let (week, clock) = (node.child(Rule::week)?, node.child(Rule::whose_clock)?);
    let part = |part: Node<'_>| {
        let days = part.all(Rule::weekdays).fold(0, |set, range| set | weekdays(&range));
        let hours = part.all(Rule::hours).map(|range| hours(reader, &range)).collect::<Option<Vec<_>>>()?;
        Some((if days == 0 { EVERY_DAY } else { days }, hours))
    };
    let parts = week.all(Rule::week_part).map(part).collect::<Option<Vec<_>>>()?;
    Some(CallHours { week: parts, clock: whose_clock(&clock)?, span: week.span().to(clock.span()) })
}

/// All days of the week.
const EVERY_DAY: u8 = 0b111_1111;

fn whose_clock(node: &Node<'_>) -> Option<WhoseClock> {
    if let Some(zone) = node.child(Rule::zone) {
        return Some(WhoseClock::Zone(zone_name(&zone)));
    }
    let unsure = node.child(Rule::unsure).map(|unsure| match unsure.child(Rule::zone) {
        Some(zone) => Unsure::Assume(zone_name(&zone)),
        None if unsure.has(Rule::kw_never) => Unsure::Never,
        None => Unsure::Strictest,
    });
    Some(WhoseClock::Callee(node.path()?, unsure))
}

fn zone_name(node: &Node<'_>) -> ZoneName {
    ZoneName { text: node.text().to_owned(), span: node.span() }
}

/// `not on …`
pub(super) fn days_off(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<DaysOff> {
    if let Some(path) = node.path() {
        return Some(DaysOff::Holidays(path));
    }
    let listed: Option<Vec<_>> = node.all(Rule::days).map(|range| days(reader, &range)).collect();
    listed.map(DaysOff::Days)
}

/// `at most 3 attempts per 7d per person`
pub(super) fn attempts(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Attempts> {
    let node = node.child(Rule::attempts)?;
    let max = spanned_number(reader, &node.child(Rule::number)?);
    let window = window(reader, &node)?;
    let per = if node.has(Rule::kw_number) { AttemptsOf::Number } else { AttemptsOf::Person };
    Some(Attempts { max, window, per, span: node.span() })
}

fn window(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<WindowOf> {
    let node = node.child(Rule::window)?;
    Some(match within(reader, &node) {
        Some(sliding) => WindowOf::Sliding(sliding),
        None if node.has(Rule::kw_day) => WindowOf::Day,
        None if node.has(Rule::kw_month) => WindowOf::Month,
        None => WindowOf::Campaign,
    })
}

/// `wait 4h after no_answer, 1d after busy`
pub(super) fn waits(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Vec<(Spanned<i64>, Name)>> {
    let node = node.child(Rule::waits)?;
    let wait = |one: Node<'_>| Some((within(reader, &one)?, one.name()?));
    node.all(Rule::wait).map(wait).collect()
}

/// `quiet 60d after refused`, `never again after refused`
pub(super) fn quiet(reader: &mut Reader<'_>, node: &Node<'_>) -> Quiet {
    let after = node.all(Rule::name).map(|name| name.as_name()).collect();
    Quiet { lasts: within(reader, node), after, span: node.span() }
}

/// `abandoned <= 3% of live answers over 30d`
pub(super) fn abandoned(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Abandoned> {
    let node = node.child(Rule::abandoned)?;
    let share = spanned_number(reader, &node.child(Rule::percent)?);
    let counted = node.child(Rule::counted_calls)?;
    let of = match (counted.has(Rule::kw_live), counted.has(Rule::kw_queued)) {
        (true, _) => AbandonedOf::LiveAnswers,
        (_, true) => AbandonedOf::ReachedQueue,
        _ => AbandonedOf::AllCalls,
    };
    Some(Abandoned { share, of, window: window(reader, &node)?, span: node.span() })
}
