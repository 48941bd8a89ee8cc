//! Watches: when the condition becomes true, when it may do so again, and when to look again.
//!
//! State: slot 0 whether the condition held at the last run, slot 1 whether the watch fired and was not cleared
//! since (only with `clear when`), then that of the conditions, and last the moment after it last fired (only with `at most once per`).

use tandem_lang::program::{CompareOp, Expr, Watch};

use super::error::CompileError;
use super::{Lowered, Lowering};
use crate::flow::{AnswerLayout, Order, Step, Value};

/// Answer slots of a watch before its trace bits.
const ANSWERS: u32 = 2;

/// The answer of a watch that fired, and of one whose `clear when` came true.
const FIRED: u64 = 1;
const CLEARED: u64 = 2;

impl Lowering<'_> {
    pub(super) fn watch(mut self, watch: &Watch) -> Result<Lowered, CompileError> {
        let (held_slot, latched_slot) = self.reserve_watch_state();
        let mut bits = Vec::with_capacity(watch.branches.len());
        for (condition, _) in &watch.branches {
            bits.push(self.expression(condition)?);
        }
        let none = self.builder.constant(0);
        let holds = bits.iter().fold(none, |any, bit| self.builder.or(any, *bit));
        let held_before = self.builder.state(held_slot);
        let (latched, cleared) = match &watch.clear {
            Some(clear) => self.latch(clear, latched_slot)?,
            // Without `clear when` a watch is ready as soon as its condition is false, which is all that
            // `held_before` tells; nobody asked to be told.
            None => (none, none),
        };
        let fires = self.fires(watch, holds, held_before, latched);
        if watch.clear.is_some() {
            let now_latched = self.builder.or(fires, latched);
            self.builder.set_state(latched_slot, now_latched);
        }
        self.builder.set_state(held_slot, holds);
        let (fired, was_cleared) = (self.builder.constant(FIRED), self.builder.constant(CLEARED));
        let answer = self.builder.select(cleared, was_cleared, none);
        let answer = self.builder.select(fires, fired, answer);
        self.builder.step(Step::SetAnswer(0, answer));
        let said = std::mem::take(&mut self.said_slots);
        self.wake_after_words(&said, holds);
        self.write_wake(1);
        let outcomes = u32::try_from(bits.len()).unwrap_or(u32::MAX);
        self.builder.step(Step::SetTrace(bits));
        Ok(self.finish(&watch.name, AnswerLayout { answers: ANSWERS, outcomes }))
    }

    /// Whether the watch stays latched, and whether it is cleared in this run.
    fn latch(&mut self, clear: &Expr, slot: u32) -> Result<(Value, Value), CompileError> {
        let clears = self.expression(clear)?;
        let latched = self.builder.state(slot);
        let cleared = self.builder.and(latched, clears);
        let not_cleared = self.builder.not(clears);
        Ok((self.builder.and(latched, not_cleared), cleared))
    }

    /// Words are over when their turn is: a condition that holds by them is looked at again a millisecond later, so
    /// that the next turn that says them makes it true anew.
    pub(super) fn wake_after_words(&mut self, slots: &[u32], holds: Value) {
        let (none, one) = (self.builder.constant(0), self.builder.integer(1));
        let mut said = none;
        for slot in slots {
            let at = self.builder.fact(*slot);
            let now = self.builder.compare(Order::Integer, CompareOp::AtLeast, at, none);
            said = self.builder.or(said, now);
        }
        if self.builder.constant_of(said).is_none() {
            let pending = self.builder.and(holds, said);
            let now = self.now();
            let soon = self.builder.later(now, one);
            self.wake_at(pending, soon);
        }
    }

    /// Reserves the watch's own first slots: whether it held, and whether it is latched.
    pub(super) const fn reserve_watch_state(&mut self) -> (u32, u32) {
        (self.builder.reserve_state(1), self.builder.reserve_state(1))
    }

    fn fires(&mut self, watch: &Watch, holds: Value, held_before: Value, latched: Value) -> Value {
        let was_not = self.builder.not(held_before);
        let armed = self.builder.not(latched);
        let begins = self.builder.and(holds, was_not);
        let begins = self.builder.and(begins, armed);
        let Some(per_ms) = watch.at_most_once_per_ms else { return begins };
        self.horizon_ms = self.horizon_ms.max(per_ms);
        let slot = self.builder.reserve_state(1);
        self.builder.open();
        let allowed = self.allowed(slot, per_ms);
        let then = (self.builder.close(), [allowed]);
        self.builder.open();
        let no = self.builder.constant(0);
        let otherwise = (self.builder.close(), [no]);
        let [fires] = self.builder.join(begins, then, otherwise);
        fires
    }

    /// Whether a watch that is about to fire did not do so for so long; keeps the moment after it last fired.
    fn allowed(&mut self, slot: u32, per_ms: i64) -> Value {
        let (now, zero, one) = (self.now(), self.builder.constant(0), self.builder.constant(1));
        let after_now = self.builder.later(now, one);
        let last = self.builder.state(slot);
        let never = self.builder.compare(Order::Integer, CompareOp::Equal, last, zero);
        let passed = self.builder.between(after_now, last);
        let per = self.builder.integer(per_ms);
        let long_ago = self.builder.compare(Order::Integer, CompareOp::AtLeast, passed, per);
        let allowed = self.builder.or(never, long_ago);
        let kept = self.builder.select(allowed, after_now, last);
        self.builder.set_state(slot, kept);
        allowed
    }
}
