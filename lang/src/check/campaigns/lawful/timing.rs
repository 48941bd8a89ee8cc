//! Long enough to answer, soon enough to be talked to.

use tandem_stdlib::show::show_time;

use super::{Bench, Terms};
use crate::check::context::Context;
use crate::diagnostics::Code;

/// Rings at least as long as the law asks.
pub(super) fn ring(context: &mut Context<'_>, bench: &Bench<'_>, law_ms: i64, terms: &mut Terms<'_>) {
    match terms.said.ring {
        Some(said) if said.value < law_ms => {
            let message = "the phone may ring shorter than that".to_owned();
            let help = format!("write `{}`", context.shown(bench.line));
            bench.breaks(context, Code::LawTiming, said.span, message, &help);
        }
        Some(_) => {}
        None => terms.limits.ring_ms = Some(terms.limits.ring_ms.unwrap_or_default().max(law_ms)),
    }
}

/// Deciding about a machine and connecting together take no longer than the law allows.
pub(super) fn connect(context: &mut Context<'_>, bench: &Bench<'_>, law_ms: i64, terms: &mut Terms<'_>) {
    let left_ms = law_ms - terms.limits.machine_ms;
    let detects = terms.limits.machine_ms > 0;
    match terms.said.connect {
        Some(said) if said.value > left_ms => {
            let message = match detects {
                true => format!(
                    "looking for a machine takes up to {}, and somebody may be there {} later",
                    show_time(terms.limits.machine_ms),
                    show_time(said.value)
                ),
                false => "somebody may be there too late".to_owned(),
            };
            let help = match left_ms {
                1.. => {
                    format!("write `connect within {}`, or decide about machines sooner", show_time(left_ms))
                }
                _ => "decide about machines sooner: `deciding within 1s`".to_owned(),
            };
            bench.breaks(context, Code::LawTiming, said.span, message, &help);
        }
        Some(_) => {}
        None if left_ms < 1 => {
            let span = terms.said.machine.map_or(terms.item.name.span, |(_, span)| span);
            let message = "looking for a machine takes all the time".to_owned();
            bench.breaks(context, Code::LawTiming, span, message, "decide sooner: `deciding within 1s`");
        }
        None => {
            terms.limits.connect_ms =
                Some(terms.limits.connect_ms.map_or(left_ms, |known| known.min(left_ms)))
        }
    }
}
