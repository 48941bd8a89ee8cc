//! Replications put together: figures with confidence intervals.

use serde::Serialize;
use tandem_stdlib::contract::Promise;

use super::busy::{busy_shares, occupancy_of};
use super::fairness::{FairnessSplit, fairness};
use super::figure::{Figure, Unit};
pub use super::journey::Outcome;
use super::logged::LoggedFigures;
use super::model::Centre;
use super::modes::{ModeDay, modes};
use super::outbound::{CampaignStudy, LawStudy, studies};
pub use super::segments::SegmentKind;
use super::segments::{HALF_HOURS, NO_PROMISE};
use super::target::{Found, Target, abandonment, targets};
use super::tickets::{TicketStudy, studies as ticket_studies};
use super::week::Week;
use super::whole::{self, Whole, WholeDifference};
use super::world::{Counts, HOPS_COUNTED};
use crate::scenario::ASSUMED_WORDS;
use crate::statistics::Estimate;

/// What a simulation of a centre tells.
#[derive(Clone, Debug)]
pub struct CentreReport {
    /// Seed of everything random.
    pub seed: u64,
    /// How often the run was repeated.
    pub replications: u32,
    /// Independent samples behind each estimate: replications, or batches of a single one.
    pub samples: usize,
    /// Days of a run, the warm-up included.
    pub days: i64,
    /// Measured milliseconds of a run.
    pub measured_ms: i64,
    /// Callers of all replications, measured or not.
    pub calls: u64,
    /// Callers for whom no queue was decided.
    pub unrouted: u64,
    /// Calls by how often agents transferred them, none first; the last has all that were transferred more often.
    pub hops: Vec<u64>,
    /// How calls ended, measured or not; with those still there, they are all calls.
    pub outcomes: Vec<(Outcome, u64)>,
    /// What was asked of the policy's sources; empty where nothing was.
    pub sources: Vec<SourceAnswers>,
    /// Callers who were still there when a run was given up.
    pub unfinished: u64,
    /// Events that the floor could make nothing of.
    pub ignored: u64,
    /// Segments: all calls first.
    pub rows: Vec<Row>,
    /// How callers fared by what is protected of them.
    pub fairness: Vec<FairnessSplit>,
    /// Agents: all of them, then each group.
    pub groups: Vec<GroupRow>,
    /// How many waited in each queue over the day.
    pub queues: Vec<QueueDay>,
    /// When calls came, who was there, and where the promise of all calls was not kept.
    pub week: Week,
    /// When the policy's modes were on.
    pub modes: Vec<ModeDay>,
    /// Agents there on average, as a log shows them, by half-hour of the day from midnight; empty without a log.
    pub logged_staff: Vec<Option<f64>>,
    /// What was promised, met or missed.
    pub targets: Vec<Target>,
    /// What came of the policy's campaigns.
    pub campaigns: Vec<CampaignStudy>,
    /// Of all campaigns together: abandoned over calls that a person answered.
    pub campaign_abandonment: Option<Estimate>,
    /// What came of the tickets that calls left.
    pub tickets: Vec<TicketStudy>,
    /// What was not said and therefore assumed.
    pub assumed: Vec<String>,
    /// The currency of costs; `None`: the scenario names none.
    pub currency: Option<String>,
    /// Figures of the centre as a whole, in each sample.
    whole: Vec<(Whole, whole::Samples)>,
}

/// What was asked of one source, in all replications.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SourceAnswers {
    /// The source's full name.
    pub name: String,
    /// Questions.
    pub questions: u64,
    /// Those that were not answered.
    pub failed: u64,
    /// Those that were answered later than the policy waits.
    pub slow: u64,
}

/// A segment with its figures.
#[derive(Clone, Debug)]
pub struct Row {
    /// What its calls have in common.
    pub kind: SegmentKind,
    /// Which one.
    pub name: String,
    /// What counts as in time.
    pub promise: Promise,
    /// The figures that have a value.
    pub figures: Vec<(Figure, Estimate)>,
    /// The log's own figures, where the scenario is one.
    pub logged: Vec<(Figure, f64)>,
    /// Samples are batches of a single run.
    pub(super) in_batches: bool,
    /// By figure, in the order of [`Figure::ALL`]: its value in each sample.
    pub(super) samples: Vec<Vec<Option<f64>>>,
}

/// Agents with the share of their time that they had work.
#[derive(Clone, Debug)]
pub struct GroupRow {
    /// The group's name.
    pub name: String,
    /// How many they are.
    pub agents: u32,
    /// (talk + hold + after-call work) / time logged in and available; `None`: nobody was there.
    pub occupancy: Option<Estimate>,
    /// Hours of agents logged in and available, a run.
    pub staffed_hours: f64,
    /// The log's occupancy, estimated, where the scenario is one and the row is about all agents.
    pub logged: Option<f64>,
    pub(super) samples: Vec<Option<f64>>,
}

/// How many waited in a queue over the day.
#[derive(Clone, Debug)]
pub struct QueueDay {
    /// The queue.
    pub queue: String,
    /// Mean number waiting, by half-hour of the day from midnight; `None`: not measured.
    pub waiting: Vec<Option<f64>>,
    /// The most that ever waited at once, over all replications.
    pub most: u32,
    /// Whether any agents or a machine serve it from a call's coming on.
    pub served: bool,
    /// The occupancy of the agents who serve it, whatever they do; `None`: nobody was there.
    pub occupancy: Option<Estimate>,
}

impl Row {
    /// A figure's estimate.
    #[must_use]
    pub fn figure(&self, figure: Figure) -> Option<Estimate> {
        self.figures.iter().find(|(one, _)| *one == figure).map(|(_, estimate)| *estimate)
    }
}

/// A figure of two runs on the same callers: what the second has more than the first.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The figure.
    pub figure: Figure,
    /// In the first run.
    pub first: Estimate,
    /// In the second run.
    pub second: Estimate,
    /// The second less the first, sample by sample.
    pub change: Estimate,
}

impl CentreReport {
    pub(super) fn new(centre: &Centre<'_>, counts: &[Counts]) -> Self {
        let scenario = centre.scenario;
        let sum = |of: fn(&Counts) -> u64| counts.iter().map(of).sum();
        let logged = scenario.logged.as_ref().filter(|logged| logged.knows_waits);
        let logged = logged.map(|logged| LoggedFigures::new(centre, logged));
        let of_log = |at: usize| logged.as_ref().map(|logged| logged.of(centre, at)).unwrap_or_default();
        let segments = 0..centre.segments.list.len();
        let rows: Vec<Row> =
            segments.map(|at| Row { logged: of_log(at), ..row(centre, counts, at) }).collect();
        let mut groups = groups(centre, counts);
        if let Some(all) = groups.first_mut() {
            all.logged = logged.as_ref().and_then(|logged| logged.occupancy);
        }
        let of_campaigns: Vec<_> = counts.iter().map(|counts| counts.campaigns.as_slice()).collect();
        let of_tickets: Vec<_> = counts.iter().map(|counts| counts.tickets.as_slice()).collect();
        let manifest = centre.core.map(tandem_centre::Core::manifest);
        let campaigns = studies(&centre.campaigns, manifest, &of_campaigns, scenario.days());
        let whole = whole::samples(centre, counts, groups.first());
        let of_whole = |figure| whole.iter().find(|(one, _)| *one == figure);
        let found = Found {
            figure: &|at, figure| rows.get(at)?.figure(figure),
            whole: &|figure| of_whole(figure).and_then(|(_, samples)| whole::estimate(samples)),
            occupancy: &|queue| {
                let place = usize::try_from(queue).ok().and_then(|queue| queue.checked_sub(1));
                occupancy_of(centre, counts, place?)
            },
            campaigns: &of_campaigns,
        };
        let targets = targets(centre, &found);
        let handle_s = rows.first().and_then(|all| all.figure(Figure::HandleTime)).map(|found| found.mean);
        let cells = counts.iter().map(|counts| counts.week.as_slice());
        let times: Vec<_> =
            counts.iter().map(|counts| (counts.modes.as_slice(), &counts.half_hours_ms)).collect();
        Self {
            seed: scenario.seed,
            replications: scenario.replications,
            samples: counts.len() * centre.spans.batches,
            days: scenario.days(),
            measured_ms: centre.spans.to_ms - centre.spans.from_ms,
            calls: sum(|counts| counts.calls),
            unrouted: sum(|counts| counts.unrouted),
            hops: hops(counts),
            outcomes: outcomes(counts),
            sources: sources(centre, counts),
            unfinished: sum(|counts| counts.unfinished),
            ignored: sum(|counts| counts.ignored),
            fairness: fairness(manifest, &rows),
            rows: rows.into_iter().filter(|row| row.kind != SegmentKind::Target).collect(),
            groups,
            queues: queues(centre, counts),
            week: Week::new(centre.promise, handle_s, cells),
            modes: modes(manifest, &times),
            logged_staff: logged.map(|logged| logged.staff).unwrap_or_default(),
            targets,
            campaigns,
            campaign_abandonment: abandonment(&of_campaigns),
            tickets: ticket_studies(manifest, &of_tickets),
            assumed: assumed(centre),
            currency: scenario.costs.as_ref().map(|costs| costs.currency.clone()),
            whole,
        }
    }

    /// Whether a target was missed or a campaign broke its law.
    #[must_use]
    pub fn has_findings(&self) -> bool {
        self.targets.iter().any(Target::is_missed) || self.breaks_law()
    }

    /// Whether a campaign abandoned more calls than its law allows, in any replication.
    #[must_use]
    pub fn breaks_law(&self) -> bool {
        let breaks = |campaign: &CampaignStudy| campaign.law.as_ref().is_some_and(LawStudy::is_broken);
        self.campaigns.iter().any(breaks)
    }

    /// All calls.
    #[must_use]
    pub fn all(&self) -> Option<&Row> {
        self.rows.first()
    }

    /// The segment of a kind with a name.
    #[must_use]
    pub fn row(&self, kind: &SegmentKind, name: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.kind == *kind && row.name == name)
    }

    /// What another run on the same callers has more than this one, of all calls.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<Difference> {
        let Some((one, two)) = self.all().zip(other.all()) else { return Vec::new() };
        let columns = one.samples.iter().zip(&two.samples);
        let all = Figure::ALL.iter().zip(columns);
        all.filter_map(|(figure, (one, two))| difference(*figure, one, two)).collect()
    }

    /// A figure of the centre as a whole.
    #[must_use]
    pub fn whole(&self, figure: Whole) -> Option<Estimate> {
        self.whole.iter().find(|(one, _)| *one == figure).and_then(|(_, samples)| whole::estimate(samples))
    }

    /// What another run on the same callers has more than this one, of the centre as a whole.
    #[must_use]
    pub fn whole_differences(&self, other: &Self) -> Vec<WholeDifference> {
        let both = self.whole.iter().zip(&other.whole);
        both.filter_map(|((figure, one), (_, two))| whole::difference(*figure, one, two)).collect()
    }
}

fn sources(centre: &Centre<'_>, counts: &[Counts]) -> Vec<SourceAnswers> {
    let specs = centre.core.map(|core| core.manifest().sources.as_slice()).unwrap_or_default();
    let answers = specs.iter().enumerate().map(|(at, spec)| {
        let asked = counts.iter().filter_map(|counts| counts.sources.get(at));
        asked.fold(SourceAnswers { name: spec.name.clone(), ..SourceAnswers::default() }, |sum, one| {
            let SourceAnswers { name, questions, failed, slow } = sum;
            SourceAnswers {
                name,
                questions: questions + one.questions,
                failed: failed + one.failed,
                slow: slow + one.slow,
            }
        })
    });
    answers.filter(|answers| answers.questions > 0).collect()
}

/// What nobody said and was therefore assumed.
fn assumed(centre: &Centre<'_>) -> Vec<String> {
    let promise = centre.promise_assumed.then(|| ASSUMED_WORDS.to_owned());
    centre.scenario.assumed.iter().chain(&centre.assumed).cloned().chain(promise).collect()
}

fn outcomes(counts: &[Counts]) -> Vec<(Outcome, u64)> {
    let sum = |place: usize| counts.iter().filter_map(|counts| counts.outcomes.get(place)).sum();
    Outcome::ALL.iter().enumerate().map(|(place, outcome)| (*outcome, sum(place))).collect()
}

fn difference(figure: Figure, one: &[Option<f64>], two: &[Option<f64>]) -> Option<Difference> {
    let (first, second, change) = whole::paired(one, two)?;
    Some(Difference { figure, first, second, change })
}

fn row(centre: &Centre<'_>, counts: &[Counts], at: usize) -> Row {
    let Some(segment) = centre.segments.list.get(at) else { return Row::empty() };
    let tallies = || counts.iter().flat_map(|counts| &counts.tallies).filter_map(|batch| batch.get(at));
    // A batch counts its part of the run's calls: so many times as many are those of a run.
    let of_run =
        |figure: &Figure| if figure.unit() == Unit::Calls { centre.spans.batches as f64 } else { 1.0 };
    let of = |figure: &Figure| -> Vec<Option<f64>> {
        tallies().map(|tally| Some(figure.of(tally, &segment.promise)? * of_run(figure))).collect()
    };
    let samples: Vec<Vec<Option<f64>>> = Figure::ALL.iter().map(of).collect();
    let estimated = Figure::ALL.iter().zip(&samples).filter_map(|(figure, samples)| {
        let known: Vec<f64> = samples.iter().copied().flatten().collect();
        Some((*figure, Estimate::of(&known)?))
    });
    Row {
        kind: segment.kind.clone(),
        name: segment.name.clone(),
        promise: segment.promise,
        figures: estimated.collect(),
        logged: Vec::new(),
        in_batches: centre.spans.batches > 1,
        samples,
    }
}

impl Row {
    const fn empty() -> Self {
        Self {
            kind: SegmentKind::All,
            name: String::new(),
            promise: NO_PROMISE,
            figures: Vec::new(),
            logged: Vec::new(),
            in_batches: false,
            samples: Vec::new(),
        }
    }
}

fn groups(centre: &Centre<'_>, counts: &[Counts]) -> Vec<GroupRow> {
    let row = |name: &str, agents: u32, of: &dyn Fn(usize) -> bool| {
        let (staffed_ms, samples) = busy_shares(counts, of);
        let known: Vec<f64> = samples.iter().copied().flatten().collect();
        let staffed_hours = staffed_ms as f64 / 3_600_000.0 / counts.len().max(1) as f64;
        let (name, occupancy) = (name.to_owned(), Estimate::of(&known));
        GroupRow { name, agents, occupancy, staffed_hours, logged: None, samples }
    };
    let total = centre.groups.iter().filter(|one| !one.group.again).map(|one| one.group.count).sum();
    let all = std::iter::once(row("all agents", total, &|_| true));
    // Agents of a log are groups of one; those of one name are told together.
    let names = centre.groups.iter().map(|one| one.group.name.as_str());
    let mut members: Vec<(&str, Vec<usize>)> = Vec::new();
    for (at, name) in names.enumerate() {
        match members.iter_mut().find(|(of, _)| *of == name) {
            Some((_, places)) => places.push(at),
            None => members.push((name, vec![at])),
        }
    }
    let each = members.iter().map(|(name, places)| {
        let agents = places.iter().filter_map(|at| Some(centre.groups.get(*at)?.group.count)).sum();
        row(name, agents, &|other| places.binary_search(&other).is_ok())
    });
    all.chain(each).collect()
}

fn queues(centre: &Centre<'_>, counts: &[Counts]) -> Vec<QueueDay> {
    let day = |(at, queue): (usize, &tandem_stdlib::contract::QueueSpec)| {
        let lengths = || counts.iter().filter_map(|counts| counts.lengths.get(at));
        let mean = |half: usize| {
            let waiting: i64 = lengths().filter_map(|length| length.waiting_ms.get(half)).sum();
            let measured: i64 = counts.iter().filter_map(|counts| counts.half_hours_ms.get(half)).sum();
            (measured > 0).then(|| waiting as f64 / measured as f64)
        };
        QueueDay {
            queue: queue.name.clone(),
            waiting: (0..HALF_HOURS).map(mean).collect(),
            most: lengths().map(|length| length.most).max().unwrap_or_default(),
            served: centre.groups.iter().any(|group| group.queues.contains(&at))
                || centre.machines.get(at).is_some_and(Option::is_some),
            occupancy: occupancy_of(centre, counts, at),
        }
    };
    centre.plan.queues.iter().enumerate().map(day).collect()
}

/// Calls by how often agents transferred them, in all replications.
fn hops(counts: &[Counts]) -> Vec<u64> {
    let of = |at: usize| counts.iter().filter_map(|counts| counts.hops.get(at)).sum();
    (0..HOPS_COUNTED).map(of).collect()
}
