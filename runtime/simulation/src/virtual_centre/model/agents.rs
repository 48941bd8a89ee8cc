//! Agents with their skills, and what a log knows of conversations.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use tandem_centre::floor::AgentPlan;
use tandem_stdlib::contract::{QueueSpec, SkillNeed, Slot};

use super::{Centre, GroupOfAgents, Joining};
use crate::scenario::{Group, Own, Scenario};
use crate::virtual_centre::caller::Caller;

impl Centre<'_> {
    /// What a log knows of a caller who comes to agents for the first time.
    pub(in crate::virtual_centre) fn own(&self, caller: &Caller<'_>, visit: u32) -> Option<Own> {
        let stream = self.streams.get(caller.stream as usize)?.stream;
        let place = usize::try_from(caller.first_number().checked_sub(1)?).ok()?;
        stream.own.get(place).copied().filter(|_| visit == 0 && caller.repeat() == 0)
    }

    /// How long conversations of a group's agents take, as a share of the usual.
    pub(in crate::virtual_centre) fn pace(&self, group: usize) -> f64 {
        self.groups.get(group).map_or(1.0, |one| one.group.pace)
    }
}

impl<'a> Joining<'a> {
    /// Skills of an agent; who serves a queue of the log has what the policy's queue of this name needs.
    fn levels(&mut self, name: &str, level: u8, skills: &[String]) -> Vec<(Slot, u8)> {
        let queues = self.manifest.map(|manifest| manifest.queues.as_slice()).unwrap_or_default();
        let served = queues.iter().find(|queue| queue.name == name && self.is_logged(name));
        match served.and_then(|queue| queue.needs.first()) {
            Some(need) => need.all_of.iter().map(|skill| (skill.skill, skill.high)).collect(),
            None => Some((self.slot("skill", name, skills), level))
                .filter(|(slot, _)| *slot != 0)
                .into_iter()
                .collect(),
        }
    }

    pub(super) fn agents(
        &mut self,
        skills: &[String],
        queues: &[QueueSpec],
    ) -> (Vec<AgentPlan>, Vec<GroupOfAgents<'a>>) {
        let (mut agents, mut groups) = (Vec::new(), Vec::new());
        for group in &self.scenario.groups {
            let first = u32::try_from(agents.len()).unwrap_or(u32::MAX);
            let later = group.later_skills.iter().map(|(_, skills)| skills);
            let skill_sets: Vec<Vec<(Slot, u8)>> = std::iter::once(&group.skills)
                .chain(later)
                .map(|set| set.iter().flat_map(|(name, level)| self.levels(name, *level, skills)).collect())
                .collect();
            let levels = skill_sets.first().cloned().unwrap_or_default();
            let auto_answer = group.ring.is_none() && group.no_answer <= 0.0;
            agents.extend((1..=group.count).map(|number| AgentPlan {
                name: format!("{} {number}", group.name),
                skills: levels.clone(),
                auto_answer,
                ..AgentPlan::default()
            }));
            let served =
                (0..).zip(queues).filter(|(_, queue)| serves(&levels, queue)).map(|(place, _)| place);
            groups.push(GroupOfAgents {
                group,
                agents: first..first + group.count,
                queues: served.collect(),
                changes: changes(group, self.scenario),
                skill_sets,
            });
        }
        (agents, groups)
    }
}

/// When the skills of a group change over a run, and to which set: that of the hour, and the first from midnight on.
fn changes(group: &Group, scenario: &Scenario) -> Vec<(i64, usize)> {
    let zone = TimeZone::get(&scenario.zone).unwrap_or(TimeZone::UTC);
    let first =
        Timestamp::from_millisecond(scenario.start_ms).unwrap_or_default().to_zoned(zone.clone()).date();
    let minutes: Vec<u16> = group.later_skills.iter().map(|(minute, _)| *minute).collect();
    let at = |day: i64, minute: u16| {
        let midnight = first.checked_add(day.days()).ok()?.to_datetime(Time::midnight());
        let local = midnight.checked_add(i64::from(minute).minutes()).ok()?;
        Some(local.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond())
    };
    let days = (0..=scenario.days()).filter(|_| !minutes.is_empty());
    let of_day = |day: i64| {
        let later = minutes.iter().zip(1..).filter_map(move |(minute, set)| Some((at(day, *minute)?, set)));
        at(day, 0).map(|at_ms| (at_ms, 0)).into_iter().chain(later).collect::<Vec<_>>()
    };
    days.flat_map(of_day).filter(|(at_ms, _)| *at_ms < scenario.end_ms).collect()
}

/// Whether agents with these skills serve a queue at its first need.
fn serves(levels: &[(Slot, u8)], queue: &QueueSpec) -> bool {
    let has = |need: &SkillNeed| {
        let level = levels.iter().filter(|(skill, _)| *skill == need.skill).map(|(_, level)| *level).max();
        level.is_some_and(|level| level >= need.low)
    };
    queue.needs.is_empty() || queue.needs.iter().any(|need| need.all_of.iter().all(has))
}
