//! One run of one function.

use tandem_stdlib::contract::Slot;

use super::operation::{self, Arithmetic};
use crate::flow::{Decision, Flow, Function, MatchTable, NO_OUTCOME, NO_ROW, Op, Step, Value};

/// A checked calculation left its range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Overflowed;

/// Whether the function goes on after a step.
#[derive(PartialEq, Eq)]
enum Next {
    Step,
    End,
}

/// One run: the records of the host and the values assigned so far.
pub(crate) struct Run<'a> {
    flow: &'a Flow,
    function: &'a Function,
    facts: &'a [Slot],
    state: &'a mut [Slot],
    answer: &'a mut [Slot],
    values: Vec<Slot>,
    /// Whether a calculation that leaves its range gives 0 rather than ending the run.
    forgiving: bool,
}

impl<'a> Run<'a> {
    pub(crate) fn new(
        flow: &'a Flow,
        function: &'a Function,
        facts: &'a [Slot],
        state: &'a mut [Slot],
        answer: &'a mut [Slot],
    ) -> Self {
        Self {
            flow,
            function,
            facts,
            state,
            answer,
            values: vec![0; function.values as usize],
            forgiving: false,
        }
    }

    /// The same run, in which a calculation that leaves its range gives 0.
    pub(crate) const fn forgiving(mut self) -> Self {
        self.forgiving = true;
        self
    }

    /// Runs the whole function.
    pub(crate) fn function(&mut self) -> Result<(), Overflowed> {
        self.answer.fill(0);
        let function = self.function;
        self.body(&function.body).map(|_| ())
    }

    /// What a value was assigned; 0 before that.
    pub(crate) fn value(&self, value: Value) -> Slot {
        self.values.get(value.0 as usize).copied().unwrap_or(0)
    }

    fn assign(&mut self, value: Value, slot: Slot) {
        if let Some(place) = self.values.get_mut(value.0 as usize) {
            *place = slot;
        }
    }

    fn body(&mut self, body: &[Step]) -> Result<Next, Overflowed> {
        for step in body {
            if self.step(step)? == Next::End {
                return Ok(Next::End);
            }
        }
        Ok(Next::Step)
    }

    fn step(&mut self, step: &Step) -> Result<Next, Overflowed> {
        match step {
            Step::Let(value, op) => {
                let result = self.operation(op)?;
                self.assign(*value, result);
            }
            Step::If { condition, then, otherwise, joins } => {
                let holds = self.value(*condition) != 0;
                if self.body(if holds { then } else { otherwise })? == Next::End {
                    return Ok(Next::End);
                }
                for join in joins {
                    self.assign(join.value, self.value(if holds { join.then } else { join.otherwise }));
                }
            }
            Step::SetState(slot, value) => write(self.state, *slot, self.value(*value)),
            Step::SetAnswer(slot, value) => write(self.answer, *slot, self.value(*value)),
            Step::SetTrace(bits) => {
                for (outcome, bit) in (0..).zip(bits) {
                    self.trace(outcome, self.value(*bit));
                }
            }
            Step::Decide(decision) => {
                self.decide(decision);
                return Ok(Next::End);
            }
            Step::DecideRow { table, row, computed } => {
                let row = self.value(*row);
                let computed = computed.iter().find(|one| u64::from(one.row) == row);
                if let Some(one) = computed {
                    self.body(&one.body)?;
                    let outcome = self.row_outcome(*table, row);
                    self.decide(&Decision { answers: one.answers.clone(), outcome });
                } else {
                    self.decide_constant_row(*table, row);
                }
                return Ok(Next::End);
            }
        }
        Ok(Next::Step)
    }

    fn table(&self, table: u32) -> Option<&'a MatchTable> {
        self.flow.tables.get(table as usize)
    }

    fn row_outcome(&self, table: u32, row: Slot) -> Option<u32> {
        self.table(table)?.first_outcome.checked_add(u32::try_from(row).ok()?)
    }

    fn decide_constant_row(&mut self, table: u32, row: Slot) {
        let answers = usize::try_from(row).ok().and_then(|at| self.table(table)?.rows.get(at));
        for (slot, answer) in (0..).zip(answers.map_or(&[][..], |row| &row.answers)) {
            write(self.answer, slot, *answer);
        }
        self.outcome(self.row_outcome(table, row));
    }

    fn decide(&mut self, decision: &Decision) {
        for (slot, answer) in (0..).zip(&decision.answers) {
            write(self.answer, slot, self.value(*answer));
        }
        self.outcome(decision.outcome);
    }

    fn outcome(&mut self, outcome: Option<u32>) {
        let slot = self.function.answer.answers.saturating_sub(1);
        write(self.answer, slot, outcome.map_or(NO_OUTCOME, u64::from));
        if let Some(outcome) = outcome {
            self.trace(outcome, 1);
        }
    }

    fn trace(&mut self, outcome: u32, bit: Slot) {
        let slot = self.function.answer.answers + outcome / 64;
        if let Some(word) = self.answer.get_mut(slot as usize) {
            *word |= (bit & 1) << (outcome % 64);
        }
    }

    fn operation(&mut self, op: &Op) -> Result<Slot, Overflowed> {
        let read = |record: &[Slot], slot: u32| record.get(slot as usize).copied().unwrap_or(0);
        Ok(match op {
            Op::Constant(slot) => *slot,
            Op::Fact(slot) => read(self.facts, *slot),
            Op::State(slot) => read(self.state, *slot),
            Op::Compare(order, op, left, right) => {
                u64::from(order.holds(*op, self.value(*left), self.value(*right)))
            }
            Op::InSet(value, mask) => {
                let value = self.value(*value);
                u64::from(value < 64 && (mask >> value) & 1 == 1)
            }
            Op::Not(value) => u64::from(self.value(*value) == 0),
            Op::And(left, right) => self.value(*left) & self.value(*right),
            Op::Or(left, right) => self.value(*left) | self.value(*right),
            Op::Select(condition, then, otherwise) => {
                self.value(if self.value(*condition) != 0 { *then } else { *otherwise })
            }
            Op::Match(table, columns) => self.first_row(*table, columns),
            Op::Host(call) => {
                let (now, sample) = (self.value(call.now).cast_signed(), self.value(call.sample));
                let range = call.state as usize..(call.state + call.slots) as usize;
                let state = self.state.get_mut(range).unwrap_or_default();
                call.op.apply(state, now, call.parameter, sample)
            }
            _ => match self.arithmetic(op) {
                None if self.forgiving => 0,
                result => return result.ok_or(Overflowed),
            },
        })
    }

    fn arithmetic(&self, op: &Op) -> Arithmetic {
        let value = |value: &Value| self.value(*value);
        match op {
            Op::Integer(op, left, right) => operation::integer(*op, value(left), value(right)),
            Op::Float(op, left, right) => Some(operation::float(*op, value(left), value(right))),
            Op::Scale(amount, factor) => operation::scale(value(amount), value(factor)),
            Op::Divide(amount, divisor) => operation::divide(value(amount), value(divisor)),
            Op::Ratio(left, right) => Some(operation::ratio(value(left), value(right))),
            Op::FloorDivide(amount, divisor) => operation::floor_divide(value(amount), *divisor),
            Op::Minimum(left, right) => {
                Some(value(left).cast_signed().min(value(right).cast_signed()).cast_unsigned())
            }
            Op::Canonical(float) => Some(operation::canonical(value(float))),
            _ => Some(0),
        }
    }

    /// The first row all of whose cells accept the values, as the author reads the table.
    fn first_row(&self, table: u32, columns: &[Value]) -> Slot {
        let Some(table) = self.table(table) else { return NO_ROW };
        let values = columns.iter().map(|column| self.value(*column)).collect::<Vec<_>>();
        let holds = |cells: &[crate::flow::CellSet]| {
            let columns = table.columns.iter().zip(&values);
            cells.iter().zip(columns).all(|(cell, (order, value))| cell.accepts(*order, *value))
        };
        table.rows.iter().position(|row| holds(&row.cells)).map_or(NO_ROW, |row| row as u64)
    }
}

fn write(record: &mut [Slot], slot: u32, value: Slot) {
    if let Some(place) = record.get_mut(slot as usize) {
        *place = value;
    }
}
