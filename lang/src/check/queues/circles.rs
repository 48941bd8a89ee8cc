//! Queues that overflow into one another in a circle: a call would go round for ever.

use tandem_stdlib::contract::{QueueSpec, Slot, WaitingAction};

use crate::check::circles::{circles, shown};
use crate::check::context::Context;
use crate::check::resolve::QUEUE;
use crate::diagnostics::{Code, Diagnostic};

/// Warns of each circle once, at the queue of it that is declared first.
pub(super) fn report(context: &mut Context<'_>) {
    let next: Vec<Vec<usize>> = context.world.queues.iter().map(overflows).collect();
    for circle in circles(&next) {
        let name = |at: usize| context.world.queues.get(at).map_or("", |queue| queue.name.as_str());
        let first = circle.first().map_or("", |first| name(*first));
        let Some(span) = context.world.vocabularies.declared_at(QUEUE, first) else { continue };
        let message = format!("calls go round and are served by nobody new: {}", shown(&circle, name));
        let wrong = Diagnostic::new(Code::OverflowCircle, span, message);
        context.report(wrong.help("let one of them keep its calls, offer a callback or end them"));
    }
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
