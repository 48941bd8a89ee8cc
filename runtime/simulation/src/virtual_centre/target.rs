//! What was promised and wanted, met or missed.

use tandem_stdlib::contract::{Metric, Promise, Slot, TargetSpec};
use tandem_stdlib::words::kpi;

use super::figure::Figure;
use super::model::Centre;
use super::outbound::CampaignCounts;
use crate::statistics::Estimate;

/// A promise or a target, and whether it was met.
#[derive(Clone, Debug)]
pub struct Target {
    /// The target's name, or the queue's.
    pub name: String,
    /// The figure.
    pub figure: &'static str,
    /// At least (`true`) or at most (`false`) this.
    pub at_least: bool,
    /// A share or seconds.
    pub wanted: f64,
    /// Nobody said so: it is the promise that a scenario without one has.
    pub assumed: bool,
    /// What the simulation found.
    pub found: Option<Estimate>,
    /// Why it found nothing; `None` where it found something.
    pub unmeasured: Option<&'static str>,
}

/// What a simulation found out.
pub(super) struct Found<'f> {
    /// A figure of a segment.
    pub(super) figure: &'f dyn Fn(usize, Figure) -> Option<Estimate>,
    /// Of all agents.
    pub(super) occupancy: Option<Estimate>,
    /// By replication, then by campaign.
    pub(super) campaigns: &'f [&'f [CampaignCounts]],
}

impl Target {
    /// Whether somebody wanted it and it was missed.
    #[must_use]
    pub fn is_missed(&self) -> bool {
        !self.assumed && self.met() == Some(false)
    }

    /// Whether the estimate is on the right side; `None`: nothing was measured.
    #[must_use]
    pub fn met(&self) -> Option<bool> {
        let mean = self.found?.mean;
        Some(if self.at_least { mean >= self.wanted } else { mean <= self.wanted })
    }

    /// Whether the whole interval is on the one side.
    #[must_use]
    pub fn is_sure(&self) -> bool {
        let apart = self.found.map(|found| (found, (found.mean - self.wanted).abs()));
        apart.is_some_and(|(found, apart)| found.half_width.is_some_and(|half| half < apart))
    }
}

/// Promises of queues, or the scenario's where no queue has one; then the policy's targets.
pub(super) fn targets(centre: &Centre<'_>, found: &Found<'_>) -> Vec<Target> {
    let promised = |at: usize, share: f64| {
        let found = (found.figure)(at, Figure::ServiceLevel);
        Some(Target {
            assumed: false,
            name: centre.segments.list.get(at)?.name.clone(),
            figure: Figure::ServiceLevel.name(),
            at_least: true,
            wanted: share,
            found,
            unmeasured: found.is_none().then_some(NOBODY_CAME),
        })
    };
    let of_queues = centre.plan.queues.iter().enumerate();
    let of_queues =
        of_queues.filter_map(|(at, queue)| promised(centre.segments.queues + at, queue.promise?.share));
    let mut targets: Vec<Target> = of_queues.collect();
    let declared = centre.core.map(|core| core.manifest().targets.as_slice()).unwrap_or_default();
    let says =
        |target: &TargetSpec| matches!(target.metric, Metric::ServiceLevel { .. }) && target.queue == 0;
    if targets.is_empty() && (centre.scenario.promised || !declared.iter().any(says)) {
        let Promise { share, .. } = centre.promise;
        let assumed = !centre.scenario.promised;
        targets.extend(promised(0, share).map(|target| Target { assumed, ..target }));
    }
    let one = |(target, (at, _)): (&TargetSpec, &(usize, Slot))| declared_target(target, *at, found);
    targets.extend(declared.iter().zip(&centre.segments.targets).map(one));
    targets
}

/// Why most figures may have no value.
const NOBODY_CAME: &str = "no call came to it";

/// A target of the policy with what was found, or why nothing was.
fn declared_target(target: &TargetSpec, at: usize, found: &Found<'_>) -> Target {
    let (measured, scale) = measured(&target.metric);
    let (name, found, because) = match measured {
        Measured::Of(figure) => (figure.name(), (found.figure)(at, figure), why_not(figure)),
        Measured::Occupancy => ("occupancy", found.occupancy, "no agent was ever there"),
        Measured::Campaigns => {
            let found = abandonment(found.campaigns);
            ("campaign_abandonment", found, "no campaign of the scenario reached a person")
        }
        Measured::Quality => {
            ("quality_passed", None, "simulated agents say nothing; replay recorded calls with `--calls`")
        }
    };
    Target {
        assumed: false,
        name: target.name.clone(),
        figure: name,
        at_least: target.at_least,
        wanted: target.value * scale,
        found,
        unmeasured: found.is_none().then_some(because),
    }
}

/// Why a figure of callers may have no value.
const fn why_not(figure: Figure) -> &'static str {
    match figure {
        Figure::Containment => "no call began with a bot or a machine",
        Figure::FirstContactResolution => {
            "the scenario does not say how many callers are helped: add `resolved = \"80%\"` to `[callers]`"
        }
        _ => NOBODY_CAME,
    }
}

/// Abandoned over calls that a person answered, of all campaigns of each replication.
pub(super) fn abandonment(campaigns: &[&[CampaignCounts]]) -> Option<Estimate> {
    let share = |counts: &&[CampaignCounts]| {
        let sums = counts.iter().map(CampaignCounts::of_live);
        let (abandoned, live) = sums.fold((0, 0), |sums, one| (sums.0 + one.0, sums.1 + one.1));
        kpi::share(abandoned, live)
    };
    Estimate::of(&campaigns.iter().filter_map(share).collect::<Vec<_>>())
}

/// What a target's metric is measured by.
#[derive(Clone, Copy)]
enum Measured {
    /// A figure of callers.
    Of(Figure),
    /// Agents' occupancy.
    Occupancy,
    /// Abandoned calls of campaigns.
    Campaigns,
    /// Quality checks, which need what agents say.
    Quality,
}

/// How a metric is measured, and what its values are multiplied with.
const fn measured(metric: &Metric) -> (Measured, f64) {
    const SECONDS: f64 = 0.001;
    let of = match metric {
        Metric::ServiceLevel { .. } => (Figure::ServiceLevel, 1.0),
        Metric::AverageSpeedOfAnswer => (Figure::SpeedOfAnswer, SECONDS),
        Metric::MeanWait => (Figure::MeanWait, SECONDS),
        Metric::LongestWait => (Figure::LongestWait, SECONDS),
        Metric::Abandonment { short_abandon_ms: 0 } => (Figure::Abandonment, 1.0),
        Metric::Abandonment { .. } => (Figure::AbandonmentWithoutShort, 1.0),
        Metric::AnswerRate => (Figure::AnswerRate, 1.0),
        Metric::AverageHandleTime => (Figure::HandleTime, SECONDS),
        Metric::TransferRate => (Figure::TransferRate, 1.0),
        Metric::TransferError => (Figure::TransferError, 1.0),
        Metric::Containment => (Figure::Containment, 1.0),
        Metric::Occupancy => return (Measured::Occupancy, 1.0),
        Metric::CampaignAbandonment => return (Measured::Campaigns, 1.0),
        Metric::FirstContactResolution { .. } => (Figure::FirstContactResolution, 1.0),
        Metric::QualityPassed | Metric::QualityPassedByAgent { .. } => return (Measured::Quality, 1.0),
    };
    (Measured::Of(of.0), of.1)
}
