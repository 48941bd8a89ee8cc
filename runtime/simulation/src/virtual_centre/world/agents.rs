//! What agents do, as far as it is counted: at work, and busy.

use tandem_centre::floor::{AgentId, AgentState, FloorEvent, NotReady};

use super::Counts;
use crate::scenario::Group;
use crate::virtual_centre::model::Centre;

/// The reason code of a break.
const BREAK: u16 = 1;

/// Whether a group works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::virtual_centre) enum Working {
    /// Not at work.
    #[default]
    Away,
    /// At work, on a break.
    Paused,
    /// At work.
    AtWork,
}

/// Whether a group works at a moment, and when that changes.
pub(in crate::virtual_centre) fn working(group: &Group, now_ms: i64) -> (Working, Option<i64>) {
    let on_shift = group.shift.as_ref().is_none_or(|shift| shift.is_open(now_ms));
    let on_break = group.breaks.as_ref().is_some_and(|breaks| breaks.is_open(now_ms));
    let shift_ms = group.shift.as_ref().and_then(|shift| shift.next_change(now_ms));
    let break_ms = group.breaks.as_ref().and_then(|breaks| breaks.next_change(now_ms));
    let next_ms = shift_ms.into_iter().chain(break_ms).min();
    let working = match (on_shift, on_break) {
        (false, _) => Working::Away,
        (true, true) => Working::Paused,
        (true, false) => Working::AtWork,
    };
    (working, next_ms)
}

/// Which time of an agent is counted.
#[derive(Clone, Copy, Debug, Default)]
struct Agent {
    group: u32,
    working: Working,
    staffed: bool,
    busy: bool,
    since_ms: i64,
    /// In after-call work, as the floor shows it.
    wraps_up: bool,
    /// When the after-call work that was begun last ends.
    wrap_up_until_ms: i64,
}

/// All agents.
#[derive(Debug)]
pub(in crate::virtual_centre) struct Agents {
    agents: Vec<Agent>,
    /// By group: when its work changes next.
    changes_ms: Vec<Option<i64>>,
}

impl Agents {
    pub(in crate::virtual_centre) fn new(centre: &Centre<'_>) -> Self {
        let groups = (0_u32..).zip(&centre.groups);
        let agents = groups
            .flat_map(|(group, of)| of.agents.clone().map(move |_| Agent { group, ..Agent::default() }));
        Self { agents: agents.collect(), changes_ms: vec![None; centre.groups.len()] }
    }

    pub(in crate::virtual_centre) fn group(&self, agent: u32) -> usize {
        self.agents.get(agent as usize).map_or(usize::MAX, |agent| agent.group as usize)
    }

    /// A group's work changes at this moment.
    pub(in crate::virtual_centre) fn change_at(&mut self, group: u32, at_ms: Option<i64>) {
        if let Some(changes_ms) = self.changes_ms.get_mut(group as usize) {
            *changes_ms = at_ms;
        }
    }

    /// When an agent goes home or on a break.
    pub(in crate::virtual_centre) fn goes_ms(&self, agent: u32) -> Option<i64> {
        self.changes_ms.get(self.group(agent)).copied().flatten()
    }

    /// What an agent tells the floor when the group's work changes.
    pub(in crate::virtual_centre) fn change(&mut self, agent: u32, to: Working) -> Vec<FloorEvent> {
        let id = AgentId(agent);
        let Some(agent) = self.agents.get_mut(agent as usize) else { return Vec::new() };
        let from = std::mem::replace(&mut agent.working, to);
        let log_in = FloorEvent::LogIn { agent: id, shift_ends_ms: None };
        let pause = FloorEvent::NotReady { agent: id, reason: BREAK };
        match (from, to) {
            (Working::Away, Working::AtWork) => vec![log_in, FloorEvent::Ready(id)],
            (Working::Away, Working::Paused) => vec![log_in, pause],
            (Working::AtWork, Working::Paused) => vec![pause],
            (Working::Paused, Working::AtWork) => vec![FloorEvent::Ready(id)],
            (Working::AtWork | Working::Paused, Working::Away) => vec![FloorEvent::LogOut(id)],
            _ => Vec::new(),
        }
    }

    /// An agent's state has changed.
    pub(in crate::virtual_centre) fn show(
        &mut self,
        agent: u32,
        state: AgentState,
        now_ms: i64,
        counts: &mut Counts,
        centre: &Centre<'_>,
    ) {
        let Some(agent) = self.agents.get_mut(agent as usize) else { return };
        agent.count(now_ms, counts, centre);
        let resting = matches!(state, AgentState::NotReady(NotReady::DidNotAnswer | NotReady::PhoneFailed));
        agent.busy = matches!(state, AgentState::Talking | AgentState::Hold | AgentState::WrapUp);
        agent.wraps_up = state == AgentState::WrapUp;
        agent.staffed = resting || !matches!(state, AgentState::LoggedOut | AgentState::NotReady(_));
    }

    /// An agent begins after-call work.
    pub(in crate::virtual_centre) fn begin_wrap_up(&mut self, agent: u32, until_ms: i64) {
        if let Some(agent) = self.agents.get_mut(agent as usize) {
            agent.wrap_up_until_ms = until_ms;
        }
    }

    /// Whether an agent is in the after-call work that ends now.
    pub(in crate::virtual_centre) fn ends_wrap_up(&self, agent: u32, now_ms: i64) -> bool {
        self.agents
            .get(agent as usize)
            .is_some_and(|agent| agent.wraps_up && agent.wrap_up_until_ms == now_ms)
    }

    /// The run ends.
    pub(in crate::virtual_centre) fn close(&mut self, now_ms: i64, counts: &mut Counts, centre: &Centre<'_>) {
        self.agents.iter_mut().for_each(|agent| agent.count(now_ms, counts, centre));
    }
}

impl Agent {
    fn count(&mut self, now_ms: i64, counts: &mut Counts, centre: &Centre<'_>) {
        let since_ms = std::mem::replace(&mut self.since_ms, now_ms);
        if self.staffed {
            counts.agent(self.group, self.busy, since_ms, now_ms, &centre.spans);
        }
    }
}
