//! Leads as the campaigns keep them.

use std::cmp::Reverse;

use tandem_stdlib::contract::{CampaignSpec, NotCalled, Type};

use super::lead::{Lead, LeadHistory, LeadId};
use super::rules::Considered;

/// The place of a lead in the order in which a campaign calls: highest score first, then first come.
pub(super) type Turn = (Reverse<u64>, u64, LeadId);

/// Where a lead stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Is looked at at this moment.
    Later(i64),
    /// May be called.
    Ready(Turn),
    /// An attempt is under way.
    UnderWay,
    /// Is not called any more.
    Done,
}

/// A lead with all that is known.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub(super) lead: Lead,
    pub(super) number: String,
    pub(super) person: String,
    pub(super) history: LeadHistory,
    pub(super) state: State,
    /// In order of arrival.
    pub(super) arrived: u64,
    /// Somebody wants the next attempt not before this moment.
    pub(super) not_before_ms: i64,
    /// The person who is being called.
    pub(super) calling: Option<String>,
    /// It is not to be called any more; only the attempt under way goes on.
    pub(super) withdrawn: bool,
    /// The reason that was told last.
    pub(super) told: Option<NotCalled>,
}

impl Listed {
    pub(super) fn new(spec: &CampaignSpec, person_type: Option<Type>, lead: Lead, arrived: u64) -> Self {
        let number = lead.fields.text(spec.phone_field as usize).unwrap_or_default().to_owned();
        let person = spec.person_field.and_then(|field| person(&lead, field as usize, person_type));
        Self {
            person: person.unwrap_or_else(|| number.clone()),
            number,
            lead,
            history: LeadHistory::default(),
            state: State::Done,
            arrived,
            not_before_ms: i64::MIN,
            calling: None,
            withdrawn: false,
            told: None,
        }
    }

    /// The lead as its campaign's entries see it.
    pub(super) fn considered(&self, clock_ms: i64) -> Considered<'_> {
        Considered { lead: &self.lead, number: &self.number, history: &self.history, clock_ms }
    }

    pub(super) fn turn(&self, score: f64) -> Turn {
        (Reverse(ordered(score)), self.arrived, self.lead.id)
    }
}

fn person(lead: &Lead, field: usize, ty: Option<Type>) -> Option<String> {
    match ty? {
        Type::Text | Type::Phone => lead.fields.text(field).map(str::to_owned),
        ty if ty.is_float() => lead.fields.slot(field).map(|slot| f64::from_bits(slot).to_string()),
        _ => lead.fields.slot(field).map(|slot| slot.to_string()),
    }
}

/// The bits of a number in an order that is the numbers'; what is no number comes last.
fn ordered(score: f64) -> u64 {
    let bits = score.to_bits();
    match () {
        () if score.is_nan() => 0,
        () if score.is_sign_negative() => !bits,
        () => bits | 1 << 63,
    }
}

#[cfg(test)]
mod tests {
    use super::ordered;

    #[test]
    fn numbers_keep_their_order() {
        let numbers = [f64::NAN, f64::NEG_INFINITY, -2.5, -0.5, 0.0, 1e-9, 3.0, f64::INFINITY];
        let keys: Vec<u64> = numbers.into_iter().map(ordered).collect();
        assert!(keys.is_sorted_by(|a, b| a < b), "{keys:?}");
    }
}
