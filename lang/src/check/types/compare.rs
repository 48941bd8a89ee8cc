//! Comparisons.

use tandem_stdlib::contract::{FactSource, Signal, Type};

use super::{Typer, fold, is_ordered};
use crate::diagnostics::Code;
use crate::program::{CompareOp, Expr, ExprKind};
use crate::source::Span;
use crate::tree;

impl Typer<'_, '_> {
    /// `a >= b`
    pub(super) fn compare(
        &mut self,
        op: CompareOp,
        left: &tree::Expr,
        right: &tree::Expr,
        span: Span,
    ) -> Option<Expr> {
        let (one, other) = self.pair(left, right, None);
        let (one, other) = (one?, other?);
        let (one, other) = self.usual(one, other)?;
        if one.ty != other.ty {
            let literal_first = fold::slot(&one).is_some() && fold::slot(&other).is_none();
            let (base, blamed) = if literal_first { (&other, &one) } else { (&one, &other) };
            self.mixed((base.span, base.ty), (blamed.span, blamed.ty));
            return None;
        }
        if !matches!(op, CompareOp::Equal | CompareOp::NotEqual) && !is_ordered(one.ty) {
            self.no_order(&one, span);
            return None;
        }
        if let (Some(bad), _) | (_, Some(bad)) = (beyond(&one, &other), beyond(&other, &one)) {
            let message = format!("`{}` lies outside of what `anger` can be", self.context.shown(bad));
            let help = "anger goes from 0 to 1: write a number such as `0.7`".to_owned();
            self.context.error(Code::BadLiteral, bad, message, Some(help));
            return None;
        }
        Some(measured(op, one, other, span))
    }

    fn no_order(&mut self, value: &Expr, span: Span) {
        let message =
            format!("`{}` {} and has no order", self.context.shown(value.span), self.context.is(value.ty));
        self.context.error(Code::MixedUnits, span, message, Some("compare it with `=` or `!=`".to_owned()));
    }

    /// Turns a signal that is compared with `… times usual` into its ratio.
    fn usual(&mut self, left: Expr, right: Expr) -> Option<(Expr, Expr)> {
        match (left.ty, right.ty) {
            (Type::TimesUsual, Type::TimesUsual) => Some((left, right)),
            (_, Type::TimesUsual) => Some((self.ratio(left)?, right)),
            (Type::TimesUsual, _) => {
                let ratio = self.ratio(right)?;
                Some((left, ratio))
            }
            _ => Some((left, right)),
        }
    }

    fn ratio(&mut self, value: Expr) -> Option<Expr> {
        let span = value.span;
        match value.kind {
            ExprKind::Fact(
                signal @ FactSource::Signal(party, Signal::Anger | Signal::Pitch | Signal::SpeechRate),
            ) => {
                let speaking = FactSource::Speaking(party);
                Some(Expr { kind: ExprKind::Usual { signal, speaking }, ty: Type::TimesUsual, span })
            }
            _ => {
                let shown = self.context.shown(span);
                let message = format!(
                    "`{shown}` {} and has no usual level to be a multiple of",
                    self.context.is(value.ty)
                );
                let help = match value.ty {
                    Type::Decibel => format!(
                        "levels in dB differ, they have no ratio: write `{shown} rises 6 dB within 10s`"
                    ),
                    _ => "`times usual` works with `anger`, `pitch` and `speech_rate`".to_owned(),
                };
                self.context.error(Code::MixedUnits, span, message, Some(help));
                None
            }
        }
    }
}

/// Where a number stands that anger, the other side, never is.
fn beyond(signal: &Expr, value: &Expr) -> Option<Span> {
    let (ExprKind::Fact(FactSource::Signal(_, Signal::Anger)), ExprKind::Constant(slot)) =
        (&signal.kind, &value.kind)
    else {
        return None;
    };
    (!(0.0..=1.0).contains(&f64::from_bits(*slot))).then_some(value.span)
}

/// A comparison that a signal without a measurement does not satisfy, `!=` included.
pub(super) fn measured(op: CompareOp, left: Expr, right: Expr, span: Span) -> Expr {
    let may_be_missing = |expr: &Expr| {
        let fact = matches!(expr.kind, ExprKind::Fact(FactSource::Signal(..) | FactSource::Confidence(_)));
        (fact && expr.ty.is_float()) || matches!(expr.kind, ExprKind::Usual { .. })
    };
    let missing = [&left, &right].into_iter().find(|side| may_be_missing(side)).cloned();
    let compared = fold::compare(op, left, right, span);
    match (op, missing) {
        (CompareOp::NotEqual, Some(signal)) => {
            let known = fold::compare(CompareOp::Equal, signal.clone(), signal, span);
            fold::all(vec![compared, known], span)
        }
        _ => compared,
    }
}
