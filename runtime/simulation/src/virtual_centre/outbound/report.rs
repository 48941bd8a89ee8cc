//! What came of a campaign, over all replications.

use std::collections::{BTreeMap, BTreeSet};

use tandem_stdlib::contract::{AbandonCap, AbandonedOf, Manifest, Pacing, Window};

use super::counts::{CampaignCounts, HalfHour};
use super::joined::CampaignOfLeads;
use super::window::NOTED;
use crate::names::show_grade;
use crate::statistics::Estimate;
use crate::value::show_time;
use crate::virtual_centre::segments::HALF_HOURS;

/// What came of a campaign: of one run, on average.
#[derive(Clone, Debug)]
pub struct CampaignStudy {
    /// Its full name.
    pub name: String,
    /// Laws with their versions.
    pub under: Vec<String>,
    /// How it dials, in a word.
    pub pacing: &'static str,
    /// Figures with what they are called, in order.
    pub figures: Vec<(&'static str, Estimate)>,
    /// Abandoned over calls that a person answered, hung-up people included.
    pub abandonment: Option<Estimate>,
    /// Agents' time with work over their time, inbound calls included.
    pub utilisation: Option<Estimate>,
    /// Calls by how they ended.
    pub dispositions: Vec<(String, Estimate)>,
    /// Conversations by grade.
    pub grades: Vec<(String, Estimate)>,
    /// What followed.
    pub followed: Vec<(String, Estimate)>,
    /// How often a lead came up and was not called, by reason.
    pub held_back: Vec<(String, Estimate)>,
    /// Leads that still wait at the end, by reason.
    pub waiting: Vec<(String, Estimate)>,
    /// The law's share, where the campaign has a cap.
    pub law: Option<LawStudy>,
    /// By half-hour of the day: calls of a day.
    pub day: Vec<Pace>,
}

/// What the law looks at.
#[derive(Clone, Debug)]
pub struct LawStudy {
    /// The share that may be abandoned, 0..1.
    pub cap: f64,
    /// Of which calls, in words.
    pub of: &'static str,
    /// Over which window, in words.
    pub window: String,
    /// The worst share of each replication at a moment at which the law looks; `None`: no calls.
    pub worst: Vec<Option<f64>>,
    /// The share in the window over the run: its mean and its worst over all replications.
    pub course: Vec<(Option<f64>, Option<f64>)>,
}

/// Calls of half an hour, a day's on average.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pace {
    /// Placed.
    pub placed: f64,
    /// Answered by a person.
    pub live: f64,
    /// Abandoned.
    pub abandoned: f64,
}

impl LawStudy {
    /// Replications in which the law was kept.
    #[must_use]
    pub fn kept(&self) -> usize {
        self.worst.iter().filter(|worst| worst.is_none_or(|worst| worst <= self.cap)).count()
    }

    /// Whether it was broken in any replication.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.kept() < self.worst.len()
    }

    /// The worst share of all replications.
    #[must_use]
    pub fn worst_of_all(&self) -> Option<f64> {
        self.worst.iter().copied().flatten().reduce(f64::max)
    }
}

/// What came of all campaigns; `counts` are by replication, then by campaign.
pub(in crate::virtual_centre) fn studies(
    campaigns: &[CampaignOfLeads<'_>],
    manifest: Option<&Manifest>,
    counts: &[&[CampaignCounts]],
    days: i64,
) -> Vec<CampaignStudy> {
    let Some(manifest) = manifest else { return Vec::new() };
    let one = |(place, campaign): (usize, &CampaignOfLeads<'_>)| {
        let of: Vec<&CampaignCounts> = counts.iter().filter_map(|counts| counts.get(place)).collect();
        study(campaign, manifest, &of, days)
    };
    campaigns.iter().enumerate().map(one).collect()
}

/// What a figure is called, and its value in one replication.
type OfRun = (&'static str, fn(&CampaignCounts) -> f64);

/// Callers who became leads; told where callers become leads.
const FROM_CALLS: &str = "leads from calls";

/// Figures of one replication.
const FIGURES: &[OfRun] = &[
    ("leads", |counts| counts.leads as f64),
    (FROM_CALLS, |counts| counts.found as f64),
    ("leads finished", |counts| counts.finished as f64),
    ("leads reached", |counts| counts.reached as f64),
    ("calls placed", |counts| counts.attempts as f64),
    ("lines that rang at once, at most", |counts| counts.most_ringing as f64),
    ("answered by a person", |counts| counts.live as f64),
    ("answered by a machine", |counts| counts.machines as f64),
    ("people talked to", |counts| counts.contacts as f64),
    ("the right person", |counts| counts.right_party as f64),
    ("people nobody was free for", |counts| counts.unattended as f64),
    ("people taken for machines", |counts| counts.taken_for_machine as f64),
    ("machines talked to", |counts| counts.machines_connected as f64),
    ("put through by the dialog", |counts| counts.put_through as f64),
    ("ended by the dialog", |counts| counts.ended_by_dialog as f64),
    ("hung up on the dialog", |counts| counts.hung_up_in_dialog as f64),
    ("gave up when put through", |counts| counts.gave_up as f64),
    ("agents' talk, hours", |counts| counts.talk_ms as f64 / 3_600_000.0),
    ("of it with machines, hours", |counts| counts.machine_talk_ms as f64 / 3_600_000.0),
    ("after-call work, hours", |counts| counts.after_call_ms as f64 / 3_600_000.0),
];

fn study(
    campaign: &CampaignOfLeads<'_>,
    manifest: &Manifest,
    counts: &[&CampaignCounts],
    days: i64,
) -> CampaignStudy {
    let spec = campaign.spec;
    let figure = |(name, of): &OfRun| {
        let samples: Vec<f64> = counts.iter().map(|counts| of(counts)).collect();
        Some((*name, Estimate::of(&samples)?))
    };
    let told = |(name, _): &&OfRun| *name != FROM_CALLS || spec.from_calls.is_some();
    let share = |of: &dyn Fn(&CampaignCounts) -> Option<f64>| {
        Estimate::of(&counts.iter().filter_map(|counts| of(counts)).collect::<Vec<_>>())
    };
    let used = |counts: &CampaignCounts| {
        (counts.staffed_ms > 0).then(|| counts.busy_ms as f64 / counts.staffed_ms as f64)
    };
    CampaignStudy {
        name: spec.name.clone(),
        under: spec.under.iter().map(|law| format!("{} {}", law.name, law.version)).collect(),
        pacing: match spec.pacing {
            Pacing::Preview => "preview",
            Pacing::Progressive => "progressive",
            Pacing::Power(_) => "power",
            Pacing::Predictive(_) => "predictive",
        },
        figures: FIGURES.iter().filter(told).filter_map(figure).collect(),
        abandonment: share(&CampaignCounts::abandonment),
        utilisation: share(&used),
        dispositions: by(counts, |counts| &counts.dispositions, |one| one.name().replace('_', " ")),
        grades: by(counts, |counts| &counts.grades, |grade| show_grade(manifest, spec, *grade)),
        followed: by(counts, |counts| &counts.followed, |what| (*what).to_owned()),
        held_back: by(counts, |counts| &counts.held_back, Clone::clone),
        waiting: by(counts, |counts| &counts.waiting, Clone::clone),
        law: if let Pacing::Predictive(cap) = spec.pacing { Some(law(cap, counts)) } else { None },
        day: (0..HALF_HOURS).map(|half| pace(counts, half, days)).collect(),
    }
}

/// Counts by something, each on average over the replications.
fn by<K: Ord + Clone>(
    counts: &[&CampaignCounts],
    of: impl Fn(&CampaignCounts) -> &BTreeMap<K, u64>,
    name: impl Fn(&K) -> String,
) -> Vec<(String, Estimate)> {
    let keys: BTreeSet<&K> = counts.iter().flat_map(|counts| of(counts).keys()).collect();
    let one = |key: &K| {
        let samples = counts.iter().map(|counts| of(counts).get(key).copied().unwrap_or_default() as f64);
        Some((name(key), Estimate::of(&samples.collect::<Vec<_>>())?))
    };
    keys.into_iter().filter_map(one).collect()
}

fn law(cap: AbandonCap, counts: &[&CampaignCounts]) -> LawStudy {
    let laws = || counts.iter().filter_map(|counts| counts.law.as_ref());
    let noted = |at: usize| {
        let shares: Vec<f64> = laws().filter_map(|law| law.noted.get(at).copied().flatten()).collect();
        let worst = shares.iter().copied().reduce(f64::max);
        (Estimate::of(&shares).map(|found| found.mean), worst)
    };
    LawStudy {
        cap: cap.share,
        of: match cap.of {
            AbandonedOf::LiveAnswers => "live answers",
            AbandonedOf::ReachedQueue => "calls that reached a queue",
            AbandonedOf::AllCalls => "all calls",
        },
        window: match cap.window {
            Window::Sliding(length_ms) => show_time(length_ms),
            Window::CalendarDay => "a day of the calendar".to_owned(),
            Window::CalendarMonth => "a month of the calendar".to_owned(),
            Window::Campaign => "the whole campaign".to_owned(),
        },
        worst: laws().map(|law| law.worst).collect(),
        course: (0..NOTED).map(noted).collect(),
    }
}

fn pace(counts: &[&CampaignCounts], half: usize, days: i64) -> Pace {
    let runs = (counts.len().max(1) as f64) * days.max(1) as f64;
    let of = |what: fn(&HalfHour) -> u64| {
        let sum: u64 = counts.iter().filter_map(|counts| counts.half_hours.get(half)).map(what).sum();
        sum as f64 / runs
    };
    Pace { placed: of(|one| one.placed), live: of(|one| one.live), abandoned: of(|one| one.abandoned) }
}
