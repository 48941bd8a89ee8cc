//! Where values may be seen: a sensitive one reaches no screen, event or log unmasked, and a field that some roles alone
//! may see reaches nobody else.

use tandem_stdlib::contract::{FactSource, Slot, Type};

use super::context::Context;
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{Choice, Expr, ExprKind, Route};
use crate::source::Span;

/// Where a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sink {
    /// A card on the screen of a role (slot of `role`), 0 for the agent of the call.
    Card(Slot),
    /// What a route decides: it is logged, and sent on as an event.
    Decision,
}

impl Sink {
    const fn words(self) -> &'static str {
        match self {
            Self::Card(_) => "a screen",
            Self::Decision => "events and logs, where every decision goes",
        }
    }
}

/// Reports what a value would reveal there.
pub(super) fn check(context: &mut Context<'_>, value: &Expr, to: Sink) {
    let mut seen = Vec::new();
    revealed(value, &mut seen);
    for (call, field, span) in seen {
        leak(context, (call, field), span, value.span, to);
    }
}

/// Reports what a route's answers would reveal.
pub(super) fn check_route(context: &mut Context<'_>, route: &Route) {
    for choice in &route.choices {
        match choice {
            Choice::Table(table) => {
                let answers = table.rows.iter().flat_map(|row| &row.answers);
                answers.for_each(|answer| check(context, answer, Sink::Decision));
            }
            Choice::Rule(rule) => {
                rule.answers.iter().for_each(|answer| check(context, answer, Sink::Decision));
            }
        }
    }
}

/// The fields of answers whose values can be read off a value: what a comparison tells is yes or no alone.
fn revealed(value: &Expr, seen: &mut Vec<(u32, u32, Span)>) {
    match &value.kind {
        ExprKind::Fact(FactSource::Answer(call, field)) => seen.push((*call, *field, value.span)),
        ExprKind::If { then, otherwise, .. } => {
            [then, otherwise].into_iter().for_each(|one| revealed(one, seen))
        }
        ExprKind::Arithmetic { left, right, otherwise, .. } => {
            [left, right].into_iter().chain(otherwise).for_each(|one| revealed(one, seen));
        }
        _ => {}
    }
}

fn leak(context: &mut Context<'_>, (call, at): (u32, u32), span: Span, shown_at: Span, to: Sink) {
    let source = context.calls.list.get(call as usize).map(|call| call.source as usize);
    let info = source.and_then(|source| context.world.sources.get(source));
    let fields = info.and_then(|info| context.world.records.get(info.record?));
    let Some(field) = fields.and_then(|fields| fields.get(at as usize)) else { return };
    let hidden_from =
        !field.visible_to.is_empty() && !matches!(to, Sink::Card(role) if field.visible_to.contains(&role));
    if !field.sensitive && !hidden_from {
        return;
    }
    let value = context.shown(span);
    let is_text = matches!(field.ty, Some(Type::Text | Type::Phone));
    let asked = context.calls.shown.get(call as usize).cloned().unwrap_or_default();
    let declared = format!("`{}` of what `{asked}` answers is declared so here", field.name);
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
