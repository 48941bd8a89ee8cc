//! The steps of a wait.

use tandem_stdlib::contract::{Need, Slot, WaitingAction, WaitingStep};

use super::needs::level_range;
use crate::check::context::Context;
use crate::check::limits::stretch;
use crate::check::resolve::{QUEUE, SKILL};
use crate::diagnostics::{Code, Diagnostic};
use crate::source::Span;
use crate::tree::{self, Name};

/// The longest wait that anything is said of, in milliseconds: a day.
pub(in crate::check) const WAIT_MS_MAX: i64 = 24 * 3_600_000;

/// Checks the steps of a wait, in order of time.
pub(super) fn steps(context: &mut Context<'_>, item: &tree::Queue, needs: &[Need]) -> Vec<WaitingStep> {
    let (mut steps, mut before): (Vec<WaitingStep>, Option<(i64, Span)>) = (Vec::new(), None);
    let mut left: Option<Span> = None;
    for step in &item.waiting {
        let after_ms = match step.after.value {
            0 => Some(0),
            _ => stretch(context, step.after, WAIT_MS_MAX),
        };
        let action = action(context, item, step, needs);
        let (Some(after_ms), Some(action)) = (after_ms, action) else { continue };
        if let Some(span) = left {
            let wrong =
                Diagnostic::new(Code::StepNeverReached, step.span, "nobody waits here any more by then");
            context.report(wrong.note(span, "the call has left here").help("move it up, or remove it"));
        } else if let Some((_, span)) = before.filter(|(last, _)| *last > after_ms) {
            let wrong =
                Diagnostic::new(Code::StepNeverReached, step.span, "this step comes before the one above it");
            context.report(wrong.note(span, "this comes later").help("write the steps in order of time"));
        }
        if matches!(action, WaitingAction::Overflow(_) | WaitingAction::HangUp) {
            left = left.or(Some(step.span));
        }
        before = Some((after_ms, step.span));
        steps.push(WaitingStep { after_ms, action });
    }
    steps.sort_by_key(|step| step.after_ms);
    steps
}

fn action(
    context: &mut Context<'_>,
    item: &tree::Queue,
    step: &tree::WaitingStep,
    needs: &[Need],
) -> Option<WaitingAction> {
    Some(match &step.action {
        tree::WaitingAction::AcceptLevels(levels) => {
            let (low, high) = level_range(context, *levels)?;
            let widens = |need: &Need| need.all_of.iter().any(|skill| low < skill.low || skill.high < high);
            if !needs.iter().any(widens) {
                let name = item.names.first().map(|name| name.text.as_str()).unwrap_or_default();
                let message = format!("agents with these levels serve `{name}` from the start");
                let wrong = Diagnostic::new(Code::StepNeverReached, step.span, message);
                context.report(wrong.help("write levels beyond those of `needs`, or remove the step"));
            }
            WaitingAction::AcceptLevels { low, high }
        }
        tree::WaitingAction::AcceptSkill(skill) => WaitingAction::AcceptSkill(context.word(SKILL, skill)?),
        tree::WaitingAction::OfferCallback => WaitingAction::OfferCallback,
        tree::WaitingAction::Overflow(queue) => WaitingAction::Overflow(destination(context, queue)?),
        tree::WaitingAction::Also(queue) => WaitingAction::Also(destination(context, queue)?),
        tree::WaitingAction::Priority(priority) => WaitingAction::Priority(priority.value),
        tree::WaitingAction::Play(text) => WaitingAction::Play(context.literals.slot(&text.text)),
        tree::WaitingAction::AnnounceWait => WaitingAction::AnnounceWait,
        tree::WaitingAction::HangUp => WaitingAction::HangUp,
    })
}

/// A queue to which calls go.
pub(in crate::check) fn destination(context: &mut Context<'_>, queue: &Name) -> Option<Slot> {
    let slot = context.word(QUEUE, queue)?;
    context.reach_queue(slot);
    Some(slot)
}
