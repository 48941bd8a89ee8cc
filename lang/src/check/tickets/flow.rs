//! The steps of a ticket: who has it in each, where it goes from there, and whether it always can come to its end.

use std::collections::HashMap;

use tandem_stdlib::contract::{
    HandOver, HandOverValue, Outcome, TicketDeadline, TicketEvent, TicketField, TicketGoal, TicketMoves,
    TicketNotice, TicketPrefill, TicketStep, Type,
};

use super::Lines;
use crate::check::context::{Context, small};
use crate::check::resolve::{is_empty, twice, type_named};
use crate::check::spoken::{KNOWN, entry_of};
use crate::check::suggest;
use crate::check::types::{Stand, TicketFields, Typer, is_ticket_fact};
use crate::check::watches::target;
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{Choice, Expr, ExprKind, Route, Rule};
use crate::source::Span;
use crate::tree::{self, Goes, Move, Name, Step, Ticket, TicketLine, TicketLineKind as Line};

/// The steps of a ticket in order, with the spans of their lines.
pub(super) fn steps_of(item: &Ticket) -> Vec<(&Step, Span)> {
    let steps = item.lines.iter().filter_map(|line| match &line.kind {
        Line::Step(step) => Some((step, line.span)),
        _ => None,
    });
    steps.collect()
}

/// The fields of a ticket, and what they are as it opens; those with an error are left out, which has been reported.
pub(super) fn fields(
    typer: &mut Typer<'_, '_>,
    file: usize,
    ticket: &str,
    item: &Ticket,
) -> (Vec<TicketField>, TicketPrefill) {
    let mut found: Vec<(TicketField, Span)> = Vec::new();
    let (mut values, mut prefill) = (Vec::new(), TicketPrefill::default());
    for line in &item.lines {
        let Line::Field(field) = &line.kind else { continue };
        let Some((checked, value)) = self::field(typer, file, field) else {
            typer.context.leave_out(field.name.span);
            continue;
        };
        if let Some((_, first)) = found.iter().find(|(known, _)| known.name == checked.name) {
            typer.context.report(twice(&field.name.text, field.name.span, *first));
            continue;
        }
        let at = small(found.len());
        match value {
            Filling::Default => {}
            Filling::Value(value) => {
                prefill.fields.push(at);
                values.push(value);
            }
            Filling::Told(value) => prefill.told.push((at, HandOver { name: checked.name.clone(), value })),
        }
        found.push((checked, field.name.span));
    }
    prefill.values = (!values.is_empty()).then(|| entry_of(typer, &format!("{ticket} opens with"), values));
    (found.into_iter().map(|(field, _)| field).collect(), prefill)
}

/// What a field is when the ticket opens.
enum Filling {
    /// Its default.
    Default,
    /// What the call tells.
    Value(Expr),
    /// What was said in the call.
    Told(HandOverValue),
}

fn field(typer: &mut Typer<'_, '_>, file: usize, field: &tree::Field) -> Option<(TicketField, Filling)> {
    let context = &mut *typer.context;
    let ty = type_named(context, file, &field.ty)?;
    let name = field.name.text.clone();
    if is_ticket_fact(&name) {
        let message = format!("every ticket has `ticket.{name}` already");
        let help = Some("give the field another name".to_owned());
        context.error(Code::DeclaredTwice, field.name.span, message, help);
        return None;
    }
    let Some(written) = &field.default else {
        let message = format!("nothing says what `{name}` is before somebody has written it down");
        let example = match ty {
            Type::YesNo => "no",
            Type::Text | Type::Phone => "\"\"",
            _ => "…",
        };
        let help = format!("say it: `field {name}: {} = {example}`", context.shown(field.ty.span));
        context.error(Code::FieldNotAnswered, field.name.span, message, Some(help));
        return None;
    };
    let open = |default, filling| Some((TicketField { name: name.clone(), ty, default }, filling));
    if let (Type::Text, Some(value)) = (ty, told(written)) {
        return open(0, Filling::Told(value));
    }
    let value = typer.value_of(written, ty, "the field")?;
    match value.kind {
        // An empty text is none, as the host has it.
        ExprKind::Constant(_) if is_empty(written) => open(0, Filling::Default),
        ExprKind::Constant(default) => open(default, Filling::Default),
        _ => open(0, Filling::Value(value)),
    }
}

/// `summary`, `answers`, `transcript`
fn told(written: &tree::Expr) -> Option<HandOverValue> {
    let tree::ExprKind::Path(path) = &written.kind else { return None };
    let [name] = path.names.as_slice() else { return None };
    KNOWN.iter().find(|(known, _)| *known == name.text).map(|(_, value)| *value)
}

/// Steps by their names; reports those that have the name of another.
pub(super) fn named<'s>(context: &mut Context<'_>, steps: &[(&'s Step, Span)]) -> HashMap<&'s str, u32> {
    let mut named: HashMap<&str, u32> = HashMap::new();
    for (at, (step, _)) in steps.iter().enumerate() {
        let first = *named.entry(&step.name.text).or_insert(small(at));
        if let Some((first, _)) = steps.get(first as usize).filter(|_| first != small(at)) {
            context.report(twice(&step.name.text, step.name.span, first.name.span));
        }
    }
    named
}

/// Where something moves a ticket; `None`: to no step that there is, which has been reported.
pub(super) fn goal(context: &mut Context<'_>, lines: &Lines<'_>, goes: &Goes) -> Option<TicketGoal> {
    let Goes::To(name) = goes else { return Some(TicketGoal::Closed) };
    if let Some(at) = lines.named.get(name.text.as_str()) {
        return Some(TicketGoal::Step(*at));
    }
    let names = lines.steps.iter().map(|(step, _)| step.name.text.as_str());
    let message = format!("the ticket has no step `{}`", name.text);
    let mut wrong = suggest::unknown_name(&name.text, name.span, message, names);
    if lines.steps.is_empty() {
        wrong.help = Some(format!("declare it: `step {} by QUEUE {{ when done close }}`", name.text));
    } else if matches!(name.text.as_str(), "closed" | "close" | "end") {
        wrong = Diagnostic { help: Some("write `close` alone".to_owned()), fix: None, ..wrong };
    }
    context.report(wrong);
    None
}

/// A step with its deadlines and notices.
pub(super) struct Found {
    pub(super) step: TicketStep,
    pub(super) deadlines: Vec<TicketDeadline>,
    pub(super) notices: Vec<TicketNotice>,
}

/// `None`: wrong, which has been reported.
pub(super) fn step(
    typer: &mut Typer<'_, '_>,
    lines: &Lines<'_>,
    at: usize,
    (step, span): (&Step, Span),
) -> Option<Found> {
    let queue = match &step.queue {
        Some(queue) => target(typer.context, true, queue),
        None => Some(0),
    };
    if let Some(queue) = queue.filter(|queue| *queue > 0) {
        typer.context.reach_queue(queue);
    }
    let needs: Vec<Option<u32>> =
        step.needs.iter().map(|name| needed(typer.context, lines.fields, name)).collect();
    let (done, at_once): (Vec<&Move>, Vec<&Move>) = step.moves.iter().partition(|one| one.done);
    let finishes = is_total(typer.context, (step, span), &done);
    let stays = moves_on(typer.context, step, &at_once);
    let moving = moving(typer, lines, &step.moves);
    let (mut deadlines, mut notices, mut whole) = (Vec::new(), Vec::new(), finishes && stays);
    for line in &step.lines {
        match &line.kind {
            Line::Deadline(written) => {
                let found = super::deadlines::deadline(typer, lines, Some(small(at)), written, line.span);
                whole &= found.is_some();
                deadlines.extend(found);
            }
            Line::Notice { role, channel, words, when } => {
                let notice =
                    super::Notice { role: role.as_ref(), channel, words, when: *when, span: line.span };
                let found = super::notice(typer, lines, Some(small(at)), &notice);
                whole &= found.is_some();
                notices.extend(found);
            }
            _ => {}
        }
    }
    let (queue, moving) = (queue?, moving?);
    let needs = needs.into_iter().collect::<Option<Vec<u32>>>()?;
    let (context, name) = (&mut *typer.context, format!("{} {}", lines.name, step.name.text));
    // Whoever finishes a step has written down what the other lines ask about: the first line of all decides.
    let finishing: Vec<&Moving<'_>> = if done.is_empty() { Vec::new() } else { moving.iter().collect() };
    let done = moves(context, format!("{name} done"), &finishing);
    let at_once: Vec<&Moving<'_>> = moving.iter().filter(|line| !line.written.done).collect();
    let at_once = moves(context, name, &at_once);
    let place = context.place(span);
    let step = TicketStep { name: step.name.text.clone(), place, queue, needs, done, at_once };
    whole.then_some(Found { step, deadlines, notices })
}

fn needed(context: &mut Context<'_>, fields: &[TicketField], name: &Name) -> Option<u32> {
    if let Some(at) = fields.iter().position(|field| field.name == name.text) {
        return Some(small(at));
    }
    let message = format!("the ticket has no field `{}`", name.text);
    let known = fields.iter().map(|field| field.name.as_str());
    let mut wrong = suggest::unknown_name(&name.text, name.span, message, known);
    if wrong.help.is_none() {
        wrong.help = Some(format!("declare it in the ticket: `field {}: text = \"\"`", name.text));
    }
    context.report(wrong);
    None
}

/// Whether a step that is finished always goes somewhere, and every line about it can come.
fn is_total(context: &mut Context<'_>, (step, span): (&Step, Span), done: &[&Move]) -> bool {
    let Some((last, before)) = done.split_last() else { return is_never_done(context, step, span) };
    if let Some(all) = before.iter().find(|one| one.when.is_none()) {
        let message = "this line is never reached";
        let wrong = Diagnostic::new(Code::TicketIncomplete, last.span, message);
        let wrong = wrong.note(all.span, "whatever is done goes here");
        context.report(wrong.help("move the line without a condition behind the others"));
        return false;
    }
    if last.when.is_some() && !context.is_incomplete(last.span) {
        let message = format!("nothing says where a ticket goes when `{}` is done otherwise", step.name.text);
        let help = "add a last line without a condition: `when done go to STEP` or `when done close`";
        context.error(Code::TicketIncomplete, last.span, message, Some(help.to_owned()));
        return false;
    }
    true
}

/// Whether nobody waits until the step is done, where no line says what follows then.
fn is_never_done(context: &mut Context<'_>, step: &Step, span: Span) -> bool {
    let waits = |line: &TicketLine| matches!(&line.kind, Line::Deadline(one) if one.unless == TicketEvent::Done && one.goes.is_none());
    let waited = !step.needs.is_empty() || step.lines.iter().any(waits);
    if !waited || context.is_incomplete(span) {
        return true;
    }
    let message = format!("nothing says where a ticket goes when `{}` is done", step.name.text);
    let help = "add `when done go to STEP` or `when done close`".to_owned();
    context.error(Code::TicketIncomplete, step.name.span, message, Some(help));
    false
}

/// Whether no line moves a ticket to where it is.
fn moves_on(context: &mut Context<'_>, step: &Step, at_once: &[&Move]) -> bool {
    let stays = at_once.iter().find(|one| matches!(&one.to, Goes::To(to) if to.text == step.name.text));
    let Some(stays) = stays else { return true };
    let message = format!("a ticket in `{}` is there already", step.name.text);
    context.error(Code::TicketIncomplete, stays.span, message, Some("name another step".to_owned()));
    false
}

/// A line that moves a ticket: when, and where to.
struct Moving<'s> {
    when: Option<Expr>,
    goal: TicketGoal,
    written: &'s Move,
}

/// The lines of a step that move its tickets; `None`: one is wrong, which has been reported.
fn moving<'s>(typer: &mut Typer<'_, '_>, lines: &Lines<'_>, written: &'s [Move]) -> Option<Vec<Moving<'s>>> {
    typer.stand_in(Stand::Ticket);
    let one = |written: &'s Move| {
        let when = written.when.as_ref().map(|when| typer.condition(when));
        let goal = goal(typer.context, lines, &written.to);
        let when = if let Some(when) = when { Some(when?) } else { None };
        Some(Moving { when, goal: goal?, written })
    };
    let found: Vec<Option<Moving<'s>>> = written.iter().map(one).collect();
    typer.stand_in(Stand::Route);
    found.into_iter().collect()
}

/// An entry whose outcomes are goals; `None`: there are none.
fn moves(context: &mut Context<'_>, name: String, lines: &[&Moving<'_>]) -> Option<TicketMoves> {
    let place = context.place(lines.first()?.written.span);
    let choices = lines.iter().map(|line| {
        let label = match &line.written.to {
            Goes::To(step) => format!("go to {}", step.text),
            Goes::Close => "close".to_owned(),
        };
        let because = line.written.because.as_ref().map(|quoted| quoted.text.clone()).unwrap_or_default();
        let outcome = Outcome { label, because, place: context.place(line.written.span) };
        Choice::Rule(Rule { when: line.when.clone(), answers: Vec::new(), outcome })
    });
    let route = Route { name, place, choices: choices.collect(), ..Route::default() };
    Some(TicketMoves { entry: context.condition(route), goals: lines.iter().map(|line| line.goal).collect() })
}

/// Makes the fields readable as `ticket.NAME`.
pub(super) fn readable(kind: usize, fields: &[TicketField]) -> TicketFields {
    let fields = fields.iter().map(|field| (field.name.clone(), field.ty)).collect();
    TicketFields { kind: small(kind), fields }
}
