//! Quality checks.

use tandem_stdlib::contract::{FactSource, Party, QaItem, QaWeight, Reason, Signal, Trigger, Type};

use super::context::Context;
use super::dates;
use super::limits::{STRETCH_MS_MAX, counted, stretch};
use super::resolve::Kind;
use super::types::{Stand, Typer};
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{Qa, QaRule};
use crate::source::Span;
use crate::tree;

/// The share of points from which a call passes when nothing else is said.
const PASS_SHARE_DEFAULT: f64 = 0.8;

/// Checks all quality checks; one with an error is left out.
pub(super) fn qas(context: &mut Context<'_>) -> Vec<Qa> {
    let items = context.world.qas.clone();
    let names = context.names_of(Kind::Qa);
    items.into_iter().zip(names).filter_map(|((file, item), name)| qa(context, file, item, name)).collect()
}

fn qa(context: &mut Context<'_>, file: usize, item: &tree::Qa, name: String) -> Option<Qa> {
    let applies = match &item.applies {
        Some(when) => Typer::new(context, file, Stand::Quality).condition(when).map(Some),
        None => Some(None),
    };
    let items: Vec<Option<(QaRule, QaItem)>> =
        item.items.iter().map(|one| qa_item(context, file, one)).collect();
    if item.items.is_empty() && !context.is_incomplete(item.span) {
        let message = format!("the quality check `{}` checks nothing", item.name.text);
        let help = "add an item, such as `agent must say farewell score 5`".to_owned();
        context.error(Code::QaItemIncomplete, item.name.span, message, Some(help));
    }
    let pass_share = pass_share(context, item);
    let effective = dates::effective(context, item.dates.as_ref());
    let (applies, items) = (applies?, items.into_iter().collect::<Option<Vec<_>>>()?);
    let triggers = triggers(items.iter().map(|(rule, _)| rule));
    Some(Qa {
        name,
        place: context.place(item.name.span),
        effective: effective?,
        triggers,
        applies,
        items,
        pass_share: pass_share?,
    })
}

fn pass_share(context: &mut Context<'_>, item: &tree::Qa) -> Option<f64> {
    let Some(share) = item.passes_at else { return Some(PASS_SHARE_DEFAULT) };
    if (0.0..=1.0).contains(&share.value) {
        return Some(share.value);
    }
    let message = "no call keeps such a share of its points";
    context.error(Code::QaItemIncomplete, share.span, message, Some("write 0% to 100%".to_owned()));
    None
}

fn qa_item(context: &mut Context<'_>, file: usize, item: &tree::QaItem) -> Option<(QaRule, QaItem)> {
    let (rule, asked) = rule(context, file, item);
    let weight = weight(context, item.weight);
    let label = context.shown(Span { end: asked.end.max(item.span.start), ..item.span });
    let because = item.because.as_ref().map(|quoted| quoted.text.clone()).unwrap_or_default();
    let reason = Reason { because, place: context.place(item.span) };
    Some((rule?, QaItem { label, weight: weight?, reason }))
}

/// The rule, and the last place that belongs to it.
fn rule(context: &mut Context<'_>, file: usize, item: &tree::QaItem) -> (Option<QaRule>, Span) {
    match &item.rule {
        tree::QaRule::MustSay(party, path, within) => {
            let said = said(context, file, *party, path);
            let within_ms = match within {
                Some(within) => stretch(context, *within, STRETCH_MS_MAX).map(Some),
                None => Some(None),
            };
            let end = within.map_or(path.span, |within| within.span);
            let rule = said.zip(within_ms);
            (rule.map(|(said, within_ms)| QaRule::MustSay { said, party: *party, within_ms }), end)
        }
        tree::QaRule::MustNotSay(party, path) => {
            let said = said(context, file, *party, path);
            (said.map(|said| QaRule::MustNotSay { said }), path.span)
        }
        tree::QaRule::TalkShare(party, low, high) => {
            (talk_share(context, file, *party, low, high), low.span.to(high.span))
        }
        tree::QaRule::Silence(under) => {
            let silence = FactSource::Signal(Party::Customer, Signal::Silence);
            let under_ms = stretch(context, *under, STRETCH_MS_MAX);
            (under_ms.map(|under_ms| QaRule::Silence { silence, under_ms }), under.span)
        }
    }
}

fn said(context: &mut Context<'_>, file: usize, party: Party, path: &tree::Path) -> Option<FactSource> {
    let symbol = context.find(file, path, Kind::Phrases)?;
    Some(FactSource::Said(party, context.phrases.index(symbol)))
}

fn talk_share(
    context: &mut Context<'_>,
    file: usize,
    party: Party,
    low: &tree::Expr,
    high: &tree::Expr,
) -> Option<QaRule> {
    let mut typer = Typer::new(context, file, Stand::Constant);
    let mut end =
        |expr: &tree::Expr| typer.constant(expr, Type::Percent, "a share of the talk").map(f64::from_bits);
    let (from, to) = (end(low), end(high));
    let (low_share, high_share) = (from?, to?);
    if low_share > high_share {
        let span = low.span.to(high.span);
        let wrong = Diagnostic::new(Code::EmptyRange, span, "no share of the talk lies in this range");
        context.report(wrong.help("write the lower end first"));
        return None;
    }
    let share = FactSource::Signal(party, Signal::TalkShare);
    Some(QaRule::TalkShare { share, low: low_share, high: high_share })
}

fn weight(context: &mut Context<'_>, weight: tree::QaWeight) -> Option<QaWeight> {
    match weight {
        tree::QaWeight::Critical => Some(QaWeight::Critical),
        tree::QaWeight::Fail => Some(QaWeight::Fail),
        tree::QaWeight::Score(points) => counted(context, points, 0.0).map(QaWeight::Score),
    }
}

/// When items must be looked at, in a fixed order.
fn triggers<'r>(rules: impl Iterator<Item = &'r QaRule>) -> Vec<Trigger> {
    let (mut turns, mut frames, mut starts) = ([false; 2], false, false);
    let mut turn = |party: Party| {
        let [customer, agent] = &mut turns;
        *if party == Party::Customer { customer } else { agent } = true;
    };
    for rule in rules {
        match rule {
            QaRule::MustSay { party, within_ms, .. } => {
                turn(*party);
                starts |= within_ms.is_some();
            }
            QaRule::MustNotSay { said: FactSource::Said(party, _) } => turn(*party),
            QaRule::Silence { .. } => frames = true,
            QaRule::MustNotSay { .. } | QaRule::TalkShare { .. } => {}
        }
    }
    let [customer, agent] = turns;
    let wanted = [
        (starts || frames, Trigger::Start),
        (customer || frames, Trigger::Turn(Party::Customer)),
        (agent || frames, Trigger::Turn(Party::Agent)),
        (frames, Trigger::Frame(Party::Customer)),
        (frames, Trigger::Frame(Party::Agent)),
        (true, Trigger::Wake),
        (true, Trigger::End),
    ];
    wanted.into_iter().filter(|(wanted, _)| *wanted).map(|(_, trigger)| trigger).collect()
}
