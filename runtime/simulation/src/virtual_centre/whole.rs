//! Figures of the centre as a whole, which no segment of calls has: agents' time, and money.

use super::figure::Unit;
use super::model::{Centre, GroupOfAgents};
use super::report::GroupRow;
use super::tally::Tally;
use super::world::{AgentTime, Counts};
use crate::scenario::Costs;
use crate::statistics::Estimate;

const HOUR_MS: f64 = 3_600_000.0;

/// An agent's day, hours there.
const DAY_HOURS: f64 = 8.0;

/// A figure of the centre as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whole {
    /// (talk + hold + after-call work) / time logged in and available, of all agents.
    Occupancy,
    /// Conversations of an agent in eight hours there.
    CallsPerAgent,
    /// What agents and bots cost, a run.
    Costs,
    /// That over the calls that came.
    CostPerCall,
}

/// A figure of two runs on the same callers: what the second has more than the first.
#[derive(Clone, Debug)]
pub struct WholeDifference {
    /// The figure.
    pub figure: Whole,
    /// In the first run.
    pub first: Estimate,
    /// In the second run.
    pub second: Estimate,
    /// The second less the first, sample by sample.
    pub change: Estimate,
}

/// A figure in each sample.
pub(super) type Samples = Vec<Option<f64>>;

impl Whole {
    /// All figures, in the order of reports.
    pub const ALL: [Self; 4] = [Self::Occupancy, Self::CallsPerAgent, Self::Costs, Self::CostPerCall];

    /// The name in documents.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Occupancy => "occupancy",
            Self::CallsPerAgent => "calls_per_agent",
            Self::Costs => "costs",
            Self::CostPerCall => "cost_per_call",
        }
    }

    /// What it is counted in.
    #[must_use]
    pub const fn unit(self) -> Unit {
        match self {
            Self::Occupancy => Unit::Share,
            Self::CallsPerAgent => Unit::Answers,
            Self::Costs | Self::CostPerCall => Unit::Money,
        }
    }
}

/// The figures in each sample; `all`: the row of all agents.
pub(super) fn samples(
    centre: &Centre<'_>,
    counts: &[Counts],
    all: Option<&GroupRow>,
) -> Vec<(Whole, Samples)> {
    let batches = || counts.iter().flat_map(|counts| counts.agents.iter().zip(&counts.tallies));
    let per_agent = batches().map(|(groups, _)| {
        let sum = |of: fn(&AgentTime) -> f64| groups.iter().map(of).sum::<f64>();
        let hours = sum(|time| time.staffed_ms as f64) / HOUR_MS;
        (hours > 0.0).then(|| sum(|time| time.conversations as f64) / hours * DAY_HOURS)
    });
    let costs = centre.scenario.costs.as_ref();
    let of_batch = |(groups, tallies): (&Vec<AgentTime>, &Vec<Tally>)| {
        let costs = costs?;
        let bots = tallies.first().map_or(0, |all| all.begun_with_machine) as f64 * costs.bot_call;
        Some((agents(centre, groups, costs) + bots, tallies.first()?.journey.calls))
    };
    // Agents who call people as well cost more than the calls that come in.
    let alone = centre.campaigns.is_empty();
    let of_run = centre.spans.batches as f64;
    let per_call = |(cost, calls): (f64, u64)| (calls > 0 && alone).then(|| cost / calls as f64);
    vec![
        (Whole::Occupancy, all.map(|all| all.samples.clone()).unwrap_or_default()),
        (Whole::CallsPerAgent, per_agent.collect()),
        (Whole::Costs, batches().map(|one| of_batch(one).map(|(cost, _)| cost * of_run)).collect()),
        (Whole::CostPerCall, batches().map(|one| of_batch(one).and_then(per_call)).collect()),
    ]
}

/// What the agents of all groups cost.
fn agents(centre: &Centre<'_>, times: &[AgentTime], costs: &Costs) -> f64 {
    let of_group = |(group, time): (&GroupOfAgents<'_>, &AgentTime)| {
        let an_hour = group.group.hour_cost.as_ref().map_or(costs.agent_hour, |(amount, _)| *amount);
        an_hour * time.staffed_ms as f64 / HOUR_MS
    };
    centre.groups.iter().zip(times).map(of_group).sum()
}

/// The estimate of a figure.
pub(super) fn estimate(samples: &[Option<f64>]) -> Option<Estimate> {
    Estimate::of(&samples.iter().copied().flatten().collect::<Vec<_>>())
}

/// What a second run has more than the first.
pub(super) fn difference(figure: Whole, one: &[Option<f64>], two: &[Option<f64>]) -> Option<WholeDifference> {
    let (first, second, change) = paired(one, two)?;
    Some(WholeDifference { figure, first, second, change })
}

/// A figure of two runs, and the second less the first, over the samples in which both have it.
pub(super) fn paired(one: &[Option<f64>], two: &[Option<f64>]) -> Option<(Estimate, Estimate, Estimate)> {
    let both: Vec<(f64, f64)> = one.iter().zip(two).filter_map(|(one, two)| one.zip(*two)).collect();
    let column = |of: fn(&(f64, f64)) -> f64| Estimate::of(&both.iter().map(of).collect::<Vec<_>>());
    Some((column(|pair| pair.0)?, column(|pair| pair.1)?, column(|pair| pair.1 - pair.0)?))
}
