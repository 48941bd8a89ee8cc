//! Queues that overflow into one another in a circle: a call would go round for ever.

use tandem_stdlib::contract::{QueueSpec, Slot, WaitingAction};

use crate::check::context::Context;
use crate::check::resolve::QUEUE;
use crate::diagnostics::{Code, Diagnostic};

/// Warns of each circle once, at the queue of it that is declared first.
pub(super) fn report(context: &mut Context<'_>) {
    let queues = context.world.queues.clone();
    for (at, queue) in queues.iter().enumerate() {
        let Some(circle) = circle(&queues, at) else { continue };
        if circle.iter().any(|other| *other < at) {
            continue;
        }
        let Some(span) = context.world.vocabularies.declared_at(QUEUE, &queue.name) else { continue };
        let names =
            circle.iter().chain([&at]).filter_map(|at| queues.get(*at)).map(|queue| queue.name.as_str());
        let way: Vec<String> =
            [queue.name.as_str()].into_iter().chain(names).map(|name| format!("`{name}`")).collect();
        let message = format!("calls go round and are served by nobody new: {}", way.join(" → "));
        let wrong = Diagnostic::new(Code::OverflowCircle, span, message);
        context.report(wrong.help("let one of them keep its calls, offer a callback or end them"));
    }
}

/// The queues through which calls of a queue come back to it, itself left out; breadth first, so that it is shortest.
fn circle(queues: &[QueueSpec], start: usize) -> Option<Vec<usize>> {
    let mut from: Vec<Option<usize>> = vec![None; queues.len()];
    let mut reached = vec![start];
    let mut next = 0;
    while let Some(at) = reached.get(next).copied() {
        next += 1;
        for to in queues.get(at).into_iter().flat_map(overflows) {
            if to == start {
                return Some(way(&from, start, at));
            }
            if let Some(place @ None) = from.get_mut(to) {
                *place = Some(at);
                reached.push(to);
            }
        }
    }
    None
}

fn way(from: &[Option<usize>], start: usize, last: usize) -> Vec<usize> {
    let step = |at: &usize| from.get(*at).copied().flatten().filter(|before| *before != start);
    let mut way: Vec<usize> = std::iter::successors((last != start).then_some(last), step).collect();
    way.reverse();
    way
}

/// Where calls of a queue go.
fn overflows(queue: &QueueSpec) -> Vec<usize> {
    let steps = queue.while_waiting.iter().filter_map(|step| match step.action {
        WaitingAction::Overflow(to) => Some(to),
        _ => None,
    });
    let index = |slot: Slot| usize::try_from(slot).ok()?.checked_sub(1);
    steps.chain(queue.cap.and_then(|cap| cap.overflow)).filter_map(index).collect()
}
