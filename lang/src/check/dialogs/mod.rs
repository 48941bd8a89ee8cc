//! Dialogs: blocks and questions as data, and whether every caller finds a way out.

mod acts;
mod conditions;
mod depth;
mod handover;
mod occasions;
mod offers;
mod questions;
mod requests;
mod speech;
mod ways;
mod writer;

use tandem_stdlib::contract::DialogSpec;

use self::writer::{Around, Writer};
use super::context::Context;
use super::limits::counted;
use super::resolve::{Kind, LANGUAGE, unknown_word};
use super::types::{Stand, Typer};
use crate::diagnostics::{Code, Diagnostic};
use crate::tree;

/// How deep questions may stand in one another when a dialog says nothing: callers lose their way in deeper menus.
const LEVELS_MAX_DEFAULT: u32 = 3;

/// Checks all dialogs; one with an error is left out.
pub(super) fn dialogs(context: &mut Context<'_>) -> Vec<DialogSpec> {
    speech::texts(context);
    let items = context.world.dialogs.clone();
    let names = context.names_of(Kind::Dialog);
    items
        .into_iter()
        .zip(names)
        .filter_map(|((file, item), name)| dialog(context, file, item, name))
        .collect()
}

fn dialog(context: &mut Context<'_>, file: usize, item: &tree::Dialog, name: String) -> Option<DialogSpec> {
    let languages = languages(context, item);
    let levels_max = match item.levels {
        Some(levels) => counted(context, levels, 1.0),
        None => Some(LEVELS_MAX_DEFAULT),
    };
    let own = context.world.symbols.iter().position(|symbol| symbol.span == item.name.span);
    if let (true, Some(own)) = (item.at_start, own) {
        context.use_symbol(super::resolve::SymbolId(own));
    }
    if item.block.acts.is_empty() && item.block.question.is_none() && !context.is_incomplete(item.span) {
        let wrong = Diagnostic::new(
            Code::NoWayOut,
            item.name.span,
            format!("the dialog `{}` does nothing", item.name.text),
        );
        context.report(wrong.help("say or ask something: `ask \"How can I help?\" hearing intent`"));
    }
    let mut typer = Typer::new(context, file, Stand::Dialog);
    typer.add_lets(&item.lets);
    let depth = depth::depth(&item.block);
    let spec = DialogSpec {
        place: typer.context.place(item.name.span),
        at_start: item.at_start,
        depth: depth.ok(),
        circle: depth.err().map(|span| typer.context.place(span)),
        name,
        ..DialogSpec::default()
    };
    let mut writer = Writer::new(&mut typer, file, item, spec, levels_max.unwrap_or(LEVELS_MAX_DEFAULT));
    writer.languages = languages.clone().unwrap_or_default();
    writer.begins(item);
    writer.block(&item.block, &Around::default());
    let spec = writer.finish();
    if !typer.context.is_incomplete(item.span) {
        typer.report_unused_lets(&item.lets);
    }
    languages.and(levels_max).and(spec)
}

/// The index of a dialog that something else runs.
pub(super) fn dialog_named(context: &mut Context<'_>, file: usize, path: &tree::Path) -> Option<u32> {
    let symbol = context.find(file, path, Kind::Dialog)?;
    context.world.symbol(symbol).map(|symbol| super::context::small(symbol.at))
}

/// Every name that a dialog (by its index) notes somewhere.
pub(super) fn notes_of(context: &Context<'_>, dialog: u32) -> Vec<String> {
    let item = context.world.dialogs.get(dialog as usize);
    item.map(|(_, item)| handover::notes(&item.block)).unwrap_or_default()
}

/// The languages' slots with their names.
fn languages(context: &mut Context<'_>, item: &tree::Dialog) -> Option<Vec<(u64, String)>> {
    let mut known = Some(Vec::new());
    for name in &item.languages {
        match context.world.vocabularies.word(LANGUAGE, &name.text) {
            Some(slot) => known.iter_mut().for_each(|known| known.push((slot, name.text.clone()))),
            None => {
                let wrong = unknown_word(&context.world.vocabularies, LANGUAGE, &name.text, name.span);
                context.report(wrong);
                known = None;
            }
        }
    }
    known
}
