//! Scenario and policy, joined: names have become numbers, and everything that a run shares is worked out.

mod agents;
mod behaviour;
mod promise;

use std::fmt;
use std::ops::Range;

use tandem_centre::Core;
use tandem_centre::floor::{FloorPlan, Guards};
use tandem_stdlib::contract::{
    Manifest, Metric, Need, Promise, QueueCap, QueueSpec, SkillNeed, Slot, VocabularyKind, WaitingAction,
    WaitingStep,
};
use tandem_stdlib::words::closest;

pub(super) use behaviour::Reliability;

use super::caller::{FactKind, FactOfCallers, FactValue};
use super::outbound::{CampaignOfLeads, join, uncalled};
use super::segments::{SegmentKind, Segments, promise_of};
use super::spans::Spans;
use super::tickets::{self, KindOfTickets};
use crate::chance::Mix;
use crate::scenario::{Group, Handling, QueueRow, Scenario, SelfService, Stream};
use crate::value::parse_value;

/// The queue of a run without a policy whose scenario names none.
const ONLY_QUEUE: &str = "calls";

/// The highest level of a skill.
const LEVEL_MAX: u8 = u8::MAX;

/// A year, which no conversation takes: the simulated host never loses the end of one.
const NEVER_LOST_MS: i64 = 366 * 86_400_000;

/// A centre that can be simulated: a scenario with the policy that runs in it.
pub struct Centre<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) core: Option<&'a Core>,
    pub(super) plan: FloorPlan,
    pub(super) groups: Vec<GroupOfAgents<'a>>,
    pub(super) streams: Vec<StreamOfCallers<'a>>,
    pub(super) handling: Vec<(Option<Slot>, Option<Slot>, &'a Handling)>,
    /// By queue: the machine that serves it, and where it sends callers.
    pub(super) machines: Vec<Option<(&'a SelfService, Option<Slot>)>>,
    pub(super) campaigns: Vec<CampaignOfLeads<'a>>,
    /// By kind of ticket.
    pub(super) tickets: Vec<KindOfTickets>,
    pub(super) segments: Segments,
    /// What is promised of all calls.
    pub(super) promise: Promise,
    /// Neither the scenario nor the policy says so.
    pub(super) promise_assumed: bool,
    pub(super) spans: Spans,
    /// By source of the policy: how it answers.
    pub(super) reliability: Vec<Reliability<'a>>,
    /// What is assumed beside what the scenario itself assumes.
    pub(super) assumed: Vec<String>,
}

/// Agents of one group.
pub(super) struct GroupOfAgents<'a> {
    pub(super) group: &'a Group,
    pub(super) agents: Range<u32>,
    /// Places of the queues that they serve.
    pub(super) queues: Vec<usize>,
    /// When their skills change, in order, and to which of [`skill_sets`](Self::skill_sets).
    pub(super) changes: Vec<(i64, usize)>,
    /// Skills with levels.
    pub(super) skill_sets: Vec<Vec<(Slot, u8)>>,
}

/// Callers of one stream.
pub(super) struct StreamOfCallers<'a> {
    pub(super) stream: &'a Stream,
    pub(super) queue: Option<Slot>,
    pub(super) facts: Vec<FactOfCallers>,
}

/// Why scenario and policy do not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CentreError(pub Vec<String>);

impl fmt::Display for CentreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for CentreError {}

impl<'a> Centre<'a> {
    /// Joins a scenario with the policy that runs in it; without one, callers go to the queue of their stream.
    ///
    /// # Errors
    /// All names of the scenario that the policy does not know.
    pub fn new(scenario: &'a Scenario, core: Option<&'a Core>) -> Result<Self, CentreError> {
        let mut joining = Joining { scenario, manifest: core.map(Core::manifest), wrong: Vec::new() };
        let skills = joining.skills();
        let queues = joining.queues(&skills);
        let names: Vec<String> = queues.iter().map(|queue| queue.name.clone()).collect();
        let (agents, groups) = joining.agents(&skills, &queues);
        let (promise, promise_assumed) = joining.promise(&queues);
        let mut segments = joining.segments(promise, &queues);
        let streams = joining.streams(&names, &mut segments);
        let handling = joining.handling(&names);
        let machines = joining.machines(&names);
        let campaigns = join(scenario, joining.manifest, &mut joining.wrong);
        let served: Vec<usize> = groups.iter().flat_map(|group| group.queues.iter().copied()).collect();
        let mut assumed = uncalled(joining.manifest, &campaigns);
        let told = (served.as_slice(), &mut joining.wrong, &mut assumed);
        let tickets = tickets::join(scenario, joining.manifest, told);
        let reliability = joining.reliability();
        joining.behaviour();
        if !joining.wrong.is_empty() {
            return Err(CentreError(joining.wrong));
        }
        let guards = Guards { session_ms: NEVER_LOST_MS * 2, talk_ms: NEVER_LOST_MS, ..Guards::default() };
        let plan = FloorPlan { queues, agents, guards };
        let spans = Spans::new(scenario);
        Ok(Self {
            scenario,
            core,
            plan,
            groups,
            streams,
            handling,
            machines,
            campaigns,
            tickets,
            segments,
            promise,
            promise_assumed,
            spans,
            reliability,
            assumed,
        })
    }
}

impl Centre<'_> {
    /// How often it is simulated.
    #[must_use]
    pub const fn replications(&self) -> u32 {
        self.scenario.replications
    }
}

struct Joining<'a> {
    scenario: &'a Scenario,
    manifest: Option<&'a Manifest>,
    wrong: Vec<String>,
}

impl<'a> Joining<'a> {
    fn words(&self, kind: VocabularyKind) -> Vec<String> {
        let lists = self.manifest.into_iter().flat_map(|manifest| &manifest.vocabularies);
        lists.filter(|list| list.kind == kind).flat_map(|list| list.words.clone()).collect()
    }

    /// The slot of a name; tells of a name that is not known.
    fn slot(&mut self, what: &str, name: &str, known: &[String]) -> Slot {
        if let Some(place) = known.iter().position(|one| one == name) {
            return place as Slot + 1;
        }
        if self.manifest.is_some() && self.is_logged(name) {
            return 0;
        }
        let hint = closest(name, known.iter().map(String::as_str))
            .map_or_else(|| list(known), |near| format!("; did you mean `{near}`?"));
        let message = format!("the scenario names the {what} `{name}`, which is not known{hint}");
        if !self.wrong.contains(&message) {
            self.wrong.push(message);
        }
        0
    }

    /// Whether the name is a queue of the log, which may mean nothing to a policy.
    fn is_logged(&self, name: &str) -> bool {
        self.scenario.logged.as_ref().is_some_and(|logged| logged.queues.iter().any(|queue| queue == name))
    }

    /// The policy's skills; without a policy, those that queues ask for and agents have.
    fn skills(&self) -> Vec<String> {
        if self.manifest.is_some() {
            return self.words(VocabularyKind::Skill);
        }
        let asked = self.scenario.queues.iter().flat_map(|queue| &queue.skills);
        let groups = || self.scenario.groups.iter();
        let later = groups().flat_map(|group| &group.later_skills).flat_map(|(_, skills)| skills);
        let had = groups().flat_map(|group| &group.skills).chain(later);
        let mut skills: Vec<String> = asked.chain(had).map(|(name, _)| name.clone()).collect();
        skills.sort_unstable();
        skills.dedup();
        skills
    }

    /// The policy's queues; without a policy, the scenario's, or the one queue of all calls.
    fn queues(&mut self, skills: &[String]) -> Vec<QueueSpec> {
        if let Some(manifest) = self.manifest {
            if self.scenario.queues.iter().any(|queue| !queue.of_log) {
                self.wrong.push("the scenario has `[[queues]]`, but queues are the policy's".to_owned());
            }
            return manifest.queues.clone();
        }
        let rows = &self.scenario.queues;
        let named = |name: &String| QueueSpec { name: name.clone(), ..QueueSpec::default() };
        let mut queues: Vec<QueueSpec> = rows.iter().map(|row| self.queue(row, skills)).collect();
        if queues.is_empty() {
            let mut names: Vec<String> =
                self.scenario.streams.iter().filter_map(|one| one.queue.clone()).collect();
            names.dedup();
            queues = names.iter().map(named).collect();
        }
        if queues.is_empty() {
            queues.push(named(&ONLY_QUEUE.to_owned()));
        }
        queues
    }

    fn queue(&mut self, row: &QueueRow, skills: &[String]) -> QueueSpec {
        let need = |(skill, low): &(String, u8)| {
            let skill = self.slot("skill", skill, skills);
            Need { all_of: vec![SkillNeed { skill, low: *low, high: LEVEL_MAX }] }
        };
        QueueSpec {
            name: row.name.clone(),
            needs: row.skills.iter().map(need).collect(),
            promise: row.promise,
            prefer: row.prefer,
            while_waiting: row
                .limit_ms
                .map(|after_ms| WaitingStep { after_ms, action: WaitingAction::HangUp })
                .into_iter()
                .collect(),
            cap: row.places.map(|waiting| QueueCap { waiting, overflow: None }),
            ..QueueSpec::default()
        }
    }

    fn segments(&self, promise: Promise, queues: &[QueueSpec]) -> Segments {
        let repeats = self.scenario.callers.repeats.as_ref();
        let window_ms = repeats.map_or(0, |repeats| repeats.window_ms);
        let mut segments = Segments { window_ms, ..Segments::default() };
        segments.add(SegmentKind::All, "all calls", promise);
        segments.queues = segments.list.len();
        for queue in queues {
            segments.add(SegmentKind::Queue, &queue.name, queue.promise.unwrap_or(promise));
        }
        segments.streams = segments.list.len();
        for stream in &self.scenario.streams {
            segments.add(SegmentKind::Arrivals, &stream.name, promise);
        }
        segments.add_half_hours(promise);
        for target in self.manifest.map(|manifest| manifest.targets.as_slice()).unwrap_or_default() {
            let promise = promise_of(&target.metric).unwrap_or(promise);
            let place = segments.add(SegmentKind::Target, &target.name, promise);
            if let (Metric::FirstContactResolution { within_ms }, Some(segment)) =
                (target.metric, segments.list.get_mut(place))
            {
                segment.window_ms = within_ms;
            }
            segments.targets.push((place, target.queue));
        }
        segments
    }

    fn streams(&mut self, queues: &[String], segments: &mut Segments) -> Vec<StreamOfCallers<'a>> {
        let mut streams = Vec::new();
        for stream in &self.scenario.streams {
            let named = stream.queue.as_ref().map(|name| self.slot("queue", name, queues));
            let named = named.filter(|slot| *slot != 0 || self.manifest.is_none());
            let only = (self.manifest.is_none() && queues.len() == 1).then_some(1);
            if self.manifest.is_none() && named.or(only).is_none() {
                self.wrong.push(format!(
                    "nothing says in which queue the callers of `{}` wait: give them a `queue`",
                    stream.name
                ));
            }
            let facts = stream.facts.iter().map(|(name, values)| self.fact(name, values, segments)).collect();
            streams.push(StreamOfCallers { stream, queue: named.or(only), facts });
        }
        streams
    }

    fn fact(&mut self, name: &str, values: &Mix<String>, segments: &mut Segments) -> FactOfCallers {
        let kind = match name {
            "intent" => FactKind::Intent,
            "language" => FactKind::Language,
            "from" => FactKind::From,
            "to" => FactKind::To,
            _ => FactKind::Field,
        };
        if kind == FactKind::Field {
            self.check_field(name);
        }
        let intents = self.words(VocabularyKind::Intent);
        let values = values.map(|word| {
            if kind == FactKind::Intent && self.manifest.is_some() {
                self.slot("intent", word, &intents);
            }
            let answers = if kind == FactKind::Field { self.answers(name, word) } else { Vec::new() };
            FactValue { word: word.clone(), segment: self.segment(name, word, segments), answers }
        });
        FactOfCallers { kind, values }
    }

    /// The segment of a fact's value, the same for all streams.
    fn segment(&self, name: &str, word: &str, segments: &mut Segments) -> u32 {
        let kind = SegmentKind::Fact(name.to_owned());
        let known = segments.list.iter().position(|one| one.kind == kind && one.name == word);
        let place = known.unwrap_or_else(|| segments.add_like_all(kind, word));
        u32::try_from(place).unwrap_or_default()
    }

    fn check_field(&mut self, name: &str) {
        let Some(manifest) = self.manifest else { return };
        let fields: Vec<&str> = manifest
            .sources
            .iter()
            .flat_map(|source| source.fields.iter().map(|field| field.name.as_str()))
            .collect();
        if !fields.contains(&name) {
            let all = ["intent", "language", "from", "to"].into_iter().chain(fields);
            let hint =
                closest(name, all).map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            self.wrong.push(format!("callers have a `{name}`, which no source of the policy answers{hint}"));
        }
    }

    /// What the policy's sources answer about a caller with this value.
    fn answers(&mut self, name: &str, word: &str) -> Vec<(usize, usize, crate::value::Cell)> {
        let Some(manifest) = self.manifest else { return Vec::new() };
        let mut answers = Vec::new();
        for (source, spec) in manifest.sources.iter().enumerate() {
            for (place, field) in spec.fields.iter().enumerate().filter(|(_, field)| field.name == name) {
                match parse_value(manifest, field.ty, word) {
                    Ok(Some(cell)) => answers.push((source, place, cell)),
                    Ok(None) => {}
                    Err(message) => self.wrong.push(format!("callers have a `{name}`: {message}")),
                }
            }
        }
        answers
    }

    fn handling(&mut self, queues: &[String]) -> Vec<(Option<Slot>, Option<Slot>, &'a Handling)> {
        let intents = self.words(VocabularyKind::Intent);
        let mut rules = Vec::new();
        for rule in &self.scenario.handling {
            let queue = rule.queue.as_ref().map(|name| self.slot("queue", name, queues));
            if let Some(intent) = rule.intent.as_ref().filter(|_| self.manifest.is_some()) {
                self.slot("intent", intent, &intents);
            }
            let transfer = rule.transfer.as_ref().map(|(_, to)| self.slot("queue", to, queues));
            rules.push((queue, transfer, rule));
        }
        rules
    }

    fn machines(&mut self, queues: &[String]) -> Vec<Option<(&'a SelfService, Option<Slot>)>> {
        let mut machines = vec![None; queues.len()];
        for one in &self.scenario.self_service {
            let queue = self.slot("queue", &one.queue, queues);
            let otherwise = one.otherwise.as_ref().map(|name| self.slot("queue", name, queues));
            let place = usize::try_from(queue).unwrap_or_default().wrapping_sub(1);
            if let Some(machine) = machines.get_mut(place) {
                *machine = Some((one, otherwise));
            }
        }
        machines
    }
}

fn list(known: &[String]) -> String {
    if known.is_empty() {
        return String::new();
    }
    let names: Vec<String> = known.iter().take(20).map(|name| format!("`{name}`")).collect();
    format!("; known are {}", names.join(", "))
}
