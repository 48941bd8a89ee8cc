//! Expressions to values.

use tandem_lang::program::{ArithmeticOp, Cell, CellTest, CompareOp, Expr, ExprKind};
use tandem_stdlib::contract::{CallFact, DialogFact, FactSource, Slot, Type};

use super::Lowering;
use super::error::{CompileError, unsupported};
use super::facts::text_name;
use crate::flow::{CellValues, IntegerOp, Op, Order, Value};

/// Milliseconds in a day.
const DAY_MS: i64 = 86_400_000;

/// How slots of a type compare.
pub(super) const fn order_of(ty: Type) -> Order {
    match ty {
        Type::YesNo | Type::Word(_) => Order::Word,
        ty if ty.is_float() => Order::Float,
        _ => Order::Integer,
    }
}

impl Lowering<'_> {
    /// A constant as hosts have it: an empty text is the same as none.
    pub(super) fn constant_slot(&self, ty: Type, slot: Slot) -> Slot {
        let literal = |slot: Slot| self.program.literals.get(usize::try_from(slot.checked_sub(1)?).ok()?);
        let is_empty_text =
            matches!(ty, Type::Text | Type::Phone) && literal(slot).is_some_and(String::is_empty);
        if is_empty_text { 0 } else { slot }
    }

    /// What a cell's test lists, unless it is a fact.
    pub(super) fn listed(&self, ty: Type, test: &CellTest) -> Option<CellValues> {
        match test {
            CellTest::Is(slot) => Some(CellValues::Is(self.constant_slot(ty, *slot))),
            CellTest::Between { low, high } => Some(CellValues::Between(*low, *high)),
            CellTest::Fact(_) => None,
        }
    }

    pub(super) fn expression(&mut self, expr: &Expr) -> Result<Value, CompileError> {
        match &expr.kind {
            ExprKind::Constant(slot) => {
                let slot = self.constant_slot(expr.ty, *slot);
                Ok(self.builder.constant(slot))
            }
            ExprKind::Fact(source) => Ok(self.fact(*source, expr)),
            ExprKind::Not(inner) => {
                let inner = self.expression(inner)?;
                Ok(self.builder.not(inner))
            }
            ExprKind::All(parts) => self.all(parts),
            ExprKind::Any(parts) => self.any(parts),
            ExprKind::Compare(op, left, right) => self.compare(*op, left, right),
            ExprKind::In(inner, cell) => {
                let value = self.expression(inner)?;
                self.wake_at_cell(inner, value, cell);
                Ok(self.cell(value, inner.ty, cell))
            }
            ExprKind::Arithmetic { op, left, right, otherwise } => {
                self.arithmetic(*op, expr, (left, right), otherwise.as_deref())
            }
            ExprKind::If { condition, then, otherwise } => self.choose(condition, then, otherwise),
            ExprKind::Lasts(..)
            | ExprKind::Moves { .. }
            | ExprKind::Usual { .. }
            | ExprKind::Often { .. } => self.temporal(expr),
        }
    }

    pub(super) fn fact(&mut self, source: FactSource, expr: &Expr) -> Value {
        let name = self.fact_name(source).unwrap_or_else(|| self.program.texts.shown(expr.span));
        let slot = self.facts.slot(source, expr.ty, &name);
        if matches!(source, FactSource::Said(..) | FactSource::Call(CallFact::Answered)) {
            self.said_slots.push(slot);
        }
        self.builder.fact(slot)
    }

    /// How a look-up was written.
    pub(super) fn look_up(&self, call: u32) -> String {
        self.program.source_calls_shown.get(call as usize).cloned().unwrap_or_default()
    }

    /// The name of a set of phrases, without its module.
    fn phrases(&self, set: u32) -> &str {
        let full = self.program.phrases.get(set as usize).map_or("", |phrases| phrases.name.as_str());
        full.rsplit('.').next().unwrap_or(full)
    }

    /// The name of a fact that the author did not write where it is read.
    fn fact_name(&self, source: FactSource) -> Option<String> {
        match source {
            FactSource::Confidence(_) | FactSource::Speaking(_) => Some(String::new()),
            FactSource::Answered(call) | FactSource::AnswerKnown(call, _) => {
                Some(format!("{} known", self.look_up(call)))
            }
            FactSource::TextStarts(text, literal) => {
                let literal = self.program.literals.get(literal as usize)?;
                Some(format!("{} starts with {literal}", text_name(text)))
            }
            FactSource::Call(CallFact::Answered) => Some("an agent answers".to_owned()),
            FactSource::Said(party, set) => Some(format!("{} says {}", party.name(), self.phrases(set))),
            FactSource::SaidTimes(party, set) => Some(format!("{} said {}", party.name(), self.phrases(set))),
            FactSource::Dialog(fact) if fact != DialogFact::Words => Some(String::new()),
            _ => None,
        }
    }

    fn all(&mut self, parts: &[Expr]) -> Result<Value, CompileError> {
        let Some((first, rest)) = parts.split_first() else { return Ok(self.builder.constant(1)) };
        let mut holds = self.expression(first)?;
        for (at, part) in rest.iter().enumerate() {
            if self.is_lazy(part) {
                self.builder.open();
                let inner = self.all(rest.get(at..).unwrap_or_default());
                let then = self.builder.close();
                self.builder.open();
                let no = self.builder.constant(0);
                let otherwise = self.builder.close();
                let [all] = self.builder.join(holds, (then, [inner?]), (otherwise, [no]));
                return Ok(all);
            }
            let part = self.expression(part)?;
            holds = self.builder.and(holds, part);
        }
        Ok(holds)
    }

    fn any(&mut self, parts: &[Expr]) -> Result<Value, CompileError> {
        let Some((first, rest)) = parts.split_first() else { return Ok(self.builder.constant(0)) };
        let mut holds = self.expression(first)?;
        for (at, part) in rest.iter().enumerate() {
            if self.is_lazy(part) {
                self.builder.open();
                let yes = self.builder.constant(1);
                let then = self.builder.close();
                self.builder.open();
                let inner = self.any(rest.get(at..).unwrap_or_default());
                let otherwise = self.builder.close();
                let [any] = self.builder.join(holds, (then, [yes]), (otherwise, [inner?]));
                return Ok(any);
            }
            let part = self.expression(part)?;
            holds = self.builder.or(holds, part);
        }
        Ok(holds)
    }

    fn compare(&mut self, op: CompareOp, left: &Expr, right: &Expr) -> Result<Value, CompileError> {
        let order = order_of(left.ty);
        let (left_value, right_value) = (self.expression(left)?, self.expression(right)?);
        self.wake_at_compare(left, left_value, op, right);
        self.wake_at_compare(right, right_value, mirrored(op), left);
        let mut holds = self.builder.compare(order, op, left_value, right_value);
        let ordered = !matches!(op, CompareOp::Equal | CompareOp::NotEqual);
        if order == Order::Word && ordered {
            for value in [left_value, right_value] {
                let known = self.known_word(value);
                holds = self.builder.and(holds, known);
            }
        }
        Ok(holds)
    }

    fn known_word(&mut self, value: Value) -> Value {
        if let Some(slot) = self.builder.constant_of(value) {
            return self.builder.constant(u64::from(slot != 0));
        }
        let unknown = self.builder.constant(0);
        self.builder.compare(Order::Word, CompareOp::NotEqual, value, unknown)
    }

    /// Whether the value passes the cell.
    pub(super) fn cell(&mut self, value: Value, ty: Type, cell: &Cell) -> Value {
        let order = order_of(ty);
        if cell.tests.is_empty() {
            return self.builder.constant(u64::from(!cell.not));
        }
        let mut mask = 0_u64;
        let mut holds = self.builder.constant(0);
        for test in &cell.tests {
            match test {
                CellTest::Is(slot) if order == Order::Word && *slot < 64 => mask |= 1 << slot,
                CellTest::Is(slot) => {
                    let slot = self.constant_slot(ty, *slot);
                    let wanted = self.builder.constant(slot);
                    let one = self.builder.compare(order, CompareOp::Equal, value, wanted);
                    holds = self.builder.or(holds, one);
                }
                CellTest::Between { low, high } => {
                    let one = self.between(value, order, *low, *high);
                    holds = self.builder.or(holds, one);
                }
                CellTest::Fact(source) => {
                    let shown = || self.program.texts.shown(cell.span);
                    let name = self.fact_name(*source).unwrap_or_else(shown);
                    let slot = self.facts.slot(*source, Type::YesNo, &name);
                    let one = self.builder.fact(slot);
                    holds = self.builder.or(holds, one);
                }
            }
        }
        if mask != 0 {
            let one = self.in_set(value, mask);
            holds = self.builder.or(holds, one);
        }
        if cell.not { self.builder.not(holds) } else { holds }
    }

    fn in_set(&mut self, value: Value, mask: u64) -> Value {
        if mask.is_power_of_two() {
            let wanted = self.builder.constant(u64::from(mask.trailing_zeros()));
            return self.builder.compare(Order::Word, CompareOp::Equal, value, wanted);
        }
        self.builder.op(Op::InSet(value, mask))
    }

    fn between(
        &mut self,
        value: Value,
        order: Order,
        low: Option<(u64, bool)>,
        high: Option<(u64, bool)>,
    ) -> Value {
        let mut holds = match order {
            Order::Word => self.known_word(value),
            Order::Float => self.builder.compare(order, CompareOp::Equal, value, value),
            Order::Integer => self.builder.constant(1),
        };
        let ends = [
            low.map(|(end, closed)| (end, if closed { CompareOp::AtLeast } else { CompareOp::More })),
            high.map(|(end, closed)| (end, if closed { CompareOp::AtMost } else { CompareOp::Less })),
        ];
        for (end, op) in ends.into_iter().flatten() {
            let end = self.builder.constant(end);
            let one = self.builder.compare(order, op, value, end);
            holds = self.builder.and(holds, one);
        }
        holds
    }

    fn choose(&mut self, condition: &Expr, then: &Expr, otherwise: &Expr) -> Result<Value, CompileError> {
        let condition = self.expression(condition)?;
        if !self.is_lazy(then) && !self.is_lazy(otherwise) {
            let (then, otherwise) = (self.expression(then)?, self.expression(otherwise)?);
            return Ok(self.builder.select(condition, then, otherwise));
        }
        self.builder.open();
        let then = self.expression(then);
        let then_body = self.builder.close();
        self.builder.open();
        let otherwise = self.expression(otherwise);
        let otherwise_body = self.builder.close();
        let [chosen] = self.builder.join(condition, (then_body, [then?]), (otherwise_body, [otherwise?]));
        Ok(chosen)
    }

    fn arithmetic(
        &mut self,
        op: ArithmeticOp,
        whole: &Expr,
        (left, right): (&Expr, &Expr),
        otherwise: Option<&Expr>,
    ) -> Result<Value, CompileError> {
        let (left_value, right_value) = (self.expression(left)?, self.expression(right)?);
        if op == ArithmeticOp::Divide {
            let otherwise = otherwise.map(|one| self.expression(one)).transpose()?;
            return self.divide((left.ty, left_value), (right.ty, right_value), otherwise);
        }
        let floats = (left.ty.is_float(), right.ty.is_float());
        Ok(match (op, floats) {
            (_, (true, true)) => self.builder.op(Op::Float(op, left_value, right_value)),
            (ArithmeticOp::Multiply, (false, true)) => self.builder.op(Op::Scale(left_value, right_value)),
            (ArithmeticOp::Multiply, (true, false)) => self.builder.op(Op::Scale(right_value, left_value)),
            (ArithmeticOp::Add, (false, false)) => self.sum(IntegerOp::Add, whole.ty, left, right)?,
            (ArithmeticOp::Subtract, (false, false)) => {
                self.sum(IntegerOp::Subtract, whole.ty, left, right)?
            }
            _ => return Err(unsupported(self.program, whole.span, "this calculation")),
        })
    }

    /// Sums of integer kinds; days and milliseconds are brought together.
    fn sum(&mut self, op: IntegerOp, result: Type, left: &Expr, right: &Expr) -> Result<Value, CompileError> {
        let (left_value, right_value) = (self.expression(left)?, self.expression(right)?);
        let day = self.builder.integer(DAY_MS);
        Ok(match (left.ty, right.ty) {
            (Type::Date, Type::Date) => {
                let days = self.builder.op(Op::Integer(op, left_value, right_value));
                self.builder.op(Op::Integer(IntegerOp::Multiply, days, day))
            }
            (Type::Date, Type::Duration) => {
                let days = self.builder.op(Op::FloorDivide(right_value, DAY_MS));
                self.builder.op(Op::Integer(op, left_value, days))
            }
            (Type::TimeOfDay, Type::Duration) if result == Type::TimeOfDay => {
                let sum = self.builder.op(Op::Integer(op, left_value, right_value));
                let days = self.builder.op(Op::FloorDivide(sum, DAY_MS));
                let whole_days = self.builder.op(Op::Integer(IntegerOp::Multiply, days, day));
                self.builder.subtract(sum, whole_days)
            }
            _ => self.builder.op(Op::Integer(op, left_value, right_value)),
        })
    }

    fn divide(
        &mut self,
        left: (Type, Value),
        right: (Type, Value),
        otherwise: Option<Value>,
    ) -> Result<Value, CompileError> {
        let order = order_of(right.0);
        let zero = self.builder.constant(0);
        let is_zero = self.builder.compare(order, CompareOp::Equal, right.1, zero);
        let one = self.builder.constant(if order == Order::Float { 1.0_f64.to_bits() } else { 1 });
        let divisor = self.builder.select(is_zero, one, right.1);
        let quotient = match (left.0.is_float(), right.0.is_float()) {
            (true, true) => Op::Float(ArithmeticOp::Divide, left.1, divisor),
            (false, true) => Op::Divide(left.1, divisor),
            (false, false) => Op::Ratio(left.1, divisor),
            (true, false) => {
                return Err(CompileError::Unsupported { what: "a number over an amount".to_owned() });
            }
        };
        let quotient = self.builder.op(quotient);
        Ok(match otherwise {
            Some(otherwise) => self.builder.select(is_zero, otherwise, quotient),
            None => quotient,
        })
    }

    /// Whether a part is computed only where it is needed: it may leave its range, and keeps no state.
    fn is_lazy(&self, expr: &Expr) -> bool {
        !self.keeps_state && may_overflow(expr)
    }
}

/// The comparison with its sides exchanged.
const fn mirrored(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Less => CompareOp::More,
        CompareOp::AtMost => CompareOp::AtLeast,
        CompareOp::More => CompareOp::Less,
        CompareOp::AtLeast => CompareOp::AtMost,
        same @ (CompareOp::Equal | CompareOp::NotEqual) => same,
    }
}

/// Whether an expression calculates with checked integers.
fn may_overflow(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Arithmetic { left, right, otherwise, .. } => {
            !left.ty.is_float()
                || !right.ty.is_float()
                || may_overflow(left)
                || may_overflow(right)
                || otherwise.as_deref().is_some_and(may_overflow)
        }
        ExprKind::Not(inner) | ExprKind::In(inner, _) | ExprKind::Lasts(inner, _) => may_overflow(inner),
        ExprKind::All(parts) | ExprKind::Any(parts) => parts.iter().any(may_overflow),
        ExprKind::Compare(_, left, right) => may_overflow(left) || may_overflow(right),
        ExprKind::If { condition, then, otherwise } => {
            may_overflow(condition) || may_overflow(then) || may_overflow(otherwise)
        }
        ExprKind::Often { condition, .. } => may_overflow(condition),
        ExprKind::Constant(_) | ExprKind::Fact(_) | ExprKind::Moves { .. } | ExprKind::Usual { .. } => false,
    }
}
