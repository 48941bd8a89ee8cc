//! One agent: what she said, what she has in hand, what she has done today.

use tandem_stdlib::contract::Slot;

use super::ContactId;
use super::agent_state::{AgentState, NotReady};
use super::day::Day;
use super::limits::MAX_CAPACITY;
use super::plan::AgentPlan;

/// The moment that never comes.
pub(super) const NEVER: i64 = i64::MAX;

/// What an agent said, or what followed from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Presence {
    #[default]
    LoggedOut,
    NotReady(NotReady),
    Ready,
}

/// How far an agent has come with a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Reserved,
    Ringing,
    Talking,
    Held,
    WrapUp,
}

/// A contact that an agent has in hand. Its stage ends at `until_ms` whatever else happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Task {
    pub(super) contact: ContactId,
    /// Queue (index) from which it came.
    pub(super) queue: usize,
    pub(super) stage: Stage,
    pub(super) shares: bool,
    pub(super) until_ms: i64,
    /// When talking began.
    pub(super) since_ms: i64,
}

/// Where the free agents' lists have an agent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Room {
    /// Takes nothing.
    #[default]
    None,
    /// Has room beside what she has in hand: number of contacts.
    Beside(u32),
    /// Has nothing in hand.
    Idle,
}

/// One agent.
#[derive(Debug)]
pub(super) struct Agent {
    pub(super) skills: Vec<(Slot, u8)>,
    pub(super) capacity: u32,
    pub(super) weight: f64,
    pub(super) auto_answer: bool,
    pub(super) presence: Presence,
    /// Logs out when nothing is in hand any longer.
    pub(super) leaving: bool,
    pub(super) tasks: Vec<Task>,
    /// Since when nothing is in hand; a contact that was not connected does not change it.
    pub(super) free_since_ms: i64,
    pub(super) shift_ends_ms: i64,
    pub(super) rest_until_ms: i64,
    /// Contacts in a row that she did not answer.
    pub(super) misses: u32,
    /// Turns taken over weight, for queues that go by weight.
    pub(super) turns: f64,
    pub(super) day: Day,
    pub(super) group: u32,
    /// As in the lists of free agents.
    pub(super) listed: (Room, i64),
    pub(super) shown: AgentState,
    pub(super) timer_ms: i64,
}

impl Agent {
    pub(super) fn new(plan: &AgentPlan) -> Self {
        Self {
            skills: plan.skills.clone(),
            capacity: plan.capacity.clamp(1, MAX_CAPACITY),
            weight: if plan.weight.is_finite() && plan.weight > 0.0 { plan.weight } else { 1.0 },
            auto_answer: plan.auto_answer,
            presence: Presence::LoggedOut,
            leaving: false,
            tasks: Vec::new(),
            free_since_ms: 0,
            shift_ends_ms: NEVER,
            rest_until_ms: NEVER,
            misses: 0,
            turns: 0.0,
            day: Day::default(),
            group: 0,
            listed: (Room::None, 0),
            shown: AgentState::LoggedOut,
            timer_ms: NEVER,
        }
    }

    pub(super) fn log_in(&mut self, now_ms: i64, shift_ends_ms: i64) {
        self.shift_ends_ms = shift_ends_ms;
        self.leaving = false;
        if self.presence == Presence::LoggedOut {
            self.set_presence(Presence::NotReady(NotReady::LoggedIn));
            self.misses = 0;
            self.free_since_ms = now_ms;
            self.day.log_in(now_ms);
        }
    }

    /// Leaves for good; whoever calls this has taken care of what was in hand.
    pub(super) fn log_out(&mut self, now_ms: i64) {
        self.set_presence(Presence::LoggedOut);
        self.leaving = false;
        self.shift_ends_ms = NEVER;
        self.day.log_out(now_ms);
    }

    /// What she said; it ends a rest.
    pub(super) const fn set_presence(&mut self, presence: Presence) {
        self.presence = presence;
        self.rest_until_ms = NEVER;
    }

    /// Gets no contact until the rest is over.
    pub(super) fn rest(&mut self, now_ms: i64, why: NotReady, rest_ms: i64, most_ms: i64) {
        let doubled_ms = rest_ms.saturating_mul(1_i64 << self.misses.min(20));
        self.misses = self.misses.saturating_add(1);
        self.set_presence(Presence::NotReady(why));
        self.rest_until_ms = now_ms.saturating_add(doubled_ms.min(most_ms).max(1));
    }

    /// The task with a contact that is not over.
    pub(super) fn task(&self, contact: ContactId) -> Option<&Task> {
        self.tasks.iter().find(|task| task.contact == contact && task.stage != Stage::WrapUp)
    }

    /// The task with a contact that is not over.
    pub(super) fn task_mut(&mut self, contact: ContactId) -> Option<&mut Task> {
        self.tasks.iter_mut().find(|task| task.contact == contact && task.stage != Stage::WrapUp)
    }

    pub(super) fn add_task(&mut self, now_ms: i64, task: Task) {
        self.tasks.push(task);
        self.day.set_busy(now_ms, true);
    }

    /// Takes the task with a contact that is not over off her hands.
    pub(super) fn drop_task(&mut self, now_ms: i64, contact: ContactId) -> Option<Task> {
        let open = |task: &Task| task.contact == contact && task.stage != Stage::WrapUp;
        let index = self.tasks.iter().position(open)?;
        let task = self.tasks.remove(index);
        self.after_drop(now_ms, task.stage);
        Some(task)
    }

    /// Ends after-call work whose time is over by `until_ms`, and gives it.
    pub(super) fn drop_wrap_up(&mut self, now_ms: i64, until_ms: i64) -> Vec<Task> {
        let over = |task: &mut Task| task.stage == Stage::WrapUp && task.until_ms <= until_ms;
        let dropped: Vec<Task> = self.tasks.extract_if(.., over).collect();
        if !dropped.is_empty() {
            self.after_drop(now_ms, Stage::WrapUp);
        }
        dropped
    }

    fn after_drop(&mut self, now_ms: i64, stage: Stage) {
        if self.tasks.is_empty() {
            self.day.set_busy(now_ms, false);
            if !matches!(stage, Stage::Ringing | Stage::Reserved) {
                self.free_since_ms = now_ms;
            }
        }
    }

    /// What she can take now.
    pub(super) fn room(&self) -> Room {
        let open = self.presence == Presence::Ready && !self.leaving;
        let count = u32::try_from(self.tasks.len()).unwrap_or(u32::MAX);
        match count {
            _ if !open => Room::None,
            0 => Room::Idle,
            _ if count < self.capacity && self.tasks.iter().all(|task| task.shares) => Room::Beside(count),
            _ => Room::None,
        }
    }

    /// What wallboards show.
    pub(super) fn state(&self) -> AgentState {
        let by_stage = self.tasks.iter().map(|task| match task.stage {
            Stage::Reserved => AgentState::Reserved,
            Stage::Ringing => AgentState::Ringing,
            Stage::Talking => AgentState::Talking,
            Stage::Held => AgentState::Hold,
            Stage::WrapUp => AgentState::WrapUp,
        });
        by_stage.max().unwrap_or(match self.presence {
            Presence::LoggedOut => AgentState::LoggedOut,
            Presence::NotReady(why) => AgentState::NotReady(why),
            Presence::Ready => AgentState::Ready,
        })
    }

    /// When something about her ends by itself.
    pub(super) fn due_ms(&self) -> i64 {
        let shift_ms = if self.leaving { NEVER } else { self.shift_ends_ms };
        let tasks = self.tasks.iter().map(|task| task.until_ms);
        tasks.chain([shift_ms, self.rest_until_ms]).min().unwrap_or(NEVER)
    }
}
