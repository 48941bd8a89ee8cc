//! Texts and hand-overs: what dialogs, campaigns and tickets share, and those of campaigns and tickets.

use tandem_stdlib::contract::{
    CallFact, EntryRef, FactSource, HandOver, HandOverValue, Outcome, Output, Slot, Speech, Type,
};

use super::context::Context;
use super::resolve::{INTENT, Kind, LANGUAGE};
use super::suggest;
use super::types::{Noted, Typer};
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{Choice, Expr, ExprKind, Route, Rule};
use crate::source::Span;
use crate::tree::{self, Handed, Path, Template, Words};

/// A text in each of its languages; language 0 is any.
pub(super) type InLanguages = Vec<(Slot, Template)>;

/// What a `text` says in each language; `None`: wrong, which has been reported.
pub(super) fn text_named(context: &mut Context<'_>, file: usize, path: &Path) -> Option<InLanguages> {
    let symbol = context.find(file, path, Kind::Text)?;
    let at = context.world.symbol(symbol)?.at;
    let (_, item) = context.world.texts.get(at)?;
    let slots = item.lines.iter().map(|(language, template)| {
        Some((context.world.vocabularies.word(LANGUAGE, &language.text)?, template.clone()))
    });
    slots.collect()
}

/// The typed values of a text, those of all languages one after another; `None`: one is wrong, which was reported.
pub(super) fn values(typer: &mut Typer<'_, '_>, texts: &InLanguages) -> Option<Vec<Expr>> {
    let all = texts.iter().flat_map(|(_, template)| &template.values);
    let typed: Vec<Option<Expr>> = all.map(|value| typer.value(value)).collect();
    typed.into_iter().collect()
}

/// Texts whose values are numbered one after another, over all languages.
pub(super) fn numbered(context: &mut Context<'_>, texts: &InLanguages) -> Vec<(Slot, Slot)> {
    let mut before = 0;
    let slots = texts.iter().map(|(language, template)| {
        let text = shifted(&template.text, before);
        before += template.values.len();
        (*language, context.literals.slot(&text))
    });
    slots.collect()
}

/// A text whose values are numbered from a later one.
fn shifted(text: &str, by: usize) -> String {
    let mut shifted = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((plain, after)) = rest.split_once('{') {
        shifted.push_str(plain);
        let Some((number, after)) = after.split_once('}') else { break };
        let number = number.parse::<usize>().unwrap_or_default().saturating_add(by);
        shifted.push_str(&format!("{{{number}}}"));
        rest = after;
    }
    shifted + rest
}

/// A text of a campaign or ticket with its values; `None`: wrong, which has been reported.
pub(super) fn speech(typer: &mut Typer<'_, '_>, file: usize, owner: &str, words: &Words) -> Option<Speech> {
    let texts = match words {
        Words::Written(template) => vec![(0, template.clone())],
        Words::Named(path) => text_named(typer.context, file, path)?,
    };
    let values = values(typer, &texts)?;
    let texts = numbered(typer.context, &texts);
    let values = (!values.is_empty()).then(|| entry_of(typer, owner, values));
    Some(Speech { texts, values })
}

/// What the caller wants, as far as known.
pub(super) const fn intent_of_call(span: Span) -> Expr {
    Expr { kind: ExprKind::Fact(FactSource::Call(CallFact::Intent)), ty: Type::Word(INTENT), span }
}

/// Fields that fill themselves.
pub(super) const KNOWN: [(&str, HandOverValue); 3] = [
    ("summary", HandOverValue::Summary),
    ("answers", HandOverValue::Answers),
    ("transcript", HandOverValue::Transcript),
];

/// What whoever comes next is told.
pub(super) fn handed(
    typer: &mut Typer<'_, '_>,
    owner: &str,
    fields: &[Handed],
    noted: &Noted,
) -> Option<Vec<HandOver>> {
    let mut handed: Vec<HandOver> = Vec::new();
    let mut whole = true;
    for field in fields {
        let (span, found) = match field {
            Handed::Value(name, value) => {
                let value = typer.value(value).map(|value| entry_of(typer, owner, vec![value]));
                let value = value.map(HandOverValue::Value);
                (name.span, value.map(|value| HandOver { name: name.text.clone(), value }))
            }
            Handed::Named(path) => (path.span, named(typer, owner, path, noted)),
        };
        whole &= found.as_ref().is_some_and(|found| once(typer.context, &handed, found, span));
        handed.extend(found);
    }
    whole.then_some(handed)
}

fn once(context: &mut Context<'_>, before: &[HandOver], found: &HandOver, span: Span) -> bool {
    if before.iter().all(|one| one.name != found.name) {
        return true;
    }
    let message = format!("`{}` is told twice", found.name);
    context.report(Diagnostic::new(Code::DeclaredTwice, span, message).help("remove one of them"));
    false
}

/// Something that has a name already: what fills itself, a note of the dialog, or a value.
fn named(typer: &mut Typer<'_, '_>, owner: &str, path: &Path, noted: &Noted) -> Option<HandOver> {
    let name = path.names.last()?.text.clone();
    let value = match path.names.as_slice() {
        [_] => {
            let known = KNOWN.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
            let is_noted = matches!(noted, Noted::ByDialog(notes) if notes.contains(&name));
            match known.or(is_noted.then_some(HandOverValue::Note)) {
                Some(value) => value,
                None if name == "intent" => {
                    HandOverValue::Value(entry_of(typer, owner, vec![intent_of_call(path.span)]))
                }
                None => {
                    missing(typer.context, &name, path.span, noted);
                    return None;
                }
            }
        }
        _ => {
            let written = tree::Expr { kind: tree::ExprKind::Path(path.clone()), span: path.span };
            let value = typer.value(&written)?;
            HandOverValue::Value(entry_of(typer, owner, vec![value]))
        }
    };
    Some(HandOver { name, value })
}

fn missing(context: &mut Context<'_>, name: &str, span: Span, noted: &Noted) {
    let notes: &[String] = if let Noted::ByDialog(notes) = noted { notes } else { &[] };
    let known = KNOWN.iter().map(|(known, _)| *known).chain(["intent"]);
    let known = known.chain(notes.iter().map(String::as_str));
    let (message, help) = match (suggest::nearest(name, known), noted) {
        (_, Noted::Broken) => return,
        (Some(near), _) => (format!("nothing is known as `{name}`"), format!("did you mean `{near}`?")),
        (None, Noted::ByDialog(_)) => (
            format!("the campaign's dialog does not note `{name}`"),
            format!("note it there, `note {name} = …`, or say here what it is: `{name} = call.intent`"),
        ),
        (None, Noted::Nothing) => (
            format!("nothing notes `{name}`, for the campaign runs no dialog"),
            format!("say what it is, `{name} = call.intent`, or let a dialog note it: `run dialog NAME`"),
        ),
    };
    context.report(Diagnostic::new(Code::HandedOverMissing, span, message).help(help));
}

/// An entry whose outputs are these values.
pub(super) fn entry_of(typer: &mut Typer<'_, '_>, owner: &str, values: Vec<Expr>) -> EntryRef {
    let span = values.first().zip(values.last()).map(|(first, last)| first.span.to(last.span));
    let place = span.map(|span| typer.context.place(span)).unwrap_or_default();
    let output = |value: &Expr| Output { name: typer.context.shown(value.span), ty: value.ty };
    let outputs = values.iter().map(output).collect();
    let outcome = Outcome { label: "value".to_owned(), because: String::new(), place: place.clone() };
    let choices = vec![Choice::Rule(Rule { when: None, answers: values, outcome })];
    typer.context.condition(Route { name: owner.to_owned(), place, outputs, choices, ..Route::default() })
}
