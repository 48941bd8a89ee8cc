//! Experiments: a share of calls tries other rules.

use tandem_stdlib::contract::{EntryRef, ExperimentSpec};

use crate::check::context::{Context, small};
use crate::check::resolve::Kind;
use crate::diagnostics::{Code, Diagnostic};
use crate::program::Route;
use crate::source::Span;
use crate::tree::{self, Path};

/// Checks all experiments; routes that are tried run only in place of others.
pub(super) fn experiments(context: &mut Context<'_>, routes: &mut [Route]) -> Vec<ExperimentSpec> {
    let items = context.world.experiments.clone();
    let names = context.names_of(Kind::Experiment);
    let mut tried: Vec<(EntryRef, Span)> = Vec::new();
    let mut found = Vec::new();
    for ((file, item), name) in items.into_iter().zip(names) {
        if !(item.share.value > 0.0 && item.share.value < 1.0) {
            let message = "an experiment compares two sides, and one of them would be empty";
            let help = "write a share above 0% and below 100%".to_owned();
            context.error(Code::BadLiteral, item.share.span, message, Some(help));
        }
        if item.tries.is_empty() && !context.is_incomplete(item.span) {
            let message = format!("the experiment `{}` tries nothing", item.name.text);
            let help = "say what is tried: `route arrival tries arrival_b`".to_owned();
            context.error(Code::CentreIncomplete, item.name.span, message, Some(help));
        }
        let pairs: Vec<_> =
            item.tries.iter().filter_map(|one| tries(context, file, one, routes, &mut tried)).collect();
        let place = context.place(item.name.span);
        found.push(ExperimentSpec { name, place, share: item.share.value, by: item.by, tries: pairs });
    }
    for (entry, _) in tried {
        if let Some(route) = routes.get_mut(entry as usize) {
            route.triggers.clear();
        }
    }
    found
}

fn tries(
    context: &mut Context<'_>,
    file: usize,
    item: &tree::Tries,
    routes: &[Route],
    tried: &mut Vec<(EntryRef, Span)>,
) -> Option<(EntryRef, EntryRef)> {
    if item.watch {
        let message = "watches cannot be tried: what one has seen so far would be lost";
        let help = "try a route, or give the watch dates".to_owned();
        context.error(Code::SidesDiffer, item.span, message, Some(help));
        return None;
    }
    let (usual, other) = (route(context, file, &item.usual), route(context, file, &item.tried));
    let (usual, other) = (usual?, other?);
    let reason = if usual == other {
        Some("a route cannot be tried in its own place".to_owned())
    } else if tried.iter().any(|(before, _)| [usual, other].contains(before)) {
        Some("one of these routes is tried already".to_owned())
    } else {
        difference(context, routes, usual, other)
    };
    if let Some(reason) = reason {
        let wrong = Diagnostic::new(Code::SidesDiffer, item.span, reason);
        context.report(
            wrong.help("both sides decide the same outputs at the same moments, by rules of their own"),
        );
        return None;
    }
    tried.push((other, item.span));
    Some((usual, other))
}

fn route(context: &mut Context<'_>, file: usize, path: &Path) -> Option<EntryRef> {
    let symbol = context.find(file, path, Kind::Route)?;
    context.world.symbol(symbol).map(|symbol| small(symbol.at))
}

/// What keeps two routes from standing for each other.
fn difference(context: &Context<'_>, routes: &[Route], usual: EntryRef, other: EntryRef) -> Option<String> {
    let (one, two) = (routes.get(usual as usize)?, routes.get(other as usize)?);
    let items = &context.world.routes;
    let (_, written) = items.get(other as usize)?;
    let (name, tried) = (&items.get(usual as usize)?.1.name.text, &written.name.text);
    if one.outputs != two.outputs {
        let outputs = |route: &Route| {
            route.outputs.iter().map(|output| format!("`{}`", output.name)).collect::<Vec<_>>().join(", ")
        };
        let (left, right) = (outputs(one), outputs(two));
        return Some(format!("`{name}` decides {left}, but `{tried}` decides {right}"));
    }
    if !written.at.is_empty() && one.triggers != two.triggers {
        return Some(format!("`{name}` and `{tried}` decide at different moments"));
    }
    if one.effective != two.effective {
        return Some(format!("`{name}` and `{tried}` hold on different days"));
    }
    None
}
