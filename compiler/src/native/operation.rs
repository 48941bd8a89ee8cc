//! Operations, each as the interpreter has it.

use cranelift::module::Module;
use cranelift::prelude::{AbiParam, FloatCC, InstBuilder, IntCC, Value, types};
use tandem_lang::program::{ArithmeticOp, CompareOp};
use tandem_stdlib::contract::HostOp;

use super::emitter::{Emitter, constant_memory, memory, slot_offset};
use crate::flow::{self, HostCall, IntegerOp, Op, Order};

/// 2 to the power of 63: the first float above every `i64`.
const ABOVE_INTEGERS: f64 = 9_223_372_036_854_775_808.0;

/// The integer comparison for an order.
const fn integer_condition(order: Order, op: CompareOp) -> IntCC {
    match (op, order) {
        (CompareOp::Equal, _) => IntCC::Equal,
        (CompareOp::NotEqual, _) => IntCC::NotEqual,
        (CompareOp::Less, Order::Word) => IntCC::UnsignedLessThan,
        (CompareOp::AtMost, Order::Word) => IntCC::UnsignedLessThanOrEqual,
        (CompareOp::More, Order::Word) => IntCC::UnsignedGreaterThan,
        (CompareOp::AtLeast, Order::Word) => IntCC::UnsignedGreaterThanOrEqual,
        (CompareOp::Less, _) => IntCC::SignedLessThan,
        (CompareOp::AtMost, _) => IntCC::SignedLessThanOrEqual,
        (CompareOp::More, _) => IntCC::SignedGreaterThan,
        (CompareOp::AtLeast, _) => IntCC::SignedGreaterThanOrEqual,
    }
}

/// The float comparison: only "not equal" holds for a NaN.
const fn float_condition(op: CompareOp) -> FloatCC {
    match op {
        CompareOp::Equal => FloatCC::Equal,
        CompareOp::NotEqual => FloatCC::NotEqual,
        CompareOp::Less => FloatCC::LessThan,
        CompareOp::AtMost => FloatCC::LessThanOrEqual,
        CompareOp::More => FloatCC::GreaterThan,
        CompareOp::AtLeast => FloatCC::GreaterThanOrEqual,
    }
}

impl Emitter<'_, '_> {
    pub(super) fn operation(&mut self, value: flow::Value, op: &Op) {
        match op {
            Op::Fact(slot) => self.set_fact(value, *slot),
            Op::Compare(..) | Op::InSet(..) | Op::Not(_) | Op::And(..) | Op::Or(..) => {
                let truth = self.logic(op);
                self.set_truth(value, truth);
                if let Op::Not(of) = op {
                    let of = self.truth(*of);
                    self.set_negated(value, of);
                }
            }
            Op::Float(..) | Op::Ratio(..) | Op::Canonical(_) => {
                let float = self.float_operation(op);
                self.set_float(value, float);
            }
            Op::Select(condition, then, otherwise) => self.select(value, *condition, *then, *otherwise),
            Op::Constant(slot) => {
                let constant = self.integer(slot.cast_signed());
                self.set_slot(value, constant);
                self.set_constant(value, *slot);
                if *slot <= 1 {
                    let truth = self.builder.ins().iconst(types::I8, slot.cast_signed());
                    self.set_truth(value, truth);
                }
            }
            Op::State(_) => {
                let slot = self.integer_operation(op);
                self.set_slot(value, slot);
                // A slot of state that is used as a truth was written as one.
                let truth = self.builder.ins().ireduce(types::I8, slot);
                self.set_truth(value, truth);
            }
            _ => {
                let slot = self.integer_operation(op);
                self.set_slot(value, slot);
            }
        }
    }

    fn select(
        &mut self,
        value: flow::Value,
        condition: flow::Value,
        then: flow::Value,
        otherwise: flow::Value,
    ) {
        let condition = self.truth(condition);
        if self.truths.contains(value) {
            let (then, otherwise) = (self.truth(then), self.truth(otherwise));
            let truth = self.builder.ins().select(condition, then, otherwise);
            return self.set_truth(value, truth);
        }
        let slot = match self.single_bit(then, otherwise) {
            Some(place) => {
                let bit = self.builder.ins().uextend(types::I64, condition);
                let place = self.integer(i64::from(place));
                self.builder.ins().ishl(bit, place)
            }
            None => {
                let (then, otherwise) = (self.slot(then), self.slot(otherwise));
                self.builder.ins().select(condition, then, otherwise)
            }
        };
        self.set_slot(value, slot);
    }

    /// The place of the only bit that is set in one constant, when the other one is 0.
    fn single_bit(&self, then: flow::Value, otherwise: flow::Value) -> Option<u32> {
        let then = self.constant_of(then).filter(|slot| slot.is_power_of_two())?;
        (self.constant_of(otherwise) == Some(0)).then(|| then.trailing_zeros())
    }

    fn logic(&mut self, op: &Op) -> Value {
        match op {
            Op::Compare(order, op, left, right) => self.compare(*order, *op, *left, *right),
            Op::InSet(value, mask) => {
                let value = self.slot(*value);
                let (mask, limit) = (self.integer(mask.cast_signed()), self.integer(64));
                let shifted = self.builder.ins().ushr(mask, value);
                let bit = self.builder.ins().ireduce(types::I8, shifted);
                let small = self.builder.ins().icmp(IntCC::UnsignedLessThan, value, limit);
                self.builder.ins().band(bit, small)
            }
            Op::Not(value) => {
                let value = self.truth(*value);
                let one = self.builder.ins().iconst(types::I8, 1);
                self.builder.ins().bxor(value, one)
            }
            Op::And(left, right) => {
                if let Some(not) = self.negated(*right) {
                    let left = self.truth(*left);
                    return self.builder.ins().band_not(left, not);
                }
                let (left, right) = (self.truth(*left), self.truth(*right));
                self.builder.ins().band(left, right)
            }
            Op::Or(left, right) => {
                let (left, right) = (self.truth(*left), self.truth(*right));
                self.builder.ins().bor(left, right)
            }
            _ => self.builder.ins().iconst(types::I8, 0),
        }
    }

    fn compare(&mut self, order: Order, op: CompareOp, left: flow::Value, right: flow::Value) -> Value {
        if order == Order::Float {
            let (left, right) = (self.float(left), self.float(right));
            return self.builder.ins().fcmp(float_condition(op), left, right);
        }
        let (left, right) = (self.slot(left), self.slot(right));
        self.builder.ins().icmp(integer_condition(order, op), left, right)
    }

    fn float_operation(&mut self, op: &Op) -> Value {
        match op {
            Op::Float(op, left, right) => {
                let (left, right) = (self.float(*left), self.float(*right));
                match op {
                    ArithmeticOp::Add => self.builder.ins().fadd(left, right),
                    ArithmeticOp::Subtract => self.builder.ins().fsub(left, right),
                    ArithmeticOp::Multiply => self.builder.ins().fmul(left, right),
                    ArithmeticOp::Divide => self.builder.ins().fdiv(left, right),
                }
            }
            Op::Ratio(left, right) => {
                let (left, right) = (self.slot(*left), self.slot(*right));
                let left = self.builder.ins().fcvt_from_sint(types::F64, left);
                let right = self.builder.ins().fcvt_from_sint(types::F64, right);
                self.builder.ins().fdiv(left, right)
            }
            Op::Canonical(value) => {
                let value = self.float(*value);
                let nan = self.builder.ins().f64const(f64::NAN);
                let is_number = self.builder.ins().fcmp(FloatCC::Equal, value, value);
                self.builder.ins().select(is_number, value, nan)
            }
            _ => self.builder.ins().f64const(0.0),
        }
    }

    fn integer_operation(&mut self, op: &Op) -> Value {
        match op {
            Op::State(slot) => self.builder.ins().load(types::I64, memory(), self.state, slot_offset(*slot)),
            Op::Integer(op, left, right) => {
                let (left, right) = (self.slot(*left), self.slot(*right));
                let (result, overflowed) = match op {
                    IntegerOp::Add => self.builder.ins().sadd_overflow(left, right),
                    IntegerOp::Subtract => self.builder.ins().ssub_overflow(left, right),
                    IntegerOp::Multiply => self.builder.ins().smul_overflow(left, right),
                    IntegerOp::Later => return self.builder.ins().iadd(left, right),
                    IntegerOp::Between => return self.builder.ins().isub(left, right),
                };
                self.overflow_when(overflowed);
                result
            }
            Op::Scale(amount, factor) => {
                let (amount, factor) = (self.slot(*amount), self.float(*factor));
                let amount = self.builder.ins().fcvt_from_sint(types::F64, amount);
                let product = self.builder.ins().fmul(amount, factor);
                self.rounded(product)
            }
            Op::Divide(amount, divisor) => {
                let (amount, divisor) = (self.slot(*amount), self.float(*divisor));
                let amount = self.builder.ins().fcvt_from_sint(types::F64, amount);
                let quotient = self.builder.ins().fdiv(amount, divisor);
                self.rounded(quotient)
            }
            Op::FloorDivide(value, divisor) => self.floor_divide(*value, *divisor),
            Op::Minimum(left, right) => {
                let (left, right) = (self.slot(*left), self.slot(*right));
                self.builder.ins().smin(left, right)
            }
            Op::Match(table, columns) => self.first_row(*table, columns),
            Op::Host(call) => self.host_call(call),
            _ => self.integer(0),
        }
    }

    /// Rounds half away from zero, exactly: adding a half first would round some values just below it up.
    fn rounded(&mut self, value: Value) -> Value {
        let whole = self.builder.ins().trunc(value);
        let rest = self.builder.ins().fsub(value, whole);
        let size = self.builder.ins().fabs(rest);
        let (half, one) = (self.builder.ins().f64const(0.5), self.builder.ins().f64const(1.0));
        let step = self.builder.ins().fcopysign(one, value);
        let further = self.builder.ins().fadd(whole, step);
        let up = self.builder.ins().fcmp(FloatCC::GreaterThanOrEqual, size, half);
        let whole = self.builder.ins().select(up, further, whole);
        let low = self.builder.ins().f64const(-ABOVE_INTEGERS);
        let high = self.builder.ins().f64const(ABOVE_INTEGERS);
        let not_below = self.builder.ins().fcmp(FloatCC::GreaterThanOrEqual, whole, low);
        let below = self.builder.ins().fcmp(FloatCC::LessThan, whole, high);
        let fits = self.builder.ins().band(not_below, below);
        let one = self.builder.ins().iconst(types::I8, 1);
        let outside = self.builder.ins().bxor(fits, one);
        self.overflow_when(outside);
        self.builder.ins().fcvt_to_sint_sat(types::I64, whole)
    }

    /// Division by a positive constant, rounded down.
    fn floor_divide(&mut self, value: flow::Value, divisor: i64) -> Value {
        let value = self.slot(value);
        let divisor = self.integer(divisor);
        let quotient = self.builder.ins().sdiv(value, divisor);
        let rest = self.builder.ins().srem(value, divisor);
        let shift = self.integer(63);
        let one_less = self.builder.ins().sshr(rest, shift);
        self.builder.ins().iadd(quotient, one_less)
    }

    fn host_call(&mut self, call: &HostCall) -> Value {
        let mut signature = self.module.make_signature();
        signature.params = vec![AbiParam::new(types::I64); 5];
        signature.returns = vec![AbiParam::new(types::I64)];
        let signature = self.builder.import_signature(signature);
        let place = HostOp::ALL.iter().position(|op| *op == call.op).unwrap_or_default();
        let offset = slot_offset(u32::try_from(place).unwrap_or_default());
        let address = self.builder.ins().load(types::I64, constant_memory(), self.host, offset);
        let first = self.integer(i64::from(call.state) * 8);
        let state = self.builder.ins().iadd(self.state, first);
        let slots = self.integer(i64::from(call.slots));
        let (now, sample) = (self.slot(call.now), self.slot(call.sample));
        let parameter = self.integer(call.parameter);
        let made =
            self.builder.ins().call_indirect(signature, address, &[state, slots, now, parameter, sample]);
        let result = self.builder.inst_results(made).first().copied();
        match result {
            Some(result) => result,
            None => self.integer(0),
        }
    }
}
