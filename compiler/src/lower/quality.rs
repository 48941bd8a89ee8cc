//! Quality checks: each item a small automaton whose result is given once, when it is known.
//!
//! State: for each item its result and its evidence; then, for each party that an item asks about, whether it spoke.

use std::collections::BTreeMap;

use tandem_lang::program::{CompareOp, Qa, QaRule};
use tandem_stdlib::contract::{CallFact, FactSource, Party, Signal, Type};

use super::error::CompileError;
use super::{Lowered, Lowering};
use crate::flow::{AnswerLayout, Order, Step, Value};

const PENDING: u64 = 0;
const PASSED: u64 = 1;
const FAILED: u64 = 2;
const NOT_APPLICABLE: u64 = 3;

/// What an item's automaton does in this run.
struct Verdict {
    /// Whether a result becomes known now, if it was pending.
    known: Value,
    result: Value,
    evidence: Value,
}

impl Lowering<'_> {
    pub(super) fn quality(mut self, qa: &Qa) -> Result<Lowered, CompileError> {
        let ended = self.fact_of(FactSource::Call(CallFact::Ended), Type::YesNo);
        let outside = match &qa.applies {
            Some(applies) => {
                let applies = self.expression(applies)?;
                let not = self.builder.not(applies);
                self.builder.and(ended, not)
            }
            None => self.builder.constant(0),
        };
        let mut spoke = BTreeMap::new();
        let mut bits = Vec::with_capacity(qa.items.len());
        let mut slot = 0;
        for (rule, _) in &qa.items {
            let state = self.builder.reserve_state(2);
            let verdict = self.verdict(rule, ended, &mut spoke);
            bits.push(self.settle(&verdict, state, slot, outside));
            slot += 2;
        }
        self.write_wake(slot);
        let outcomes = u32::try_from(bits.len()).unwrap_or(u32::MAX);
        self.builder.step(Step::SetTrace(bits));
        Ok(self.finish(&qa.name, AnswerLayout { answers: slot + 1, outcomes }))
    }

    /// Keeps the first result, writes it, and says whether the item passed.
    fn settle(&mut self, verdict: &Verdict, state: u32, slot: u32, outside: Value) -> Value {
        let before = self.builder.state(state);
        let evidence_before = self.builder.state(state + 1);
        let pending_code = self.builder.constant(PENDING);
        let pending = self.builder.compare(Order::Word, CompareOp::Equal, before, pending_code);
        let news = self.builder.and(pending, verdict.known);
        let result = self.builder.select(news, verdict.result, before);
        let evidence = self.builder.select(news, verdict.evidence, evidence_before);
        self.builder.set_state(state, result);
        self.builder.set_state(state + 1, evidence);
        let not_applicable = self.builder.constant(NOT_APPLICABLE);
        let now = self.now();
        let result = self.builder.select(outside, not_applicable, result);
        let evidence = self.builder.select(outside, now, evidence);
        self.builder.step(Step::SetAnswer(slot, result));
        self.builder.step(Step::SetAnswer(slot + 1, evidence));
        let passed = self.builder.constant(PASSED);
        self.builder.compare(Order::Word, CompareOp::Equal, result, passed)
    }

    fn verdict(&mut self, rule: &QaRule, ended: Value, spoke: &mut BTreeMap<Party, Value>) -> Verdict {
        match *rule {
            QaRule::MustSay { said, party, within_ms } => {
                let spoke = self.spoke(party, spoke);
                self.must_say(said, within_ms, ended, spoke)
            }
            QaRule::MustNotSay { said } => {
                let spoke = match said {
                    FactSource::Said(party, _) => self.spoke(party, spoke),
                    _ => self.builder.constant(1),
                };
                self.must_not_say(said, ended, spoke)
            }
            QaRule::TalkShare { share, low, high } => self.talk_share(share, (low, high), ended),
            QaRule::Silence { silence, under_ms } => self.silence(silence, under_ms, ended),
        }
    }

    /// Whether a party spoke so far: it has a share of the talk, or was heard speaking.
    fn spoke(&mut self, party: Party, known: &mut BTreeMap<Party, Value>) -> Value {
        if let Some(value) = known.get(&party) {
            return *value;
        }
        let slot = self.builder.reserve_state(1);
        let share = self.fact_of(FactSource::Signal(party, Signal::TalkShare), Type::Percent);
        let speaking = self.fact_of(FactSource::Speaking(party), Type::YesNo);
        let zero = self.builder.constant(0);
        let has_share = self.builder.compare(Order::Float, CompareOp::More, share, zero);
        let before = self.builder.state(slot);
        let heard = self.builder.or(before, speaking);
        let spoke = self.builder.or(heard, has_share);
        self.builder.set_state(slot, spoke);
        known.insert(party, spoke);
        spoke
    }

    fn must_say(&mut self, said: FactSource, within_ms: Option<i64>, ended: Value, spoke: Value) -> Verdict {
        let at = self.fact_of(said, Type::Duration);
        let now = self.now();
        let zero = self.builder.constant(0);
        let was_said = self.builder.compare(Order::Integer, CompareOp::AtLeast, at, zero);
        let (in_time, broken_at) = match within_ms {
            Some(limit) => {
                let limit = self.builder.integer(limit);
                let in_time = self.builder.compare(Order::Integer, CompareOp::AtMost, at, limit);
                (in_time, self.builder.op(crate::flow::Op::Minimum(limit, now)))
            }
            None => (self.builder.constant(1), now),
        };
        let (passed, failed) = (self.builder.constant(PASSED), self.builder.constant(FAILED));
        let not_applicable = self.builder.constant(NOT_APPLICABLE);
        let when_said = self.builder.select(in_time, passed, failed);
        let when_not = self.builder.select(spoke, failed, not_applicable);
        Verdict {
            known: self.builder.or(was_said, ended),
            result: self.builder.select(was_said, when_said, when_not),
            evidence: self.builder.select(was_said, at, broken_at),
        }
    }

    fn must_not_say(&mut self, said: FactSource, ended: Value, spoke: Value) -> Verdict {
        let at = self.fact_of(said, Type::Duration);
        let now = self.now();
        let zero = self.builder.constant(0);
        let was_said = self.builder.compare(Order::Integer, CompareOp::AtLeast, at, zero);
        let (passed, failed) = (self.builder.constant(PASSED), self.builder.constant(FAILED));
        let not_applicable = self.builder.constant(NOT_APPLICABLE);
        let when_not = self.builder.select(spoke, passed, not_applicable);
        Verdict {
            known: self.builder.or(was_said, ended),
            result: self.builder.select(was_said, failed, when_not),
            evidence: self.builder.select(was_said, at, now),
        }
    }

    fn talk_share(&mut self, share: FactSource, (low, high): (f64, f64), ended: Value) -> Verdict {
        let share = self.fact_of(share, Type::Percent);
        let (low, high) = (self.builder.constant(low.to_bits()), self.builder.constant(high.to_bits()));
        let known = self.builder.compare(Order::Float, CompareOp::Equal, share, share);
        let enough = self.builder.compare(Order::Float, CompareOp::AtLeast, share, low);
        let not_too_much = self.builder.compare(Order::Float, CompareOp::AtMost, share, high);
        let inside = self.builder.and(enough, not_too_much);
        let (passed, failed) = (self.builder.constant(PASSED), self.builder.constant(FAILED));
        let not_applicable = self.builder.constant(NOT_APPLICABLE);
        let result = self.builder.select(inside, passed, failed);
        Verdict {
            known: ended,
            result: self.builder.select(known, result, not_applicable),
            evidence: self.now(),
        }
    }

    fn silence(&mut self, silence: FactSource, under_ms: i64, ended: Value) -> Verdict {
        self.horizon_ms = self.horizon_ms.max(under_ms);
        let silence = self.fact_of(silence, Type::Duration);
        let limit = self.builder.integer(under_ms);
        let broken = self.builder.compare(Order::Integer, CompareOp::AtLeast, silence, limit);
        self.wake_when_reached(silence, under_ms);
        let (passed, failed) = (self.builder.constant(PASSED), self.builder.constant(FAILED));
        Verdict {
            known: self.builder.or(broken, ended),
            result: self.builder.select(broken, failed, passed),
            evidence: self.now(),
        }
    }
}
