//! A campaign of the policy with what the scenario says of it: names have become numbers.

use tandem_centre::zones_by_number;
use tandem_stdlib::contract::{CampaignSpec, Manifest, Slot, SourceSpec};
use tandem_stdlib::words::phone;

use crate::chance::Mix;
use crate::names::grade_of_word;
use crate::scenario::{CampaignPlan, Leads, Scenario};
use crate::value::{Cell, did_you_mean, parse_value};

/// Digits that tell the people of one prefix apart, at least.
const OWN_DIGITS: usize = 7;

/// The most digits of a number (E.164).
const DIGITS_MAX: usize = 15;

/// A campaign whose leads the scenario has.
pub(in crate::virtual_centre) struct CampaignOfLeads<'a> {
    /// Index in the manifest.
    pub(in crate::virtual_centre) index: u32,
    pub(in crate::virtual_centre) spec: &'a CampaignSpec,
    pub(in crate::virtual_centre) plan: &'a CampaignPlan,
    /// Fields of leads, with their values by weight.
    pub(super) fields: Vec<(usize, Mix<Option<Cell>>)>,
    /// Fields of the leads that a file gives.
    pub(super) rows: Vec<Vec<(usize, Cell)>>,
    /// What numbers begin with, and how many digits follow.
    pub(super) numbers: Mix<(String, usize)>,
    pub(super) grades: Mix<Slot>,
}

/// Joins all campaigns of a scenario with those of the policy; tells of what does not fit.
pub(in crate::virtual_centre) fn join<'a>(
    scenario: &'a Scenario,
    manifest: Option<&'a Manifest>,
    wrong: &mut Vec<String>,
) -> Vec<CampaignOfLeads<'a>> {
    let Some(manifest) = manifest else {
        if !scenario.campaigns.is_empty() {
            wrong.push(
                "the scenario has `[campaigns]`, but campaigns are a policy's; name the policy".to_owned(),
            );
        }
        return Vec::new();
    };
    let one = |plan: &'a CampaignPlan| {
        let mut joining = Joining { manifest, plan, wrong: Vec::new() };
        let joined = joining.join();
        wrong.append(&mut joining.wrong);
        joined
    };
    scenario.campaigns.iter().filter_map(one).collect()
}

struct Joining<'a> {
    manifest: &'a Manifest,
    plan: &'a CampaignPlan,
    wrong: Vec<String>,
}

impl<'a> Joining<'a> {
    fn tell(&mut self, message: &str) {
        let message = format!("campaign `{}`: {message}", self.plan.name);
        if !self.wrong.contains(&message) {
            self.wrong.push(message);
        }
    }

    fn join(&mut self) -> Option<CampaignOfLeads<'a>> {
        let (manifest, plan) = (self.manifest, self.plan);
        let last = |name: &'a str| name.rsplit('.').next().unwrap_or(name);
        let named = |spec: &CampaignSpec| spec.name == plan.name || last_of(&spec.name) == plan.name;
        let Some((index, spec)) = (0_u32..).zip(&manifest.campaigns).find(|(_, spec)| named(spec)) else {
            let hint = did_you_mean(&plan.name, manifest.campaigns.iter().map(|spec| last(&spec.name)));
            self.wrong.push(format!(
                "the scenario names the campaign `{}`, which the policy does not have{hint}",
                plan.name
            ));
            return None;
        };
        let source = manifest.sources.get(spec.leads as usize)?;
        let (fields, rows) = (self.fields(source), self.rows(source));
        let numbers = self.numbers(spec, source);
        let grades = plan.grades.map(|word| match grade_of_word(manifest, spec, word) {
            Ok(grade) => grade,
            Err(message) => {
                self.tell(&message);
                0
            }
        });
        Some(CampaignOfLeads { index, spec, plan, fields, rows, numbers, grades })
    }

    /// The place of a source's field.
    fn place(&mut self, source: &SourceSpec, name: &str) -> Option<usize> {
        let place = source.fields.iter().position(|field| field.name == name);
        if place.is_none() {
            let hint = did_you_mean(name, source.fields.iter().map(|field| field.name.as_str()));
            self.tell(&format!("leads of source `{}` have no field `{name}`{hint}", source.name));
        }
        place
    }

    fn cell(&mut self, source: &SourceSpec, place: usize, text: &str) -> Option<Cell> {
        let field = source.fields.get(place)?;
        match parse_value(self.manifest, field.ty, text) {
            Ok(cell) => cell,
            Err(message) => {
                self.tell(&format!("field `{}`: {message}", field.name));
                None
            }
        }
    }

    fn fields(&mut self, source: &SourceSpec) -> Vec<(usize, Mix<Option<Cell>>)> {
        let plan = self.plan;
        let one = |(name, values): &'a (String, Mix<String>)| {
            let place = self.place(source, name)?;
            Some((place, values.map(|text| self.cell(source, place, text))))
        };
        plan.fields.iter().filter_map(one).collect()
    }

    fn rows(&mut self, source: &SourceSpec) -> Vec<Vec<(usize, Cell)>> {
        let Leads::Rows { columns, rows } = &self.plan.leads else { return Vec::new() };
        let places: Vec<Option<usize>> = columns.iter().map(|name| self.place(source, name)).collect();
        let mut read = |row: &Vec<String>| -> Vec<(usize, Cell)> {
            let cells = places.iter().zip(row);
            cells.filter_map(|(place, text)| Some(((*place)?, self.cell(source, (*place)?, text)?))).collect()
        };
        rows.iter().map(&mut read).collect()
    }

    /// What numbers begin with. A lead that brings its own number needs none.
    fn numbers(&mut self, spec: &CampaignSpec, source: &SourceSpec) -> Mix<(String, usize)> {
        let plan = self.plan;
        let phone = source.fields.get(spec.phone_field as usize).map_or("", |field| field.name.as_str());
        let columns: &[String] = if let Leads::Rows { columns, .. } = &plan.leads { columns } else { &[] };
        let brought =
            plan.fields.iter().any(|(name, _)| name == phone) || columns.iter().any(|one| one == phone);
        let mut any = false;
        let numbers = plan.numbers.map(|prefix| {
            any = true;
            let digits = own_digits(prefix);
            if digits.is_none() {
                self.tell(&format!("no numbers begin with `{prefix}`; write it as `+1202` or `+86139`"));
            }
            (prefix.clone(), digits.unwrap_or(OWN_DIGITS))
        });
        if !any && !brought {
            self.tell(
                "nothing says which numbers it calls: add `numbers = { \"+1202\" = 3, \"+1303\" = 1 }`",
            );
        }
        numbers
    }
}

fn last_of(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// How many digits follow a prefix in a whole number of its country.
fn own_digits(prefix: &str) -> Option<usize> {
    let digits = prefix.strip_prefix('+').filter(|digits| !digits.is_empty())?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let whole = |own: &usize| {
        let number = number_of(prefix, *own, 0);
        !zones_by_number(&number).is_empty() && phone::normalise(&number, None).is_ok()
    };
    // Mobile numbers are the longest of most countries.
    (OWN_DIGITS..=DIGITS_MAX.saturating_sub(digits.len())).rev().find(whole)
}

/// The number of the so manieth person of a prefix, with so many digits after it.
pub(super) fn number_of(prefix: &str, own: usize, person: u64) -> String {
    let whole = 10_u64.saturating_pow(u32::try_from(own).unwrap_or(OWN_DIGITS as u32));
    let digits = (whole / 2).saturating_add(person) % whole;
    format!("{prefix}{digits:0own$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_whole_and_apart() {
        for (prefix, length) in [("+1202", 12), ("+86139", 14)] {
            let own = own_digits(prefix).unwrap_or_else(|| panic!("{prefix}"));
            let (one, two) = (number_of(prefix, own, 1), number_of(prefix, own, 2));
            assert_eq!(one.len(), length, "{one}");
            assert_ne!(one, two);
        }
        for prefix in ["1202", "+", "+999", "+12a", ""] {
            assert_eq!(own_digits(prefix), None, "{prefix}");
        }
    }
}
