//! Arithmetic on slots; native code does the same, instruction by instruction.

use tandem_lang::program::ArithmeticOp;
use tandem_stdlib::contract::Slot;

use crate::flow::IntegerOp;

/// A result, or `None` when it does not fit.
pub(super) type Arithmetic = Option<Slot>;

/// 2 to the power of 63: the first float above every `i64`.
const ABOVE_INTEGERS: f64 = 9_223_372_036_854_775_808.0;

pub(super) fn integer(op: IntegerOp, left: Slot, right: Slot) -> Arithmetic {
    let (left, right) = (left.cast_signed(), right.cast_signed());
    let result = match op {
        IntegerOp::Add => left.checked_add(right),
        IntegerOp::Subtract => left.checked_sub(right),
        IntegerOp::Multiply => left.checked_mul(right),
        IntegerOp::Later => Some(left.wrapping_add(right)),
        IntegerOp::Between => Some(left.wrapping_sub(right)),
    };
    result.map(i64::cast_unsigned)
}

pub(super) fn float(op: ArithmeticOp, left: Slot, right: Slot) -> Slot {
    let (left, right) = (f64::from_bits(left), f64::from_bits(right));
    let result = match op {
        ArithmeticOp::Add => left + right,
        ArithmeticOp::Subtract => left - right,
        ArithmeticOp::Multiply => left * right,
        ArithmeticOp::Divide => left / right,
    };
    result.to_bits()
}

pub(super) fn scale(amount: Slot, factor: Slot) -> Arithmetic {
    rounded(to_float(amount) * f64::from_bits(factor))
}

pub(super) fn divide(amount: Slot, divisor: Slot) -> Arithmetic {
    rounded(to_float(amount) / f64::from_bits(divisor))
}

pub(super) fn ratio(left: Slot, right: Slot) -> Slot {
    (to_float(left) / to_float(right)).to_bits()
}

pub(super) fn floor_divide(amount: Slot, divisor: i64) -> Arithmetic {
    amount.cast_signed().checked_div_euclid(divisor).map(i64::cast_unsigned)
}

pub(super) const fn canonical(float: Slot) -> Slot {
    if f64::from_bits(float).is_nan() { f64::NAN.to_bits() } else { float }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "calculations of amounts with numbers are in binary64 by definition"
)]
const fn to_float(amount: Slot) -> f64 {
    amount.cast_signed() as f64
}

/// Rounds half away from zero.
#[expect(clippy::cast_possible_truncation, reason = "the range is checked first")]
fn rounded(value: f64) -> Arithmetic {
    let whole = value.round();
    (-ABOVE_INTEGERS..ABOVE_INTEGERS).contains(&whole).then(|| (whole as i64).cast_unsigned())
}
