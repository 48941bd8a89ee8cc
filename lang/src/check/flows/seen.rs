//! Where values may be seen: a sensitive one reaches no screen, event or log unmasked, and a field that some roles alone
//! may see reaches nobody else.

use tandem_stdlib::contract::{FactSource, Slot, Type};

use super::origin::{field_of, revealed};
use crate::check::context::Context;
use crate::check::sinks::Sink;
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{Choice, Expr, Route};
use crate::source::Span;

/// Reports what a route's answers would reveal.
pub(in crate::check) fn check(context: &mut Context<'_>, route: &Route, to: Sink) {
    for choice in &route.choices {
        match choice {
            Choice::Table(table) => {
                let answers = table.rows.iter().flat_map(|row| &row.answers);
                answers.for_each(|answer| value(context, answer, to));
            }
            Choice::Rule(rule) => rule.answers.iter().for_each(|answer| value(context, answer, to)),
        }
    }
}

fn value(context: &mut Context<'_>, value: &Expr, to: Sink) {
    let mut seen = Vec::new();
    revealed(value, &mut seen);
    for (fact, span) in seen {
        leak(context, fact, span, value.span, to);
    }
}

fn leak(context: &mut Context<'_>, fact: FactSource, span: Span, shown_at: Span, to: Sink) {
    let Some((field, asked)) = field_of(context, fact) else { return };
    let hidden_from =
        !field.visible_to.is_empty() && !matches!(to, Sink::Card(role) if field.visible_to.contains(&role));
    if !field.labels.sensitive && !hidden_from {
        return;
    }
    let value = context.shown(span);
    let is_text = matches!(field.ty, Some(Type::Text | Type::Phone));
    let declared = format!("`{}` of {asked} is declared so here", field.name);
    let (declared_at, where_to) = (field.span, to.words());
    let (code, message) = match field.labels.sensitive {
        true => (Code::SensitiveShown, format!("`{value}` is sensitive and would reach {where_to}")),
        false => {
            let roles: Vec<&str> =
                field.visible_to.iter().filter_map(|role| role_name(context, *role)).collect();
            let roles = roles.join("` and `");
            (
                Code::RoleMayNotSee,
                format!("`{value}` may be seen by `{roles}` alone, and would reach {where_to}"),
            )
        }
    };
    let sensitive = field.labels.sensitive;
    let mut wrong = Diagnostic::new(code, shown_at, message).note(declared_at, declared);
    if span != shown_at {
        wrong = wrong.note(span, "it comes in here");
    }
    wrong = match (sensitive, is_text) {
        (true, true) => wrong.help(format!("write `masked({value})`")).fix(span, format!("masked({value})")),
        (true, false) => wrong.help("leave it out: only a text can be masked"),
        (false, _) => wrong.help("show it `to role` one of them, or leave it out"),
    };
    context.report(wrong);
}

fn role_name<'c>(context: &'c Context<'_>, role: Slot) -> Option<&'c str> {
    let at = usize::try_from(role).ok()?.checked_sub(1)?;
    context.world.vocabularies.words(crate::check::resolve::ROLE).nth(at)
}
