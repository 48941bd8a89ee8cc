//! Builds the body of one function; an operation on the same values is computed once where the first one is known
//! to have run.

use std::collections::HashMap;

use tandem_lang::program::CompareOp;
use tandem_stdlib::contract::Slot;

use crate::flow::{Body, HostCall, IntegerOp, Join, Op, Order, Step, Value};

/// Steps so far, and what they computed.
#[derive(Default)]
struct Scope {
    body: Body,
    known: HashMap<Op, Value>,
}

/// A function under construction.
pub(super) struct Builder {
    outer: Vec<Scope>,
    scope: Scope,
    constants: HashMap<Value, Slot>,
    values: u32,
    state_slots: u32,
}

impl Builder {
    pub(super) fn new() -> Self {
        Self {
            outer: Vec::new(),
            scope: Scope::default(),
            constants: HashMap::new(),
            values: 0,
            state_slots: 0,
        }
    }

    /// The finished body, the number of its values and of its state slots.
    pub(super) fn finish(self) -> (Body, u32, u32) {
        (self.scope.body, self.values, self.state_slots)
    }

    /// Reserves slots of state and returns the first.
    pub(super) const fn reserve_state(&mut self, slots: u32) -> u32 {
        let first = self.state_slots;
        self.state_slots = self.state_slots.saturating_add(slots);
        first
    }

    const fn fresh(&mut self) -> Value {
        let value = Value(self.values);
        self.values += 1;
        value
    }

    /// The value of an operation.
    pub(super) fn op(&mut self, op: Op) -> Value {
        if op.depends_on_state() {
            return self.assign(op);
        }
        let known = self.outer.iter().chain([&self.scope]).find_map(|scope| scope.known.get(&op));
        if let Some(value) = known {
            return *value;
        }
        let value = self.assign(op.clone());
        if let Op::Constant(slot) = op {
            self.constants.insert(value, slot);
        }
        self.scope.known.insert(op, value);
        value
    }

    fn assign(&mut self, op: Op) -> Value {
        let value = self.fresh();
        self.scope.body.push(Step::Let(value, op));
        value
    }

    pub(super) fn step(&mut self, step: Step) {
        self.scope.body.push(step);
    }

    pub(super) fn constant(&mut self, slot: Slot) -> Value {
        self.op(Op::Constant(slot))
    }

    pub(super) fn integer(&mut self, value: i64) -> Value {
        self.constant(value.cast_unsigned())
    }

    /// The constant that a value is.
    pub(super) fn constant_of(&self, value: Value) -> Option<Slot> {
        self.constants.get(&value).copied()
    }

    pub(super) fn fact(&mut self, slot: u32) -> Value {
        self.op(Op::Fact(slot))
    }

    pub(super) fn state(&mut self, slot: u32) -> Value {
        self.op(Op::State(slot))
    }

    pub(super) fn set_state(&mut self, slot: u32, value: Value) {
        self.step(Step::SetState(slot, value));
    }

    pub(super) fn host(&mut self, call: HostCall) -> Value {
        self.op(Op::Host(call))
    }

    /// A moment and a span of time after it.
    pub(super) fn later(&mut self, moment: Value, span: Value) -> Value {
        self.op(Op::Integer(IntegerOp::Later, moment, span))
    }

    /// The time between two moments.
    pub(super) fn between(&mut self, later: Value, earlier: Value) -> Value {
        self.op(Op::Integer(IntegerOp::Between, later, earlier))
    }

    pub(super) fn subtract(&mut self, left: Value, right: Value) -> Value {
        self.op(Op::Integer(IntegerOp::Subtract, left, right))
    }

    pub(super) fn compare(&mut self, order: Order, op: CompareOp, left: Value, right: Value) -> Value {
        self.op(Op::Compare(order, op, left, right))
    }

    pub(super) fn not(&mut self, value: Value) -> Value {
        match self.constant_of(value) {
            Some(slot) => self.constant(u64::from(slot == 0)),
            None => self.op(Op::Not(value)),
        }
    }

    pub(super) fn and(&mut self, left: Value, right: Value) -> Value {
        match (self.constant_of(left), self.constant_of(right)) {
            (Some(1), _) | (_, Some(0)) => right,
            (Some(0), _) | (_, Some(1)) => left,
            _ => self.op(Op::And(left, right)),
        }
    }

    pub(super) fn or(&mut self, left: Value, right: Value) -> Value {
        match (self.constant_of(left), self.constant_of(right)) {
            (Some(0), _) | (_, Some(1)) => right,
            (Some(1), _) | (_, Some(0)) => left,
            _ => self.op(Op::Or(left, right)),
        }
    }

    pub(super) fn select(&mut self, condition: Value, then: Value, otherwise: Value) -> Value {
        match self.constant_of(condition) {
            Some(0) => otherwise,
            Some(_) => then,
            None if then == otherwise => then,
            None => self.op(Op::Select(condition, then, otherwise)),
        }
    }

    /// Begins a body of its own; what it computes is unknown outside.
    pub(super) fn open(&mut self) {
        self.outer.push(std::mem::take(&mut self.scope));
    }

    /// Ends the body that [`Self::open`] began.
    pub(super) fn close(&mut self) -> Body {
        let outer = self.outer.pop().unwrap_or_default();
        std::mem::replace(&mut self.scope, outer).body
    }

    /// Joins two bodies that each give these values.
    pub(super) fn join<const N: usize>(
        &mut self,
        condition: Value,
        then: (Body, [Value; N]),
        otherwise: (Body, [Value; N]),
    ) -> [Value; N] {
        let values = then.1.map(|_| self.fresh());
        let given = values.into_iter().zip(then.1).zip(otherwise.1);
        let joins = given.map(|((value, then), otherwise)| Join { value, then, otherwise }).collect();
        self.step(Step::If { condition, then: then.0, otherwise: otherwise.0, joins });
        values
    }

    /// Runs a body when the condition holds.
    pub(super) fn when(&mut self, condition: Value, then: Body) {
        self.step(Step::If { condition, then, otherwise: Body::new(), joins: Vec::new() });
    }
}
