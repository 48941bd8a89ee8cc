//! Cells of tables, and the right side of `in`.

use tandem_stdlib::contract::{FactSource, Slot, Type, UNKNOWN_WORD};

use super::{Typer, fold};
use crate::diagnostics::Code;
use crate::program::{Cell, CellTest, Expr, ExprKind};
use crate::source::Span;
use crate::tree::{self, CompareOp};

/// Whether values of the type have an order.
pub(in crate::check) const fn is_ordered(ty: Type) -> bool {
    !matches!(ty, Type::YesNo | Type::Phone | Type::Text | Type::Record(_))
}

/// A cell that accepts everything.
pub(in crate::check) const fn any_cell(span: Span) -> Cell {
    Cell { not: false, tests: Vec::new(), span }
}

/// The alternatives of a cell.
type Tests = Vec<CellTest>;

impl Typer<'_, '_> {
    /// What a cell accepts of a value.
    pub(in crate::check) fn cell(&mut self, value: &Expr, cell: &tree::Cell) -> Option<Cell> {
        let mut tests = Vec::with_capacity(cell.tests.len());
        let mut whole = true;
        for test in &cell.tests {
            match self.test(value, test, cell.span) {
                Some(found) => tests.extend(found),
                None => whole = false,
            }
        }
        whole.then_some(Cell { not: cell.not, tests, span: cell.span })
    }

    fn test(&mut self, value: &Expr, test: &tree::CellTest, span: Span) -> Option<Tests> {
        match test {
            tree::CellTest::Is(one) => Some(vec![CellTest::Is(self.cell_slot(value, one)?)]),
            tree::CellTest::Range { low, high, inclusive } => self.range(value, low, high, *inclusive),
            tree::CellTest::Compare(op, other) => {
                let slot = self.cell_slot(value, other)?;
                if *op != CompareOp::Equal && value.ty != Type::YesNo && !self.ordered(value, span) {
                    return None;
                }
                let tests = compared(*op, slot, value.ty);
                if tests.is_none() {
                    let message = "nothing is above or below `unknown`";
                    let help = "write `unknown` or `not unknown`".to_owned();
                    self.context.error(Code::EmptyRange, span, message, Some(help));
                }
                tests
            }
            tree::CellTest::StartsWith(prefix) => self.starts_with(value, prefix),
        }
    }

    fn ordered(&mut self, value: &Expr, span: Span) -> bool {
        if is_ordered(value.ty) {
            return true;
        }
        let message =
            format!("`{}` {} and has no order", self.context.shown(value.span), self.context.is(value.ty));
        let help = "name the values that it may have, after `not` for all others".to_owned();
        self.context.error(Code::MixedUnits, span, message, Some(help));
        false
    }

    /// The slot of a constant that must have the type of the value that the cell tests.
    fn cell_slot(&mut self, value: &Expr, constant: &tree::Expr) -> Option<Slot> {
        self.parts = 0;
        let found = self.infer(constant, Some(value.ty))?;
        if found.ty != value.ty {
            self.mixed((value.span, value.ty), (constant.span, found.ty));
            return None;
        }
        let slot = fold::slot(&found);
        if slot.is_none() {
            let message = format!("`{}` is not known before the call", self.context.shown(constant.span));
            let help = "a cell holds constants: use a rule with `when` instead".to_owned();
            self.context.error(Code::NotHere, constant.span, message, Some(help));
        }
        slot
    }

    fn range(&mut self, value: &Expr, low: &tree::Expr, high: &tree::Expr, inclusive: bool) -> Option<Tests> {
        let (from, to) = (self.cell_slot(value, low), self.cell_slot(value, high));
        let (from, to) = (from?, to?);
        let span = low.span.to(high.span);
        if !self.ordered(value, span) {
            return None;
        }
        let order = fold::order(value.ty, from, to)?;
        let (start, end) = (Some((from, true)), Some((to, inclusive)));
        if value.ty == Type::TimeOfDay && !inclusive && order.is_ge() {
            let evening = CellTest::Between { low: start, high: None };
            return Some(vec![evening, CellTest::Between { low: None, high: end }]);
        }
        if order.is_gt() || (order.is_eq() && !inclusive) {
            let message = format!("nothing lies in `{}`", self.context.shown(span));
            self.context.error(Code::EmptyRange, span, message, Some("write the lower end first".to_owned()));
            return None;
        }
        Some(vec![CellTest::Between { low: start, high: end }])
    }

    fn starts_with(&mut self, value: &Expr, prefix: &tree::Quoted) -> Option<Tests> {
        let ExprKind::Fact(FactSource::Text(text)) = value.kind else {
            let message = format!("`starts with` cannot be asked of `{}`", self.context.shown(value.span));
            let help = "it works with `call.from`, `call.to` and `call.keys`".to_owned();
            self.context.error(Code::NotHere, prefix.span, message, Some(help));
            return None;
        };
        let digits =
            prefix.text.strip_prefix('+').filter(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
        if value.ty == Type::Phone && digits.is_none() {
            let message = format!("no phone number starts with `{}`", prefix.text);
            let help = "numbers are in international form: write `+` and the country code, such as `\"+44\"`"
                .to_owned();
            self.context.error(Code::BadPhoneNumber, prefix.span, message, Some(help));
            return None;
        }
        let literal = self.context.literals.index(&prefix.text);
        Some(vec![CellTest::Fact(FactSource::TextStarts(text, literal))])
    }
}

/// A comparison as ranges; `None`: nothing is above or below `unknown`.
pub(in crate::check) fn compared(op: CompareOp, slot: Slot, ty: Type) -> Option<Tests> {
    let is_word = matches!(ty, Type::Word(_));
    let lowest = is_word.then_some((UNKNOWN_WORD + 1, true));
    let (below, above) = (Some((slot, false)), Some((slot, true)));
    let between = |low, high| vec![CellTest::Between { low, high }];
    Some(match op {
        CompareOp::Equal => vec![CellTest::Is(slot)],
        CompareOp::NotEqual if ty == Type::YesNo => vec![CellTest::Is(slot ^ 1)],
        CompareOp::NotEqual => [between(None, below), between(below, None)].concat(),
        _ if is_word && slot == UNKNOWN_WORD => return None,
        CompareOp::Less => between(lowest, below),
        CompareOp::AtMost => between(lowest, above),
        CompareOp::More => between(below, None),
        CompareOp::AtLeast => between(above, None),
    })
}
