//! Assists: watches that show a card.

use tandem_stdlib::contract::{Action, AssistSpec, CardCap, EntryRef, Outcome, Output, Slot};

use crate::check::context::Context;
use crate::check::dates;
use crate::check::limits::{STRETCH_MS_MAX, counted, stretch};
use crate::check::queues::always;
use crate::check::resolve::{Kind, ROLE, twice};
use crate::check::sinks::Sink;
use crate::check::types::{Stand, Typer, facts};
use crate::check::watches::triggers;
use crate::diagnostics::Code;
use crate::program::{Choice, Expr, Route, Watch};
use crate::source::Span;
use crate::tree;

/// Checks all assists; one with an error is left out.
pub(super) fn assists(context: &mut Context<'_>) -> Vec<AssistSpec> {
    let items = context.world.assists.clone();
    let names = context.names_of(Kind::Assist);
    items
        .into_iter()
        .zip(names)
        .filter_map(|((file, item), name)| assist(context, file, item, name))
        .collect()
}

/// The most cards for one agent over all assists.
pub(super) fn attention(context: &mut Context<'_>) -> Option<CardCap> {
    let items = context.world.attentions.clone();
    if let [(_, first), (_, second), ..] = items.as_slice() {
        context.report(twice("attention", second.cards.span, first.cards.span));
    }
    items.first().and_then(|(_, item)| cap(context, **item))
}

fn cap(context: &mut Context<'_>, cap: tree::CardCap) -> Option<CardCap> {
    let (cards, per_ms) = (counted(context, cap.cards, 1.0), stretch(context, cap.per, STRETCH_MS_MAX));
    Some(CardCap { cards: cards?, per_ms: per_ms? })
}

fn assist(context: &mut Context<'_>, file: usize, item: &tree::Assist, name: String) -> Option<AssistSpec> {
    let effective = dates::effective(context, item.dates.as_ref());
    let cap = match item.cap {
        Some(one) => cap(context, one).map(Some),
        None => Some(None),
    };
    let incomplete = context.is_incomplete(item.span);
    let mut typer = Typer::new(context, file, Stand::Watch(item.party));
    typer.add_lets(&item.lets);
    let branches = branches(&mut typer, item);
    let clear = match &item.clear {
        Some(clear) => typer.condition(clear).map(Some),
        None => Some(None),
    };
    let fields = item.card.as_ref().map(|card| fields(&mut typer, card));
    if !incomplete {
        typer.report_unused_lets(&item.lets);
    }
    let card = match &item.card {
        Some(card) => card_of(context, card),
        None => missing(context, item, "shows nothing", "say what it shows: `show card \"…\" for 30s`"),
    };
    let (branches, clear, fields) = (branches?, clear?, fields??);
    let (effective, cap, (action, role, because)) = (effective?, cap?, card?);
    let place = context.place(item.name.span);
    let shows = shows(context, &name, role, fields);
    let triggers = triggers(branches.iter().map(|(condition, _)| condition).chain(&clear).flat_map(facts));
    let branches = branches.into_iter().map(|(condition, span)| {
        let (label, place) = (context.shown(span), context.place(span));
        (condition, Outcome { label, because: because.clone(), place })
    });
    let branches = branches.collect();
    let watch = context.make_watch(Watch {
        name: name.clone(),
        place,
        effective,
        party: item.party,
        triggers,
        branches,
        clear,
        at_most_once_per_ms: None,
        action,
        because,
        follow_up: None,
    });
    Some(AssistSpec { name, watch, shows, cap })
}

fn branches(typer: &mut Typer<'_, '_>, item: &tree::Assist) -> Option<Vec<(Expr, Span)>> {
    match &item.when {
        Some(tree::Expr { kind: tree::ExprKind::Or(parts), .. }) => {
            let found: Vec<_> = parts.iter().map(|part| Some((typer.condition(part)?, part.span))).collect();
            found.into_iter().collect()
        }
        Some(when) => typer.condition(when).map(|found| vec![(found, when.span)]),
        None => missing(typer.context, item, "has no condition", "say when it shows its card: `when …`"),
    }
}

fn missing<T>(context: &mut Context<'_>, item: &tree::Assist, what: &str, help: &str) -> Option<T> {
    if !context.is_incomplete(item.span) {
        let message = format!("the assist `{}` {what}", item.name.text);
        context.error(Code::WatchIncomplete, item.name.span, message, Some(help.to_owned()));
    }
    None
}

/// The action, the role that sees it and the reason.
fn card_of(context: &mut Context<'_>, card: &tree::Card) -> Option<(Action, Slot, String)> {
    let role = match &card.role {
        Some(role) => context.word(ROLE, role),
        None => Some(0),
    };
    let for_ms = stretch(context, card.lasts, STRETCH_MS_MAX);
    let because = card.because.as_ref().map(|quoted| quoted.text.clone()).unwrap_or_default();
    let text = context.literals.slot(&card.text.text);
    let (role, for_ms) = (role?, for_ms?);
    Some((Action::Card { text, role, for_ms }, role, because))
}

/// What stands on the card beside its text, by name.
fn fields(typer: &mut Typer<'_, '_>, card: &tree::Card) -> Option<Vec<(String, Expr)>> {
    let found: Vec<Option<(String, Expr)>> = card
        .fields
        .iter()
        .map(|field| {
            let value = typer.value(field)?;
            Some((last_name(field).unwrap_or_else(|| typer.context.shown(field.span)), value))
        })
        .collect();
    found.into_iter().collect()
}

/// `id_number` of `who.id_number` and of `masked(who.id_number)`.
fn last_name(field: &tree::Expr) -> Option<String> {
    match &field.kind {
        tree::ExprKind::Path(path) => path.names.last().map(|name| name.text.clone()),
        tree::ExprKind::Call(_, given) => match given.as_slice() {
            [tree::Expr { kind: tree::ExprKind::Path(path), .. }] => {
                path.names.last().map(|name| name.text.clone())
            }
            _ => None,
        },
        _ => None,
    }
}

/// The entry whose outputs stand on the card.
fn shows(context: &mut Context<'_>, name: &str, role: Slot, fields: Vec<(String, Expr)>) -> Option<EntryRef> {
    let place = fields.first().map(|(_, value)| context.place(value.span))?;
    let outputs = fields.iter().map(|(name, value)| Output { name: name.clone(), ty: value.ty }).collect();
    let answers = fields.into_iter().map(|(_, value)| value).collect();
    let route = Route {
        name: format!("{name} shows"),
        place: place.clone(),
        outputs,
        choices: vec![Choice::Rule(always(answers, place))],
        ..Route::default()
    };
    Some(context.condition_to(route, Sink::Card(role)))
}
