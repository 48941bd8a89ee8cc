//! Queues: who serves, what is promised, what follows a wait.

mod circles;
mod needs;
mod waiting;

use tandem_stdlib::contract::{EntryRef, Outcome, Output, Place, Prefer, Promise, QueueCap, QueueSpec, Type};

use super::context::Context;
use super::limits::{counted, stretch};
use super::resolve::QUEUE;
use super::types::{Stand, Typer};
use crate::diagnostics::Code;
use crate::program::{Choice, Expr, Route, Rule};
use crate::tree::{self, Preference};

pub(super) use waiting::{WAIT_MS_MAX, destination};

/// The longest that a phone rings before the call goes to another agent, in milliseconds.
const RING_MS_MAX: i64 = 10 * 60_000;

/// Checks the bodies of all queues and gives each queue what its body says.
pub(super) fn queues(context: &mut Context<'_>) {
    for (file, item) in context.world.queue_items.clone() {
        let body = body(context, file, item);
        for name in &item.names {
            let declared_here = context.world.vocabularies.declared_at(QUEUE, &name.text) == Some(name.span);
            let named = context.world.queues.iter_mut().find(|queue| queue.name == name.text);
            if let Some(queue) = named.filter(|_| declared_here) {
                *queue = QueueSpec { name: name.text.clone(), ..body.clone() };
            }
        }
    }
    circles::report(context);
}

/// A body; what is wrong in it is reported and left out.
fn body(context: &mut Context<'_>, file: usize, item: &tree::Queue) -> QueueSpec {
    let shown = item.names.first().map(|name| name.text.clone()).unwrap_or_default();
    let needs = needs::needs(context, &item.needs);
    QueueSpec {
        name: String::new(),
        promise: item.promise.and_then(|one| promise(context, one)),
        while_waiting: waiting::steps(context, item, &needs),
        cap: item.cap.as_ref().and_then(|cap| full(context, cap)),
        prefer: item.prefer.as_ref().and_then(|one| prefer(context, file, &shown, one)).unwrap_or_default(),
        ring_ms: item.ring.and_then(|ring| stretch(context, ring, RING_MS_MAX)),
        wrap_up_ms: item.wrap_up.and_then(|work| stretch(context, work, WAIT_MS_MAX)),
        ageing: item
            .ageing
            .and_then(|(points, per)| Some((points.value, stretch(context, per, WAIT_MS_MAX)?))),
        needs,
    }
}

fn promise(context: &mut Context<'_>, promise: tree::Promise) -> Option<Promise> {
    let share = promise.share;
    if !(0.0..=1.0).contains(&share.value) {
        let message = "no share of calls is so large";
        context.error(Code::BadLiteral, share.span, message, Some("write 0% to 100%".to_owned()));
        return None;
    }
    let (within_ms, short_abandon_ms) = service_level(context, promise.level)?;
    Some(Promise { share: share.value, within_ms, formula: promise.level.formula, short_abandon_ms })
}

/// The threshold and what counts as short, in milliseconds.
pub(super) fn service_level(context: &mut Context<'_>, level: tree::ServiceLevel) -> Option<(i64, i64)> {
    let within_ms = stretch(context, level.within, WAIT_MS_MAX)?;
    let Some(short) = level.short else { return Some((within_ms, 0)) };
    let short_ms = stretch(context, short, WAIT_MS_MAX)?;
    if short_ms > within_ms {
        let message = "a call that is abandoned so late did not leave shortly: the promise is broken by then";
        let help = "write at most the time in which calls are to be answered".to_owned();
        context.error(Code::BadLiteral, short.span, message, Some(help));
        return None;
    }
    Some((within_ms, short_ms))
}

fn full(context: &mut Context<'_>, cap: &(tree::Spanned<f64>, Option<tree::Name>)) -> Option<QueueCap> {
    let (waiting, overflow) = cap;
    let waiting = counted(context, *waiting, 0.0);
    let overflow = match overflow {
        Some(queue) => Some(destination(context, queue)?),
        None => None,
    };
    Some(QueueCap { waiting: waiting?, overflow })
}

fn prefer(context: &mut Context<'_>, file: usize, queue: &str, prefer: &Preference) -> Option<Prefer> {
    Some(match prefer {
        Preference::LongestIdle => Prefer::LongestIdle,
        Preference::LeastOccupied => Prefer::LeastOccupied,
        Preference::MostSkilled => Prefer::MostSkilled,
        Preference::LeastSkilled => Prefer::LeastSkilled,
        Preference::RoundRobin => Prefer::RoundRobin,
        Preference::Weighted => Prefer::Weighted,
        Preference::OwnerFirst => Prefer::OwnerFirst,
        Preference::Score(points) => {
            let found = Typer::new(context, file, Stand::Score).score(&points.value)?;
            Prefer::Score(score(context, format!("{queue} prefers"), found, points.reason()))
        }
    })
}

/// The entry that gives an agent points.
pub(super) fn score(context: &mut Context<'_>, name: String, points: Expr, because: String) -> EntryRef {
    let place = context.place(points.span);
    let output = Output { name: "score".to_owned(), ty: Type::Number };
    let mut rule = always(vec![points], place.clone());
    rule.outcome.because = because;
    context.treatment(Route {
        name,
        place,
        outputs: vec![output],
        choices: vec![Choice::Rule(rule)],
        ..Route::default()
    })
}

/// A rule that always decides.
pub(super) fn always(answers: Vec<Expr>, place: Place) -> Rule {
    let outcome = Outcome { label: "otherwise".to_owned(), because: String::new(), place };
    Rule { when: None, answers, outcome }
}
