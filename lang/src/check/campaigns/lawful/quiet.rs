//! Quiet periods at least as long as a law asks.

use tandem_stdlib::contract::Disposition;

use super::{Bench, Terms};
use crate::check::context::Context;
use crate::diagnostics::Code;

/// What the campaign says must last as long; what it does not say is the law's.
pub(super) fn at_least(
    context: &mut Context<'_>,
    bench: &Bench<'_>,
    asked: &[(Disposition, i64)],
    terms: &mut Terms<'_>,
) {
    for (after, law_ms) in asked {
        match terms.limits.quiet.iter_mut().find(|(known, ..)| known == after) {
            None => terms.limits.quiet.push((*after, *law_ms, None)),
            Some((_, lasts_ms, None)) => *lasts_ms = (*lasts_ms).max(*law_ms),
            Some((_, lasts_ms, Some(span))) if *lasts_ms < *law_ms => {
                let message = format!("somebody may be called again too soon after `{}`", after.name());
                let help = format!("write `{}`", context.shown(bench.line));
                let span = *span;
                bench.breaks(context, Code::LawQuiet, span, message, &help);
            }
            Some(_) => {}
        }
    }
}
