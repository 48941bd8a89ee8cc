//! `[tickets]`: how long the work takes that calls leave, and what is written down.

use super::arrivals::mixes;
use super::read::Reading;
use super::section::Section;
use crate::chance::{Law, Mix};

/// How long somebody works where the scenario does not say it: on average, exponential, milliseconds.
pub(crate) const WORK_MS: f64 = 600_000.0;

/// How one kind of ticket is worked on, or one step of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct WorkPlan {
    /// Working time of an agent.
    pub(crate) work: Option<Law>,
    /// Instead of it: time that passes while no agent works.
    pub(crate) takes: Option<Law>,
    /// What is written down at the end: fields with their values by weight.
    pub(crate) writes: Vec<(String, Mix<String>)>,
}

/// What a scenario says of a kind of ticket.
#[derive(Clone, Debug, Default)]
pub(crate) struct TicketPlan {
    /// Its name, with or without its module.
    pub(crate) name: String,
    /// Of all steps that have no plan of their own, or of a kind without steps.
    pub(crate) all: WorkPlan,
    /// Of steps, by name.
    pub(crate) steps: Vec<(String, WorkPlan)>,
}

/// Reads `[tickets.NAME]`, a table for each kind.
pub(super) fn read(reading: &Reading<'_>, root: &Section<'_, '_>) -> Vec<TicketPlan> {
    let Some(table) = root.table("tickets", "tickets have") else { return Vec::new() };
    let kind = |(name, section): (&str, Section<'_, '_>)| {
        let steps = section.table("steps", "steps have");
        let steps = steps.into_iter().flat_map(|steps| steps.named_tables("a step has"));
        let steps = steps.map(|(step, section)| (step.to_owned(), work(reading, section)));
        let steps = steps.collect();
        TicketPlan { name: name.to_owned(), steps, all: work(reading, section) }
    };
    table.named_tables("a ticket has").into_iter().map(kind).collect()
}

fn work(reading: &Reading<'_>, table: Section<'_, '_>) -> WorkPlan {
    let plan = WorkPlan {
        work: reading.law(&table, "work"),
        takes: reading.law(&table, "takes"),
        writes: mixes(&table, "writes"),
    };
    if table.has("work") && table.has("takes") {
        let message = "`work` is an agent's time, `takes` the time of nobody here; write one of them";
        table.tell(&table.span, message.to_owned());
    }
    table.finish();
    plan
}
