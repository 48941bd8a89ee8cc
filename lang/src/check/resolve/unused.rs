//! Names that nothing uses.

use std::collections::HashSet;

use super::{Kind, QUEUE};
use crate::check::context::Context;
use crate::diagnostics::{Code, Diagnostic};

/// Warns of queues that no policy reaches and of declarations that nothing uses, in the user's own files.
pub(in crate::check) fn report_unused(context: &mut Context<'_>) {
    // What could not be read may use anything, through what is left out because of it.
    if !context.world.unread.is_empty() {
        return;
    }
    let meant = meant(&context.found);
    let symbols = context.world.symbols.iter().zip(&context.used);
    let unused = symbols.filter(|(symbol, used)| {
        !**used && !symbol.standard && is_for_use(symbol.kind) && !meant.contains(symbol.name.as_str())
    });
    let unused = unused.map(|(symbol, _)| {
        let what = symbol.kind.words().split_once(' ').map_or("name", |(_, words)| words);
        let message = format!("the {what} `{}` is used nowhere", symbol.name);
        Diagnostic::new(Code::UnusedName, symbol.span, message).help("use it, or remove it")
    });
    let queues = context
        .world
        .queues
        .iter()
        .zip(&context.queues_reached)
        .filter(|(queue, reached)| !**reached && !meant.contains(queue.name.as_str()));
    let queues = queues.filter_map(|(queue, _)| {
        let span = context.world.vocabularies.declared_at(QUEUE, &queue.name)?;
        let message = format!("no policy sends calls to the queue `{}`", queue.name);
        Some(Diagnostic::new(Code::UnusedName, span, message).help("decide it in a route, or remove it"))
    });
    let all: Vec<Diagnostic> = unused.chain(queues).collect();
    all.into_iter().for_each(|one| context.report(one));
}

/// Names that a misspelt one probably means: they are not unused, the author only missed them.
fn meant(found: &[Diagnostic]) -> HashSet<String> {
    let unknown = found.iter().filter(|one| one.code == Code::UnknownName);
    let helps = unknown.filter_map(|one| one.help.as_deref()?.strip_prefix("did you mean `"));
    helps.filter_map(|help| help.strip_suffix("`?")).map(str::to_owned).collect()
}

const fn is_for_use(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Enum
            | Kind::Source
            | Kind::Phrases
            | Kind::Holidays
            | Kind::Calendar
            | Kind::Text
            | Kind::Dialog
            | Kind::Mode
    )
}
