//! Who a caller is, drawn from what the scenario says of the stream.

use crate::chance::{Mix, Purpose, Seeds};
use crate::value::Cell;

/// A fact of callers that was bound to the policy.
#[derive(Clone, Debug)]
pub(super) struct FactOfCallers {
    pub(super) kind: FactKind,
    pub(super) values: Mix<FactValue>,
}

/// What a fact is to the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FactKind {
    /// What the caller wants.
    Intent,
    /// The call's language.
    Language,
    /// The caller's number.
    From,
    /// The called number.
    To,
    /// A field of what sources answer, or nothing to the policy.
    Field,
}

/// One value that a fact may have.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct FactValue {
    pub(super) word: String,
    /// The segment of reports that its callers belong to.
    pub(super) segment: u32,
    /// What sources answer: source, field and value.
    pub(super) answers: Vec<(usize, usize, Cell)>,
}

/// From this bit of a caller's number on stands how often the caller has called again.
const REPEAT_BIT: u32 = 36;

/// A caller.
#[derive(Clone, Debug, Default)]
pub(super) struct Caller<'m> {
    pub(super) stream: u32,
    /// The caller's number within the stream, and how often this caller has called again.
    pub(super) number: u64,
    pub(super) intent: Option<&'m FactValue>,
    pub(super) language: Option<&'m FactValue>,
    pub(super) from: Option<&'m FactValue>,
    pub(super) to: Option<&'m FactValue>,
    pub(super) fields: Vec<&'m FactValue>,
}

impl<'m> Caller<'m> {
    /// Draws a caller. Every fact has a draw of its own, whatever the others are.
    pub(super) fn draw(facts: &'m [FactOfCallers], stream: u32, number: u64, seeds: Seeds) -> Self {
        let mut caller = Self { stream, number, ..Self::default() };
        if facts.is_empty() {
            return caller;
        }
        let mut draws = seeds.draws(Purpose::Caller, stream, number);
        for fact in facts {
            let Some(value) = fact.values.draw(&mut draws) else { continue };
            match fact.kind {
                FactKind::Intent => caller.intent = Some(value),
                FactKind::Language => caller.language = Some(value),
                FactKind::From => caller.from = Some(value),
                FactKind::To => caller.to = Some(value),
                FactKind::Field => caller.fields.push(value),
            }
        }
        caller
    }

    /// A caller who calls again: the same person, with chances of another call.
    pub(super) fn again(
        facts: &'m [FactOfCallers],
        stream: u32,
        number: u64,
        repeat: u32,
        seeds: Seeds,
    ) -> Self {
        let caller = Self::draw(facts, stream, number, seeds);
        Self { number: number | u64::from(repeat) << REPEAT_BIT, ..caller }
    }

    /// How often this caller has called before.
    pub(super) const fn repeat(&self) -> u32 {
        (self.number >> REPEAT_BIT) as u32
    }

    /// The number that the caller had at first.
    pub(super) const fn first_number(&self) -> u64 {
        self.number & ((1 << REPEAT_BIT) - 1)
    }

    /// The segments that the caller belongs to by what is known of it.
    pub(super) fn segments(&self) -> impl Iterator<Item = u32> {
        let single = [self.intent, self.language].into_iter().flatten();
        single.chain(self.fields.iter().copied()).map(|value| value.segment)
    }
}
