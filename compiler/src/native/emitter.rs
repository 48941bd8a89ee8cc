//! What all parts of a function's emission share: values in the form in which they are at hand, and memory access.

use cranelift::codegen::ir::{BlockArg, MemFlagsData};
use cranelift::jit::JITModule;
use cranelift::module::{DataId, Module};
use cranelift::prelude::{Block, FunctionBuilder, InstBuilder, Type, Value, types};

use super::NativeOptions;
use super::data::TableData;
use super::truths::Truths;
use tandem_stdlib::contract::Slot;

use crate::flow;

/// The status that a function returns when a calculation left its range.
const OVERFLOW: i64 = 1;

/// A value of the flow IR in the forms that code has made of it so far.
#[derive(Clone, Copy, Default)]
struct Forms {
    slot: Option<Value>,
    float: Option<Value>,
    /// An 8-bit 0 or 1.
    truth: Option<Value>,
    /// The truth that it is the opposite of.
    negated: Option<Value>,
    /// The slot of the facts record that it is.
    fact: Option<u32>,
    /// What it always is.
    constant: Option<Slot>,
}

/// The emission of one function.
pub(super) struct Emitter<'a, 'b> {
    pub(super) module: &'a mut JITModule,
    pub(super) builder: &'a mut FunctionBuilder<'b>,
    pub(super) tables: &'a [TableData],
    pub(super) function: &'a flow::Function,
    pub(super) options: NativeOptions,
    pub(super) facts: Value,
    pub(super) state: Value,
    pub(super) answer: Value,
    pub(super) host: Value,
    /// Where overflows go.
    pub(super) overflow: Block,
    forms: Vec<Forms>,
    pub(super) truths: Truths,
}

/// Memory of the host's records and of tables: aligned, and never faulting.
pub(super) const fn memory() -> MemFlagsData {
    MemFlagsData::trusted()
}

/// Memory that does not change while the function runs.
pub(super) const fn constant_memory() -> MemFlagsData {
    MemFlagsData::trusted().with_readonly().with_can_move()
}

/// The byte offset of a slot.
pub(super) const fn slot_offset(slot: u32) -> i32 {
    slot.cast_signed().wrapping_mul(8)
}

impl<'a, 'b> Emitter<'a, 'b> {
    pub(super) fn new(
        module: &'a mut JITModule,
        builder: &'a mut FunctionBuilder<'b>,
        tables: &'a [TableData],
        function: &'a flow::Function,
        options: NativeOptions,
        [facts, state, answer, host]: [Value; 4],
        overflow: Block,
    ) -> Self {
        let forms = vec![Forms::default(); function.values as usize];
        let truths = Truths::of(function);
        Self {
            module,
            builder,
            tables,
            function,
            options,
            facts,
            state,
            answer,
            host,
            overflow,
            forms,
            truths,
        }
    }

    fn forms(&self, value: flow::Value) -> Forms {
        self.forms.get(value.0 as usize).copied().unwrap_or_default()
    }

    fn keep(&mut self, value: flow::Value, change: impl FnOnce(&mut Forms)) {
        if let Some(forms) = self.forms.get_mut(value.0 as usize) {
            change(forms);
        }
    }

    pub(super) fn set_slot(&mut self, value: flow::Value, slot: Value) {
        self.keep(value, |forms| forms.slot = Some(slot));
    }

    pub(super) fn set_float(&mut self, value: flow::Value, float: Value) {
        self.keep(value, |forms| forms.float = Some(float));
    }

    pub(super) fn set_truth(&mut self, value: flow::Value, truth: Value) {
        self.keep(value, |forms| forms.truth = Some(truth));
    }

    pub(super) fn set_constant(&mut self, value: flow::Value, slot: Slot) {
        self.keep(value, |forms| forms.constant = Some(slot));
    }

    pub(super) fn constant_of(&self, value: flow::Value) -> Option<Slot> {
        self.forms(value).constant
    }

    pub(super) fn set_negated(&mut self, value: flow::Value, of: Value) {
        self.keep(value, |forms| forms.negated = Some(of));
    }

    /// What a truth is the opposite of, if it is one.
    pub(super) fn negated(&self, value: flow::Value) -> Option<Value> {
        self.forms(value).negated
    }

    pub(super) fn set_fact(&mut self, value: flow::Value, fact: u32) {
        self.keep(value, |forms| forms.fact = Some(fact));
    }

    /// The value as 64 bits.
    pub(super) fn slot(&mut self, value: flow::Value) -> Value {
        let forms = self.forms(value);
        if let Some(slot) = forms.slot {
            return slot;
        }
        // A form made here may not dominate later uses, so that it is not kept; the optimiser merges equal ones.
        match (forms.truth, forms.float, forms.fact) {
            (Some(truth), _, _) => self.builder.ins().uextend(types::I64, truth),
            (_, Some(float), _) => self.builder.ins().bitcast(types::I64, MemFlagsData::new(), float),
            (_, _, Some(fact)) => self.load_fact(types::I64, fact),
            _ => self.integer(0),
        }
    }

    /// The value as a float.
    pub(super) fn float(&mut self, value: flow::Value) -> Value {
        let forms = self.forms(value);
        match (forms.float, forms.fact) {
            (Some(float), _) => float,
            (_, Some(fact)) => self.load_fact(types::F64, fact),
            _ => {
                let slot = self.slot(value);
                self.builder.ins().bitcast(types::F64, MemFlagsData::new(), slot)
            }
        }
    }

    /// The value as an 8-bit truth; every bit of it but the lowest is 0 where the flow IR says 0 or 1.
    pub(super) fn truth(&mut self, value: flow::Value) -> Value {
        if let Some(truth) = self.forms(value).truth {
            return truth;
        }
        let slot = self.slot(value);
        let zero = self.integer(0);
        self.builder.ins().icmp(cranelift::prelude::IntCC::NotEqual, slot, zero)
    }

    fn load_fact(&mut self, ty: Type, fact: u32) -> Value {
        self.builder.ins().load(ty, constant_memory(), self.facts, slot_offset(fact))
    }

    pub(super) fn integer(&mut self, value: i64) -> Value {
        self.builder.ins().iconst(types::I64, value)
    }

    /// The address of read-only data.
    pub(super) fn address(&mut self, data: DataId) -> Value {
        let global = self.module.declare_data_in_func(data, self.builder.func);
        self.builder.ins().symbol_value(types::I64, global)
    }

    /// `base + index * 2^shift`
    pub(super) fn element(&mut self, base: Value, index: Value, shift: i64) -> Value {
        let shift = self.integer(shift);
        let offset = self.builder.ins().ishl(index, shift);
        self.builder.ins().iadd(base, offset)
    }

    pub(super) fn write_answer(&mut self, slot: u32, value: Value) {
        self.builder.ins().store(memory(), value, self.answer, slot_offset(slot));
    }

    /// Ends the function with `Overflow` when the condition holds.
    pub(super) fn overflow_when(&mut self, condition: Value) {
        let on = self.builder.create_block();
        let none: [BlockArg; 0] = [];
        self.builder.ins().brif(condition, self.overflow, &none, on, &none);
        self.builder.switch_to_block(on);
        self.builder.seal_block(on);
    }

    /// Ends the function.
    pub(super) fn finish(&mut self) {
        let done = self.builder.ins().iconst(types::I32, 0);
        self.builder.ins().return_(&[done]);
    }

    /// Writes the body of the block that overflows go to.
    pub(super) fn finish_overflow(&mut self) {
        self.builder.switch_to_block(self.overflow);
        let status = self.builder.ins().iconst(types::I32, OVERFLOW);
        self.builder.ins().return_(&[status]);
        self.builder.seal_block(self.overflow);
    }
}
