//! Modes: watches over queues that turn something on until it is clear again.

use tandem_stdlib::contract::{Action, CallFact, Effective, FactSource, ModeSpec, Outcome, Party, Trigger};

use crate::check::context::{Context, small};
use crate::check::resolve::Kind;
use crate::check::types::{Stand, Typer, facts};
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{Expr, Watch};
use crate::tree;

/// Checks all modes; one with an error is left out.
pub(super) fn modes(context: &mut Context<'_>) -> Vec<ModeSpec> {
    let items = context.world.modes.clone();
    let names = context.names_of(Kind::Mode);
    let numbered = items.into_iter().zip(names).zip(0..);
    numbered.filter_map(|(((file, item), name), at)| mode(context, file, item, name, at)).collect()
}

fn mode(
    context: &mut Context<'_>,
    file: usize,
    item: &tree::Mode,
    name: String,
    at: u32,
) -> Option<ModeSpec> {
    let when = condition(context, file, &item.when);
    let clear = match &item.until {
        Some(until) => condition(context, file, until),
        None => {
            let message = format!("nothing says when the mode `{}` ends", item.name.text);
            let wrong = Diagnostic::new(Code::ModeNeverEnds, item.name.span, message);
            let help = "say it well apart from its beginning, so that it does not flutter: `until queue.waiting < 5`";
            context.report(wrong.help(help));
            None
        }
    };
    let (when, clear) = (when?, clear?);
    let of_clock = |fact: &FactSource| matches!(fact, FactSource::Calendar(_) | FactSource::Call(_));
    let by_clock = [&when, &clear].into_iter().flat_map(facts).all(|fact| of_clock(&fact));
    let because = item.because.as_ref().map(|quoted| quoted.text.clone()).unwrap_or_default();
    let place = context.place(item.name.span);
    let label = context.shown(item.when.span);
    let outcome = Outcome { label, because: because.clone(), place: place.clone() };
    let watch = context.make_watch(Watch {
        name: name.clone(),
        place: place.clone(),
        effective: Effective::default(),
        party: Party::Customer,
        triggers: vec![Trigger::Wake, Trigger::Centre],
        branches: vec![(when, outcome)],
        clear: Some(clear),
        at_most_once_per_ms: None,
        action: Action::Mode(small(at as usize)),
        because: because.clone(),
        follow_up: None,
    });
    Some(ModeSpec { name, place, watch, by_clock, because })
}

/// A condition over queues, other modes, and the clock: hours and days are the same for all calls.
fn condition(context: &mut Context<'_>, file: usize, written: &tree::Expr) -> Option<Expr> {
    let found = Typer::new(context, file, Stand::Watch(Party::Customer)).condition(written)?;
    let of_centre = |fact: &FactSource| {
        use FactSource::{Calendar, Call, Mode, Queue};
        matches!(fact, Queue(..) | Mode(_) | Calendar(_) | Call(CallFact::Clock))
    };
    let read = facts(&found);
    if read.is_empty() || !read.iter().all(of_centre) {
        let message = format!("`{}` does not look at the centre alone", context.shown(written.span));
        let help = "a mode holds for all calls: ask about queues, hours and days, such as `queue.waiting > 20` or `service_hours = closed`".to_owned();
        context.error(Code::NotHere, written.span, message, Some(help));
        return None;
    }
    Some(found)
}
