//! A centre with a clock, to write tests in few words.

use tandem_stdlib::contract::{CallStart, Event, QueueSpec, Slot};

use crate::floor::{AgentId, AgentPlan, ContactId, FloorAction, FloorEvent};
use crate::tests::policy::Policy;
use crate::{Centre, CentreEvent, CentrePlan, CentreSink, NoSources};

/// Notes what the centre does, agents' states left out.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) actions: Vec<FloorAction>,
    pub(super) modes: Vec<(i64, usize, bool)>,
    pub(super) nobody: Vec<ContactId>,
}

impl CentreSink for Notes {
    fn acted(&mut self, _at_ms: i64, action: FloorAction) {
        if !matches!(action, FloorAction::Agent { .. }) {
            self.actions.push(action);
        }
    }

    fn mode(&mut self, at_ms: i64, mode: usize, on: bool) {
        self.modes.push((at_ms, mode, on));
    }

    fn no_such_call(&mut self, contact: ContactId) {
        self.nobody.push(contact);
    }
}

/// A centre whose agents, all of them, answer by themselves.
pub(super) struct Desk {
    pub(super) centre: Centre,
    pub(super) now_ms: i64,
    pub(super) notes: Notes,
}

impl Desk {
    /// Queues `general` and `complaints`; agents with skills by slot.
    pub(super) fn new(mut policy: Policy, agents: Vec<AgentPlan>) -> Self {
        if policy.manifest.queues.is_empty() {
            policy.manifest.queues = vec![queue("general"), queue("complaints")];
        }
        let count = agents.len();
        let plan = CentrePlan { agents, ..CentrePlan::default() };
        let (centre, now_ms) = (Centre::new(policy.core(), plan), 1_767_603_590_000);
        let mut desk = Self { centre, now_ms, notes: Notes::default() };
        for agent in (0..).take(count).map(AgentId) {
            desk.floor(FloorEvent::LogIn { agent, shift_ends_ms: None });
            desk.floor(FloorEvent::Ready(agent));
        }
        desk
    }

    pub(super) fn event(&mut self, event: CentreEvent<'_>) -> &[FloorAction] {
        self.notes.actions.clear();
        self.centre.handle(self.now_ms, event, &mut NoSources, &mut self.notes);
        &self.notes.actions
    }

    pub(super) fn floor(&mut self, event: FloorEvent) -> &[FloorAction] {
        self.event(CentreEvent::Floor(event))
    }

    pub(super) fn call(&mut self, contact: u64, event: Event<'_>) -> &[FloorAction] {
        self.event(CentreEvent::Call(ContactId(contact), event))
    }

    pub(super) fn start(&mut self, contact: u64, from: &str) -> &[FloorAction] {
        self.call(contact, Event::Start(CallStart { from, ..CallStart::default() }))
    }

    pub(super) fn pass(&mut self, span_ms: i64) -> &[FloorAction] {
        self.notes.actions.clear();
        self.now_ms += span_ms;
        self.centre.wake(self.now_ms, &mut NoSources, &mut self.notes);
        &self.notes.actions
    }
}

pub(super) fn queue(name: &str) -> QueueSpec {
    QueueSpec { name: name.to_owned(), wrap_up_ms: Some(0), ..QueueSpec::default() }
}

pub(super) fn automatic() -> AgentPlan {
    AgentPlan { auto_answer: true, ..AgentPlan::default() }
}

pub(super) const fn connect(agent: u32, contact: u64, queue: Slot) -> FloorAction {
    FloorAction::Connect { agent: AgentId(agent), contact: ContactId(contact), queue }
}

pub(super) const fn queued(contact: u64, queue: Slot) -> FloorAction {
    FloorAction::Queued { contact: ContactId(contact), queue }
}
