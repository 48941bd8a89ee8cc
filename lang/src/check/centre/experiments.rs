//! Experiments: a share of calls tries other rules, or another dialog.

mod sides;

use tandem_stdlib::contract::ExperimentSpec;

use self::sides::{Entries, Side};
use crate::check::context::Context;
use crate::check::resolve::Kind;
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{Qa, Route, Watch};
use crate::tree;

/// Everything that can be tried, as it has been checked.
pub(in crate::check) struct Triable<'p> {
    pub(in crate::check) routes: &'p mut [Route],
    pub(in crate::check) watches: &'p mut [Watch],
    pub(in crate::check) qas: &'p mut [Qa],
    /// By assist: its full name and its watch.
    pub(in crate::check) assists: Vec<(String, usize)>,
}

/// Checks all experiments; what is tried runs only in place of others. It comes after everything that makes entries, whose
/// numbers it tells.
pub(in crate::check) fn experiments(
    context: &mut Context<'_>,
    triable: &mut Triable<'_>,
) -> Vec<ExperimentSpec> {
    let items = context.world.experiments.clone();
    let names = context.names_of(Kind::Experiment);
    let mut tried: Vec<Side> = Vec::new();
    let mut found = Vec::new();
    for ((file, item), name) in items.into_iter().zip(names) {
        report_empty(context, item);
        let place = context.place(item.name.span);
        let (tries, dialogs) = (Vec::new(), Vec::new());
        let mut spec = ExperimentSpec { name, place, share: item.share.value, by: item.by, tries, dialogs };
        for one in &item.tries {
            let mut entries = Entries { context, triable };
            if let Some(pairs) = entries.pairs(file, one, &mut tried) {
                entries.add(&pairs, &mut spec);
            }
        }
        found.push(spec);
    }
    tried.into_iter().for_each(|side| triable.hold_back(side));
    found
}

fn report_empty(context: &mut Context<'_>, item: &tree::Experiment) {
    if !(item.share.value > 0.0 && item.share.value < 1.0) {
        let message = "an experiment compares two sides, and one of them would be empty";
        let help = "write a share above 0% and below 100%".to_owned();
        context.error(Code::BadLiteral, item.share.span, message, Some(help));
    }
    if item.tries.is_empty() && !context.is_incomplete(item.span) {
        let message = format!("the experiment `{}` tries nothing", item.name.text);
        let wrong = Diagnostic::new(Code::CentreIncomplete, item.name.span, message);
        context.report(wrong.help("say what is tried: `route arrival tries arrival_b`"));
    }
}
