//! A floor with a clock, to write tests in few words.

use tandem_stdlib::contract::{Need, QueueSpec, SkillNeed, WaitingAction, WaitingStep};

use crate::floor::{
    AgentId, AgentPlan, AgentState, ContactId, Floor, FloorAction, FloorEvent, FloorPlan, Guards, Offer,
};

/// A queue that everybody serves.
pub(super) fn queue(name: &str) -> QueueSpec {
    QueueSpec { name: name.to_owned(), wrap_up_ms: Some(0), ..QueueSpec::default() }
}

/// A queue that needs one skill at these levels.
pub(super) fn needing(name: &str, skill: u64, low: u8, high: u8) -> QueueSpec {
    QueueSpec { needs: vec![need(skill, low, high)], ..queue(name) }
}

pub(super) fn need(skill: u64, low: u8, high: u8) -> Need {
    Need { all_of: vec![SkillNeed { skill, low, high }] }
}

pub(super) const fn after(after_ms: i64, action: WaitingAction) -> WaitingStep {
    WaitingStep { after_ms, action }
}

/// An agent with skills.
pub(super) fn agent(skills: &[(u64, u8)]) -> AgentPlan {
    AgentPlan { skills: skills.to_vec(), ..AgentPlan::default() }
}

pub(super) fn agents(count: usize) -> Vec<AgentPlan> {
    vec![AgentPlan::default(); count]
}

/// A floor, its clock, and what it did.
pub(super) struct Stage {
    pub(super) floor: Floor,
    pub(super) now_ms: i64,
    /// What the last event or the last stretch of time brought, without agents' states.
    pub(super) actions: Vec<FloorAction>,
    /// Agents' states since the beginning.
    pub(super) states: Vec<(AgentId, AgentState)>,
}

impl Stage {
    pub(super) fn new(queues: Vec<QueueSpec>, agents: Vec<AgentPlan>) -> Self {
        Self::guarded(queues, agents, Guards::default())
    }

    pub(super) fn guarded(queues: Vec<QueueSpec>, agents: Vec<AgentPlan>, guards: Guards) -> Self {
        let floor = Floor::new(&FloorPlan { queues, agents, guards });
        Self { floor, now_ms: 0, actions: Vec::new(), states: Vec::new() }
    }

    /// A floor whose agents are all ready, the first the longest.
    pub(super) fn staffed(queues: Vec<QueueSpec>, agents: Vec<AgentPlan>) -> Self {
        let count = agents.len();
        let mut stage = Self::new(queues, agents);
        for number in 0..count {
            stage.sign_in(number as u32);
            stage.now_ms += 1;
        }
        stage
    }

    pub(super) fn sign_in(&mut self, agent: u32) {
        self.event(FloorEvent::LogIn { agent: AgentId(agent), shift_ends_ms: None });
        self.event(FloorEvent::Ready(AgentId(agent)));
    }

    pub(super) fn event(&mut self, event: FloorEvent) -> &[FloorAction] {
        let mut out = Vec::new();
        self.floor.handle(self.now_ms, event, &mut out);
        self.keep(out);
        &self.actions
    }

    /// Lets time pass, timers included.
    pub(super) fn pass(&mut self, span_ms: i64) -> &[FloorAction] {
        let until_ms = self.now_ms + span_ms;
        let mut out = Vec::new();
        while let Some(at_ms) = self.floor.wake_at().filter(|at_ms| *at_ms <= until_ms) {
            self.now_ms = at_ms.max(self.now_ms);
            self.floor.wake(self.now_ms, &mut out);
        }
        self.now_ms = until_ms;
        self.floor.wake(until_ms, &mut out);
        self.keep(out);
        &self.actions
    }

    fn keep(&mut self, out: Vec<FloorAction>) {
        super::invariants::check(&self.floor);
        self.actions.clear();
        for action in out {
            match action {
                FloorAction::Agent { agent, state } => self.states.push((agent, state)),
                other => self.actions.push(other),
            }
        }
    }

    pub(super) fn offer(&mut self, contact: u64, queue: u64) -> &[FloorAction] {
        self.offer_with(Offer::new(ContactId(contact), queue))
    }

    pub(super) fn offer_with(&mut self, offer: Offer) -> &[FloorAction] {
        self.event(FloorEvent::Offer(Box::new(offer)))
    }

    pub(super) fn answer(&mut self, agent: u32, contact: u64) -> &[FloorAction] {
        self.event(FloorEvent::Answered { agent: AgentId(agent), contact: ContactId(contact) })
    }

    pub(super) fn end(&mut self, contact: u64) -> &[FloorAction] {
        self.event(FloorEvent::Ended(ContactId(contact)))
    }

    pub(super) fn state(&self, agent: u32) -> AgentState {
        self.floor.agent_state(AgentId(agent)).unwrap()
    }

    /// Whose phone began to ring in the last step, with the contact.
    pub(super) fn rung(&self) -> Vec<(u32, u64)> {
        let rings = self.actions.iter().filter_map(|action| match action {
            FloorAction::Ring { agent, contact, .. } => Some((agent.0, contact.0)),
            _ => None,
        });
        rings.collect()
    }
}

pub(super) const fn ring(agent: u32, contact: u64, queue: u64) -> FloorAction {
    FloorAction::Ring { agent: AgentId(agent), contact: ContactId(contact), queue }
}

pub(super) const fn stop(agent: u32, contact: u64) -> FloorAction {
    FloorAction::StopRinging { agent: AgentId(agent), contact: ContactId(contact) }
}

pub(super) const fn connect(agent: u32, contact: u64, queue: u64) -> FloorAction {
    FloorAction::Connect { agent: AgentId(agent), contact: ContactId(contact), queue }
}

pub(super) const fn queued(contact: u64, queue: u64) -> FloorAction {
    FloorAction::Queued { contact: ContactId(contact), queue }
}

pub(super) const fn requeue(contact: u64, queue: u64) -> FloorAction {
    FloorAction::Requeue { contact: ContactId(contact), queue }
}
