//! Guards that must come before every call: consent, and the do-not-call list.

use tandem_stdlib::contract::{AttemptFact, FactSource, Type};

use super::{Bench, Terms};
use crate::check::context::Context;
use crate::check::routes::coverage::{Decides, decides};
use crate::diagnostics::Code;
use crate::program::{Expr, ExprKind};
use crate::source::Span;

/// Whoever has not agreed is never called.
pub(super) fn consent(context: &mut Context<'_>, bench: &Bench<'_>, terms: &mut Terms<'_>) {
    let place = terms.item.name.span;
    let Some(consent) = terms.consent.clone() else {
        let help = "say which field of the lead tells, `consent is lead.consented`, and `never when not lead.consented because \"no consent\"`";
        bench.lacks(context, Code::LawGuard, place, "consent", help);
        return;
    };
    if let ExprKind::If { otherwise, .. } = &consent.kind
        && let ExprKind::Constant(1) = otherwise.kind
    {
        let message = "consent counts as given when nobody knows".to_owned();
        let help = "let the unknown be `no`, in the record or after `else`";
        bench.breaks(context, Code::LawGuard, consent.span, message, help);
        return;
    }
    let shown = match terms.said.consent {
        Some(_) => context.shown(consent.span),
        None => "lead.consented".to_owned(),
    };
    let asked = Expr { span: consent.span, ty: Type::YesNo, kind: ExprKind::Not(Box::new(consent)) };
    let help = format!("add `never when not {shown} because \"no consent\"`");
    guarded(context, bench, terms, &asked, "somebody who has not agreed", &help);
}

/// Whoever is on the list is never called.
pub(super) fn do_not_call(context: &mut Context<'_>, bench: &Bench<'_>, terms: &mut Terms<'_>) {
    let kind = ExprKind::Fact(FactSource::Attempt(AttemptFact::DoNotCall));
    let asked = Expr { kind, ty: Type::YesNo, span: Span::default() };
    let help = "add `never when lead.on_do_not_call because \"on the do-not-call list\"`";
    guarded(context, bench, terms, &asked, "somebody on the do-not-call list", help);
}

fn guarded(
    context: &mut Context<'_>,
    bench: &Bench<'_>,
    terms: &Terms<'_>,
    asked: &Expr,
    who: &str,
    help: &str,
) {
    let alternatives: Vec<Expr> = terms.guards.conditions.iter().flat_map(alternatives).collect();
    let message = match decides(context, &alternatives, asked) {
        Decides::Always => return,
        Decides::NotWith(sample) if sample.is_empty() || alternatives.is_empty() => {
            format!("{who} may be called")
        }
        Decides::NotWith(sample) => format!("{who} may be called, such as a lead with {sample}"),
        Decides::Unknown => format!("the guards are too many to tell whether {who} may be called"),
    };
    bench.breaks(context, Code::LawGuard, terms.item.name.span, message, help);
}

/// The parts of a condition of which any is enough.
fn alternatives(condition: &Expr) -> Vec<Expr> {
    match &condition.kind {
        ExprKind::Any(parts) => parts.iter().flat_map(alternatives).collect(),
        _ => vec![condition.clone()],
    }
}
