//! Building expressions with constants folded.

use std::cmp::Ordering;

use tandem_stdlib::contract::{FactSource, Slot, Type};

use crate::program::{CompareOp, Expr, ExprKind};
use crate::source::Span;

/// A constant.
pub(super) const fn constant(slot: Slot, ty: Type, span: Span) -> Expr {
    Expr { kind: ExprKind::Constant(slot), ty, span }
}

/// The slot of a constant expression.
pub(super) const fn slot(expr: &Expr) -> Option<Slot> {
    match expr.kind {
        ExprKind::Constant(slot) => Some(slot),
        _ => None,
    }
}

/// The bits of a float; zero has one sign.
pub(super) fn float(value: f64) -> Slot {
    (value + 0.0).to_bits()
}

/// `not x`
pub(super) fn not(inner: Expr, span: Span) -> Expr {
    match slot(&inner) {
        Some(value) => constant(value ^ 1, Type::YesNo, span),
        None => Expr { kind: ExprKind::Not(Box::new(inner)), ty: Type::YesNo, span },
    }
}

/// `a and b`
pub(super) fn all(parts: Vec<Expr>, span: Span) -> Expr {
    join(parts, span, 0, ExprKind::All)
}

/// `a or b`
pub(super) fn any(parts: Vec<Expr>, span: Span) -> Expr {
    join(parts, span, 1, ExprKind::Any)
}

/// `deciding` settles the whole, the other constant says nothing.
fn join(parts: Vec<Expr>, span: Span, deciding: Slot, kind: fn(Vec<Expr>) -> ExprKind) -> Expr {
    if parts.iter().any(|part| slot(part) == Some(deciding)) {
        return constant(deciding, Type::YesNo, span);
    }
    let mut open: Vec<Expr> = parts.into_iter().filter(|part| slot(part).is_none()).collect();
    match open.len() {
        0 => constant(deciding ^ 1, Type::YesNo, span),
        1 => open.pop().map_or(constant(deciding ^ 1, Type::YesNo, span), |one| Expr { span, ..one }),
        _ => Expr { kind: kind(open), ty: Type::YesNo, span },
    }
}

/// `then if condition else otherwise`
pub(super) fn choice(condition: Expr, then: Expr, otherwise: Expr, span: Span) -> Expr {
    match slot(&condition) {
        Some(0) => Expr { span, ..otherwise },
        Some(_) => Expr { span, ..then },
        None => {
            let (condition, ty) = (Box::new(condition), then.ty);
            let (then, otherwise) = (Box::new(then), Box::new(otherwise));
            Expr { kind: ExprKind::If { condition, then, otherwise }, ty, span }
        }
    }
}

/// `a >= b`
pub(super) fn compare(op: CompareOp, left: Expr, right: Expr, span: Span) -> Expr {
    if let (Some(one), Some(other)) = (slot(&left), slot(&right)) {
        return constant(Slot::from(holds(op, left.ty, one, other)), Type::YesNo, span);
    }
    Expr { kind: ExprKind::Compare(op, Box::new(left), Box::new(right)), ty: Type::YesNo, span }
}

/// Whether something that is told by when it was, or -1, was at all.
pub(in crate::check) fn was(when: FactSource, span: Span) -> Expr {
    let when = Expr { kind: ExprKind::Fact(when), ty: Type::Duration, span };
    compare(CompareOp::AtLeast, when, constant(0, Type::Duration, span), span)
}

/// Whether a comparison of two values of one type holds.
pub(in crate::check) fn holds(op: CompareOp, ty: Type, one: Slot, other: Slot) -> bool {
    let unknown = matches!(ty, Type::Word(_)) && (one == 0 || other == 0);
    let order = order(ty, one, other);
    match op {
        CompareOp::Equal => order == Some(Ordering::Equal),
        CompareOp::NotEqual => order != Some(Ordering::Equal),
        _ if unknown => false,
        CompareOp::Less => order.is_some_and(Ordering::is_lt),
        CompareOp::AtMost => order.is_some_and(Ordering::is_le),
        CompareOp::More => order.is_some_and(Ordering::is_gt),
        CompareOp::AtLeast => order.is_some_and(Ordering::is_ge),
    }
}

/// How two slots of one type compare.
pub(super) fn order(ty: Type, one: Slot, other: Slot) -> Option<Ordering> {
    if ty.is_float() {
        return f64::from_bits(one).partial_cmp(&f64::from_bits(other));
    }
    Some(one.cast_signed().cmp(&other.cast_signed()))
}
