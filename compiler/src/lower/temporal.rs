//! Conditions in time: their state, and the moments at which they change by themselves.

use tandem_lang::program::{Cell, CellTest, CompareOp, Expr, ExprKind};
use tandem_stdlib::contract::{CallFact, FactSource, HostOp, Signal, Slot, Type};

use super::Lowering;
use super::error::{CompileError, unsupported};
use super::facts::ELAPSED;
use crate::flow::{HostCall, Op, Order, Step, Value};

/// How much speech must be known before a signal's usual level counts, in milliseconds (language reference).
const USUAL_AFTER_MS: i64 = 5_000;

/// What a calculation of a wake-up gives when nothing is due.
pub(super) const NEVER: i64 = i64::MAX;

impl Lowering<'_> {
    pub(super) fn now(&mut self) -> Value {
        self.builder.fact(ELAPSED)
    }

    pub(super) fn temporal(&mut self, expr: &Expr) -> Result<Value, CompileError> {
        if !self.keeps_state {
            return Err(unsupported(self.program, expr.span, "a condition in time outside a watch"));
        }
        match &expr.kind {
            ExprKind::Lasts(condition, for_ms) => {
                let holds = self.expression(condition)?;
                Ok(self.lasts(holds, *for_ms))
            }
            ExprKind::Often { condition, times, within_ms } => self.often(condition, *times, *within_ms),
            ExprKind::Moves { signal, rises, within_ms } => {
                let sample = self.fact(*signal, expr);
                let op = if *rises { HostOp::Rise } else { HostOp::Fall };
                Ok(self.host(op, 0, *within_ms, sample))
            }
            ExprKind::Usual { signal, speaking } => {
                let sample = self.fact_of(*signal, Type::Number);
                let speaking = self.fact_of(*speaking, Type::YesNo);
                let unknown = self.builder.constant(f64::NAN.to_bits());
                let sample = self.builder.select(speaking, sample, unknown);
                Ok(self.host(HostOp::UsualRatio, 0, USUAL_AFTER_MS, sample))
            }
            _ => Err(unsupported(self.program, expr.span, "this condition in time")),
        }
    }

    /// A fact that the author did not write where it is used.
    pub(super) fn fact_of(&mut self, source: FactSource, ty: Type) -> Value {
        let slot = self.facts.slot(source, ty, "");
        self.builder.fact(slot)
    }

    fn host(&mut self, op: HostOp, count: u32, parameter: i64, sample: Value) -> Value {
        self.horizon_ms = self.horizon_ms.max(parameter);
        let slots = op.state_slots(parameter, count);
        let state = self.builder.reserve_state(slots);
        let now = self.now();
        self.builder.host(HostCall { op, state, slots, now, parameter, sample })
    }

    /// Whether a condition has held for so long; keeps the moment after it became true, 0 while it is false.
    fn lasts(&mut self, holds: Value, for_ms: i64) -> Value {
        self.horizon_ms = self.horizon_ms.max(for_ms);
        let slot = self.builder.reserve_state(1);
        self.builder.open();
        let (since, due) = self.started(slot, for_ms);
        self.builder.set_state(slot, since);
        let now = self.now();
        let long_enough = self.builder.compare(Order::Integer, CompareOp::AtLeast, now, due);
        let never = self.builder.integer(NEVER);
        let wake = self.builder.select(long_enough, never, due);
        let then = (self.builder.close(), [long_enough, wake]);
        self.builder.open();
        let (no, never) = (self.builder.constant(0), self.builder.integer(NEVER));
        self.builder.set_state(slot, no);
        let otherwise = (self.builder.close(), [no, never]);
        let [lasts, wake] = self.builder.join(holds, then, otherwise);
        self.wake_by(wake);
        lasts
    }

    /// The moment after a condition that holds became true, and that at which it will have held for so long.
    fn started(&mut self, slot: u32, for_ms: i64) -> (Value, Value) {
        let (now, zero, one) = (self.now(), self.builder.constant(0), self.builder.constant(1));
        let after_now = self.builder.later(now, one);
        let since = self.builder.state(slot);
        let is_new = self.builder.compare(Order::Integer, CompareOp::Equal, since, zero);
        let started = self.builder.select(is_new, after_now, since);
        let needed = self.builder.integer(for_ms.saturating_sub(1));
        (started, self.builder.later(started, needed))
    }

    fn often(&mut self, condition: &Expr, times: u32, within_ms: i64) -> Result<Value, CompileError> {
        let said_before = self.said_slots.len();
        let holds = self.expression(condition)?;
        let begins = if is_said(condition) {
            holds
        } else {
            // Words end with their turn, also where the count is not reached yet and the watch sees nothing.
            let said: Vec<u32> = self.said_slots.iter().skip(said_before).copied().collect();
            self.wake_after_words(&said, holds);
            let slot = self.builder.reserve_state(1);
            let before = self.builder.state(slot);
            self.builder.set_state(slot, holds);
            let was_not = self.builder.not(before);
            self.builder.and(holds, was_not)
        };
        // The count does not change when nothing began, so the host is asked only then.
        self.builder.open();
        let one = self.builder.constant(1);
        let counted = self.host(HostOp::CountWithin, times, within_ms, one);
        let then = (self.builder.close(), [counted]);
        self.builder.open();
        let no = self.builder.constant(0);
        let otherwise = (self.builder.close(), [no]);
        let [often] = self.builder.join(begins, then, otherwise);
        Ok(often)
    }

    /// Asks to run again at that moment, if `pending`.
    pub(super) fn wake_at(&mut self, pending: Value, moment: Value) {
        let never = self.builder.integer(NEVER);
        let at = self.builder.select(pending, moment, never);
        self.wake_by(at);
    }

    /// Asks to run again at that moment, which may be [`NEVER`].
    fn wake_by(&mut self, at: Value) {
        self.wake = Some(match self.wake {
            Some(wake) => self.builder.op(Op::Minimum(wake, at)),
            None => at,
        });
    }

    /// Writes the wake-up into its slot of the answer.
    pub(super) fn write_wake(&mut self, slot: u32) {
        let wake = match self.wake {
            Some(wake) => wake,
            None => self.builder.integer(NEVER),
        };
        self.builder.step(Step::SetAnswer(slot, wake));
    }

    /// A value that grows by itself is due when its comparison with a constant changes.
    pub(super) fn wake_at_compare(&mut self, flowing: &Expr, value: Value, op: CompareOp, limit: &Expr) {
        let ExprKind::Constant(limit) = limit.kind else { return };
        if !self.keeps_state || !grows_by_itself(flowing) {
            return;
        }
        let limit = limit.cast_signed();
        let changes_there = !matches!(op, CompareOp::More | CompareOp::AtMost);
        let changes_after = !matches!(op, CompareOp::AtLeast | CompareOp::Less);
        if changes_there {
            self.wake_when_reached(value, limit);
        }
        if let Some(later) = limit.checked_add(1).filter(|_| changes_after) {
            self.wake_when_reached(value, later);
        }
    }

    pub(super) fn wake_at_cell(&mut self, flowing: &Expr, value: Value, cell: &Cell) {
        if !self.keeps_state || !grows_by_itself(flowing) {
            return;
        }
        for end in cell.tests.iter().flat_map(ends) {
            self.wake_when_reached(value, end.cast_signed());
            if let Some(later) = end.cast_signed().checked_add(1) {
                self.wake_when_reached(value, later);
            }
        }
    }

    pub(super) fn wake_when_reached(&mut self, value: Value, limit: i64) {
        let limit = self.builder.integer(limit);
        let pending = self.builder.compare(Order::Integer, CompareOp::Less, value, limit);
        let missing = self.builder.between(limit, value);
        let now = self.now();
        let due = self.builder.later(now, missing);
        self.wake_at(pending, due);
    }
}

fn ends(test: &CellTest) -> Vec<Slot> {
    match test {
        CellTest::Is(slot) => vec![*slot],
        CellTest::Between { low, high } => [*low, *high].into_iter().flatten().map(|(end, _)| end).collect(),
        CellTest::Fact(_) => Vec::new(),
    }
}

/// Whether a condition tells that the phrases were said in the turn of this event, or that somebody answered in it.
fn is_said(condition: &Expr) -> bool {
    matches!(
        &condition.kind,
        ExprKind::Compare(CompareOp::AtLeast, said, _) if matches!(
                said.kind,
                ExprKind::Fact(FactSource::Said(..) | FactSource::Call(CallFact::Answered))
            )
    )
}

fn grows_by_itself(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        ExprKind::Fact(
            FactSource::Signal(_, Signal::Silence)
                | FactSource::Call(CallFact::Elapsed)
                | FactSource::Call(CallFact::Clock)
        )
    )
}
