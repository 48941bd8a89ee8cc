//! Which values of a function are always 0 or 1, so that code can hold them in 8 bits.

use crate::flow::{Function, Op, Step, Value};

/// By value: whether it is always 0 or 1.
pub(super) struct Truths(Vec<bool>);

impl Truths {
    pub(super) fn of(function: &Function) -> Self {
        let mut truths = Self(vec![false; function.values as usize]);
        truths.body(&function.body);
        truths
    }

    pub(super) fn contains(&self, value: Value) -> bool {
        self.0.get(value.0 as usize).copied().unwrap_or_default()
    }

    fn body(&mut self, body: &[Step]) {
        for step in body {
            match step {
                Step::Let(value, op) => self.set(*value, self.is_truth(op)),
                Step::If { then, otherwise, joins, .. } => {
                    self.body(then);
                    self.body(otherwise);
                    for join in joins {
                        self.set(join.value, self.contains(join.then) && self.contains(join.otherwise));
                    }
                }
                Step::DecideRow { computed, .. } => computed.iter().for_each(|one| self.body(&one.body)),
                Step::SetState(..) | Step::SetAnswer(..) | Step::SetTrace(_) | Step::Decide(_) => {}
            }
        }
    }

    fn is_truth(&self, op: &Op) -> bool {
        match op {
            Op::Compare(..) | Op::InSet(..) | Op::Not(_) | Op::And(..) | Op::Or(..) => true,
            Op::Constant(slot) => *slot <= 1,
            Op::Select(_, then, otherwise) => self.contains(*then) && self.contains(*otherwise),
            _ => false,
        }
    }

    fn set(&mut self, value: Value, is_truth: bool) {
        if let Some(place) = self.0.get_mut(value.0 as usize) {
            *place = is_truth;
        }
    }
}
