//! The first row of a table that holds: through masks, or down the splits and row by row.

use cranelift::codegen::ir::{BlockArg, StackSlot, StackSlotData, StackSlotKind};
use cranelift::module::DataId;
use cranelift::prelude::{Block, InstBuilder, IntCC, Type, Value, types};

use super::data::{SearchData, TableData, WalkData};
use super::emitter::{Emitter, constant_memory, memory, slot_offset};
use crate::flow::{self, NO_ROW};
use crate::table::{
    CHECK_WORDS, LAST_OF_CELL, LAST_OF_ROW, Masks, ROW_HAS_CHECKS, Search, VECTOR_BYTES, Walk,
};

/// What all parts of a walk share.
struct Walker<'a> {
    walk: &'a Walk,
    data: WalkData,
    /// Classes as 64-bit slots, by column.
    slots: StackSlot,
    /// Classes as vectors of lanes.
    vectors: Vec<Value>,
    lanes: Type,
    /// Takes the row that was found.
    after: Block,
}

impl Emitter<'_, '_> {
    /// The first row that holds, or [`NO_ROW`].
    pub(super) fn first_row(&mut self, table: u32, columns: &[flow::Value]) -> Value {
        let Some(data) = self.tables.get(table as usize) else { return self.integer(NO_ROW.cast_signed()) };
        let mut classes = Vec::with_capacity(columns.len());
        for ((column, classifier), cuts) in columns.iter().zip(&data.index.classifiers).zip(&data.cuts) {
            classes.push(self.class(*column, classifier, *cuts));
        }
        match (&data.index.search, &data.search) {
            (Search::Masks(masks), SearchData::Masks(bytes)) => self.masks(data, masks, *bytes, &classes),
            (Search::Walk(walk), SearchData::Walk(walk_data)) => self.walk(walk, *walk_data, &classes),
            _ => self.integer(NO_ROW.cast_signed()),
        }
    }

    /// A table of at most 64 rows: one mask a column.
    fn masks(&mut self, data: &TableData, masks: &Masks, bytes: DataId, classes: &[Value]) -> Value {
        let base = self.address(bytes);
        let mut held = None;
        for (place, class) in masks.places.iter().zip(classes) {
            let Some(place) = place else { continue };
            let entry = self.element(base, *class, 3);
            let mask = self.builder.ins().load(types::I64, constant_memory(), entry, slot_offset(*place));
            held = Some(match held {
                Some(held) => self.builder.ins().band(held, mask),
                None => mask,
            });
        }
        let none = self.integer(NO_ROW.cast_signed());
        let Some(held) = held else { return if masks.rows == 0 { none } else { self.integer(0) } };
        let row = self.builder.ins().ctz(held);
        if data.always {
            return row;
        }
        let count = self.integer(i64::from(masks.rows));
        let found = self.builder.ins().icmp(IntCC::UnsignedLessThan, row, count);
        self.builder.ins().select(found, row, none)
    }

    /// A larger table: down the splits, then row by row.
    fn walk(&mut self, walk: &Walk, data: WalkData, classes: &[Value]) -> Value {
        let lanes = if walk.rows.lane_bytes == 2 { types::I16X8 } else { types::I32X4 };
        let (slots, vectors) = (self.class_slots(classes), self.class_vectors(classes, lanes));
        let after = self.builder.create_block();
        let row = self.builder.append_block_param(after, types::I64);
        let walker = Walker { walk, data, slots, vectors, lanes, after };
        let leaf = self.down(&walker);
        self.scan(&walker, leaf);
        self.builder.switch_to_block(after);
        self.builder.seal_block(after);
        row
    }

    /// Classes in memory, for splits, which name their column.
    fn class_slots(&mut self, classes: &[Value]) -> StackSlot {
        let bytes = u32::try_from(classes.len().saturating_mul(8)).unwrap_or(u32::MAX);
        let slots = StackSlotData::new(StackSlotKind::ExplicitSlot, bytes, 3);
        let slots = self.builder.create_sized_stack_slot(slots);
        for (slot, class) in (0_u32..).zip(classes) {
            let place = self.builder.ins().stack_addr(types::I64, slots, slot_offset(slot));
            self.builder.ins().store(memory(), *class, place, 0);
        }
        slots
    }

    /// Classes as lanes, in the order of the rows' vectors.
    fn class_vectors(&mut self, classes: &[Value], lanes: Type) -> Vec<Value> {
        let mut vectors = Vec::new();
        for chunk in classes.chunks(lanes.lane_count() as usize) {
            let zero = self.builder.ins().iconst(lanes.lane_type(), 0);
            let mut vector = self.builder.ins().splat(lanes, zero);
            for (lane, class) in (0_u8..).zip(chunk) {
                let class = self.builder.ins().ireduce(lanes.lane_type(), *class);
                vector = self.builder.ins().insertlane(vector, class, lane);
            }
            vectors.push(vector);
        }
        vectors
    }

    /// Down the splits; returns the address of the leaf.
    fn down(&mut self, walker: &Walker) -> Value {
        let words = self.address(walker.data.words);
        let (node_block, split) = (self.builder.create_block(), self.builder.create_block());
        let leaf = self.builder.create_block();
        let node = self.builder.append_block_param(node_block, types::I64);
        let root = self.integer(i64::from(walker.walk.root));
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
        let class = self.class_at(walker, column);
        let child = self.builder.ins().iadd(children, class);
        let child = self.element(words, child, 2);
        let child = self.builder.ins().uload32(constant_memory(), child, 0);
        self.builder.ins().jump(node_block, &[BlockArg::Value(child)]);
        self.builder.seal_block(node_block);
        self.builder.switch_to_block(leaf);
        self.builder.seal_block(leaf);
        place
    }

    /// The class of a column known at run time.
    fn class_at(&mut self, walker: &Walker, column: Value) -> Value {
        let slots = self.builder.ins().stack_addr(types::I64, walker.slots, 0);
        let class = self.element(slots, column, 3);
        self.builder.ins().load(types::I64, memory(), class, 0)
    }

    /// The rows of a leaf in order.
    fn scan(&mut self, walker: &Walker, leaf: Value) {
        let (row_block, test) = (self.builder.create_block(), self.builder.create_block());
        let (hit, next) = (self.builder.create_block(), self.builder.create_block());
        let none: [BlockArg; 0] = [];
        let count = self.builder.ins().uload32(constant_memory(), leaf, 0);
        let (two, four) = (self.integer(2), self.integer(4));
        let bytes = self.builder.ins().ishl(count, two);
        let end = self.builder.ins().iadd(leaf, bytes);
        self.builder.ins().jump(row_block, &[BlockArg::Value(leaf)]);
        // `place` is that of the word before the row's.
        let place = self.builder.append_block_param(row_block, types::I64);
        self.builder.switch_to_block(row_block);
        let no_row = self.integer(NO_ROW.cast_signed());
        let at_end = self.builder.ins().icmp(IntCC::Equal, place, end);
        self.builder.ins().brif(at_end, walker.after, &[BlockArg::Value(no_row)], test, &none);

        self.builder.switch_to_block(test);
        self.builder.seal_block(test);
        let name = self.builder.ins().uload32(constant_memory(), place, 4);
        let flag = self.integer(i64::from(!ROW_HAS_CHECKS));
        let row = if walker.data.checks.is_some() { self.builder.ins().band(name, flag) } else { name };
        let differs = self.row_differs(walker, row);
        self.builder.ins().brif(differs, next, &none, hit, &none);

        self.builder.switch_to_block(hit);
        self.builder.seal_block(hit);
        match walker.data.checks {
            None => {
                self.builder.ins().jump(walker.after, &[BlockArg::Value(row)]);
            }
            Some(checks) => self.checks(walker, checks, (name, row), next),
        }
        self.builder.switch_to_block(next);
        self.builder.seal_block(next);
        let further = self.builder.ins().iadd(place, four);
        self.builder.ins().jump(row_block, &[BlockArg::Value(further)]);
        self.builder.seal_block(row_block);
    }

    /// Whether some class lies outside what the row's vectors accept.
    fn row_differs(&mut self, walker: &Walker, row: Value) -> Value {
        let base = self.address(walker.data.rows);
        let stride = self.integer(i64::from(walker.walk.rows.stride()));
        let offset = self.builder.ins().imul(row, stride);
        let place = self.builder.ins().iadd(base, offset);
        let mut differs = None;
        for (pair, class) in (0_u32..).zip(&walker.vectors) {
            let low_at = (pair * 2 * VECTOR_BYTES).cast_signed();
            let high_at = low_at + VECTOR_BYTES.cast_signed();
            let low = self.builder.ins().load(walker.lanes, constant_memory(), place, low_at);
            let high = self.builder.ins().load(walker.lanes, constant_memory(), place, high_at);
            let held = self.builder.ins().umin(*class, high);
            let held = self.builder.ins().umax(held, low);
            let other = self.builder.ins().bxor(held, *class);
            differs = Some(match differs {
                Some(differs) => self.builder.ins().bor(differs, other),
                None => other,
            });
        }
        match differs {
            Some(differs) => self.builder.ins().vany_true(differs),
            None => self.builder.ins().iconst(types::I8, 0),
        }
    }

    /// The ranges of the cells that accept several; goes to `next` when a cell refuses.
    fn checks(&mut self, walker: &Walker, data: (DataId, DataId), (name, row): (Value, Value), next: Block) {
        let (first, check) = (self.builder.create_block(), self.builder.create_block());
        let (cell_end, row_end) = (self.builder.create_block(), self.builder.create_block());
        let none: [BlockArg; 0] = [];
        let flag = self.integer(i64::from(ROW_HAS_CHECKS));
        let checked = self.builder.ins().band(name, flag);
        self.builder.ins().brif(checked, first, &none, walker.after, &[BlockArg::Value(row)]);

        self.builder.switch_to_block(first);
        self.builder.seal_block(first);
        let firsts = self.address(data.0);
        let place = self.element(firsts, row, 2);
        let place = self.builder.ins().uload32(constant_memory(), place, 0);
        let checks = self.address(data.1);
        let place = self.element(checks, place, 2);
        let no = self.builder.ins().iconst(types::I8, 0);
        self.builder.ins().jump(check, &[BlockArg::Value(place), BlockArg::Value(no)]);

        let place = self.builder.append_block_param(check, types::I64);
        let before = self.builder.append_block_param(check, types::I8);
        self.builder.switch_to_block(check);
        let head = self.builder.ins().uload32(constant_memory(), place, 0);
        let low = self.builder.ins().uload32(constant_memory(), place, 4);
        let count = self.builder.ins().uload32(constant_memory(), place, 8);
        let column_bits = self.integer(i64::from(!(LAST_OF_CELL | LAST_OF_ROW)));
        let column = self.builder.ins().band(head, column_bits);
        let class = self.class_at(walker, column);
        let above = self.builder.ins().isub(class, low);
        let inside = self.builder.ins().icmp(IntCC::UnsignedLessThan, above, count);
        let accepted = self.builder.ins().bor(before, inside);
        let step = self.integer(i64::from(CHECK_WORDS * 4));
        let further = self.builder.ins().iadd(place, step);
        let cell_bit = self.integer(i64::from(LAST_OF_CELL));
        let is_cell_end = self.builder.ins().band(head, cell_bit);
        let more = [BlockArg::Value(further), BlockArg::Value(accepted)];
        self.builder.ins().brif(is_cell_end, cell_end, &none, check, &more);

        self.builder.switch_to_block(cell_end);
        self.builder.seal_block(cell_end);
        self.builder.ins().brif(accepted, row_end, &none, next, &none);

        self.builder.switch_to_block(row_end);
        self.builder.seal_block(row_end);
        let row_bit = self.integer(i64::from(LAST_OF_ROW));
        let is_row_end = self.builder.ins().band(head, row_bit);
        let again = [BlockArg::Value(further), BlockArg::Value(no)];
        self.builder.ins().brif(is_row_end, walker.after, &[BlockArg::Value(row)], check, &again);
        self.builder.seal_block(check);
    }
}
