//! Targets: figures to reach.

use tandem_stdlib::contract::{Metric, Reason, Slot, TargetSpec, Type};

use crate::check::context::Context;
use crate::check::limits::{counted, stretch};
use crate::check::queues::{WAIT_MS_MAX, service_level};
use crate::check::resolve::{Kind, QUEUE};
use crate::check::types::{Stand, Typer};
use crate::diagnostics::{Code, Diagnostic};
use crate::tree::{self, Bound, CompareOp};

/// The longest time within which somebody calls again, in milliseconds: 90 days.
const REPEAT_MS_MAX: i64 = 90 * 24 * 3_600_000;

/// Checks all targets, one figure a line; a line with an error is left out. Those of the standard library hold where a
/// `use` names them.
pub(super) fn targets(context: &mut Context<'_>) -> Vec<TargetSpec> {
    let items = context.world.targets.clone();
    let names = context.names_of(Kind::Target);
    let mut found = Vec::new();
    for ((file, item), name) in items.into_iter().zip(names) {
        if context.world.is_standard(file) && !context.world.is_brought(&name) {
            continue;
        }
        if item.lines.is_empty() && !context.is_incomplete(item.span) {
            let message = format!("the target `{}` names no figure", item.name.text);
            let help = "add one, such as `occupancy in 70%..85%`".to_owned();
            context.error(Code::CentreIncomplete, item.name.span, message, Some(help));
        }
        for line in &item.lines {
            found.extend(figures(context, file, &name, line).into_iter().flatten());
        }
    }
    found
}

/// A line as one bound, or as a lower and an upper one.
fn figures(
    context: &mut Context<'_>,
    file: usize,
    name: &str,
    line: &tree::TargetLine,
) -> Option<Vec<TargetSpec>> {
    let queue: Option<Slot> = match &line.queue {
        Some(queue) => context.word(QUEUE, queue),
        None => Some(0),
    };
    let metric = metric(context, line.metric);
    let ty = unit(line.metric);
    let because = line.because.as_ref().map(|quoted| quoted.text.clone()).unwrap_or_default();
    let reason = Reason { because, place: context.place(line.span) };
    let bounds = match &line.bound {
        Bound::Compare(op, value, span) => vec![(at_least(context, *op, *span), value)],
        Bound::In(low, high) => vec![(Some(true), low), (Some(false), high)],
    };
    let mut found = Vec::with_capacity(bounds.len());
    for (at_least, value) in bounds {
        let slot = Typer::new(context, file, Stand::Constant).constant(value, ty, "the figure");
        found.push(at_least.zip(slot).map(|(at_least, slot)| (at_least, number(ty, slot))));
    }
    let (queue, metric) = (queue?, metric?);
    let found = found.into_iter().collect::<Option<Vec<_>>>()?;
    if let ([(_, low), (_, high)], Bound::In(first, last)) = (found.as_slice(), &line.bound)
        && low > high
    {
        let (span, message) = (first.span.to(last.span), "no figure lies in this range");
        context.error(Code::EmptyRange, span, message, Some("write the lower figure first".to_owned()));
        return None;
    }
    let spec = |(at_least, value)| TargetSpec {
        name: name.to_owned(),
        metric,
        queue,
        at_least,
        value,
        reason: reason.clone(),
    };
    Some(found.into_iter().map(spec).collect())
}

/// Whether a figure is to be at least the value; reports comparisons that are neither `>=` nor `<=`.
pub(in crate::check) fn at_least(
    context: &mut Context<'_>,
    op: CompareOp,
    span: crate::source::Span,
) -> Option<bool> {
    match op {
        CompareOp::AtLeast => Some(true),
        CompareOp::AtMost => Some(false),
        _ => {
            let message = "a figure says how much it is at least or at most";
            let wrong = Diagnostic::new(Code::NotHere, span, message);
            context.report(match op {
                CompareOp::Less => wrong.help("write `<=`").fix(span, "<="),
                CompareOp::More => wrong.help("write `>=`").fix(span, ">="),
                _ => wrong.help("write `>=`, `<=` or `in LOW..HIGH`"),
            });
            None
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "times are far below 2^53 milliseconds")]
fn number(ty: Type, slot: Slot) -> f64 {
    if ty.is_float() { f64::from_bits(slot) } else { slot.cast_signed() as f64 }
}

const fn unit(metric: tree::Metric) -> Type {
    match metric {
        tree::Metric::AverageSpeedOfAnswer
        | tree::Metric::AverageHandleTime
        | tree::Metric::MeanWait
        | tree::Metric::LongestWait
        | tree::Metric::Latency(_) => Type::Duration,
        tree::Metric::CallsPerAgent => Type::Number,
        _ => Type::Percent,
    }
}

fn metric(context: &mut Context<'_>, metric: tree::Metric) -> Option<Metric> {
    Some(match metric {
        tree::Metric::ServiceLevel(level) => {
            let (within_ms, short_abandon_ms) = service_level(context, level)?;
            Metric::ServiceLevel { within_ms, formula: level.formula, short_abandon_ms }
        }
        tree::Metric::AverageSpeedOfAnswer => Metric::AverageSpeedOfAnswer,
        tree::Metric::AverageHandleTime => Metric::AverageHandleTime,
        tree::Metric::MeanWait => Metric::MeanWait,
        tree::Metric::LongestWait => Metric::LongestWait,
        tree::Metric::Abandonment(short) => {
            let short = match short {
                Some(short) => stretch(context, short, WAIT_MS_MAX)?,
                None => 0,
            };
            Metric::Abandonment { short_abandon_ms: short }
        }
        tree::Metric::CampaignAbandonment => Metric::CampaignAbandonment,
        tree::Metric::AnswerRate => Metric::AnswerRate,
        tree::Metric::Occupancy => Metric::Occupancy,
        tree::Metric::TransferRate => Metric::TransferRate,
        tree::Metric::TransferError => Metric::TransferError,
        tree::Metric::Containment => Metric::Containment,
        tree::Metric::AutomationRate => Metric::AutomationRate,
        tree::Metric::AvoidableContacts => Metric::AvoidableContacts,
        tree::Metric::CallsPerAgent => Metric::CallsPerAgent,
        tree::Metric::IntentAccuracy => Metric::IntentAccuracy,
        tree::Metric::Latency(of) => Metric::Latency { of },
        tree::Metric::FirstContactResolution(within) => {
            Metric::FirstContactResolution { within_ms: stretch(context, within, REPEAT_MS_MAX)? }
        }
        tree::Metric::QualityPassedByAgent(checks) => {
            let checks = match checks {
                Some(checks) => counted(context, checks, 1.0)?,
                None => 0,
            };
            Metric::QualityPassedByAgent { checks }
        }
        tree::Metric::QualityPassed => Metric::QualityPassed,
    })
}
