//! Conditions of rows and rules as tests of columns.

use tandem_stdlib::contract::{Slot, Type};

use crate::check::types::compared;
use crate::program::{Cell, CellTest, CompareOp, Expr, ExprKind};

/// One test of a column; all atoms of a row must hold.
pub(super) struct Atom<'e> {
    /// What is tested.
    pub(super) column: &'e Expr,
    /// Whether the tests are turned round.
    pub(super) not: bool,
    /// Any of these.
    pub(super) tests: Vec<CellTest>,
}

/// Adds the atoms of a condition that must come out as `wanted`; `false`: it never can.
pub(super) fn condition<'e>(expr: &'e Expr, wanted: bool, atoms: &mut Vec<Atom<'e>>) -> bool {
    match &expr.kind {
        ExprKind::Constant(slot) => return (*slot != 0) == wanted,
        ExprKind::Not(inner) => return condition(inner, !wanted, atoms),
        ExprKind::All(parts) if wanted => return parts.iter().all(|part| condition(part, true, atoms)),
        ExprKind::Any(parts) if !wanted => return parts.iter().all(|part| condition(part, false, atoms)),
        ExprKind::In(value, cell) => {
            return self::cell(value, &Cell { not: cell.not == wanted, ..cell.clone() }, atoms);
        }
        ExprKind::Compare(op, left, right) => {
            if let Some((column, op, slot)) = against_constant(*op, left, right)
                && let Some(tests) = tests(op, slot, column.ty)
            {
                let not = (op == CompareOp::NotEqual) == wanted;
                atoms.push(Atom { column, not, tests });
                return true;
            }
        }
        _ => {}
    }
    atoms.push(Atom { column: expr, not: false, tests: vec![CellTest::Is(Slot::from(wanted))] });
    true
}

/// Adds the atoms of a cell; `false`: it accepts nothing.
pub(super) fn cell<'e>(column: &'e Expr, cell: &Cell, atoms: &mut Vec<Atom<'e>>) -> bool {
    if cell.tests.is_empty() {
        return !cell.not;
    }
    if column.ty == Type::YesNo {
        let accepts = |slot: Slot| cell.tests.contains(&CellTest::Is(slot)) != cell.not;
        return match (accepts(0), accepts(1)) {
            (true, true) => true,
            (false, false) => false,
            (_, wanted) => condition(column, wanted, atoms),
        };
    }
    atoms.push(Atom { column, not: cell.not, tests: cell.tests.clone() });
    true
}

/// A comparison with a constant, the constant on the right.
fn against_constant<'e>(
    op: CompareOp,
    left: &'e Expr,
    right: &'e Expr,
) -> Option<(&'e Expr, CompareOp, Slot)> {
    match (&left.kind, &right.kind) {
        (_, ExprKind::Constant(slot)) => Some((left, op, *slot)),
        (ExprKind::Constant(slot), _) => Some((right, turned(op), *slot)),
        _ => None,
    }
}

pub(in crate::check) const fn turned(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Less => CompareOp::More,
        CompareOp::AtMost => CompareOp::AtLeast,
        CompareOp::More => CompareOp::Less,
        CompareOp::AtLeast => CompareOp::AtMost,
        equality => equality,
    }
}

/// A comparison with a constant as tests; `!=` as those of `=`.
pub(in crate::check) fn tests(op: CompareOp, slot: Slot, ty: Type) -> Option<Vec<CellTest>> {
    match op {
        CompareOp::Equal | CompareOp::NotEqual => Some(vec![CellTest::Is(slot)]),
        _ => compared(op, slot, ty),
    }
}
