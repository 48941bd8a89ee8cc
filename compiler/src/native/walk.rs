//! The walk through a table's index.

use cranelift::codegen::ir::{BlockArg, StackSlotData, StackSlotKind};
use cranelift::module::DataId;
use cranelift::prelude::{FloatCC, InstBuilder, IntCC, Value, types};

use super::data::TableData;
use super::emitter::{Emitter, constant_memory, memory, slot_offset};
use crate::flow::{self, NO_ROW, Order};
use crate::table::{Classifier, LEAF_HEADER_WORDS, NO_NODE};

/// Up to so many cut points are all compared; more are searched.
const CUTS_COMPARED_MAX: usize = 8;

impl Emitter<'_, '_> {
    /// The first row that holds, or [`NO_ROW`].
    pub(super) fn first_row(&mut self, table: u32, columns: &[flow::Value]) -> Value {
        let Some(data) = self.tables.get(table as usize) else { return self.integer(NO_ROW.cast_signed()) };
        let mut classes = Vec::with_capacity(columns.len());
        for ((column, classifier), cuts) in columns.iter().zip(&data.index.classifiers).zip(&data.cuts) {
            classes.push(self.class(*column, classifier, *cuts));
        }
        let is_leaf = data.index.root & 1 == 1;
        let header = (data.index.root >> 1) as usize;
        let leaf = data.index.words.get(header..).unwrap_or_default();
        match leaf {
            [_, NO_NODE, count, places @ ..] if is_leaf => self.only_leaf(data, *count, places, &classes),
            _ => self.walk(data, &classes),
        }
    }

    /// The class of a column's value.
    fn class(&mut self, column: flow::Value, classifier: &Classifier, cuts: Option<DataId>) -> Value {
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

    /// A table of at most 64 rows: one mask a column.
    fn only_leaf(&mut self, data: &TableData, count: u32, places: &[u32], classes: &[Value]) -> Value {
        let masks = self.address(data.masks);
        let mut held = None;
        for (place, class) in places.iter().zip(classes) {
            let entry = self.element(masks, *class, 3);
            let offset = place.cast_signed().wrapping_mul(8);
            let mask = self.builder.ins().load(types::I64, constant_memory(), entry, offset);
            held = Some(match held {
                Some(held) => self.builder.ins().band(held, mask),
                None => mask,
            });
        }
        let none = self.integer(NO_ROW.cast_signed());
        let Some(held) = held else { return if count == 0 { none } else { self.integer(0) } };
        let row = self.builder.ins().ctz(held);
        if data.always {
            return row;
        }
        let count = self.integer(i64::from(count));
        let found = self.builder.ins().icmp(IntCC::UnsignedLessThan, row, count);
        self.builder.ins().select(found, row, none)
    }

    /// A larger table: down the splits, then leaf after leaf.
    fn walk(&mut self, data: &TableData, classes: &[Value]) -> Value {
        let bytes = u32::try_from(classes.len().saturating_mul(8)).unwrap_or(u32::MAX);
        let slots = StackSlotData::new(StackSlotKind::ExplicitSlot, bytes, 3);
        let slots = self.builder.create_sized_stack_slot(slots);
        for (slot, class) in (0_u32..).zip(classes) {
            let place = self.builder.ins().stack_addr(types::I64, slots, slot_offset(slot));
            self.builder.ins().store(memory(), *class, place, 0);
        }
        let words = self.address(data.words);
        let (node_block, after) = (self.builder.create_block(), self.builder.create_block());
        let (split, leaf) = (self.builder.create_block(), self.builder.create_block());
        let node = self.builder.append_block_param(node_block, types::I64);
        let row = self.builder.append_block_param(after, types::I64);
        let root = self.integer(i64::from(data.index.root));
        self.builder.ins().jump(node_block, &[BlockArg::Value(root)]);
        self.builder.switch_to_block(node_block);
        let one = self.integer(1);
        let place = self.builder.ins().ushr(node, one);
        let place = self.element(words, place, 2);
        let is_leaf = self.builder.ins().band(node, one);
        let none: [BlockArg; 0] = [];
        self.builder.ins().brif(is_leaf, leaf, &none, split, &none);

        self.builder.switch_to_block(split);
        self.builder.seal_block(split);
        let column = self.builder.ins().uload32(constant_memory(), place, 0);
        let children = self.builder.ins().sload32(constant_memory(), place, 4);
        let slots = self.builder.ins().stack_addr(types::I64, slots, 0);
        let class = self.element(slots, column, 3);
        let class = self.builder.ins().load(types::I64, memory(), class, 0);
        let child = self.builder.ins().iadd(children, class);
        let child = self.element(words, child, 2);
        let child = self.builder.ins().uload32(constant_memory(), child, 0);
        self.builder.ins().jump(node_block, &[BlockArg::Value(child)]);

        self.builder.switch_to_block(leaf);
        self.builder.seal_block(leaf);
        let (bit, next) = self.leaf(data, place, classes);
        let found = self.found(place, bit);
        let (here, further) = (self.builder.create_block(), self.builder.create_block());
        self.builder.ins().brif(found, here, &none, further, &none);

        self.builder.switch_to_block(here);
        self.builder.seal_block(here);
        let rows = self.address(data.rows);
        let first = self.builder.ins().uload32(constant_memory(), place, 0);
        let at = self.builder.ins().iadd(first, bit);
        let at = self.element(rows, at, 2);
        let found_row = self.builder.ins().uload32(constant_memory(), at, 0);
        self.builder.ins().jump(after, &[BlockArg::Value(found_row)]);

        self.builder.switch_to_block(further);
        self.builder.seal_block(further);
        let no_node = self.integer(i64::from(NO_NODE));
        let is_last = self.builder.ins().icmp(IntCC::Equal, next, no_node);
        let no_row = self.integer(NO_ROW.cast_signed());
        let (last, more) = ([BlockArg::Value(no_row)], [BlockArg::Value(next)]);
        self.builder.ins().brif(is_last, after, &last, node_block, &more);
        self.builder.seal_block(node_block);
        self.builder.switch_to_block(after);
        self.builder.seal_block(after);
        row
    }

    /// The lowest bit that all masks of a leaf have, and the next leaf.
    fn leaf(&mut self, data: &TableData, place: Value, classes: &[Value]) -> (Value, Value) {
        let masks = self.address(data.masks);
        let mut held = self.integer(-1);
        for (column, class) in (LEAF_HEADER_WORDS..).zip(classes) {
            let word = column.cast_signed().wrapping_mul(4);
            let first = self.builder.ins().sload32(constant_memory(), place, word);
            let at = self.builder.ins().iadd(first, *class);
            let at = self.element(masks, at, 3);
            let mask = self.builder.ins().load(types::I64, constant_memory(), at, 0);
            held = self.builder.ins().band(held, mask);
        }
        let next = self.builder.ins().uload32(constant_memory(), place, 4);
        (self.builder.ins().ctz(held), next)
    }

    /// Whether the bit is one of the leaf's rows.
    fn found(&mut self, place: Value, bit: Value) -> Value {
        let count = self.builder.ins().uload32(constant_memory(), place, 8);
        self.builder.ins().icmp(IntCC::UnsignedLessThan, bit, count)
    }
}
