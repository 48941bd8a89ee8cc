//! Watches: alternatives, triggers, actions.

use tandem_stdlib::contract::{
    Action, CallFact, FactSource, FollowUp, Outcome, Party, Signal, TextFact, Trigger,
};

use super::context::Context;
use super::dates;
use super::limits::{STRETCH_MS_MAX, stretch};
use super::resolve::{Kind, QUEUE, ROLE, unknown_word};
use super::types::{Stand, Typer, facts};
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{Expr, Watch};
use crate::source::Span;
use crate::tree::{self, Name};

/// Checks all watches; one with an error is left out.
pub(super) fn watches(context: &mut Context<'_>) -> Vec<Watch> {
    let items = context.world.watches.clone();
    let names = context.names_of(Kind::Watch);
    items.into_iter().zip(names).filter_map(|((file, item), name)| watch(context, file, item, name)).collect()
}

fn watch(context: &mut Context<'_>, file: usize, item: &tree::Watch, name: String) -> Option<Watch> {
    let because = item.because.as_ref().map(|quoted| quoted.text.clone()).unwrap_or_default();
    let mut typer = Typer::new(context, file, Stand::Watch(item.party));
    let branches: Option<Vec<(Expr, Span)>> = match &item.when {
        Some(tree::Expr { kind: tree::ExprKind::Or(parts), .. }) => {
            let found: Vec<_> = parts.iter().map(|part| Some((typer.condition(part)?, part.span))).collect();
            found.into_iter().collect()
        }
        Some(when) => typer.condition(when).map(|found| vec![(found, when.span)]),
        None => missing(typer.context, item, "has no condition", "say when it fires: `when …`"),
    };
    let clear = match &item.clear {
        Some(clear) => typer.condition(clear).map(Some),
        None => Some(None),
    };
    let action = match &item.action {
        Some(action) => action_of(context, action),
        None if is_asked(context, &name) => Some(Action::Nothing),
        None => missing(context, item, "does nothing", DOES_NOTHING),
    };
    let follow_up = match &item.follow_up {
        Some((then, within)) => {
            check_follow_up(context, item, within.span);
            let within_ms = stretch(context, *within, STRETCH_MS_MAX);
            let action = action_of(context, then);
            action.zip(within_ms).map(|(action, within_ms)| Some(FollowUp { action, within_ms }))
        }
        None => Some(None),
    };
    let at_most_once_per_ms = match item.at_most_once_per {
        Some(per) => stretch(context, per, STRETCH_MS_MAX).map(Some),
        None => Some(None),
    };
    let effective = dates::effective(context, item.dates.as_ref());
    let (branches, clear, action, follow_up) = (branches?, clear?, action?, follow_up?);
    let at_most_once_per_ms = at_most_once_per_ms?;
    let conditions = branches.iter().map(|(condition, _)| condition).chain(&clear);
    let triggers = triggers(conditions.flat_map(facts));
    let branches = branches.into_iter().map(|(condition, span)| {
        let (label, place) = (context.shown(span), context.place(span));
        (condition, Outcome { label, because: because.clone(), place })
    });
    let branches = branches.collect();
    let (place, party) = (context.place(item.name.span), item.party);
    Some(Watch {
        name,
        place,
        effective: effective?,
        party,
        triggers,
        branches,
        clear,
        at_most_once_per_ms,
        action,
        because,
        follow_up,
    })
}

/// What to do about a watch that has no consequence.
const DOES_NOTHING: &str =
    "say what it does, `do alert supervisor because \"…\"`, or ask for it in a dialog or route: `when NAME`";

/// Whether something asks whether a watch, by its full name, has fired.
fn is_asked(context: &Context<'_>, name: &str) -> bool {
    let symbols = context.world.symbols.iter().zip(&context.used);
    symbols.into_iter().any(|(symbol, used)| *used && symbol.kind == Kind::Watch && symbol.full == name)
}

fn missing<T>(context: &mut Context<'_>, item: &tree::Watch, what: &str, help: &str) -> Option<T> {
    if !context.is_incomplete(item.span) {
        let message = format!("the watch `{}` {what}", item.name.text);
        context.error(Code::WatchIncomplete, item.name.span, message, Some(help.to_owned()));
    }
    None
}

/// Nobody acknowledges a transfer.
fn check_follow_up(context: &mut Context<'_>, item: &tree::Watch, span: Span) {
    if item.action.as_ref().is_some_and(|action| action.transfer) {
        let message = "nobody acknowledges a transfer";
        let wrong = Diagnostic::new(Code::WatchIncomplete, span, message);
        context.report(wrong.help("`then` follows `do alert …`: alert first, or remove it"));
    }
}

fn action_of(context: &mut Context<'_>, action: &tree::Action) -> Option<Action> {
    let slot = target(context, action.transfer, &action.target)?;
    if action.transfer {
        context.reach_queue(slot);
    }
    Some(if action.transfer { Action::Transfer(slot) } else { Action::Alert(slot) })
}

/// The queue of a transfer or the role of an alert.
pub(super) fn target(context: &mut Context<'_>, transfer: bool, name: &Name) -> Option<u64> {
    let vocabulary = if transfer { QUEUE } else { ROLE };
    let slot = context.world.vocabularies.word(vocabulary, &name.text);
    if slot.is_none() {
        let wrong = unknown_word(&context.world.vocabularies, vocabulary, &name.text, name.span);
        context.report(wrong);
    }
    slot
}

const BOTH: [Party; 2] = [Party::Customer, Party::Agent];

/// When conditions over these facts must be looked at, in a fixed order.
pub(super) fn triggers(facts: impl Iterator<Item = FactSource>) -> Vec<Trigger> {
    let mut wanted: Vec<Trigger> = facts.flat_map(wants).chain([Trigger::Wake]).collect();
    wanted.sort_by_key(|trigger| rank(*trigger));
    wanted.dedup();
    wanted
}

fn rank(trigger: Trigger) -> u8 {
    let party = |party| u8::from(party == Party::Agent);
    match trigger {
        Trigger::Start => 0,
        Trigger::Intent => 1,
        Trigger::Key => 2,
        Trigger::Turn(of) => 3 + party(of),
        Trigger::Frame(of) => 5 + party(of),
        Trigger::Says(of, _) => 7 + party(of),
        Trigger::Unresolved => 9,
        Trigger::Hold => 10,
        Trigger::Answer => 11,
        Trigger::Wake => 12,
        Trigger::End => 13,
        Trigger::Centre => 14,
    }
}

fn wants(fact: FactSource) -> Vec<Trigger> {
    let always = || BOTH.into_iter().flat_map(|party| [Trigger::Frame(party), Trigger::Turn(party)]);
    match fact {
        FactSource::Signal(_, Signal::TalkShare) => always().collect(),
        // Silence begins with the call.
        FactSource::Signal(_, Signal::Silence) => always().chain([Trigger::Start]).collect(),
        FactSource::Signal(party, _) | FactSource::Confidence(party) | FactSource::Speaking(party) => {
            vec![Trigger::Frame(party)]
        }
        FactSource::Said(party, _) | FactSource::SaidTimes(party, _) => vec![Trigger::Turn(party)],
        FactSource::Call(CallFact::Intent) => vec![Trigger::Start, Trigger::Intent],
        FactSource::Call(CallFact::Unresolved) => vec![Trigger::Start, Trigger::Unresolved],
        FactSource::Call(CallFact::Held) => vec![Trigger::Start, Trigger::Hold],
        FactSource::Call(CallFact::Ended) => vec![Trigger::End],
        FactSource::Call(CallFact::Answered) => vec![Trigger::Answer],
        // The clock moves by itself: every frame and turn looks at it.
        FactSource::Call(CallFact::Elapsed | CallFact::Clock) | FactSource::Calendar(_) => {
            always().chain([Trigger::Start]).collect()
        }
        FactSource::Text(TextFact::Keys) | FactSource::TextStarts(TextFact::Keys, _) => {
            vec![Trigger::Start, Trigger::Key]
        }
        FactSource::Queue(..) | FactSource::Mode(_) => vec![Trigger::Start, Trigger::Centre],
        FactSource::Call(CallFact::Language | CallFact::Channel | CallFact::Direction)
        | FactSource::Text(_)
        | FactSource::TextStarts(..)
        | FactSource::Answered(_)
        | FactSource::AnswerKnown(..)
        | FactSource::Answer(..)
        | FactSource::AnswerMasked(..)
        | FactSource::Chance(_)
        | FactSource::Dialog(_)
        | FactSource::Agent(_)
        | FactSource::Watch(_)
        | FactSource::Noted(_)
        | FactSource::NotedKnown(_)
        | FactSource::Lead(..)
        | FactSource::LeadMasked(..)
        | FactSource::LeadKnown(..)
        | FactSource::Attempt(_)
        | FactSource::Ticket(_)
        | FactSource::TicketField(..) => vec![Trigger::Start],
    }
}
