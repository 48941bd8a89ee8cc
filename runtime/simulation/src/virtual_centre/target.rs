//! What was promised and wanted, met or missed.

use tandem_stdlib::contract::{Latency, Metric, Promise, Slot, TargetSpec, TicketSpec};
use tandem_stdlib::words::kpi;

use super::figure::{Figure, Unit};
use super::model::Centre;
use super::outbound::CampaignCounts;
use super::whole::Whole;
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
    /// What figure and bound are counted in.
    pub unit: Unit,
    /// The bound: a share, seconds or a number.
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
    /// A figure of the centre as a whole.
    pub(super) whole: &'f dyn Fn(Whole) -> Option<Estimate>,
    /// Of the agents who serve a queue (slot).
    pub(super) occupancy: &'f dyn Fn(Slot) -> Option<Estimate>,
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
            unit: Unit::Share,
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
    let tickets = centre.core.map(|core| core.manifest().tickets.as_slice()).unwrap_or_default();
    let one = |(target, (at, _)): (&TargetSpec, &(usize, Slot))| declared_target(target, *at, found, tickets);
    targets.extend(declared.iter().zip(&centre.segments.targets).map(one));
    targets
}

/// Why most figures may have no value.
const NOBODY_CAME: &str = "no call came to it";

/// A target of the policy with what was found, or why nothing was.
fn declared_target(target: &TargetSpec, at: usize, found: &Found<'_>, tickets: &[TicketSpec]) -> Target {
    let measured = measured(&target.metric);
    let unit = measured.unit();
    let (name, found, because) = match measured {
        Measured::Of(figure) => (figure.name(), (found.figure)(at, figure), why_not(figure)),
        Measured::Whole(Whole::Occupancy) if target.queue != 0 => {
            ("occupancy", (found.occupancy)(target.queue), "no agent was ever there")
        }
        Measured::Whole(figure) => (figure.name(), (found.whole)(figure), "no agent was ever there"),
        Measured::Latency(of) => latency(of, at, found, tickets),
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
        unit,
        // The policy counts times in milliseconds.
        wanted: if unit == Unit::Seconds { target.value / 1000.0 } else { target.value },
        found,
        unmeasured: found.is_none().then_some(because),
    }
}

/// Why a figure of callers may have no value.
const fn why_not(figure: Figure) -> &'static str {
    match figure {
        Figure::Containment => "no call began with a bot or a machine",
        Figure::AvoidableContacts => "no agent talked with anybody",
        Figure::IntentAccuracy => "no intent was recognised: give callers an `intent`",
        Figure::LongestTimeToCallBack => "nobody accepted to be called back",
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

/// The longest that something took: its name, what was found, and why nothing was.
fn latency(
    of: Latency,
    at: usize,
    found: &Found<'_>,
    tickets: &[TicketSpec],
) -> (&'static str, Option<Estimate>, &'static str) {
    let nothing = |name, because| (name, None, because);
    match of {
        Latency::CallBack => {
            let figure = Figure::LongestTimeToCallBack;
            ("latency_of_callback", (found.figure)(at, figure), why_not(figure))
        }
        Latency::Escalation => escalation(tickets),
        Latency::Decision => nothing(
            "latency_of_decision",
            "a simulated policy decides at once; `tandem simulate --calls` says on standard error how fast yours is",
        ),
        Latency::Screen => {
            nothing("latency_of_screen", "simulated agents look at no screen; measure at the desk")
        }
        Latency::Record => {
            nothing("latency_of_record", "nothing is simulated of the systems that keep records")
        }
        Latency::Ticket => {
            nothing("latency_of_ticket", "a simulated ticket is there at once; measure in the ticket system")
        }
        Latency::Report => nothing("latency_of_report", "nothing is simulated of the systems that report"),
    }
}

/// After how long the slowest of the policy's deadlines tells somebody: a simulated host is never late.
fn escalation(tickets: &[TicketSpec]) -> (&'static str, Option<Estimate>, &'static str) {
    let escalate = || tickets.iter().flat_map(|ticket| &ticket.deadlines).filter(|one| one.escalate_to != 0);
    let by_the_clock = escalate().all(|deadline| deadline.calendar.is_none());
    let slowest = escalate().map(|deadline| deadline.within_ms).max().filter(|_| by_the_clock);
    let because = if by_the_clock {
        "no ticket of the policy escalates"
    } else {
        "a deadline counts the hours of a calendar, not those of the clock"
    };
    ("latency_of_escalation", slowest.and_then(|ms| Estimate::of(&[ms as f64 / 1000.0])), because)
}

/// What a target's metric is measured by.
#[derive(Clone, Copy)]
enum Measured {
    /// A figure of callers.
    Of(Figure),
    /// A figure of the centre as a whole.
    Whole(Whole),
    /// Abandoned calls of campaigns.
    Campaigns,
    /// Quality checks, which need what agents say.
    Quality,
    /// The longest that something took.
    Latency(Latency),
}

impl Measured {
    const fn unit(self) -> Unit {
        match self {
            Self::Of(figure) => figure.unit(),
            Self::Whole(figure) => figure.unit(),
            Self::Campaigns | Self::Quality => Unit::Share,
            Self::Latency(_) => Unit::Seconds,
        }
    }
}

/// How a metric is measured.
const fn measured(metric: &Metric) -> Measured {
    let figure = match metric {
        Metric::ServiceLevel { .. } => Figure::ServiceLevel,
        Metric::AverageSpeedOfAnswer => Figure::SpeedOfAnswer,
        Metric::MeanWait => Figure::MeanWait,
        Metric::LongestWait => Figure::LongestWait,
        Metric::Abandonment { short_abandon_ms: 0 } => Figure::Abandonment,
        Metric::Abandonment { .. } => Figure::AbandonmentWithoutShort,
        Metric::AnswerRate => Figure::AnswerRate,
        Metric::AverageHandleTime => Figure::HandleTime,
        Metric::TransferRate => Figure::TransferRate,
        Metric::TransferError => Figure::TransferError,
        Metric::Containment => Figure::Containment,
        Metric::AutomationRate => Figure::AutomationRate,
        Metric::AvoidableContacts => Figure::AvoidableContacts,
        Metric::IntentAccuracy => Figure::IntentAccuracy,
        Metric::FirstContactResolution { .. } => Figure::FirstContactResolution,
        Metric::Occupancy => return Measured::Whole(Whole::Occupancy),
        Metric::CallsPerAgent => return Measured::Whole(Whole::CallsPerAgent),
        Metric::CampaignAbandonment => return Measured::Campaigns,
        Metric::QualityPassed | Metric::QualityPassedByAgent { .. } => return Measured::Quality,
        Metric::Latency { of } => return Measured::Latency(*of),
    };
    Measured::Of(figure)
}
