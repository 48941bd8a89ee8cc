//! `tandem check`

use std::io::Write as _;

use tandem_lang::Checked;
use tandem_lang::diagnostics::Severity;
use tandem_lang::program::{Guarantee, Program, Proved};
use tandem_lang::render::{self, Findings};
use tandem_simulation::runs_in_calls;
use tandem_stdlib::contract::{DialogSpec, Entry, EntryKind};

use crate::arguments::{CheckArguments, CheckFormat, Deny};
use crate::failure::{Failure, Outcome};
use crate::policies::{self, PolicyTexts};
use crate::progress;
use crate::table::{Side, table};

/// Checks every policy and prints all findings.
///
/// # Errors
/// When a file cannot be read or the output cannot be written.
pub(crate) fn run(arguments: &CheckArguments) -> Result<Outcome, Failure> {
    let found = policies::find(&arguments.paths)?.into_iter();
    let checked: Vec<Checked> =
        found.map(|PolicyTexts { texts, .. }| tandem_lang::check_texts(texts)).collect();
    let findings: Vec<Findings<'_>> = checked.iter().map(Findings::of).collect();
    let text = match arguments.format {
        CheckFormat::Human => human(&checked, &findings)?,
        CheckFormat::Json => render::json(&findings),
        CheckFormat::Sarif => render::sarif(&findings),
        CheckFormat::Github => render::github(&findings),
    };
    std::io::stdout().write_all(text.as_bytes()).map_err(|error| Failure::output(&error))?;
    let least = if arguments.deny == Some(Deny::Warnings) { Severity::Warning } else { Severity::Error };
    Ok(Outcome::from_findings(
        checked.iter().flat_map(|one| &one.diagnostics).any(|one| one.severity() >= least),
    ))
}

/// The findings, then what the sound policies hold and what their watches cost.
fn human(checked: &[Checked], findings: &[Findings<'_>]) -> Result<String, Failure> {
    let mut text = render::human(findings, progress::colour());
    for program in checked.iter().filter_map(|one| one.program.as_ref()) {
        text.push_str(&contents(program)?);
    }
    Ok(text)
}

fn contents(program: &Program) -> Result<String, Failure> {
    let compiled = tandem_compiler::compile(program).map_err(|error| Failure::new(error.to_string()))?;
    let named = program.texts.files().filter(|(_, file)| !file.standard).map(|(_, file)| file.name.as_str());
    let manifest = &compiled.manifest;
    let is_route = |entry: &Entry| matches!(entry.kind, EntryKind::Route { .. });
    let entries = manifest.entries.iter().enumerate();
    let routes = entries.filter(|(at, entry)| is_route(entry) && runs_in_calls(manifest, *at)).count();
    let made = program.modes.len() + program.assists.len();
    let counts = [
        (routes, "route"),
        (program.watches.len().saturating_sub(made), "watch"),
        (program.qas.len(), "quality check"),
        (program.tests.len(), "test"),
    ];
    let more = [
        (program.dialogs.len(), "dialog"),
        (program.guarantees.len(), "guarantee"),
        (program.campaigns.len(), "campaign"),
        (program.tickets.len(), "ticket"),
        (program.modes.len(), "mode"),
        (program.assists.len(), "assist"),
    ];
    let more = more.into_iter().filter(|(count, _)| *count > 0);
    let counted: Vec<String> =
        counts.into_iter().chain(more).map(|(count, word)| plural(count, word)).collect();
    let costs: Vec<Vec<String>> = compiled.manifest.entries.iter().filter_map(cost).collect();
    let heads = [("watch", Side::Left), ("bytes a call", Side::Right), ("looks back", Side::Right)];
    let files = named.collect::<Vec<_>>().join(", ");
    let dialogs: Vec<Vec<String>> = program.dialogs.iter().map(questions).collect();
    let asks = [("dialog", Side::Left), ("questions at most", Side::Right)];
    let proved: String = program.guarantees.iter().flat_map(proved).collect();
    let tables = [table(&heads, &costs), table(&asks, &dialogs)].concat();
    Ok(format!("ok  {files}: {}\n{tables}{proved}", counted.join(", ")))
}

fn plural(count: usize, word: &str) -> String {
    match (count, word) {
        (1, _) => format!("1 {word}"),
        (_, "watch") => format!("{count} watches"),
        _ => format!("{count} {word}s"),
    }
}

/// How many questions a caller of the dialog hears at most.
fn questions(dialog: &DialogSpec) -> Vec<String> {
    let most = match (dialog.depth, &dialog.circle) {
        (Some(depth), _) => depth.to_string(),
        (None, Some(place)) => format!("no limit: round again at {}:{}", place.file, place.line),
        (None, None) => "no limit".to_owned(),
    };
    vec![dialog.name.clone(), most]
}

/// The promises of a guarantee, and how many states it took to prove each.
fn proved(guarantee: &Guarantee) -> Vec<String> {
    let line = |proved: &Proved| {
        let Proved { property, states, .. } = proved;
        format!("  {}, proved in {states} states: {property}\n", guarantee.name)
    };
    guarantee.properties.iter().map(line).collect()
}

/// What a watch costs; nothing for other entries.
fn cost(entry: &Entry) -> Option<Vec<String>> {
    let EntryKind::Watch { bounds, .. } = &entry.kind else { return None };
    let horizon = tandem_simulation::show_time(bounds.horizon_ms);
    Some(vec![entry.name.clone(), bounds.state_bytes.to_string(), horizon])
}
