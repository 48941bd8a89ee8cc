//! The tree of all files to a checked program: names, types, units, and whether every call has an answer.
//!
//! Every part reports all it finds. A part with an error has no value (`None`), which fits everywhere, so that one
//! mistake is reported once.

mod campaigns;
mod centre;
mod circles;
mod context;
mod dates;
mod dialling;
mod dialogs;
mod flows;
mod guarantees;
mod laws;
mod limits;
mod quality;
mod queues;
mod replays;
mod resolve;
mod routes;
mod scripts;
mod sinks;
mod spoken;
mod suggest;
#[cfg(test)]
mod tests;
mod texts;
mod tickets;
mod types;
mod watches;
mod week;

pub use texts::{Checked, check_texts};
pub use types::standard_names;

use self::centre::Triable;
use self::context::Context;
use self::resolve::{Kind, Patterns};
use self::types::{Stand, Typer};
use crate::diagnostics::{Diagnostic, Severity};
use crate::program::{PhraseSet, Program};
use crate::source::Sources;
use crate::tree::File;

/// Checks files together; the program is there when nothing is wrong, warnings aside.
///
/// `sources` must hold the texts of all files.
#[must_use]
pub fn check(files: &[File], sources: Sources) -> (Option<Program>, Vec<Diagnostic>) {
    check_within(files, sources, guarantees::TURNS_MAX)
}

/// The same; guarantees try so many turns together.
fn check_within(files: &[File], sources: Sources, turns_max: usize) -> (Option<Program>, Vec<Diagnostic>) {
    let (program, mut found) = checked(files, &sources, turns_max);
    found.sort_by_key(|one| (one.span, one.code));
    let is_wrong = found.iter().any(|one| one.severity() == Severity::Error);
    let program = if is_wrong { None } else { Some(Program { texts: sources, ..program }) };
    (program, found)
}

fn checked(files: &[File], sources: &Sources, turns_max: usize) -> (Program, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let world = resolve::collect(files, sources, &mut found);
    let mut context = Context::new(sources, world, found);
    resolve::records_and_sources(&mut context, |context, file, value, ty| {
        Typer::new(context, file, Stand::Constant).constant(value, ty, "the field")
    });
    let patterns = resolve::patterns(&mut context);
    let calendars = resolve::calendars(&mut context);
    resolve::heard_as(&mut context, files);
    let (mut routes, decided) = routes::routes(&mut context);
    queues::queues(&mut context);
    let dialogs = dialogs::dialogs(&mut context);
    let laws = laws::laws(&mut context, &patterns);
    let campaigns = campaigns::campaigns(&mut context, &laws, &calendars);
    let tickets = tickets::tickets(&mut context, &laws, &calendars);
    let mut watches = watches::watches(&mut context);
    let mut qas = quality::qas(&mut context);
    dates::versions(&mut context);
    let centre = centre::centre(&mut context);
    // Tests name entries by their place: none may come behind.
    let protected = flows::splits(&mut context);
    let tests = scripts::scripts(&mut context, &decided, &campaigns, &tickets);
    let replays = replays::replays(&mut context);
    flows::check_labels(&mut context, &routes);
    let guarantees = guarantees::guarantees(
        &mut context,
        &guarantees::Given { routes: &routes, dialogs: &dialogs, calendars: &calendars, patterns: &patterns },
        turns_max,
    );
    routes.append(&mut context.conditions);
    watches.append(&mut context.watches_made);
    let assists = centre.assists.iter().map(|one| (one.name.clone(), one.watch as usize)).collect();
    let (of_routes, of_watches) = (routes.as_mut_slice(), watches.as_mut_slice());
    let mut triable = Triable { routes: of_routes, watches: of_watches, qas: &mut qas, assists };
    let experiments = centre::experiments(&mut context, &mut triable);
    resolve::report_unused(&mut context);
    let phrases = phrase_sets(&context, &patterns);
    let Context { found, world, literals, calls, notes_read: notes, .. } = context;
    let program = Program {
        texts: Sources::default(),
        vocabularies: world.vocabularies.list,
        sources: world.sources.into_iter().map(|source| source.spec).collect(),
        source_calls: calls.list,
        source_calls_shown: calls.shown,
        phrases,
        calendars,
        queues: world.queues,
        modes: centre.modes,
        assists: centre.assists,
        attention: centre.attention,
        transfers: centre.transfers,
        masks: centre.masks,
        targets: centre.targets,
        exports: centre.exports,
        samplings: centre.samplings,
        protected,
        experiments,
        dialogs,
        notes,
        guarantees,
        literals: literals.list,
        campaigns,
        tickets,
        routes,
        watches,
        qas,
        tests,
        replays,
    };
    (program, found)
}

/// The phrase sets that something uses, in order of use.
fn phrase_sets(context: &Context<'_>, patterns: &Patterns) -> Vec<PhraseSet> {
    let used = context.phrases.list.iter();
    let sets = used.filter_map(|(symbol, heard_as)| {
        let declared = context.world.symbol(*symbol).filter(|symbol| symbol.kind == Kind::Phrases)?;
        let patterns = patterns.of(*symbol);
        Some(PhraseSet { name: declared.full.clone(), patterns, heard_as: *heard_as })
    });
    sets.collect()
}
