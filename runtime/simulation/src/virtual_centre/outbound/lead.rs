//! Who is called, drawn from what the scenario says of leads.

use tandem_centre::Answer;

use super::joined::{CampaignOfLeads, number_of};
use crate::chance::{Purpose, Seeds};
use crate::value::Cell;

/// A lead as the run knows it, beside what the campaigns know.
#[derive(Clone, Copy, Debug)]
pub(super) struct LeadOfRun {
    /// Place of the campaign in the run.
    pub(super) place: usize,
    /// Number within the campaign, from 0.
    pub(super) number: u64,
    /// The number does not exist.
    pub(super) invalid: bool,
    /// Calls placed.
    pub(super) attempts: u64,
    /// The person asked for another time and does not answer before.
    pub(super) away_until_ms: i64,
    /// The right person was talked to.
    pub(super) reached: bool,
}

impl LeadOfRun {
    /// Draws a lead with its fields; `person` is a number that nobody else of the run has. Every fact has a draw of its
    /// own, whatever the others are.
    pub(super) fn draw(
        campaign: &CampaignOfLeads<'_>,
        (place, stream): (usize, u32),
        number: u64,
        person: u64,
        seeds: Seeds,
    ) -> (Self, Answer) {
        let mut draws = seeds.draws(Purpose::Lead, stream, number);
        let mut fields = Answer::default();
        let invalid = draws.happens(campaign.plan.invalid);
        if let Some((prefix, own)) = campaign.numbers.draw(&mut draws) {
            fields.set_text(campaign.spec.phone_field as usize, &number_of(prefix, *own, person));
        }
        for (field, values) in &campaign.fields {
            values.draw(&mut draws).into_iter().flatten().for_each(|cell| set(&mut fields, *field, cell));
        }
        let row = usize::try_from(number).ok().and_then(|number| campaign.rows.get(number));
        row.into_iter().flatten().for_each(|(field, cell)| set(&mut fields, *field, cell));
        let (attempts, away_until_ms, reached) = (0, i64::MIN, false);
        (Self { place, number, invalid, attempts, away_until_ms, reached }, fields)
    }

    /// The key of the draws of the call that is placed now.
    pub(super) const fn key(&self) -> u64 {
        self.number | self.attempts << 22
    }
}

fn set(fields: &mut Answer, field: usize, cell: &Cell) {
    match cell {
        Cell::Slot(slot) => fields.set(field, *slot),
        Cell::Text(text) => fields.set_text(field, text),
    }
}
