//! Arithmetic with units.

use tandem_stdlib::contract::{Slot, Type};

use super::{Typer, fold};
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{ArithmeticOp, Expr, ExprKind};
use crate::source::Span;
use crate::tree;

impl Typer<'_, '_> {
    /// `a + b`, `a / b else c`
    pub(super) fn arithmetic(
        &mut self,
        op: ArithmeticOp,
        left: &tree::Expr,
        right: &tree::Expr,
        otherwise: Option<&tree::Expr>,
        span: Span,
        hint: Option<Type>,
    ) -> Option<Expr> {
        let one = self.infer(left, None);
        let other = self.infer(right, None);
        let (one, other) = (one?, other?);
        let Some(ty) = result(op, one.ty, other.ty) else {
            self.no_result(op, &one, &other, span);
            return None;
        };
        let otherwise = match otherwise {
            Some(value) => {
                Some(self.typed(value, hint.filter(|hint| *hint == ty).unwrap_or(ty), "the division")?)
            }
            None => None,
        };
        if op == ArithmeticOp::Divide
            && otherwise.is_none()
            && fold::slot(&other).is_none_or(|slot| is_zero(other.ty, slot))
        {
            let message =
                format!("`{}` may be zero, and nothing says what then", self.context.shown(right.span));
            let help = format!("say it: `({} else …)`", self.context.shown(span));
            self.context.error(Code::DivisionNeedsElse, span, message, Some(help));
            return None;
        }
        self.build(op, one, other, otherwise, ty, span)
    }

    fn build(
        &mut self,
        op: ArithmeticOp,
        left: Expr,
        right: Expr,
        otherwise: Option<Expr>,
        ty: Type,
        span: Span,
    ) -> Option<Expr> {
        if let (Some(one), Some(other)) = (fold::slot(&left), fold::slot(&right)) {
            if op == ArithmeticOp::Divide && is_zero(right.ty, other) {
                return otherwise;
            }
            let folded = compute(op, (left.ty, one), (right.ty, other), ty);
            if folded.is_none() {
                let message = format!("the result of `{}` is too large", self.context.shown(span));
                self.context.error(Code::BadLiteral, span, message, Some("use smaller values".to_owned()));
            }
            return folded.map(|slot| fold::constant(slot, ty, span));
        }
        let otherwise = otherwise.filter(|_| fold::slot(&right).is_none()).map(Box::new);
        let (left, right) = (Box::new(left), Box::new(right));
        Some(Expr { kind: ExprKind::Arithmetic { op, left, right, otherwise }, ty, span })
    }

    fn no_result(&mut self, op: ArithmeticOp, left: &Expr, right: &Expr, span: Span) {
        let (one, other) = (self.context.shown(left.span), self.context.shown(right.span));
        let (is_one, is_other) = (self.context.is(left.ty), self.context.is(right.ty));
        let message = format!("`{one}` {is_one} and `{other}` {is_other}: {} do not go together", how(op));
        let wrong = Diagnostic::new(Code::MixedUnits, span, message);
        let help = match op {
            ArithmeticOp::Add | ArithmeticOp::Subtract => "both sides need one unit",
            ArithmeticOp::Multiply => "one side must be a plain number or a percentage",
            ArithmeticOp::Divide => "divide by a plain number, or by something of the same unit",
        };
        self.context.report(wrong.help(help));
    }

    /// `-x`
    pub(super) fn minus(&mut self, inner: &tree::Expr, span: Span, hint: Option<Type>) -> Option<Expr> {
        let value = self.infer(inner, hint)?;
        if !is_quantity(value.ty) {
            let message = format!(
                "`{}` {} and has no opposite",
                self.context.shown(inner.span),
                self.context.is(value.ty)
            );
            self.context.error(Code::MixedUnits, span, message, Some("remove the `-`".to_owned()));
            return None;
        }
        let zero = fold::constant(if value.ty.is_float() { fold::float(0.0) } else { 0 }, value.ty, span);
        let ty = value.ty;
        self.build(ArithmeticOp::Subtract, zero, value, None, ty, span)
    }
}

const fn how(op: ArithmeticOp) -> &'static str {
    match op {
        ArithmeticOp::Add => "as a sum they",
        ArithmeticOp::Subtract => "as a difference they",
        ArithmeticOp::Multiply => "as a product they",
        ArithmeticOp::Divide => "as a quotient they",
    }
}

/// Whether values of the type add up.
const fn is_quantity(ty: Type) -> bool {
    ty.is_float() || matches!(ty, Type::Money(_) | Type::Duration)
}

/// The type of a result; `None`: the units do not go together.
fn result(op: ArithmeticOp, left: Type, right: Type) -> Option<Type> {
    use ArithmeticOp::{Add, Divide, Multiply, Subtract};
    match (op, left, right) {
        (Add | Subtract, one, other) if one == other && is_quantity(one) => Some(one),
        (Subtract, Type::Moment, Type::Moment) => Some(Type::Duration),
        (Add | Subtract, Type::Moment, Type::Duration) | (Add, Type::Duration, Type::Moment) => {
            Some(Type::Moment)
        }
        (Multiply, Type::Percent, Type::Percent) => Some(Type::Percent),
        (Multiply, Type::Percent | Type::Number, other) if is_quantity(other) && other != Type::Percent => {
            Some(other)
        }
        (Multiply, one, Type::Percent | Type::Number) if is_quantity(one) && one != Type::Percent => {
            Some(one)
        }
        (Divide, one, Type::Number) if is_quantity(one) => Some(one),
        (Divide, one, other) if one == other && is_quantity(one) => Some(Type::Number),
        _ => None,
    }
}

fn is_zero(ty: Type, slot: Slot) -> bool {
    if ty.is_float() { f64::from_bits(slot) == 0.0 } else { slot == 0 }
}

/// The result of two constants; `None` when it leaves the range of its type.
fn compute(op: ArithmeticOp, left: (Type, Slot), right: (Type, Slot), ty: Type) -> Option<Slot> {
    if !left.0.is_float() && !right.0.is_float() && !ty.is_float() {
        let (one, other) = (left.1.cast_signed(), right.1.cast_signed());
        let whole = match op {
            ArithmeticOp::Add => one.checked_add(other),
            ArithmeticOp::Subtract => one.checked_sub(other),
            ArithmeticOp::Multiply | ArithmeticOp::Divide => None,
        };
        return whole.map(i64::cast_unsigned);
    }
    let (one, other) = (as_float(left), as_float(right));
    let value = match op {
        ArithmeticOp::Add => one + other,
        ArithmeticOp::Subtract => one - other,
        ArithmeticOp::Multiply => one * other,
        ArithmeticOp::Divide => one / other,
    };
    if !value.is_finite() {
        return None;
    }
    if ty.is_float() { Some(fold::float(value)) } else { rounded(value) }
}

#[expect(clippy::cast_precision_loss, reason = "products with a float are rounded to whole units anyway")]
fn as_float((ty, slot): (Type, Slot)) -> f64 {
    if ty.is_float() { f64::from_bits(slot) } else { slot.cast_signed() as f64 }
}

/// 2^63.
const TOO_LARGE: f64 = 9_223_372_036_854_775_808.0;

/// Half away from zero.
fn rounded(value: f64) -> Option<Slot> {
    let whole = value.round();
    if whole.abs() >= TOO_LARGE {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "whole and in range, see above")]
    let whole = whole as i64;
    Some(whole.cast_unsigned())
}
