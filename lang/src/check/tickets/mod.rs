//! Tickets.

mod call_back;
mod classify;
mod deadlines;

use tandem_stdlib::contract::{CallBack, EntryRef, Outcome, Slot, TicketDeadline, TicketNotice, TicketSpec};
use tandem_stdlib::words::CalendarSpec;

use super::context::Context;
use super::laws::Law;
use super::resolve::Kind;
use super::spoken::speech;
use super::types::{Stand, Typer};
use super::watches::target;
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{Choice, Expr, Route, Rule};
use crate::source::Span;
use crate::tree::{Ticket, TicketLineKind as Line};

/// Checks all kinds of tickets; one with an error is left out.
pub(super) fn tickets(
    context: &mut Context<'_>,
    laws: &[Law],
    calendars: &[CalendarSpec],
) -> Vec<TicketSpec> {
    let names = context.names_of(Kind::Ticket);
    let items = context.world.tickets.clone();
    let named = items.into_iter().zip(names);
    let mut found = Vec::new();
    for ((file, item), name) in named {
        match ticket(context, file, item, name, laws, calendars) {
            Some(spec) => found.push(spec),
            None => context.leave_out(item.span),
        }
    }
    found
}

/// What the lines of a ticket come to.
#[derive(Default)]
struct Found {
    classify: Option<EntryRef>,
    assign: Slot,
    deadlines: Vec<TicketDeadline>,
    notices: Vec<TicketNotice>,
    call_back: Option<CallBack>,
}

fn ticket(
    context: &mut Context<'_>,
    file: usize,
    item: &Ticket,
    name: String,
    laws: &[Law],
    calendars: &[CalendarSpec],
) -> Option<TicketSpec> {
    let place = context.place(item.name.span);
    let mut typer = Typer::new(context, file, Stand::Quality);
    let when = match &item.when {
        Some(when) => typer.condition(when).map(Some),
        None => Some(None),
    };
    typer.stand_in(Stand::Route);
    typer.add_lets(&item.lets);
    let mut found = Found::default();
    let mut whole = once(typer.context, item);
    for line in &item.lines {
        whole &=
            read(&mut typer, file, &name, &line.kind, line.span, (laws, calendars), &mut found).is_some();
    }
    if !typer.context.is_incomplete(item.span) {
        typer.report_unused_lets(&item.lets);
    }
    if item.lines.is_empty() && !context.is_incomplete(item.span) {
        let message = format!("nobody gets the ticket `{}`", item.name.text);
        let help = "say who: `assign after_sales`".to_owned();
        context.error(Code::TicketIncomplete, item.name.span, message, Some(help));
        return None;
    }
    let opens = when?.map(|when| condition(context, format!("{name} opens"), "opens", when, ""));
    let Found { classify, assign, deadlines, notices, call_back } = found;
    whole.then_some(TicketSpec { name, place, opens, classify, assign, deadlines, notices, call_back })
}

/// An entry whose only outcome is that a condition holds.
fn condition(context: &mut Context<'_>, name: String, label: &str, when: Expr, because: &str) -> EntryRef {
    let place = context.place(when.span);
    let outcome = Outcome { label: label.to_owned(), because: because.to_owned(), place: place.clone() };
    let choices = vec![Choice::Rule(Rule { when: Some(when), answers: Vec::new(), outcome })];
    context.condition(Route { name, place, choices, ..Route::default() })
}

/// Whether no line that stands once is there twice.
fn once(context: &mut Context<'_>, item: &Ticket) -> bool {
    let kind = |line: &Line| match line {
        Line::Priority(_) | Line::Classify(..) => Some("classified"),
        Line::Assign(_) => Some("assigned"),
        Line::CallBack { .. } => Some("called back about"),
        _ => None,
    };
    let mut seen: Vec<(&str, Span)> = Vec::new();
    let mut fine = true;
    for line in &item.lines {
        let Some(what) = kind(&line.kind) else { continue };
        if let Some((_, first)) = seen.iter().find(|(known, _)| *known == what) {
            let twice =
                Diagnostic::new(Code::DeclaredTwice, line.span, format!("the ticket is {what} twice"));
            context.report(twice.note(*first, "the first is here").help("join the two lines"));
            fine = false;
        }
        seen.push((what, line.span));
    }
    fine
}

fn read(
    typer: &mut Typer<'_, '_>,
    file: usize,
    name: &str,
    line: &Line,
    span: Span,
    world: (&[Law], &[CalendarSpec]),
    found: &mut Found,
) -> Option<()> {
    match line {
        Line::Priority(choices) => found.classify = Some(classify::priority(typer, name, choices, span)?),
        Line::Classify(decides, choices) => {
            found.classify = Some(classify::classify(typer, file, name, decides, choices, span)?);
        }
        Line::Assign(queue) => {
            found.assign = target(typer.context, true, queue)?;
            typer.context.reach_queue(found.assign);
        }
        Line::Deadline(deadline) => {
            found.deadlines.push(deadlines::deadline(typer, file, name, deadline, span)?);
        }
        Line::Notice { role, channel, words, when } => {
            let role = match role {
                Some(role) => target(typer.context, false, role)?,
                None => 0,
            };
            typer.stand_in(Stand::Ticket);
            let speech = speech(typer, file, &format!("{name} notice"), words);
            typer.stand_in(Stand::Route);
            let speech = speech?;
            found.notices.push(TicketNotice { when: *when, channel: channel.text.clone(), role, speech });
        }
        Line::CallBack(call_back) => {
            found.call_back = Some(call_back::call_back(typer.context, file, call_back, span, world)?);
        }
    }
    Some(())
}
