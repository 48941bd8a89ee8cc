//! Column values to classes.

use cranelift::module::DataId;
use cranelift::prelude::{FloatCC, InstBuilder, IntCC, Value, types};

use super::emitter::{Emitter, constant_memory, slot_offset};
use crate::flow::{self, Order};
use crate::table::Classifier;

/// Up to so many cut points are all compared; more are searched.
const CUTS_COMPARED_MAX: usize = 8;

impl Emitter<'_, '_> {
    /// The class of a column's value.
    pub(super) fn class(
        &mut self,
        column: flow::Value,
        classifier: &Classifier,
        cuts: Option<DataId>,
    ) -> Value {
        match classifier {
            Classifier::Direct { last } => {
                let value = self.slot(column);
                let last = self.integer(last.cast_signed());
                self.builder.ins().umin(value, last)
            }
            Classifier::Cuts { order, cuts: points } => {
                let value = if *order == Order::Float { self.float(column) } else { self.slot(column) };
                let class = match cuts {
                    Some(data) if points.len() > CUTS_COMPARED_MAX => {
                        self.search(value, *order, points.len(), data)
                    }
                    _ => self.compare_all(value, *order, points),
                };
                if *order != Order::Float {
                    return class;
                }
                let nan = self.integer(i64::from(classifier.classes()) - 1);
                let is_number = self.builder.ins().fcmp(FloatCC::Equal, value, value);
                self.builder.ins().select(is_number, class, nan)
            }
        }
    }

    fn at_least(&mut self, value: Value, order: Order, cut: Value) -> Value {
        match order {
            Order::Float => self.builder.ins().fcmp(FloatCC::GreaterThanOrEqual, value, cut),
            Order::Integer => self.builder.ins().icmp(IntCC::SignedGreaterThanOrEqual, value, cut),
            Order::Word => self.builder.ins().icmp(IntCC::UnsignedGreaterThanOrEqual, value, cut),
        }
    }

    fn compare_all(&mut self, value: Value, order: Order, points: &[u64]) -> Value {
        let mut class = self.integer(0);
        for point in points {
            let cut = match order {
                Order::Float => self.builder.ins().f64const(f64::from_bits(*point)),
                _ => self.integer(point.cast_signed()),
            };
            let passed = self.at_least(value, order, cut);
            let passed = self.builder.ins().uextend(types::I64, passed);
            class = self.builder.ins().iadd(class, passed);
        }
        class
    }

    /// Counts the cut points that the value is not below, halving what is left without a branch.
    fn search(&mut self, value: Value, order: Order, points: usize, data: DataId) -> Value {
        let cuts = self.address(data);
        let ty = if order == Order::Float { types::F64 } else { types::I64 };
        let mut class = self.integer(0);
        let mut left = points;
        while left > 0 {
            let half = left.div_ceil(2);
            let place = self.element(cuts, class, 3);
            let last = slot_offset(u32::try_from(half - 1).unwrap_or(u32::MAX));
            let cut = self.builder.ins().load(ty, constant_memory(), place, last);
            let passed = self.at_least(value, order, cut);
            let step = self.integer(i64::try_from(half).unwrap_or(i64::MAX));
            let further = self.builder.ins().iadd(class, step);
            class = self.builder.ins().select(passed, further, class);
            left -= half;
        }
        class
    }
}
