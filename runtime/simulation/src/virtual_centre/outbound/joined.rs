//! A campaign of the policy with what the scenario says of it: names have become numbers.

use tandem_centre::zones_by_number;
use tandem_stdlib::contract::{CampaignSpec, Manifest, Slot, SourceSpec, Type, VocabularyKind};
use tandem_stdlib::words::phone;

use crate::chance::Mix;
use crate::names::grade_of_word;
use crate::scenario::{CampaignPlan, Leads, Scenario};
use crate::value::{Cell, did_you_mean, parse_value};
use crate::virtual_centre::caller::FactValue;

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
    /// What is known of leads, by weight: each with a draw of its own.
    pub(super) fields: Vec<Mix<Known>>,
    /// The leads that a file gives.
    pub(super) rows: Vec<Row>,
    /// What numbers begin with, and how many digits follow.
    pub(super) numbers: Mix<(String, usize)>,
    pub(super) grades: Mix<Slot>,
    /// What people want.
    pub(super) intents: Mix<FactValue>,
}

/// One thing that is known of a lead.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// The field of the campaign's own source.
    pub(super) cell: Option<(usize, Cell)>,
    /// What other sources answer.
    pub(super) fact: FactValue,
}

/// A lead that a file gives.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) cells: Vec<(usize, Cell)>,
    pub(super) fact: FactValue,
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

/// What is told of campaigns that the scenario does not have although callers become their leads: nobody calls those.
pub(in crate::virtual_centre) fn uncalled(
    manifest: Option<&Manifest>,
    campaigns: &[CampaignOfLeads<'_>],
) -> Vec<String> {
    let of_callers = (0_u32..).zip(manifest.into_iter().flat_map(|manifest| &manifest.campaigns));
    let of_callers = of_callers.filter(|(_, spec)| spec.from_calls.is_some());
    let uncalled = of_callers.filter(|(at, _)| campaigns.iter().all(|campaign| campaign.index != *at));
    let name = uncalled.map(|(_, spec)| last_of(&spec.name));
    name.map(|name| format!("nobody calls the leads that callers become (`[campaigns.{name}]`)")).collect()
}

/// Mistakes of a file that are told one by one.
const MISTAKES_SHOWN: usize = 20;

/// Where a name is known.
struct Places {
    /// The field of the campaign's own source.
    own: Option<usize>,
    /// Sources with the field's place in what they answer.
    others: Vec<(usize, usize)>,
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
        let (fields, rows) = (self.fields(spec, source), self.rows(spec, source));
        let numbers = self.numbers(spec, source);
        self.talks(spec);
        let grades = plan.grades.map(|word| match grade_of_word(manifest, spec, word) {
            Ok(grade) => grade,
            Err(message) => {
                self.tell(&message);
                0
            }
        });
        let intents = self.intents();
        Some(CampaignOfLeads { index, spec, plan, fields, rows, numbers, grades, intents })
    }

    /// Where a name is known: in leads, or in what other sources answer.
    fn places(&mut self, of_lead: u32, source: &SourceSpec, name: &str) -> Places {
        let own = source.fields.iter().position(|field| field.name == name);
        let sources = self.manifest.sources.iter().enumerate();
        let others = sources.filter(|(at, _)| *at != of_lead as usize).flat_map(|(at, other)| {
            let fields = other.fields.iter().enumerate().filter(|(_, field)| field.name == name);
            fields.map(move |(place, _)| (at, place))
        });
        let others: Vec<(usize, usize)> = others.collect();
        if own.is_none() && others.is_empty() {
            let hint = did_you_mean(name, source.fields.iter().map(|field| field.name.as_str()));
            let what = "nor do other sources answer it";
            self.tell(&format!("leads of source `{}` have no field `{name}`, {what}{hint}", source.name));
        }
        Places { own, others }
    }

    /// A value of a source's field; its own message when it is none.
    fn cell(&self, source: usize, place: usize, text: &str) -> Result<Option<Cell>, String> {
        let field = self.manifest.sources.get(source).and_then(|source| source.fields.get(place));
        let Some(field) = field else { return Ok(None) };
        let told = |message: String| format!("field `{}`: {message}", field.name);
        match parse_value(self.manifest, field.ty, text).map_err(told)? {
            Some(Cell::Text(number)) if field.ty == Type::Phone => {
                let whole = phone::normalise(&number, None);
                let wrong = |error| told(format!("`{number}` is no number that can be called: {error}"));
                whole.map(|number| Some(Cell::Text(number))).map_err(wrong)
            }
            cell => Ok(cell),
        }
    }

    fn known(&self, of_lead: u32, places: &Places, text: &str) -> Result<Known, String> {
        let cell = match places.own {
            Some(place) => self.cell(of_lead as usize, place, text)?.map(|cell| (place, cell)),
            None => None,
        };
        let mut answers = Vec::new();
        for (source, place) in &places.others {
            let cell = self.cell(*source, *place, text)?;
            answers.extend(cell.map(|cell| (*source, *place, cell)));
        }
        Ok(Known { cell, fact: FactValue { word: text.to_owned(), segment: 0, answers } })
    }

    fn fields(&mut self, spec: &CampaignSpec, source: &SourceSpec) -> Vec<Mix<Known>> {
        let plan = self.plan;
        let one = |(name, values): &'a (String, Mix<String>)| {
            let places = self.places(spec.leads, source, name);
            values.map(|text| {
                self.known(spec.leads, &places, text).unwrap_or_else(|message| {
                    self.tell(&message);
                    Known { cell: None, fact: FactValue::default() }
                })
            })
        };
        plan.fields.iter().map(one).collect()
    }

    /// The leads of a file; mistakes are told with their lines, the first of many.
    fn rows(&mut self, spec: &CampaignSpec, source: &SourceSpec) -> Vec<Row> {
        let Leads::Rows { file, columns, rows } = &self.plan.leads else { return Vec::new() };
        let places: Vec<Places> = columns.iter().map(|name| self.places(spec.leads, source, name)).collect();
        let (mut read, mut mistakes) = (Vec::with_capacity(rows.len()), 0_usize);
        for (line, cells) in rows {
            let mut row = Row { cells: Vec::new(), fact: FactValue::default() };
            for (places, text) in places.iter().zip(cells) {
                match self.known(spec.leads, places, text) {
                    Ok(known) => {
                        row.cells.extend(known.cell);
                        row.fact.answers.extend(known.fact.answers);
                    }
                    Err(message) => {
                        mistakes += 1;
                        if mistakes <= MISTAKES_SHOWN {
                            self.tell(&format!("`{file}` line {line}: {message}"));
                        }
                    }
                }
            }
            read.push(row);
        }
        if let Some(more) = mistakes.checked_sub(MISTAKES_SHOWN).filter(|more| *more > 0) {
            self.tell(&format!("`{file}` has {more} more mistakes"));
        }
        read
    }

    /// What people want; words that are no intent of the policy are told.
    fn intents(&mut self) -> Mix<FactValue> {
        let (manifest, plan) = (self.manifest, self.plan);
        let lists = manifest.vocabularies.iter().filter(|list| list.kind == VocabularyKind::Intent);
        let known: Vec<&str> = lists.flat_map(|list| list.words.iter().map(String::as_str)).collect();
        plan.intents.map(|word| {
            if !known.contains(&word.as_str()) {
                let hint = did_you_mean(word, known.iter().copied());
                self.tell(&format!("`{word}` is no intent of the policy{hint}"));
            }
            FactValue { word: word.clone(), segment: 0, answers: Vec::new() }
        })
    }

    /// A campaign with a dialog is graded by what is said there, and one without has nobody to say it to.
    fn talks(&mut self, spec: &CampaignSpec) {
        if spec.dialog.is_some() && !self.plan.grades.is_empty() {
            self.tell(
                "its dialog talks with people, and the policy grades what they say: leave `grades` out, and say \
                 `says = { \"yes please\" = 2, \"no thank you\" = 5 }`, or which `intent` they have",
            );
        }
        if spec.dialog.is_none() && !self.plan.says.is_empty() {
            self.tell(
                "it has no dialog that hears what people say: leave `says` out, and give `grades` weights",
            );
        }
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
