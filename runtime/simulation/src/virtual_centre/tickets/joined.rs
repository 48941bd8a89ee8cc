//! What a scenario says of the work on tickets, joined with the policy: names have become numbers.

use tandem_stdlib::contract::{Manifest, Slot, TicketSpec, TicketStep, Type};

use crate::chance::{Law, Mix};
use crate::scenario::{Scenario, TicketPlan, WORK_MS, WorkPlan};
use crate::value::{Cell, did_you_mean, parse_value};

/// What is written into a text that somebody must fill in and of which nothing is said.
const WRITTEN: &str = "-";

/// A kind of ticket with the work that it makes.
pub(in crate::virtual_centre) struct KindOfTickets {
    /// By step, or one for a kind without steps.
    pub(super) work: Vec<Work>,
}

/// The work of a step.
pub(super) struct Work {
    pub(super) time: Time,
    /// Fields (indices) with what is written down, by weight.
    pub(super) writes: Vec<(usize, Mix<Option<Cell>>)>,
}

/// Whose time it takes.
#[derive(Clone, Debug)]
pub(super) enum Time {
    /// An agent's.
    Work(Law),
    /// Nobody's who is simulated.
    Takes(Law),
}

/// Joins all kinds of tickets of a policy with what the scenario says of them; tells of what does not fit, and of what
/// is assumed.
pub(in crate::virtual_centre) fn join(
    scenario: &Scenario,
    manifest: Option<&Manifest>,
    (served, wrong, assumed): (&[usize], &mut Vec<String>, &mut Vec<String>),
) -> Vec<KindOfTickets> {
    let Some(manifest) = manifest else {
        if !scenario.tickets.is_empty() {
            wrong
                .push("the scenario has `[tickets]`, but tickets are a policy's; name the policy".to_owned());
        }
        return Vec::new();
    };
    for plan in &scenario.tickets {
        if !manifest.tickets.iter().any(|spec| is_named(spec, &plan.name)) {
            let known = manifest.tickets.iter().map(|spec| last_of(&spec.name));
            let hint = did_you_mean(&plan.name, known);
            wrong.push(format!(
                "the scenario names the ticket `{}`, which the policy does not have{hint}",
                plan.name
            ));
        }
    }
    let kinds = manifest.tickets.iter().map(|spec| {
        let plan = scenario.tickets.iter().find(|plan| is_named(spec, &plan.name));
        let mut joining = Joining { manifest, spec, served, wrong: &mut *wrong, assumed: &mut *assumed };
        joining.kind(plan.unwrap_or(&TicketPlan::default()))
    });
    kinds.collect()
}

fn last_of(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

fn is_named(spec: &TicketSpec, name: &str) -> bool {
    spec.name == name || last_of(&spec.name) == name
}

struct Joining<'a> {
    manifest: &'a Manifest,
    spec: &'a TicketSpec,
    /// Places of the queues that agents serve.
    served: &'a [usize],
    wrong: &'a mut Vec<String>,
    assumed: &'a mut Vec<String>,
}

impl Joining<'_> {
    fn kind(&mut self, plan: &TicketPlan) -> KindOfTickets {
        let spec = self.spec;
        for (name, _) in &plan.steps {
            if !spec.steps.iter().any(|step| step.name == *name) {
                let hint = did_you_mean(name, spec.steps.iter().map(|step| step.name.as_str()));
                self.tell(&format!("has no step `{name}`{hint}"));
            }
        }
        if spec.steps.is_empty() {
            let work = self.work(None, &[&plan.all]);
            return KindOfTickets { work: vec![work] };
        }
        let of_step = |step: &TicketStep| {
            let own = plan.steps.iter().find(|(name, _)| *name == step.name).map(|(_, plan)| plan);
            let plans: Vec<&WorkPlan> = own.into_iter().chain([&plan.all]).collect();
            self.work(Some(step), &plans)
        };
        KindOfTickets { work: spec.steps.iter().map(of_step).collect() }
    }

    /// The work of a step; the first plan that says something holds.
    fn work(&mut self, step: Option<&TicketStep>, plans: &[&WorkPlan]) -> Work {
        let said = plans.iter().find(|plan| plan.work.is_some() || plan.takes.is_some());
        let time = match said.map(|plan| (&plan.work, &plan.takes)) {
            Some((_, Some(takes))) => Time::Takes(takes.clone()),
            Some((Some(work), None)) => Time::Work(work.clone()),
            _ => Time::Work(Law::Exponential(WORK_MS)),
        };
        let queue = step.map_or(self.spec.assign, |step| step.queue);
        if let Time::Work(_) = time {
            self.look_for_workers(step, queue, said.is_some());
        }
        let mut writes = Vec::new();
        for (name, values) in plans.iter().flat_map(|plan| &plan.writes) {
            if let Some((field, cells)) = self.writes(name, values)
                && !writes.iter().any(|(known, _)| *known == field)
            {
                writes.push((field, cells));
            }
        }
        for field in step.into_iter().flat_map(|step| &step.needs).map(|field| *field as usize) {
            if !writes.iter().any(|(known, _)| *known == field) {
                writes.extend(self.usual(field).map(|cell| (field, Mix::new([(Some(cell), 1.0)]))));
            }
        }
        Work { time, writes }
    }

    fn look_for_workers(&mut self, step: Option<&TicketStep>, queue: Slot, said: bool) {
        let what = step.map_or_else(String::new, |step| format!("step `{}` of ", step.name));
        let name = last_of(&self.spec.name);
        let place = usize::try_from(queue).unwrap_or_default().wrapping_sub(1);
        let queue_name = self.manifest.queues.get(place).map(|queue| &queue.name);
        match queue_name.filter(|_| !self.served.contains(&place)) {
            Some(queue) => self.assumed.push(format!(
                "no agent serves `{queue}`: {what}ticket `{name}` waits until a deadline (`takes` says how long it takes)"
            )),
            None if !said => self.assumed.push(format!(
                "{what}ticket `{name}` is 10min of work, exponential, between calls (`work` of `[tickets.{name}]`)"
            )),
            None => {}
        }
    }

    fn writes(&mut self, name: &str, values: &Mix<String>) -> Option<(usize, Mix<Option<Cell>>)> {
        let (manifest, spec) = (self.manifest, self.spec);
        let Some(place) = spec.fields.iter().position(|field| field.name == name) else {
            let hint = did_you_mean(name, spec.fields.iter().map(|field| field.name.as_str()));
            self.tell(&format!("has no field `{name}`{hint}"));
            return None;
        };
        let ty = spec.fields.get(place)?.ty;
        let cells = values.map(|text| {
            parse_value(manifest, ty, text).unwrap_or_else(|message| {
                self.tell(&format!("has a field `{name}`: {message}"));
                None
            })
        });
        Some((place, cells))
    }

    /// What is written into a field that must be filled in.
    fn usual(&self, field: usize) -> Option<Cell> {
        let field = self.spec.fields.get(field)?;
        Some(match field.ty {
            Type::Text | Type::Phone => Cell::Text(WRITTEN.to_owned()),
            _ => Cell::Slot(field.default),
        })
    }

    fn tell(&mut self, message: &str) {
        let message =
            format!("ticket `{}` of the scenario: the policy's {message}", last_of(&self.spec.name));
        if !self.wrong.contains(&message) {
            self.wrong.push(message);
        }
    }
}
