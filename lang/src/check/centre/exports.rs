//! Exports: what leaves the house for others to learn from names nobody.

use tandem_stdlib::contract::{ExportSpec, Outcome, Output, Type};

use crate::check::context::Context;
use crate::check::limits::counted;
use crate::check::resolve::{Kind, twice};
use crate::check::sinks::Sink;
use crate::check::types::{Stand, Typer};
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{Choice, Expr, Route, Rule};
use crate::tree::{self, Name};

/// How many calls a row must be of where an export does not say.
const GROUPS_OF_DEFAULT: u32 = 5;

/// A row of fewer calls would be about one.
const GROUPS_OF_MIN: f64 = 2.0;

/// Checks all exports; one with an error is left out.
pub(super) fn exports(context: &mut Context<'_>) -> Vec<ExportSpec> {
    let items = context.world.exports.clone();
    let names = context.names_of(Kind::Export);
    items
        .into_iter()
        .zip(names)
        .filter_map(|((file, item), name)| export(context, file, item, name))
        .collect()
}

fn export(context: &mut Context<'_>, file: usize, item: &tree::Export, name: String) -> Option<ExportSpec> {
    let incomplete = context.is_incomplete(item.span);
    let said = is_said(context, item, incomplete);
    let groups_of = match item.groups_of {
        Some(number) => counted(context, number, GROUPS_OF_MIN),
        None => Some(GROUPS_OF_DEFAULT),
    };
    let mut typer = Typer::new(context, file, Stand::End);
    typer.add_lets(&item.lets);
    let when = match &item.when {
        Some(when) => typer.condition(when).map(Some),
        None => Some(None),
    };
    let columns: Vec<Option<(Output, Expr)>> =
        item.columns.iter().map(|one| column(&mut typer, one)).collect();
    if !incomplete {
        typer.report_unused_lets(&item.lets);
    }
    let columns = columns.into_iter().collect::<Option<Vec<_>>>().filter(|_| named_once(context, item));
    let (outputs, answers): (Vec<Output>, Vec<Expr>) = columns?.into_iter().unzip();
    let place = context.place(item.name.span);
    let because = item.because.as_ref().map(|quoted| quoted.text.clone()).unwrap_or_default();
    let outcome = Outcome { label: "exported".to_owned(), because: because.clone(), place: place.clone() };
    let choices = vec![Choice::Rule(Rule { when: when?, answers, outcome })];
    let route = Route { name: name.clone(), place, outputs, choices, ..Route::default() };
    let entry = context.condition_to(route, Sink::Export);
    Some(ExportSpec { name, because, groups_of: groups_of?, entry }).filter(|_| said)
}

/// Whether it says that it is anonymised, and something.
fn is_said(context: &mut Context<'_>, item: &tree::Export, incomplete: bool) -> bool {
    if incomplete {
        return false;
    }
    if !item.anonymised {
        let message = format!("nothing says that `{}` is anonymised", item.name.text);
        let wrong = Diagnostic::new(Code::NotAnonymised, item.name.span, message);
        let fix = format!("{} anonymised", item.name.text);
        let help = "what leaves the house names nobody: write `anonymised` behind the name";
        context.report(wrong.help(help).fix(item.name.span, fix));
    }
    if item.columns.is_empty() {
        let message = format!("the export `{}` tells nothing", item.name.text);
        let help = "say what stands in its rows, such as `intent = call.intent`".to_owned();
        context.error(Code::CentreIncomplete, item.name.span, message, Some(help));
    }
    item.anonymised && !item.columns.is_empty()
}

/// A text names people, whatever it was meant for, and so does a number that rings.
fn column(typer: &mut Typer<'_, '_>, (name, written): &(Name, tree::Expr)) -> Option<(Output, Expr)> {
    let value = typer.value(written)?;
    if matches!(value.ty, Type::Text | Type::Phone) {
        let (shown, is) = (typer.context.shown(value.span), typer.context.is(value.ty));
        let message = format!("`{shown}` {is}, and may name somebody, masked or not");
        let wrong = Diagnostic::new(Code::NotAnonymised, written.span, message);
        let help = "leave it out, or export a word, a number, or what a comparison tells of it";
        typer.context.report(wrong.help(help));
        return None;
    }
    Some((Output { name: name.text.clone(), ty: value.ty }, value))
}

fn named_once(context: &mut Context<'_>, item: &tree::Export) -> bool {
    let mut fine = true;
    for (at, (name, _)) in item.columns.iter().enumerate() {
        let first = item.columns.iter().take(at).find(|(first, _)| first.text == name.text);
        if let Some((first, _)) = first {
            context.report(twice(&name.text, name.span, first.span));
            fine = false;
        }
    }
    fine
}
