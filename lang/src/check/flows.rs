//! Where values may be seen: a sensitive one reaches no screen, event or log unmasked, and a field that some roles alone
//! may see reaches nobody else.

use tandem_stdlib::contract::{FactSource, Slot, Type};

use super::context::Context;
use super::resolve::FieldInfo;
use super::sinks::Sink;
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{Choice, Expr, ExprKind, Route};
use crate::source::Span;

/// Reports what the outputs of all entries that something asks would reveal.
pub(super) fn check_told(context: &mut Context<'_>) {
    let (routes, told) = (std::mem::take(&mut context.conditions), std::mem::take(&mut context.told));
    for (route, told) in routes.iter().zip(&told) {
        context.lead = told.lead;
        check(context, route, told.to);
    }
    (context.conditions, context.told) = (routes, told);
}

/// Reports what a route's answers would reveal.
pub(super) fn check(context: &mut Context<'_>, route: &Route, to: Sink) {
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

/// The fields of answers and leads whose values can be read off a value: what a comparison tells is yes or no alone.
fn revealed(value: &Expr, seen: &mut Vec<(FactSource, Span)>) {
    match &value.kind {
        ExprKind::Fact(fact @ (FactSource::Answer(..) | FactSource::Lead(_))) => {
            seen.push((*fact, value.span));
        }
        ExprKind::If { then, otherwise, .. } => {
            [then, otherwise].into_iter().for_each(|one| revealed(one, seen))
        }
        ExprKind::Arithmetic { left, right, otherwise, .. } => {
            [left, right].into_iter().chain(otherwise).for_each(|one| revealed(one, seen));
        }
        _ => {}
    }
}

/// The field that a fact tells, and how whoever tells it is called.
fn field_of<'c>(context: &'c Context<'_>, fact: FactSource) -> Option<(&'c FieldInfo, String)> {
    let (record, field, asked) = match fact {
        FactSource::Answer(call, field) => {
            let source = context.calls.list.get(call as usize)?.source as usize;
            let asked = context.calls.shown.get(call as usize).cloned().unwrap_or_default();
            (context.world.sources.get(source)?.record?, field, format!("what `{asked}` answers"))
        }
        FactSource::Lead(field) => (context.lead?, field, "the leads".to_owned()),
        _ => return None,
    };
    Some((context.world.records.get(record)?.get(field as usize)?, asked))
}

fn leak(context: &mut Context<'_>, fact: FactSource, span: Span, shown_at: Span, to: Sink) {
    let Some((field, asked)) = field_of(context, fact) else { return };
    let hidden_from =
        !field.visible_to.is_empty() && !matches!(to, Sink::Card(role) if field.visible_to.contains(&role));
    if !field.sensitive && !hidden_from {
        return;
    }
    let value = context.shown(span);
    let is_text = matches!(field.ty, Some(Type::Text | Type::Phone));
    let declared = format!("`{}` of {asked} is declared so here", field.name);
    let (declared_at, where_to) = (field.span, to.words());
    let (code, message) = match field.sensitive {
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
    let sensitive = field.sensitive;
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
    context.world.vocabularies.words(super::resolve::ROLE).nth(at)
}
