//! Steps of a function.

use cranelift::codegen::ir::{BlockArg, Function as NativeFunction};
use cranelift::jit::JITModule;
use cranelift::module::Module;
use cranelift::prelude::{FunctionBuilder, FunctionBuilderContext, InstBuilder, IntCC, Value, types};

use super::data::TableData;
use super::emitter::{Emitter, constant_memory, memory, slot_offset};
use super::{NativeOptions, Trace};
use crate::flow::{self, ComputedRow, Decision, Join, NO_OUTCOME, Step};

/// Whether code after a step can be reached.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Open,
    Ended,
}

/// Writes the code of one function.
pub(super) fn build(
    module: &mut JITModule,
    native: &mut NativeFunction,
    context: &mut FunctionBuilderContext,
    tables: &[TableData],
    function: &flow::Function,
    options: NativeOptions,
) {
    let frontend = module.target_config();
    let mut builder = FunctionBuilder::new(native, context);
    let entry = builder.create_block();
    builder.append_block_params_for_function_params(entry);
    builder.switch_to_block(entry);
    builder.seal_block(entry);
    let overflow = builder.create_block();
    builder.set_cold_block(overflow);
    let records = match builder.block_params(entry) {
        [facts, state, answer, host] => [*facts, *state, *answer, *host],
        // The signature of every entry has four parameters.
        _ => return,
    };
    let mut emitter = Emitter::new(module, &mut builder, tables, function, options, records, overflow);
    if emitter.body(&function.body) == Reach::Open {
        emitter.finish();
    }
    emitter.finish_overflow();
    builder.finalize(frontend);
}

impl Emitter<'_, '_> {
    fn body(&mut self, body: &[Step]) -> Reach {
        for step in body {
            if self.step(step) == Reach::Ended {
                return Reach::Ended;
            }
        }
        Reach::Open
    }

    fn step(&mut self, step: &Step) -> Reach {
        match step {
            Step::Let(value, op) => self.operation(*value, op),
            Step::If { condition, then, otherwise, joins } => {
                return self.branch(*condition, then, otherwise, joins);
            }
            Step::SetState(slot, value) => {
                let value = self.slot(*value);
                self.builder.ins().store(memory(), value, self.state, slot_offset(*slot));
            }
            Step::SetAnswer(slot, value) => {
                let value = self.slot(*value);
                self.write_answer(*slot, value);
            }
            Step::SetTrace(bits) => self.set_trace(bits),
            Step::Decide(decision) => {
                self.decide(decision);
                return Reach::Ended;
            }
            Step::DecideRow { table, row, computed } => {
                let row = self.slot(*row);
                self.decide_row(*table, row, computed);
                return Reach::Ended;
            }
        }
        Reach::Open
    }

    fn branch(&mut self, condition: flow::Value, then: &[Step], otherwise: &[Step], joins: &[Join]) -> Reach {
        let condition = self.truth(condition);
        let (then_block, otherwise_block) = (self.builder.create_block(), self.builder.create_block());
        let after = self.builder.create_block();
        let none: [BlockArg; 0] = [];
        self.builder.ins().brif(condition, then_block, &none, otherwise_block, &none);
        let mut reach = Reach::Ended;
        for (block, body, first) in [(then_block, then, true), (otherwise_block, otherwise, false)] {
            self.builder.switch_to_block(block);
            self.builder.seal_block(block);
            if self.body(body) == Reach::Open {
                let given = joins.iter().map(|join| {
                    let value = if first { join.then } else { join.otherwise };
                    BlockArg::Value(if self.truths.contains(join.value) {
                        self.truth(value)
                    } else {
                        self.slot(value)
                    })
                });
                let given = given.collect::<Vec<_>>();
                self.builder.ins().jump(after, &given);
                reach = Reach::Open;
            }
        }
        for join in joins {
            if self.truths.contains(join.value) {
                let truth = self.builder.append_block_param(after, types::I8);
                self.set_truth(join.value, truth);
            } else {
                let slot = self.builder.append_block_param(after, types::I64);
                self.set_slot(join.value, slot);
            }
        }
        self.builder.switch_to_block(after);
        self.builder.seal_block(after);
        if reach == Reach::Ended {
            // Nothing jumps here, but every block must end.
            self.finish();
        }
        reach
    }

    /// Packs trace bits, 64 a slot.
    fn set_trace(&mut self, bits: &[flow::Value]) {
        let first = self.function.answer.answers;
        for (slot, chunk) in (first..).zip(bits.chunks(64)) {
            let mut word = self.integer(0);
            if self.options.trace == Trace::On {
                for (at, bit) in (0_i64..).zip(chunk) {
                    let bit = self.slot(*bit);
                    let shift = self.integer(at);
                    let bit = self.builder.ins().ishl(bit, shift);
                    word = self.builder.ins().bor(word, bit);
                }
            }
            self.write_answer(slot, word);
        }
    }

    fn decide(&mut self, decision: &Decision) {
        let outputs = self.function.answer.answers.saturating_sub(1);
        for slot in 0..outputs {
            let value = match decision.answers.get(slot as usize) {
                Some(answer) => self.slot(*answer),
                None => self.integer(0),
            };
            self.write_answer(slot, value);
        }
        let outcome = decision.outcome.map_or(NO_OUTCOME, u64::from).cast_signed();
        let outcome_value = self.integer(outcome);
        self.write_answer(outputs, outcome_value);
        for word in 0..self.function.answer.trace_slots() {
            let bit =
                decision.outcome.filter(|outcome| outcome / 64 == word && self.options.trace == Trace::On);
            let bits = self.integer(bit.map_or(0, |outcome| 1_u64 << (outcome % 64)).cast_signed());
            self.write_answer(self.function.answer.answers + word, bits);
        }
        self.finish();
    }

    fn decide_row(&mut self, table: u32, row: Value, computed: &[ComputedRow]) {
        for one in computed {
            let is_it = self.integer(i64::from(one.row));
            let is_it = self.builder.ins().icmp(IntCC::Equal, row, is_it);
            let (then, otherwise) = (self.builder.create_block(), self.builder.create_block());
            let none: [BlockArg; 0] = [];
            self.builder.ins().brif(is_it, then, &none, otherwise, &none);
            self.builder.switch_to_block(then);
            self.builder.seal_block(then);
            self.body(&one.body);
            let first = self.tables.get(table as usize).map_or(0, |table| table.first_outcome);
            self.decide(&Decision { answers: one.answers.clone(), outcome: Some(first + one.row) });
            self.builder.switch_to_block(otherwise);
            self.builder.seal_block(otherwise);
        }
        self.decide_constant_row(table, row);
    }

    fn decide_constant_row(&mut self, table: u32, row: Value) {
        let Some(data) = self.tables.get(table as usize) else { return self.finish() };
        let answers = self.address(data.answers);
        let bytes = self.integer(i64::from(data.outputs) * 8);
        let offset = self.builder.ins().imul(row, bytes);
        let answers = self.builder.ins().iadd(answers, offset);
        for slot in 0..data.outputs {
            let answer = self.builder.ins().load(types::I64, constant_memory(), answers, slot_offset(slot));
            self.write_answer(slot, answer);
        }
        let first = self.integer(i64::from(data.first_outcome));
        let outcome = self.builder.ins().iadd(row, first);
        self.write_answer(self.function.answer.answers.saturating_sub(1), outcome);
        self.trace_one(outcome);
        self.finish();
    }

    /// Writes trace bits of which one is set, at a place known only at run time.
    fn trace_one(&mut self, outcome: Value) {
        let (first, words) = (self.function.answer.answers, self.function.answer.trace_slots());
        if words == 0 {
            return;
        }
        let zero = self.integer(0);
        let one = self.integer(1);
        // A shift takes its count modulo 64.
        let bit = self.builder.ins().ishl(one, outcome);
        if words == 1 && self.options.trace == Trace::On {
            return self.write_answer(first, bit);
        }
        for word in 0..words {
            self.write_answer(first + word, zero);
        }
        if self.options.trace == Trace::On {
            let six = self.integer(6);
            let word = self.builder.ins().ushr(outcome, six);
            let place = self.element(self.answer, word, 3);
            self.builder.ins().store(memory(), bit, place, slot_offset(first));
        }
    }
}
