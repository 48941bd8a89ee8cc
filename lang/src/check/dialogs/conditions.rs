//! The conditions that handlers are made of.

use tandem_stdlib::contract::{DialogFact, FactSource, Party, Slot, Type};

use crate::check::resolve::INTENT;
use crate::check::types::was;
use crate::program::{Cell, CellTest, CompareOp, Expr, ExprKind};
use crate::source::Span;

/// A fact as an expression.
pub(super) const fn fact(fact: FactSource, ty: Type, span: Span) -> Expr {
    Expr { kind: ExprKind::Fact(fact), ty, span }
}

/// A yes/no fact of the event.
pub(super) const fn happened(what: DialogFact, span: Span) -> Expr {
    fact(FactSource::Dialog(what), Type::YesNo, span)
}

/// The event told one of these intents.
pub(super) fn intent_in(intents: Vec<Slot>, span: Span) -> Expr {
    let tests = intents.into_iter().map(CellTest::Is).collect();
    let intent = fact(FactSource::Dialog(DialogFact::Intent), Type::Word(INTENT), span);
    let kind = ExprKind::In(Box::new(intent), Cell { not: false, tests, span });
    Expr { kind, ty: Type::YesNo, span }
}

/// The event is this key.
pub(super) fn key(key: char, span: Span) -> Expr {
    let pressed = fact(FactSource::Dialog(DialogFact::Key), Type::Number, span);
    compare(CompareOp::Equal, pressed, f64::from(u32::from(key)), span)
}

/// The customer says the phrases in this turn.
pub(super) fn says(set: u32, span: Span) -> Expr {
    was(FactSource::Said(Party::Customer, set), span)
}

/// How often the customer said the phrases.
pub(super) const fn said_times(set: u32, span: Span) -> Expr {
    fact(FactSource::SaidTimes(Party::Customer, set), Type::Number, span)
}

/// A count of the dialog.
pub(super) const fn counted(what: DialogFact, span: Span) -> Expr {
    fact(FactSource::Dialog(what), Type::Number, span)
}

/// A number compared with a constant.
pub(super) fn compare(op: CompareOp, number: Expr, value: f64, span: Span) -> Expr {
    let constant = Expr { kind: ExprKind::Constant(value.to_bits()), ty: Type::Number, span };
    Expr { kind: ExprKind::Compare(op, Box::new(number), Box::new(constant)), ty: Type::YesNo, span }
}

/// All hold.
pub(super) fn all(mut parts: Vec<Expr>, span: Span) -> Expr {
    match (parts.len(), parts.pop()) {
        (1, Some(one)) => one,
        (_, last) => {
            parts.extend(last);
            Expr { kind: ExprKind::All(parts), ty: Type::YesNo, span }
        }
    }
}

/// Any holds.
pub(super) fn any(mut parts: Vec<Expr>, span: Span) -> Expr {
    match (parts.len(), parts.pop()) {
        (1, Some(one)) => one,
        (_, last) => {
            parts.extend(last);
            Expr { kind: ExprKind::Any(parts), ty: Type::YesNo, span }
        }
    }
}

/// Does not hold.
pub(super) fn not(inner: Expr, span: Span) -> Expr {
    Expr { kind: ExprKind::Not(Box::new(inner)), ty: Type::YesNo, span }
}
