//! Routes: when they decide, what they decide, and by which rows and rules.

pub(super) mod coverage;
mod lines;

use std::collections::HashMap;

use tandem_stdlib::contract::{Output, Party, Trigger, Type};

use super::context::Context;
use super::dates;
use super::flows;
use super::resolve::{Kind, LANGUAGE, QUEUE, ROLE, SKILL, type_named};
use super::sinks::Sink;
use super::suggest;
use super::types::{Stand, Typer};
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{Choice, Expr, Route};
use crate::source::Span;
use crate::tree;

/// Outputs that need no type.
const OUTPUTS: [(&str, Type); 5] = [
    ("queue", Type::Word(QUEUE)),
    ("priority", Type::Number),
    ("skill", Type::Word(SKILL)),
    ("language", Type::Word(LANGUAGE)),
    ("role", Type::Word(ROLE)),
];

/// What any route decides: names with their types and the place of the first.
pub(super) type Decided = HashMap<String, (Option<Type>, Span)>;

/// Checks all routes; a route with an error is left out.
pub(super) fn routes(context: &mut Context<'_>) -> (Vec<Route>, Decided) {
    let mut decided = Decided::new();
    let items = context.world.routes.clone();
    let names = context.names_of(Kind::Route);
    let mut routes = Vec::with_capacity(items.len());
    for ((file, item), name) in items.into_iter().zip(names) {
        let triggers = triggers(context, file, item);
        let outputs = outputs(context, file, item, &mut decided);
        let (choices, spans, prefer) = choices(context, file, item, &outputs);
        let effective = dates::effective(context, item.dates.as_ref());
        let whole = outputs.iter().map(|(name, ty)| Some(Output { name: name.text.clone(), ty: (*ty)? }));
        let (Some(outputs), Some(choices), Some(triggers), Some(effective)) =
            (whole.collect::<Option<Vec<Output>>>(), choices, triggers, effective)
        else {
            continue;
        };
        let place = context.place(item.name.span);
        let prefer = prefer
            .map(|(score, because)| super::queues::score(context, format!("{name} prefers"), score, because));
        let route = Route { name, place, triggers, effective, outputs, prefer, choices };
        flows::check(context, &route, Sink::Decision);
        if !context.is_incomplete(item.span) {
            coverage::check(context, &route, item.name.span, &spans);
        }
        routes.push(route);
    }
    (routes, decided)
}

/// Points for agents, with the reason of the line.
type Score = (Expr, String);

fn choices(
    context: &mut Context<'_>,
    file: usize,
    item: &tree::Route,
    outputs: &[(&tree::Name, Option<Type>)],
) -> (Option<Vec<Choice>>, Vec<Span>, Option<Score>) {
    let incomplete = context.is_incomplete(item.span);
    let mut typer = Typer::new(context, file, Stand::Route);
    typer.add_lets(&item.lets);
    let mut lines = lines::Lines::new(&mut typer, outputs, incomplete);
    let choices: Vec<Option<Choice>> = item.choices.iter().map(|choice| lines.choice(choice)).collect();
    let spans = lines.spans;
    let prefer = item.prefer.as_ref().and_then(|score| Some((typer.score(&score.value)?, score.reason())));
    if !incomplete {
        typer.report_unused_lets(&item.lets);
    }
    (choices.into_iter().collect(), spans, prefer)
}

fn triggers(context: &mut Context<'_>, file: usize, item: &tree::Route) -> Option<Vec<Trigger>> {
    if item.at.is_empty() {
        return Some(vec![Trigger::Start]);
    }
    let mut whole = true;
    let mut triggers = Vec::new();
    for (at, _) in &item.at {
        let trigger = match at {
            tree::At::Start => Trigger::Start,
            tree::At::Intent => Trigger::Intent,
            tree::At::Keys => Trigger::Key,
            tree::At::Unresolved => Trigger::Unresolved,
            tree::At::Answer => Trigger::Answer,
            tree::At::Turn(party) => Trigger::Turn(*party),
            tree::At::End => Trigger::End,
            tree::At::Says(party, path) => match says(context, file, *party, path) {
                Some(trigger) => trigger,
                None => {
                    whole = false;
                    continue;
                }
            },
        };
        if !triggers.contains(&trigger) {
            triggers.push(trigger);
        }
    }
    whole.then_some(triggers)
}

fn says(context: &mut Context<'_>, file: usize, party: Party, path: &tree::Path) -> Option<Trigger> {
    let symbol = context.find(file, path, Kind::Phrases)?;
    Some(Trigger::Says(party, context.phrases.index(symbol)))
}

/// The outputs of a route with their types; `None`: wrong, already reported.
fn outputs<'t>(
    context: &mut Context<'_>,
    file: usize,
    item: &'t tree::Route,
    decided: &mut Decided,
) -> Vec<(&'t tree::Name, Option<Type>)> {
    let mut outputs: Vec<(&tree::Name, Option<Type>)> = Vec::new();
    for (name, written) in &item.decides {
        if let Some((first, _)) = outputs.iter().find(|(first, _)| first.text == name.text) {
            let twice =
                Diagnostic::new(Code::DeclaredTwice, name.span, format!("`{}` is decided twice", name.text));
            context.report(twice.note(first.span, "the first is here").help("remove one of them"));
            continue;
        }
        let ty = output_type(context, file, name, written.as_ref());
        let (first, place) = *decided.entry(name.text.clone()).or_insert((ty, name.span));
        if let (Some(ty), Some(first)) = (ty, first)
            && ty != first
        {
            let message = format!(
                "`{}` {} here, but in another route it {}",
                name.text,
                context.is(ty),
                context.is(first)
            );
            let wrong = Diagnostic::new(Code::WrongType, name.span, message);
            context.report(wrong.note(place, "the other is here").help("give one of them another name"));
        }
        outputs.push((name, ty));
    }
    if outputs.is_empty() && !context.is_incomplete(item.span) {
        let message = format!("`{}` decides nothing", item.name.text);
        let help = "name what it decides: `decides queue`".to_owned();
        context.error(Code::OutputNotDecided, item.name.span, message, Some(help));
    }
    outputs
}

/// Reports an output whose type neither its name nor the author says; `example` is a type that it could have.
pub(super) fn untyped(context: &mut Context<'_>, name: &tree::Name, known: &[(&str, Type)], example: &str) {
    let message = format!("nothing says of what type `{}` is", name.text);
    let help = match suggest::nearest(&name.text, known.iter().map(|(known, _)| *known)) {
        Some(near) => format!("did you mean `{near}`? otherwise write its type: `{}: text`", name.text),
        None => format!("write its type: `{}: {example}`", name.text),
    };
    context.error(Code::UnknownType, name.span, message, Some(help));
}

fn output_type(
    context: &mut Context<'_>,
    file: usize,
    name: &tree::Name,
    written: Option<&tree::TypeName>,
) -> Option<Type> {
    let known = OUTPUTS.iter().find(|(known, _)| *known == name.text).map(|(_, ty)| *ty);
    match (written, known) {
        (None, Some(ty)) => Some(ty),
        (None, None) => {
            untyped(context, name, &OUTPUTS, "number");
            None
        }
        (Some(written), known) => {
            let ty = type_named(context, file, written)?;
            if let Some(known) = known.filter(|known| *known != ty) {
                let message =
                    format!("`{}` {}, but it always {}", name.text, context.is(ty), context.is(known));
                let help = "leave the type out, or give it another name".to_owned();
                context.error(Code::WrongType, written.span, message, Some(help));
                return None;
            }
            Some(ty)
        }
    }
}

/// Rules that something else of the policy asks, such as a grade.
pub(super) struct Asked<'a> {
    /// The entry's name.
    pub(super) name: String,
    /// What is decided, with types.
    pub(super) outputs: &'a [(tree::Name, Type)],
    /// The place that findings about the whole name.
    pub(super) place: Span,
}

/// Checks such rules as a route's: total, and no row hidden. Gives the route without triggers; `None`: wrong, which
/// has been reported.
pub(super) fn asked(typer: &mut Typer<'_, '_>, asked: &Asked<'_>, choices: &[tree::Choice]) -> Option<Route> {
    let outputs: Vec<(&tree::Name, Option<Type>)> =
        asked.outputs.iter().map(|(name, ty)| (name, Some(*ty))).collect();
    let mut lines = lines::Lines::new(typer, &outputs, false);
    let choices: Vec<Option<Choice>> = choices.iter().map(|choice| lines.choice(choice)).collect();
    let spans = lines.spans;
    let outputs =
        asked.outputs.iter().map(|(name, ty)| Output { name: name.text.clone(), ty: *ty }).collect();
    let (name, place) = (asked.name.clone(), typer.context.place(asked.place));
    let choices = choices.into_iter().collect::<Option<_>>()?;
    let route = Route { name, place, outputs, choices, ..Route::default() };
    coverage::check(typer.context, &route, asked.place, &spans);
    Some(route)
}
