//! How often a call may be passed on.

use tandem_stdlib::contract::TransferCap;

use crate::check::context::Context;
use crate::check::limits::counted;
use crate::check::resolve::twice;
use crate::check::watches::target;
use crate::diagnostics::{Code, Diagnostic};

/// The cap; one for the whole policy.
pub(super) fn transfers(context: &mut Context<'_>) -> Option<TransferCap> {
    let items = context.world.transfers.clone();
    if let [(_, first), (_, second), ..] = items.as_slice() {
        context.report(twice("transfers", second.span, first.span));
    }
    let (_, item) = items.first()?;
    let most = counted(context, item.most, 0.0);
    let then = match &item.then {
        Some(queue) => {
            let queue = target(context, true, queue)?;
            context.reach_queue(queue);
            Some(queue)
        }
        None => None,
    };
    let most = most?;
    if most == 0 && item.then.is_none() {
        never_moved(context);
    }
    let because = item.because.as_ref().map(|quoted| quoted.text.clone()).unwrap_or_default();
    Some(TransferCap { most, then, because })
}

/// Reports watches that would transfer although every call stays with whoever has it.
fn never_moved(context: &mut Context<'_>) {
    let watches = context.world.watches.clone();
    let moves = watches.iter().filter_map(|(_, watch)| {
        let follow_up = watch.follow_up.as_ref().map(|(action, _)| action);
        watch.action.iter().chain(follow_up).find(|action| action.transfer).map(|action| action.span)
    });
    for span in moves.collect::<Vec<_>>() {
        let message = "no call that an agent has is ever moved: `transfers at most 0 then stay`";
        let wrong = Diagnostic::new(Code::NeverHeard, span, message);
        context.report(wrong.help("allow transfers, or let the watch alert somebody"));
    }
}
