//! Modes: watches over queues that turn something on until it is clear again.

use tandem_stdlib::contract::{Action, CallFact, Effective, FactSource, ModeSpec, Outcome, Party, Trigger};

use crate::check::circles::{circles, shown};
use crate::check::context::{Context, small};
use crate::check::resolve::{Items, Kind};
use crate::check::types::{Stand, Typer, facts};
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{Expr, Watch};
use crate::tree;

/// Checks all modes; one with an error is left out.
pub(super) fn modes(context: &mut Context<'_>) -> Vec<ModeSpec> {
    let items = context.world.modes.clone();
    let names = context.names_of(Kind::Mode);
    let mut asked = vec![Vec::new(); items.len()];
    let numbered = items.iter().zip(names).zip(&mut asked).enumerate();
    let modes = numbered.filter_map(|(at, (((file, item), name), asked))| {
        let (spec, facts) = mode(context, *file, item, name, small(at))?;
        asked.extend(facts.iter().filter_map(mode_of));
        Some(spec)
    });
    let modes = modes.collect();
    of_themselves(context, &items, &asked);
    modes
}

fn mode_of(fact: &FactSource) -> Option<usize> {
    match fact {
        FactSource::Mode(at) => usize::try_from(*at).ok(),
        _ => None,
    }
}

/// Reports modes that hold, directly or over others, because they hold or because they do not.
fn of_themselves(context: &mut Context<'_>, items: &Items<'_, tree::Mode>, asked: &[Vec<usize>]) {
    for circle in circles(asked) {
        let Some((_, first)) = circle.first().and_then(|at| items.get(*at)) else { continue };
        let name = |at: usize| items.get(at).map_or("", |(_, item)| item.name.text.as_str());
        let message = match circle.as_slice() {
            [_] => format!("the mode `{}` asks whether it holds itself", first.name.text),
            _ => format!("modes ask for one another in a circle: {}", shown(&circle, name)),
        };
        let wrong = Diagnostic::new(Code::ModeOfItself, first.name.span, message);
        let help = "let it ask about queues, hours and days, or for a mode that does not ask for it";
        context.report(wrong.help(help));
    }
}

fn mode(
    context: &mut Context<'_>,
    file: usize,
    item: &tree::Mode,
    name: String,
    at: u32,
) -> Option<(ModeSpec, Vec<FactSource>)> {
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
    let read: Vec<FactSource> = [&when, &clear].into_iter().flat_map(facts).collect();
    let by_clock = read.iter().all(of_clock);
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
        action: Action::Mode(at),
        because: because.clone(),
        follow_up: None,
    });
    Some((ModeSpec { name, place, watch, by_clock, because }, read))
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
