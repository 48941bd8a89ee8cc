//! Tickets.

mod call_back;
mod classify;
mod closing;
mod deadlines;
mod flow;

use std::collections::HashMap;

use tandem_stdlib::contract::{
    CallBack, EntryRef, Slot, TicketDeadline, TicketEvent, TicketField, TicketNotice, TicketSpec, TicketStep,
};
use tandem_stdlib::words::CalendarSpec;

use super::context::Context;
use super::laws::Law;
use super::resolve::{Kind, ROLE};
use super::spoken::speech;
use super::types::{Stand, Typer};
use super::watches::target;
use crate::diagnostics::{Code, Diagnostic};
use crate::source::Span;
use crate::tree::{Name, Step, Ticket, TicketLineKind as Line, Words};

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
    for (kind, ((file, item), name)) in named.enumerate() {
        match ticket(context, (kind, file, item), name, (laws, calendars)) {
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
    steps: Vec<TicketStep>,
}

/// What the lines of a ticket can name.
struct Lines<'a> {
    file: usize,
    /// The ticket's full name.
    name: &'a str,
    fields: &'a [TicketField],
    steps: &'a [(&'a Step, Span)],
    /// Steps by their names.
    named: HashMap<&'a str, u32>,
    laws: &'a [Law],
    calendars: &'a [CalendarSpec],
}

/// A notice as it is written.
struct Notice<'a> {
    role: Option<&'a Name>,
    channel: &'a Name,
    words: &'a Words,
    when: Option<TicketEvent>,
    span: Span,
}

fn ticket(
    context: &mut Context<'_>,
    (kind, file, item): (usize, usize, &Ticket),
    name: String,
    (laws, calendars): (&[Law], &[CalendarSpec]),
) -> Option<TicketSpec> {
    let place = context.place(item.name.span);
    let mut typer = Typer::new(context, file, Stand::Quality);
    let when = match &item.when {
        Some(when) => typer.condition(when).map(Some),
        None => Some(None),
    };
    typer.stand_in(Stand::Route);
    typer.add_lets(&item.lets);
    let (fields, prefill) = flow::fields(&mut typer, file, &name, item);
    let declared = item.lines.iter().filter(|line| matches!(line.kind, Line::Field(_))).count();
    let mut whole = fields.len() == declared;
    let steps = flow::steps_of(item);
    let named = flow::named(typer.context, &steps);
    whole &= named.len() == steps.len();
    let lines = Lines { file, name: &name, fields: &fields, steps: &steps, named, laws, calendars };
    typer.set_ticket(flow::readable(kind, &fields));
    let mut found = Found::default();
    whole &= once(typer.context, item);
    for line in &item.lines {
        whole &= read(&mut typer, &lines, &line.kind, line.span, &mut found).is_some();
    }
    for (at, step) in steps.iter().enumerate() {
        let Some(step) = flow::step(&mut typer, &lines, at, *step) else {
            whole = false;
            continue;
        };
        found.steps.push(step.step);
        found.deadlines.extend(step.deadlines);
        found.notices.extend(step.notices);
    }
    if !typer.context.is_incomplete(item.span) {
        typer.report_unused_lets(&item.lets);
        whole = whole && closing::closes(typer.context, &steps, &found.steps, &found.deadlines);
    }
    if item.lines.is_empty() && !context.is_incomplete(item.span) {
        let message = format!("nobody gets the ticket `{}`", item.name.text);
        let help = "say who: `assign after_sales`".to_owned();
        context.error(Code::TicketIncomplete, item.name.span, message, Some(help));
        return None;
    }
    let opens = when?.map(|when| context.holds(format!("{name} opens"), "opens", when, ""));
    let Found { classify, assign, deadlines, notices, call_back, steps } = found;
    whole.then_some(TicketSpec {
        name,
        place,
        opens,
        classify,
        assign,
        deadlines,
        notices,
        call_back,
        fields,
        prefill,
        steps,
    })
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
    lines: &Lines<'_>,
    line: &Line,
    span: Span,
    found: &mut Found,
) -> Option<()> {
    match line {
        Line::Priority(choices) => {
            found.classify = Some(classify::priority(typer, lines.name, choices, span)?);
        }
        Line::Classify(decides, choices) => {
            if let Some((queue, _)) = decides.iter().find(|(name, _)| name.text == "queue") {
                assigned_by_steps(typer.context, lines, queue.span)?;
            }
            found.classify = Some(classify::classify(typer, lines.file, lines.name, decides, choices, span)?);
        }
        Line::Assign(queue) => {
            assigned_by_steps(typer.context, lines, span)?;
            found.assign = target(typer.context, true, queue)?;
            typer.context.reach_queue(found.assign);
        }
        Line::Deadline(deadline) => {
            found.deadlines.push(deadlines::deadline(typer, lines, None, deadline, span)?);
        }
        Line::Notice { role, channel, words, when } => {
            let notice = Notice { role: role.as_ref(), channel, words, when: *when, span };
            found.notices.push(self::notice(typer, lines, None, &notice)?);
        }
        Line::CallBack(call_back) => {
            let world = (lines.laws, lines.calendars);
            found.call_back = Some(call_back::call_back(typer.context, lines.file, call_back, span, world)?);
        }
        // Read before the other lines, or behind them.
        Line::Field(_) | Line::Step(_) => {}
    }
    Some(())
}

/// Reports a line that gives a ticket to a queue although its steps do.
fn assigned_by_steps(context: &mut Context<'_>, lines: &Lines<'_>, span: Span) -> Option<()> {
    let Some((first, _)) = lines.steps.first() else { return Some(()) };
    let message = "the ticket's steps say who has it";
    let wrong = Diagnostic::new(Code::TicketIncomplete, span, message);
    let wrong = wrong.note(first.name.span, "it opens in this step");
    context.report(wrong.help("remove this, and send tickets on from the first step: `when … go to STEP`"));
    None
}

/// A notice in a step (index) or of the whole ticket.
/// Whether somebody means the customer by a name that is no role.
fn is_customer(context: &Context<'_>, role: &Name) -> bool {
    let meant = ["caller", "client", "callee"].contains(&role.text.as_str());
    meant && context.world.vocabularies.word(ROLE, &role.text).is_none()
}

fn notice(
    typer: &mut Typer<'_, '_>,
    lines: &Lines<'_>,
    step: Option<u32>,
    written: &Notice<'_>,
) -> Option<TicketNotice> {
    if written.when.is_none() && step.is_none() {
        let message = "nothing says when this is told";
        let help = "add it, such as `when opened`; only in a step it is told as the step begins".to_owned();
        typer.context.error(Code::TicketIncomplete, written.span, message, Some(help));
        return None;
    }
    let role = match written.role {
        Some(role) if is_customer(typer.context, role) => {
            let message = format!("`{}` is no role", role.text);
            let wrong = Diagnostic::new(Code::UnknownName, role.span, message);
            typer.context.report(wrong.help("whoever calls is the `customer`").fix(role.span, "customer"));
            return None;
        }
        Some(role) => target(typer.context, false, role)?,
        None => 0,
    };
    typer.stand_in(Stand::Ticket);
    let speech = speech(typer, lines.file, &format!("{} notice", lines.name), written.words);
    typer.stand_in(Stand::Route);
    let (when, channel) = (written.when, written.channel.text.clone());
    Some(TicketNotice { when, step, channel, role, speech: speech? })
}
