//! Texts and hand-overs of campaigns and tickets.

use tandem_stdlib::contract::{EntryRef, HandOver, HandOverValue, Outcome, Output, Speech};

use super::context::Context;
use super::suggest;
use super::types::Typer;
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{Choice, Expr, Route, Rule};
use crate::tree::{self, Path, Quoted};

/// A text.
pub(super) fn speech(context: &mut Context<'_>, words: &Quoted) -> Speech {
    Speech { texts: vec![(0, context.literals.slot(&words.text))], values: None }
}

/// Fields that fill themselves.
const KNOWN: [(&str, HandOverValue); 3] = [
    ("summary", HandOverValue::Summary),
    ("answers", HandOverValue::Answers),
    ("transcript", HandOverValue::Transcript),
];

/// What the next one is told.
pub(super) fn handed(typer: &mut Typer<'_, '_>, owner: &str, fields: &[Path]) -> Option<Vec<HandOver>> {
    let found: Vec<Option<HandOver>> = fields.iter().map(|field| handed_field(typer, owner, field)).collect();
    found.into_iter().collect()
}

fn handed_field(typer: &mut Typer<'_, '_>, owner: &str, path: &Path) -> Option<HandOver> {
    let name = path.names.last()?.text.clone();
    if let [_] = path.names.as_slice() {
        if let Some((_, value)) = KNOWN.iter().find(|(known, _)| *known == name) {
            return Some(HandOver { name, value: *value });
        }
        let mut wrong =
            Diagnostic::new(Code::UnknownName, path.span, format!("nothing is known as `{name}`"));
        wrong.help = suggest::help(&name, KNOWN.iter().map(|(known, _)| *known));
        typer.context.report(wrong);
        return None;
    }
    let value = typer.value(&tree::Expr { kind: tree::ExprKind::Path(path.clone()), span: path.span })?;
    Some(HandOver { name, value: HandOverValue::Value(value_of(typer, owner, value)) })
}

/// An entry whose only output is this value.
fn value_of(typer: &mut Typer<'_, '_>, owner: &str, value: Expr) -> EntryRef {
    let (name, place) = (typer.context.shown(value.span), typer.context.place(value.span));
    let outputs = vec![Output { name, ty: value.ty }];
    let outcome = Outcome { label: "value".to_owned(), because: String::new(), place: place.clone() };
    let choices = vec![Choice::Rule(Rule { when: None, answers: vec![value], outcome })];
    typer.context.condition(Route { name: owner.to_owned(), place, outputs, choices, ..Route::default() })
}
