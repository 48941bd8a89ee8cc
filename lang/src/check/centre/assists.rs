//! Assists: watches that show a card.

use tandem_stdlib::contract::{
    Action, AssistSpec, CallFact, CardCap, EntryRef, FactSource, MAX_REPLIES, Outcome, Output, Slot, Speech,
    Type,
};

use crate::check::context::Context;
use crate::check::dates;
use crate::check::limits::{STRETCH_MS_MAX, counted, stretch};
use crate::check::queues::always;
use crate::check::resolve::{Kind, ROLE, twice};
use crate::check::sinks::Sink;
use crate::check::spoken::speech;
use crate::check::types::{Stand, Typer, facts, was};
use crate::check::watches::triggers;
use crate::diagnostics::Code;
use crate::program::{Choice, Expr, ExprKind, Route, Watch};
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
    let replies = item.card.as_ref().map(|card| replies(&mut typer, file, &name, card));
    if !incomplete {
        typer.report_unused_lets(&item.lets);
    }
    let card = match &item.card {
        Some(card) => card_of(context, card),
        None => missing(context, item, "shows nothing", "say what it shows: `show card \"…\" for 30s`"),
    };
    let (branches, clear, fields, replies) = (branches?, clear?, fields??, replies??);
    let (effective, cap, (action, role, because)) = (effective?, cap?, card?);
    let place = context.place(item.name.span);
    let shows = shows(context, &name, role, fields);
    let triggers = triggers(branches.iter().map(|(condition, _)| condition).chain(&clear).flat_map(facts));
    let branches = branches.into_iter().map(|(condition, span)| {
        let label = if item.at_answer { "an agent answers".to_owned() } else { context.shown(span) };
        let place = context.place(span);
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
    Some(AssistSpec { name, watch, shows, replies, cap })
}

fn branches(typer: &mut Typer<'_, '_>, item: &tree::Assist) -> Option<Vec<(Expr, Span)>> {
    if item.at_answer {
        return at_answer(typer, item).map(|branch| vec![branch]);
    }
    match &item.when {
        Some(tree::Expr { kind: tree::ExprKind::Or(parts), .. }) => {
            let found: Vec<_> = parts.iter().map(|part| Some((typer.condition(part)?, part.span))).collect();
            found.into_iter().collect()
        }
        Some(when) => typer.condition(when).map(|found| vec![(found, when.span)]),
        None => missing(typer.context, item, "has no condition", "say when it shows its card: `when …`"),
    }
}

/// That somebody answers, and what else must hold then.
fn at_answer(typer: &mut Typer<'_, '_>, item: &tree::Assist) -> Option<(Expr, Span)> {
    let when = match &item.when {
        Some(when) => Some((typer.condition(when)?, when.span)),
        None => None,
    };
    let span = when.as_ref().map_or(item.name.span, |(_, span)| *span);
    let answered = was(FactSource::Call(CallFact::Answered), span);
    let all = match when {
        Some((when, _)) => Expr { kind: ExprKind::All(vec![answered, when]), ty: Type::YesNo, span },
        None => answered,
    };
    Some((all, span))
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

/// What the agent can reply by a click.
fn replies(typer: &mut Typer<'_, '_>, file: usize, name: &str, card: &tree::Card) -> Option<Vec<Speech>> {
    if card.replies.len() > MAX_REPLIES {
        let message =
            format!("the card offers {} replies, and nobody reads so many while talking", card.replies.len());
        let help = format!("offer {MAX_REPLIES} at most, or write a second assist");
        typer.context.error(Code::TooLarge, card.span, message, Some(help));
        return None;
    }
    let owner = format!("{name} replies");
    let found: Vec<Option<Speech>> =
        card.replies.iter().map(|words| speech(typer, file, &owner, words)).collect();
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
