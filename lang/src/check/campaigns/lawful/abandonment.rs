//! No more abandoned calls than a law allows.

use tandem_stdlib::contract::{AbandonCap, AbandonedOf, Window};

use super::{Bench, Terms};
use crate::check::context::Context;
use crate::diagnostics::Code;
use crate::tree::Pace;

/// Who dials more calls than there are people to talk must keep a cap that implies the law's.
pub(super) fn at_most(context: &mut Context<'_>, bench: &Bench<'_>, law: AbandonCap, terms: &mut Terms<'_>) {
    let Some((pace, span)) = terms.said.pace.filter(|_| terms.over_dials()) else { return };
    let asked = context.shown(bench.line);
    if let Pace::Power(_) = pace {
        let message = "a fixed ratio keeps no share of abandoned calls".to_owned();
        let help = format!("write `pace predictive keeping {asked}`, or `pace progressive`");
        bench.breaks(context, Code::LawAbandonment, span, message, &help);
        return;
    }
    if law.share == 0.0 {
        let message = "predictive dialling abandons some calls".to_owned();
        let help = "write `pace progressive`: at most one call for each free agent";
        bench.breaks(context, Code::LawAbandonment, span, message, help);
        return;
    }
    match terms.cap {
        None => terms.cap = Some(law),
        Some(own) if implies(own, law) => {}
        Some(own) => {
            let help = format!("write `pace predictive keeping {asked}`, or a lower share");
            bench.breaks(context, Code::LawAbandonment, span, why(own, law).to_owned(), &help);
        }
    }
}

/// Whether whoever keeps one cap keeps the other.
fn implies(own: AbandonCap, law: AbandonCap) -> bool {
    own.share <= law.share && rank(own.of) <= rank(law.of) && is_part(own.window, law.window)
}

fn why(own: AbandonCap, law: AbandonCap) -> &'static str {
    if own.share > law.share {
        "this share of abandoned calls is too high"
    } else if rank(own.of) > rank(law.of) {
        "this share is of more calls than the law counts"
    } else {
        "this share is over another window, in which bad days can hide"
    }
}

/// The fewer calls are counted, the stricter is the same share.
const fn rank(of: AbandonedOf) -> u8 {
    match of {
        AbandonedOf::ReachedQueue => 0,
        AbandonedOf::LiveAnswers => 1,
        AbandonedOf::AllCalls => 2,
    }
}

/// Whether windows of the first kind make up each of the second.
fn is_part(own: Window, law: Window) -> bool {
    match (own, law) {
        (Window::Sliding(own), Window::Sliding(law)) => own <= law && law % own == 0,
        (one, other) if one == other => true,
        (Window::CalendarDay, Window::CalendarMonth | Window::Campaign) => true,
        (Window::Sliding(_) | Window::CalendarMonth, Window::Campaign) => true,
        _ => false,
    }
}
