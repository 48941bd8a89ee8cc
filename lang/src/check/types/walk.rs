//! Walking typed expressions.

use tandem_stdlib::contract::FactSource;

use crate::program::{Cell, CellTest, Expr, ExprKind};

/// The facts that an expression reads, in order, repeated ones too.
pub(in crate::check) fn facts(expr: &Expr) -> Vec<FactSource> {
    let mut found = Vec::new();
    visit(expr, &mut |part| match &part.kind {
        ExprKind::Fact(fact) => found.push(*fact),
        ExprKind::Moves { signal, .. } => found.push(*signal),
        ExprKind::Usual { signal, speaking } => found.extend([*signal, *speaking]),
        ExprKind::In(_, cell) => found.extend(cell_facts(cell)),
        _ => {}
    });
    found
}

/// The facts that a cell reads beside its column.
fn cell_facts(cell: &Cell) -> impl Iterator<Item = FactSource> {
    cell.tests.iter().filter_map(|test| match test {
        CellTest::Fact(fact) => Some(*fact),
        _ => None,
    })
}

/// The number of parts of an expression.
pub(in crate::check) fn size(expr: &Expr) -> usize {
    let mut parts = 0;
    visit(expr, &mut |_| parts += 1);
    parts
}

/// A text that is equal for expressions that mean the same, wherever they stand.
pub(in crate::check) fn key(expr: &Expr) -> String {
    use std::fmt::Write;
    let mut text = String::new();
    visit(expr, &mut |part| {
        let written = match &part.kind {
            ExprKind::Constant(slot) => write!(text, "#{slot}"),
            ExprKind::Fact(fact) => write!(text, "{fact:?}"),
            ExprKind::Not(_) => write!(text, "not"),
            ExprKind::All(parts) => write!(text, "all{}", parts.len()),
            ExprKind::Any(parts) => write!(text, "any{}", parts.len()),
            ExprKind::Compare(op, ..) => write!(text, "{op:?}"),
            ExprKind::In(_, cell) => write!(text, "in{}{:?}", cell.not, cell.tests),
            ExprKind::Arithmetic { op, otherwise, .. } => write!(text, "{op:?}{}", otherwise.is_some()),
            ExprKind::If { .. } => write!(text, "if"),
            ExprKind::Lasts(_, ms) => write!(text, "lasts{ms}"),
            ExprKind::Moves { signal, rises, within_ms } => write!(text, "{signal:?}{rises}{within_ms}"),
            ExprKind::Usual { signal, .. } => write!(text, "usual{signal:?}"),
            ExprKind::Often { times, within_ms, .. } => write!(text, "often{times},{within_ms}"),
        };
        // Writing to a text cannot fail.
        debug_assert!(written.is_ok());
        let _always_fine = write!(text, ":{:?} ", part.ty);
    });
    text
}

/// Every part of an expression, itself first.
pub(in crate::check) fn parts(expr: &Expr) -> Vec<&Expr> {
    let mut found = Vec::new();
    visit(expr, &mut |part| found.push(part));
    found
}

fn visit<'e>(expr: &'e Expr, each: &mut impl FnMut(&'e Expr)) {
    each(expr);
    match &expr.kind {
        ExprKind::Constant(_) | ExprKind::Fact(_) | ExprKind::Moves { .. } | ExprKind::Usual { .. } => {}
        ExprKind::Not(inner) | ExprKind::In(inner, _) | ExprKind::Lasts(inner, _) => visit(inner, each),
        ExprKind::All(parts) | ExprKind::Any(parts) => parts.iter().for_each(|part| visit(part, each)),
        ExprKind::Compare(_, left, right) => [left, right].into_iter().for_each(|part| visit(part, each)),
        ExprKind::Arithmetic { left, right, otherwise, .. } => {
            [left, right].into_iter().for_each(|part| visit(part, each));
            otherwise.iter().for_each(|part| visit(part, each));
        }
        ExprKind::If { condition, then, otherwise } => {
            [condition, then, otherwise].into_iter().for_each(|part| visit(part, each));
        }
        ExprKind::Often { condition, .. } => visit(condition, each),
    }
}
