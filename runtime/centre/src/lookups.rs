//! Asking sources before entries run: all look-ups of a moment together, each again only when its arguments change.

use tandem_stdlib::contract::{Manifest, Slot, SourceSpec, Type};
use tandem_stdlib::words::redact::masked_text;

use crate::fact_slots::{AnswerSlots, ArgumentSlot};
use crate::limits::{LOOK_UP_MS_DEFAULT, MAX_LOOKUPS_PER_CALL};
use crate::plan::Plan;
use crate::sources::{Answer, ArgumentValue, Sources};
use crate::texts::Texts;

/// What one call has asked so far.
#[derive(Debug, Default)]
pub(crate) struct Lookups {
    /// The steady arguments of the last question, by source call; empty: not asked.
    asked: Vec<Option<Vec<Slot>>>,
    made: u32,
    scratch: Vec<Slot>,
    answer: Answer,
    /// What a dialog asked for last.
    told: Answer,
}

/// What one round of asking came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Round {
    pub(crate) too_many_lookups: bool,
    pub(crate) too_many_texts: bool,
}

impl Lookups {
    pub(crate) fn new(calls: usize) -> Self {
        Self { asked: vec![None; calls], ..Self::default() }
    }

    pub(crate) fn clear(&mut self) {
        self.asked.iter_mut().flatten().for_each(Vec::clear);
        self.made = 0;
    }

    /// Asks every source whose arguments are known and changed, and fills the answers into the facts.
    pub(crate) fn ask(
        &mut self,
        plan: &Plan,
        facts: &mut [Slot],
        texts: &mut Texts,
        sources: &mut dyn Sources,
    ) -> Round {
        let manifest = &*plan.artefact.manifest;
        let mut round = Round::default();
        for (index, (call, slots)) in manifest.source_calls.iter().zip(&plan.slots.answers).enumerate() {
            let Some(source) = manifest.sources.get(call.source as usize) else { continue };
            if plan.dialog_calls.contains(&index) || !self.is_new(index, slots, facts) {
                continue;
            }
            let known = arguments_known(slots, facts);
            let may_ask = self.made < MAX_LOOKUPS_PER_CALL;
            round.too_many_lookups |= known && !may_ask;
            self.answer.clear();
            let answered = known && may_ask && {
                self.made += 1;
                let values = argument_values(manifest, slots, facts, texts);
                sources.answer(call.source as usize, &values, &mut self.answer)
                    && self.answer.after_ms() <= time_allowed_ms(source.within_ms)
            };
            round.too_many_texts |=
                !fill(plan, source, slots, answered.then_some(&self.answer), facts, texts);
        }
        round
    }

    /// Asks a source of a dialog now, whatever was asked before; gives how long the answer takes, `None`: there is none.
    pub(crate) fn ask_one(
        &mut self,
        plan: &Plan,
        index: usize,
        (facts, texts): (&[Slot], &Texts),
        sources: &mut dyn Sources,
    ) -> (Round, Option<i64>) {
        let manifest = &*plan.artefact.manifest;
        self.told.clear();
        let call = manifest.source_calls.get(index).zip(plan.slots.answers.get(index));
        let Some((call, slots)) = call.filter(|(_, slots)| arguments_known(slots, facts)) else {
            return (Round::default(), None);
        };
        if self.made >= MAX_LOOKUPS_PER_CALL {
            return (Round { too_many_lookups: true, ..Round::default() }, None);
        }
        self.made += 1;
        let values = argument_values(manifest, slots, facts, texts);
        let answered = sources.answer(call.source as usize, &values, &mut self.told);
        (Round::default(), answered.then(|| self.told.after_ms()))
    }

    /// Takes the answer that a dialog waits for.
    pub(crate) fn take_told(&mut self, answer: Answer) {
        self.told = answer;
    }

    /// Fills what a dialog asked for last into the facts, or that it is not known. `false`: no room for a text.
    pub(crate) fn fill_one(
        &self,
        plan: &Plan,
        index: usize,
        known: bool,
        (facts, texts): (&mut [Slot], &mut Texts),
    ) -> bool {
        let manifest = &*plan.artefact.manifest;
        let call = manifest.source_calls.get(index).zip(plan.slots.answers.get(index));
        let source = call.and_then(|(call, _)| manifest.sources.get(call.source as usize));
        let Some((source, (_, slots))) = source.zip(call) else { return true };
        fill(plan, source, slots, known.then_some(&self.told), facts, texts)
    }

    /// Whether the steady arguments differ from the last question's; remembers them.
    fn is_new(&mut self, index: usize, slots: &AnswerSlots, facts: &[Slot]) -> bool {
        self.scratch.clear();
        // A question without steady arguments must differ from no question.
        self.scratch.push(1);
        for argument in &slots.arguments {
            if let ArgumentSlot::Fact { slot, steady: true, known, .. } = argument {
                let slots = [Some(*slot), *known].into_iter().flatten();
                self.scratch.extend(slots.map(|slot| facts.get(slot).copied().unwrap_or_default()));
            }
        }
        let Some(asked) = self.asked.get_mut(index) else { return false };
        let asked = asked.get_or_insert_default();
        let new = *asked != self.scratch;
        if new {
            asked.clone_from(&self.scratch);
        }
        new
    }
}

/// How long a source may take.
pub(crate) const fn time_allowed_ms(within_ms: i64) -> i64 {
    if within_ms > 0 { within_ms } else { LOOK_UP_MS_DEFAULT }
}

/// Whether no argument is unknown: a source is not asked about an absent number.
fn arguments_known(slots: &AnswerSlots, facts: &[Slot]) -> bool {
    slots.arguments.iter().all(|argument| match *argument {
        ArgumentSlot::Constant { .. } => true,
        ArgumentSlot::Fact { slot, ty, known, .. } => {
            let value = facts.get(slot).copied().unwrap_or_default();
            match ty {
                _ if known.is_some_and(|known| facts.get(known).copied() != Some(1)) => false,
                Type::Word(_) | Type::Phone | Type::Text => value != 0,
                _ if ty.is_float() => !f64::from_bits(value).is_nan(),
                _ => true,
            }
        }
    })
}

fn argument_values<'a>(
    manifest: &'a Manifest,
    slots: &AnswerSlots,
    facts: &[Slot],
    texts: &'a Texts,
) -> Vec<ArgumentValue<'a>> {
    let value = |argument: &ArgumentSlot| {
        let (value, ty) = match *argument {
            ArgumentSlot::Constant { value, ty } => (value, ty),
            ArgumentSlot::Fact { slot, ty, .. } => (facts.get(slot).copied().unwrap_or_default(), ty),
        };
        match ty {
            Type::Phone | Type::Text => ArgumentValue::Text(texts.text(manifest, value).unwrap_or_default()),
            _ => ArgumentValue::Slot(value),
        }
    };
    slots.arguments.iter().map(value).collect()
}

/// Fills an answer, or that there is none, into the facts. `false`: there was no room for a text.
fn fill(
    plan: &Plan,
    source: &SourceSpec,
    slots: &AnswerSlots,
    answer: Option<&Answer>,
    facts: &mut [Slot],
    texts: &mut Texts,
) -> bool {
    let mut room = true;
    set_all(facts, &slots.answered, Slot::from(answer.is_some()));
    let mut value_of = |field: usize| -> Option<Slot> {
        let answer = answer?;
        let given = answer.slot(field).or_else(|| {
            let interned = texts.intern(&plan.literals, answer.text(field)?);
            room &= interned.is_some();
            interned
        });
        given.or_else(|| source.fields.get(field)?.default)
    };
    for (field, slot) in &slots.known {
        let known = value_of(*field).is_some();
        set_all(facts, std::slice::from_ref(slot), Slot::from(known));
    }
    for (field, slot) in &slots.value {
        let value = value_of(*field).unwrap_or_default();
        set_all(facts, std::slice::from_ref(slot), value);
    }
    for (field, slot) in &slots.masked {
        let text = answer.and_then(|answer| answer.text(*field)).map(masked_text);
        let interned = text.map(|text| texts.intern(&plan.literals, &text));
        room &= interned != Some(None);
        set_all(facts, std::slice::from_ref(slot), interned.flatten().unwrap_or_default());
    }
    room
}

/// Writes a value into slots of the record.
pub(crate) fn set_all(facts: &mut [Slot], slots: &[usize], value: Slot) {
    for slot in slots {
        if let Some(fact) = facts.get_mut(*slot) {
            *fact = value;
        }
    }
}
