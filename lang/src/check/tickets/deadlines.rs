//! What must have happened to a ticket by when.

use tandem_stdlib::contract::{Reason, TicketDeadline, TicketEvent};

use super::Lines;
use super::flow::goal;
use crate::check::context::{Context, small};
use crate::check::dialling::PERIOD_MS_MAX;
use crate::check::limits::stretch;
use crate::check::resolve::{Kind, dotted};
use crate::check::types::{Stand, Typer};
use crate::check::watches::target;
use crate::diagnostics::{Code, Diagnostic};
use crate::source::Span;
use crate::tree::Deadline;

/// Warns of days of a calendar: whoever writes `3d` of office hours means three days, and gets 72 open hours.
fn days_of_hours(context: &mut Context<'_>, written: &Deadline) {
    let shown = context.shown(written.within.span);
    if !shown.ends_with('d') {
        return;
    }
    let hours = written.within.value / 3_600_000;
    let calendar = written.of.as_ref().map(dotted).unwrap_or_default();
    let message = format!("`{shown}` of `{calendar}` are {hours} hours in which it is open");
    let help = format!("write the hours: `{hours}h`, or for days of eight hours `{}h`", hours / 3);
    let wrong = Diagnostic::new(Code::DaysOfOpenHours, written.within.span, message);
    context.report(wrong.help(help));
}

/// A deadline of a step (index) or of the whole ticket; `None`: wrong, which has been reported.
pub(super) fn deadline(
    typer: &mut Typer<'_, '_>,
    lines: &Lines<'_>,
    step: Option<u32>,
    written: &Deadline,
    span: Span,
) -> Option<TicketDeadline> {
    if written.unless == TicketEvent::Done && step.is_none() {
        let message = "only a step can be done";
        let help = if lines.steps.is_empty() {
            "write `closed`, or give the ticket steps: `step inspection by QUEUE { … }`"
        } else {
            "move the line into its step, or write `closed`"
        };
        typer.context.error(Code::TicketIncomplete, span, message, Some(help.to_owned()));
        return None;
    }
    if matches!(written.unless, TicketEvent::Opened | TicketEvent::Escalated) {
        let message = format!("every ticket is `{}` before this could pass", written.unless.name());
        let help = "write `touched`, `assigned` or `closed`".to_owned();
        typer.context.error(Code::TicketIncomplete, span, message, Some(help));
        return None;
    }
    let within_ms = stretch(typer.context, written.within, PERIOD_MS_MAX);
    let calendar = match &written.of {
        Some(path) => {
            let symbol = typer.context.find(lines.file, path, Kind::Calendar)?;
            Some(small(typer.context.world.symbol(symbol)?.at))
        }
        None => None,
    };
    if calendar.is_some() {
        days_of_hours(typer.context, written);
    }
    let because = written.because.as_ref().map(|quoted| quoted.text.clone()).unwrap_or_default();
    let when = match &written.when {
        Some(when) => {
            typer.stand_in(Stand::Ticket);
            let typed = typer.condition(when);
            typer.stand_in(Stand::Route);
            let name = format!("{} deadline", lines.name);
            Some(typer.context.holds(name, "deadline holds", typed?, &because))
        }
        None => None,
    };
    let escalate_to = match &written.escalate {
        Some(role) => target(typer.context, false, role)?,
        None => 0,
    };
    let reassign_to = match &written.reassign {
        Some(queue) => target(typer.context, true, queue)?,
        None => 0,
    };
    if reassign_to > 0 {
        typer.context.reach_queue(reassign_to);
    }
    let goes_to = match &written.goes {
        Some(goes) => Some(goal(typer.context, lines, goes)?),
        None => None,
    };
    let reason = Reason { because, place: typer.context.place(span) };
    let (unless, repeats) = (written.unless, written.repeats);
    let within_ms = within_ms?;
    Some(TicketDeadline {
        unless,
        within_ms,
        calendar,
        repeats,
        when,
        escalate_to,
        reassign_to,
        step,
        goes_to,
        reason,
    })
}
