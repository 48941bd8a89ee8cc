//! Reading whom campaigns call: `[campaigns.renewals]`.

use super::arrivals::{Planned, mixes};
use super::profile::parse_rate;
use super::read::Reading;
use super::section::{Section, Value, count, number, text_of};
use super::types::{CampaignPlan, Leads};
use crate::chance::{Law, Mix};
use crate::dialling::Callees;

/// Leads that one campaign may have from the beginning.
pub(super) const MAX_LEADS_PLANNED: u32 = 1_000_000;

/// How long a conversation takes that settles nothing: the wrong person, a refusal.
const BRIEF_MS: f64 = 20_000.0;

/// A campaign before it is known when the run begins and ends.
pub(super) struct PlannedCampaign {
    plan: CampaignPlan,
    coming: Option<Planned>,
}

impl PlannedCampaign {
    pub(super) fn within(self, (from_ms, to_ms): (i64, i64)) -> CampaignPlan {
        let Self { mut plan, coming } = self;
        if let Some(coming) = coming {
            plan.leads = Leads::Coming(coming.within(from_ms, to_ms));
        }
        plan
    }
}

/// `[campaigns]`: a table a campaign.
pub(super) fn read(
    reading: &Reading<'_>,
    root: &Section<'_, '_>,
    assumed: &mut Vec<String>,
) -> Vec<PlannedCampaign> {
    let Some(table) = root.table("campaigns", "campaigns have") else { return Vec::new() };
    table
        .named_tables("a campaign has")
        .into_iter()
        .filter_map(|(name, section)| one(reading, name, section, assumed))
        .collect()
}

fn one(
    reading: &Reading<'_>,
    name: &str,
    table: Section<'_, '_>,
    assumed: &mut Vec<String>,
) -> Option<PlannedCampaign> {
    let law = |key: &'static str| reading.law(&table, key);
    let callees = callees(&table, law("rings"));
    let talk = law("talk").unwrap_or_else(|| {
        assumed.push(format!("people of `{name}` talk for 3min, exponential (`talk`)"));
        Law::Exponential(180_000.0)
    });
    let (leads, coming) = leads(reading, &table)?;
    let plan = CampaignPlan {
        name: name.to_owned(),
        leads,
        fields: mixes(&table, "lead"),
        numbers: weights(&table, "numbers"),
        callees,
        invalid: table.share_or("invalid", 0.0),
        right_party: table.share_or("right_party", 1.0),
        refuses: table.share_or("refuses", 0.0),
        hangs_up: table.share_or("hangs_up", 0.0),
        asks_later: table.share_or("asks_later", 0.0),
        later: law("later").unwrap_or(Law::Fixed(4.0 * 3_600_000.0)),
        talk,
        after_call: law("after_call").unwrap_or(Law::Fixed(0.0)),
        brief: law("brief").unwrap_or(Law::Exponential(BRIEF_MS)),
        looks: law("looks").unwrap_or(Law::Exponential(15_000.0)),
        intents: weights(&table, "intent"),
        says: weights(&table, "says").map(|sentences| said(sentences)),
        grades: weights(&table, "grades"),
    };
    if plan.refuses + plan.hangs_up + plan.asks_later > 1.0 {
        let message = "`refuses`, `hangs_up` and `asks_later` are more than 100% together";
        table.tell(&table.span, message.to_owned());
    }
    table.finish();
    Some(PlannedCampaign { plan, coming })
}

fn callees(table: &Section<'_, '_>, rings: Option<Law>) -> Callees {
    let person = table.share("answered");
    if person.is_none() && !table.has("answered") {
        let message = "nothing says how many calls a person answers: add `answered = \"25%\"`";
        table.tell(&table.span, message.to_owned());
    }
    let callees = Callees {
        person: person.unwrap_or_default(),
        machine: table.share_or("machine", 0.0),
        busy: table.share_or("busy", 0.0),
        rings: rings.unwrap_or(Law::Uniform(6_000.0, 24_000.0)),
    };
    if callees.person + callees.machine + callees.busy > 1.0 + 1e-9 {
        table.tell(&table.span, "`answered`, `machine` and `busy` are more than 100% together".to_owned());
    }
    callees
}

/// `leads`: a number, a rate, or a CSV file.
fn leads(reading: &Reading<'_>, table: &Section<'_, '_>) -> Option<(Leads, Option<Planned>)> {
    let Some(value) = table.get("leads") else {
        table.tell(&table.span, "nothing says whom it calls: add `leads = 5000`".to_owned());
        return None;
    };
    let text = text_of(value.get_ref());
    if text.contains(" per ") {
        let rate = table.parse_value("leads", value, parse_rate)?;
        return Some((Leads::Count(0), Some(Planned::Constant(rate))));
    }
    if text.trim().bytes().all(|byte| byte.is_ascii_digit()) {
        let leads = table.parse_value("leads", value, |text| count(text, 0, MAX_LEADS_PLANNED));
        return Some((Leads::Count(leads?), None));
    }
    let rows = table.parse_value("leads", value, |file| rows(&reading.files.text(file)?, file))?;
    Some((rows, None))
}

/// Leads of a CSV file: a column a field.
fn rows(text: &str, file: &str) -> Result<Leads, String> {
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(text.as_bytes());
    let sound = |error: csv::Error| format!("a CSV file, but `{file}`: {error}");
    let columns: Vec<String> = reader.headers().map_err(sound)?.iter().map(str::to_owned).collect();
    if let Some(twice) =
        columns.iter().enumerate().find(|(at, name)| columns.iter().take(*at).any(|one| one == *name))
    {
        return Err(format!("a column a field, but `{file}` has two columns `{}`", twice.1));
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(sound)?;
        let line = record.position().map_or(0, csv::Position::line);
        if rows.len() >= MAX_LEADS_PLANNED as usize {
            return Err(format!("at most {MAX_LEADS_PLANNED} leads, but `{file}` has more"));
        }
        if record.len() != columns.len() {
            let (has, wanted) = (record.len(), columns.len());
            return Err(format!("a value for each column, but `{file}` line {line} has {has} of {wanted}"));
        }
        rows.push((line, record.iter().map(str::to_owned).collect()));
    }
    if rows.is_empty() {
        Err(format!("leads, but `{file}` has none"))
    } else {
        Ok(Leads::Rows { file: file.to_owned(), columns, rows })
    }
}

/// What somebody says to one question after the other: `yes / I can pay on Friday`.
fn said(sentences: &str) -> Vec<String> {
    sentences.split(" / ").map(|sentence| sentence.trim().to_owned()).collect()
}

/// `{ A = 1, B = 3 }`
fn weights(table: &Section<'_, '_>, key: &'static str) -> Mix<String> {
    let weigh = |(word, value): (&str, &Value<'_>)| {
        let weight = table.parse_value(word, value, |text| number(text, 0.0, 1e12))?;
        Some((word.to_owned(), weight))
    };
    Mix::new(table.table_entries(key).filter_map(weigh))
}
