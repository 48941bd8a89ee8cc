//! `replay` items: what is measured, and whether recordings can tell.

use tandem_stdlib::contract::{ReplayExpectation, ReplayFigure, ReplaySpec, Type};

use super::centre::at_least;
use super::context::Context;
use super::types::{Stand, Typer};
use super::watches::target;
use crate::diagnostics::Code;
use crate::source::Span;
use crate::tree::{self, Bound, CompareOp, Metric, Quoted, ReplayExpected};

/// Checks all replays; one with an error is left out.
pub(super) fn replays(context: &mut Context<'_>) -> Vec<ReplaySpec> {
    let items = context.world.replays.clone();
    items.into_iter().filter_map(|(file, item)| replay(context, file, item)).collect()
}

fn replay(context: &mut Context<'_>, file: usize, item: &tree::Replay) -> Option<ReplaySpec> {
    let paths = [Some(&item.pattern), item.since.as_ref()];
    let sound = paths.into_iter().flatten().map(|path| is_relative(context, path)).collect::<Vec<_>>();
    if item.expected.is_empty() && !context.is_incomplete(item.span) {
        let help = "say what is expected: `expect changed queue <= 2%`, `expect no warnings`".to_owned();
        context.error(Code::ReplayNotJudged, item.pattern.span, "the replay expects nothing", Some(help));
    }
    let expected: Vec<_> = item.expected.iter().map(|one| expectations(context, file, one)).collect();
    let expected: Option<Vec<_>> = expected.into_iter().collect();
    sound.iter().all(|sound| *sound).then_some(())?;
    Some(ReplaySpec {
        pattern: item.pattern.text.clone(),
        since: item.since.as_ref().map(|since| since.text.clone()),
        place: context.place(item.pattern.span),
        expected: expected?.into_iter().flatten().collect(),
    })
}

/// Paths lead from the policy's own folder, so that they mean the same on every machine.
fn is_relative(context: &mut Context<'_>, path: &Quoted) -> bool {
    let text = path.text.as_str();
    let rooted = text.starts_with(['/', '\\', '~']) || text.get(1..2) == Some(":");
    let message = match (text.trim().is_empty(), rooted) {
        (true, _) => "the path is empty",
        (_, true) => "the path is not relative to the policy's folder",
        _ => return true,
    };
    let help = "write a path from the folder of this file, such as `\"recordings/2026-10/**\"`".to_owned();
    context.error(Code::ReplayNotJudged, path.span, message, Some(help));
    false
}

/// One line as one bound, or as a lower and an upper one.
fn expectations(
    context: &mut Context<'_>,
    file: usize,
    item: &ReplayExpected,
) -> Option<Vec<ReplayExpectation>> {
    let (place, shown) = (context.place(item.span), context.shown(item.span));
    let shown = shown.split_whitespace().skip(1).collect::<Vec<_>>().join(" ");
    let expectation = |figure, at_least, value| ReplayExpectation {
        figure,
        at_least,
        value,
        shown: shown.clone(),
        place: place.clone(),
    };
    let Some((figure, bound)) = &item.figure else {
        return Some(vec![expectation(ReplayFigure::Warnings, false, 0.0)]);
    };
    let figure = self::figure(context, figure);
    let bounds = match bound {
        Bound::Compare(op, value, span) => vec![(direction(context, *op, *span), value)],
        Bound::In(low, high) => vec![(Some(true), low), (Some(false), high)],
    };
    let mut found = Vec::with_capacity(bounds.len());
    for (at_least, value) in bounds {
        let share = share(context, file, value);
        found.push(at_least.zip(share));
    }
    let (figure, found) = (figure?, found.into_iter().collect::<Option<Vec<_>>>()?);
    Some(found.into_iter().map(|(at_least, value)| expectation(figure, at_least, value)).collect())
}

fn direction(context: &mut Context<'_>, op: CompareOp, span: Span) -> Option<bool> {
    at_least(context, op, span)
}

/// A share of calls.
fn share(context: &mut Context<'_>, file: usize, value: &tree::Expr) -> Option<f64> {
    let slot = Typer::new(context, file, Stand::Constant).constant(value, Type::Percent, "the share")?;
    let share = f64::from_bits(slot);
    if (0.0..=1.0).contains(&share) {
        return Some(share);
    }
    let message = format!("`{}` is no share of all calls", context.shown(value.span));
    context.error(Code::BadLiteral, value.span, message, Some("write `0%` to `100%`".to_owned()));
    None
}

fn figure(context: &mut Context<'_>, figure: &tree::ReplayFigure) -> Option<ReplayFigure> {
    Some(match figure {
        tree::ReplayFigure::ChangedQueue => ReplayFigure::ChangedQueue,
        tree::ReplayFigure::Action { transfer: true, target: queue } => {
            ReplayFigure::Transfer(target(context, true, queue)?)
        }
        tree::ReplayFigure::Action { transfer: false, target: role } => {
            ReplayFigure::Alert(target(context, false, role)?)
        }
        tree::ReplayFigure::Metric(Metric::TransferRate, _) => ReplayFigure::TransferRate,
        tree::ReplayFigure::Metric(Metric::QualityPassed, _) => ReplayFigure::QualityPassed,
        tree::ReplayFigure::Metric(_, span) => {
            let message = format!("recordings do not tell `{}`", context.shown(*span));
            let help = "they tell `changed queue`, `transfer rate`, `quality passed`, `alert ROLE in` and `transfer QUEUE in`; \
                        a `target` holds for a simulated centre";
            context.error(Code::ReplayNotJudged, *span, message, Some(help.to_owned()));
            return None;
        }
    })
}
