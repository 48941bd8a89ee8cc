//! Who is called, drawn from what the scenario says of leads.

use tandem_centre::Answer;

use super::course::stream;
use super::joined::{CampaignOfLeads, Known, Row, number_of};
use crate::chance::{Purpose, Seeds};
use crate::value::Cell;
use crate::virtual_centre::caller::FactValue;

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
        let Drawn { invalid, prefix, known, row } = Drawn::of(campaign, stream, number, seeds);
        let mut fields = Answer::default();
        if let Some((prefix, own)) = prefix {
            fields.set_text(campaign.spec.phone_field as usize, &number_of(prefix, *own, person));
        }
        let drawn = known.iter().filter_map(|known| known.cell.as_ref());
        let cells = drawn.chain(row.into_iter().flat_map(|row| &row.cells));
        cells.for_each(|(field, cell)| set(&mut fields, *field, cell));
        let (attempts, away_until_ms, reached) = (0, i64::MIN, false);
        (Self { place, number, invalid, attempts, away_until_ms, reached }, fields)
    }

    /// What sources answer about the lead: as it was drawn.
    pub(super) fn knows<'m>(&self, campaign: &'m CampaignOfLeads<'_>, seeds: Seeds) -> Vec<&'m FactValue> {
        let Drawn { known, row, .. } = Drawn::of(campaign, stream(self.place), self.number, seeds);
        let mut known: Vec<&FactValue> = known.into_iter().map(|known| &known.fact).collect();
        known.extend(row.map(|row| &row.fact));
        known.retain(|fact| !fact.answers.is_empty());
        known
    }

    /// A caller who becomes a lead: the number is there, for somebody has called from it.
    pub(super) const fn found(place: usize, number: u64) -> Self {
        Self { place, number, invalid: false, attempts: 0, away_until_ms: i64::MIN, reached: false }
    }

    /// The key of the draws of the call that is placed now.
    pub(super) const fn key(&self) -> u64 {
        self.number | self.attempts << 22
    }
}

/// What chance says of a lead of a number, or a file's row.
struct Drawn<'c> {
    invalid: bool,
    /// What its telephone number begins with, and how many digits follow.
    prefix: Option<&'c (String, usize)>,
    known: Vec<&'c Known>,
    row: Option<&'c Row>,
}

impl<'c> Drawn<'c> {
    fn of(campaign: &'c CampaignOfLeads<'_>, stream: u32, number: u64, seeds: Seeds) -> Self {
        let mut draws = seeds.draws(Purpose::Lead, stream, number);
        let invalid = draws.happens(campaign.plan.invalid);
        let prefix = campaign.numbers.draw(&mut draws);
        let known = campaign.fields.iter().filter_map(|values| values.draw(&mut draws)).collect();
        let row = usize::try_from(number).ok().and_then(|number| campaign.rows.get(number));
        Self { invalid, prefix, known, row }
    }
}

fn set(fields: &mut Answer, field: usize, cell: &Cell) {
    match cell {
        Cell::Slot(slot) => fields.set(field, *slot),
        Cell::Text(text) => fields.set_text(field, text),
    }
}
