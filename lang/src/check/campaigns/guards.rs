//! `never when …`, and by what leads are ordered: entries on the lead.

use tandem_stdlib::contract::{EntryRef, Outcome, Output, Type};

use super::said::Said;
use crate::check::context::Context;
use crate::check::types::Typer;
use crate::diagnostics::Code;
use crate::program::{ArithmeticOp, Choice, Expr, ExprKind, Route, Rule};
use crate::source::Span;

/// The guards of a campaign.
#[derive(Clone, Default)]
pub(super) struct Guards {
    /// The entry; `None`: there are no guards.
    pub(super) entry: Option<EntryRef>,
    /// Their conditions.
    pub(super) conditions: Vec<Expr>,
}

/// `None`: one is wrong, which has been reported.
pub(super) fn guards(typer: &mut Typer<'_, '_>, campaign: &str, said: &Said<'_>) -> Option<Guards> {
    let typed: Vec<Option<Expr>> = said.never.iter().map(|(when, ..)| typer.condition(when)).collect();
    let conditions: Vec<Expr> = typed.into_iter().collect::<Option<_>>()?;
    let Some((_, _, first)) = said.never.first() else { return Some(Guards::default()) };
    let mut rules = Vec::new();
    for (condition, (when, because, span)) in conditions.iter().zip(&said.never) {
        let label = format!("never when {}", typer.context.shown(when.span));
        let because = because.map(|quoted| quoted.text.clone()).unwrap_or_default();
        let outcome = Outcome { label, because, place: typer.context.place(*span) };
        rules.push(Choice::Rule(Rule { when: Some(condition.clone()), answers: Vec::new(), outcome }));
    }
    let (name, place) = (format!("{campaign} never"), typer.context.place(*first));
    let entry = typer.context.treatment(Route { name, place, choices: rules, ..Route::default() });
    Some(Guards { entry: Some(entry), conditions })
}

/// An entry whose outcome tells that the person has not agreed.
pub(super) fn not_agreed(context: &mut Context<'_>, campaign: &str, consent: Expr) -> EntryRef {
    let span = consent.span;
    let not = Expr { span, ty: Type::YesNo, kind: ExprKind::Not(Box::new(consent)) };
    context.holds(format!("{campaign} consent"), "not agreed", not, "")
}

/// An entry that gives a number: leads with the highest go first. `None`: wrong, which has been reported.
pub(super) fn order(typer: &mut Typer<'_, '_>, campaign: &str, said: &Said<'_>) -> Option<Option<EntryRef>> {
    let Some((written, highest_first)) = said.leads.and_then(|leads| leads.order.as_ref()) else {
        return Some(None);
    };
    let value = typer.value(&written.value)?;
    let (span, ty) = (value.span, value.ty);
    let Some(number) = as_number(value) else {
        let message = format!("`{}` {} and has no size", typer.context.shown(span), typer.context.is(ty));
        let help = "order by a number, an amount, a share or a time span".to_owned();
        typer.context.error(Code::WrongType, span, message, Some(help));
        return None;
    };
    let number = if *highest_first { number } else { times(number, -1.0) };
    let outcome =
        Outcome { label: "order".to_owned(), because: written.reason(), place: typer.context.place(span) };
    let (name, place) = (format!("{campaign} order"), outcome.place.clone());
    let outputs = vec![Output { name: "order".to_owned(), ty: Type::Number }];
    let choices = vec![Choice::Rule(Rule { when: None, answers: vec![number], outcome })];
    Some(Some(typer.context.treatment(Route { name, place, outputs, choices, ..Route::default() })))
}

/// A value as a plain number, for comparing.
fn as_number(value: Expr) -> Option<Expr> {
    let (ty, span) = (value.ty, value.span);
    let unit = match ty {
        Type::Number => return Some(value),
        Type::Percent => 1.0_f64.to_bits(),
        Type::Money(_) => 10_000,
        Type::Duration => 1,
        _ => return None,
    };
    let one = Expr { kind: ExprKind::Constant(unit), ty, span };
    let zero = Expr { kind: ExprKind::Constant(0), ty: Type::Number, span };
    Some(arithmetic(ArithmeticOp::Divide, value, one, Some(zero), span))
}

fn times(value: Expr, factor: f64) -> Expr {
    let span = value.span;
    let factor = Expr { kind: ExprKind::Constant(factor.to_bits()), ty: Type::Number, span };
    arithmetic(ArithmeticOp::Multiply, value, factor, None, span)
}

fn arithmetic(op: ArithmeticOp, left: Expr, right: Expr, otherwise: Option<Expr>, span: Span) -> Expr {
    let (left, right, otherwise) = (Box::new(left), Box::new(right), otherwise.map(Box::new));
    Expr { kind: ExprKind::Arithmetic { op, left, right, otherwise }, ty: Type::Number, span }
}
