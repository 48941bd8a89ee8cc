//! What a ticket is classified as when it opens.

use tandem_stdlib::contract::{EntryRef, Type};

use crate::check::context::Context;
use crate::check::resolve::{PRIORITY, QUEUE, type_named};
use crate::check::routes::{Asked, asked, untyped};
use crate::check::types::Typer;
use crate::diagnostics::Code;
use crate::source::Span;
use crate::tree::{Choice, Name, TypeName};

/// Outputs that need no type.
const OUTPUTS: [(&str, Type); 2] = [("priority", Type::Word(PRIORITY)), ("queue", Type::Word(QUEUE))];

/// `priority high when … otherwise normal`
pub(super) fn priority(
    typer: &mut Typer<'_, '_>,
    ticket: &str,
    choices: &[Choice],
    span: Span,
) -> Option<EntryRef> {
    let outputs = [(Name { text: "priority".to_owned(), span }, Type::Word(PRIORITY))];
    entry(typer, ticket, &outputs, choices, span)
}

/// `classify decides … { … }`
pub(super) fn classify(
    typer: &mut Typer<'_, '_>,
    file: usize,
    ticket: &str,
    decides: &[(Name, Option<TypeName>)],
    choices: &[Choice],
    span: Span,
) -> Option<EntryRef> {
    let outputs: Vec<Option<(Name, Type)>> = decides
        .iter()
        .map(|(name, written)| Some((name.clone(), output(typer.context, file, name, written.as_ref())?)))
        .collect();
    let outputs = outputs.into_iter().collect::<Option<Vec<_>>>()?;
    entry(typer, ticket, &outputs, choices, span)
}

fn output(context: &mut Context<'_>, file: usize, name: &Name, written: Option<&TypeName>) -> Option<Type> {
    let known = OUTPUTS.iter().find(|(known, _)| *known == name.text).map(|(_, ty)| *ty);
    match (written, known) {
        (None, Some(ty)) => Some(ty),
        (Some(written), None) => type_named(context, file, written),
        (Some(written), Some(known)) => {
            let ty = type_named(context, file, written)?;
            if ty != known {
                let message = format!("`{}` of a ticket always {}", name.text, context.is(known));
                let help = "leave the type out, or give it another name".to_owned();
                context.error(Code::WrongType, written.span, message, Some(help));
                return None;
            }
            Some(ty)
        }
        (None, None) => {
            untyped(context, name, &OUTPUTS, "text");
            None
        }
    }
}

fn entry(
    typer: &mut Typer<'_, '_>,
    ticket: &str,
    outputs: &[(Name, Type)],
    choices: &[Choice],
    span: Span,
) -> Option<EntryRef> {
    let rules = Asked { name: format!("{ticket} classify"), outputs, place: span };
    let route = asked(typer, &rules, choices)?;
    Some(typer.context.treatment(route))
}
