//! The floor of a contact centre: agents, queues, and who takes which contact. Sans-IO and deterministic.
//!
//! ```text
//! (now, FloorEvent) ──► Floor::handle ──► FloorAction, in order
//!                          └────► Floor::wake_at ──► the host's clock ──► Floor::wake
//! ```
//!
//! A contact has one owner at every moment: its queues, one agent, or the floor while a call-back waits for its time.
//! Whatever the floor waits for has a moment at which it goes on without ([`Guards`]): an answer that never comes, an
//! end that was lost, work that nobody finishes. After every event no contact waits for whom an agent is free.
//!
//! Time is any number of milliseconds that grows; an event with an earlier one is taken at the latest known. What was
//! due before an event happens before it, at the event's time: a host that was late, or whose clock jumped, does not
//! ring through everybody at once. What is due at the very moment of an event happens after it.

mod action;
mod agent;
mod agent_state;
mod bits;
mod callbacks;
mod choose;
mod consult;
mod contact;
mod contact_events;
mod contacts;
mod crew;
mod day;
mod event;
mod figures;
mod ids;
mod kinds;
mod leaving;
pub mod limits;
mod lines;
mod matching;
mod pace;
mod plan;
mod presence;
mod queue;
mod requirement;
mod roster;
mod score;
mod skills;
mod steps;
mod talk;
mod timers;
mod view;
mod whereabouts;

pub use action::{FloorAction, HangUpReason, Ignored};
pub use agent_state::{AgentState, NotReady};
pub use crew::InHand;
pub use event::{FloorEvent, Forced, Offer, Target};
pub use figures::QueueFigures;
pub use ids::{AgentId, ContactId};
pub use plan::{AgentPlan, FloorPlan, Guards};
pub use score::{Candidate, NoScores, Scorer};
pub use whereabouts::{Census, Whereabouts};

use agent::{Agent, NEVER};
use bits::Bits;
use contacts::Contacts;
use lines::{Class, ClassKey, Lines};
use queue::Queue;
use requirement::{level_wanted, serves};
use roster::Roster;
use tandem_stdlib::contract::{Prefer, Slot};
use timers::{Timers, Whose};

/// The latest moment that the floor knows; later ones are taken as this.
pub(crate) const MAX_NOW_MS: i64 = i64::MAX / 4;

/// The host's side of one step.
struct Io<'a> {
    scorer: &'a mut dyn Scorer,
    out: &'a mut Vec<FloorAction>,
}

impl Io<'_> {
    fn push(&mut self, action: FloorAction) {
        self.out.push(action);
    }
}

/// Agents, queues and contacts of a centre.
///
/// It changes only inside [`handle`](Self::handle), [`wake`](Self::wake) and their variants with scores; the same calls
/// in the same order give the same actions, on every machine.
#[derive(Debug)]
pub struct Floor {
    guards: Guards,
    queues: Vec<Queue>,
    roster: Roster,
    contacts: Contacts,
    lines: Lines,
    timers: Timers,
    /// Places in lines beyond each contact's first.
    more_places: usize,
    now_ms: i64,
}

impl Floor {
    /// A floor on which nobody has logged in.
    #[must_use]
    pub fn new(plan: &FloorPlan) -> Self {
        let queues = queues(plan);
        let needs: Vec<_> = queues.iter().enumerate().flat_map(class_keys).collect();
        let agents = plan.agents.iter().map(Agent::new).collect();
        let roster = Roster::new(agents, |agent| {
            let mut classes = Bits::default();
            let served = needs.iter().enumerate().filter(|(_, key)| serves(&key.needs, &agent.skills));
            served.for_each(|(index, _)| classes.insert(index));
            (classes, deciding_levels(&queues, &agent.skills))
        });
        let classes =
            needs.into_iter().enumerate().map(|(index, key)| fixed_class(index, key, &roster)).collect();
        Self {
            guards: plan.guards,
            queues,
            roster,
            contacts: Contacts::default(),
            lines: Lines::new(classes),
            timers: Timers::default(),
            more_places: 0,
            now_ms: 0,
        }
    }

    /// Takes an event, for policies without scores.
    pub fn handle(&mut self, now_ms: i64, event: FloorEvent, out: &mut Vec<FloorAction>) {
        self.handle_scored(now_ms, event, &mut NoScores, out);
    }

    /// Takes an event; `scorer` is asked where a queue or a route prefers agents by a score.
    pub fn handle_scored(
        &mut self,
        now_ms: i64,
        event: FloorEvent,
        scorer: &mut dyn Scorer,
        out: &mut Vec<FloorAction>,
    ) {
        let io = &mut Io { scorer, out };
        self.forward(now_ms);
        self.run_due(self.now_ms.saturating_sub(1), io);
        if let Err(ignored) = self.take(event, io) {
            io.push(FloorAction::Ignored(ignored));
        }
        self.tidy();
    }

    /// When the floor next has something to do of its own.
    #[must_use]
    pub fn wake_at(&self) -> Option<i64> {
        self.timers.next().map(|(at_ms, _)| at_ms)
    }

    /// Does everything that is due until `now_ms`, this moment included, for policies without scores.
    pub fn wake(&mut self, now_ms: i64, out: &mut Vec<FloorAction>) {
        self.wake_scored(now_ms, &mut NoScores, out);
    }

    /// Does everything that is due until `now_ms`, this moment included.
    pub fn wake_scored(&mut self, now_ms: i64, scorer: &mut dyn Scorer, out: &mut Vec<FloorAction>) {
        self.forward(now_ms);
        self.run_due(self.now_ms, &mut Io { scorer, out });
        self.tidy();
    }

    /// Lets time pass; what became due waits for [`wake`](Self::wake).
    pub(crate) fn forward(&mut self, now_ms: i64) {
        self.now_ms = self.now_ms.max(now_ms.min(MAX_NOW_MS));
    }

    fn run_due(&mut self, until_ms: i64, io: &mut Io<'_>) {
        while let Some((at_ms, whose)) = self.timers.next().filter(|(at_ms, _)| *at_ms <= until_ms) {
            self.timers.pop();
            if self.wanted_ms(whose) == at_ms {
                match whose {
                    Whose::Contact(slot) => self.contact_due(slot, io),
                    Whose::Agent(agent) => self.agent_due(agent, io),
                }
            }
        }
    }

    fn wanted_ms(&self, whose: Whose) -> i64 {
        match whose {
            Whose::Contact(slot) => self.contacts.get(slot).map_or(NEVER, |contact| contact.timer_ms),
            Whose::Agent(agent) => self.roster.get(agent).map_or(NEVER, |agent| agent.timer_ms),
        }
    }

    fn tidy(&mut self) {
        let mut timers = std::mem::take(&mut self.timers);
        let live = self.contacts.len() + self.roster.agents.len();
        timers.drop_stale(live, |whose| self.wanted_ms(whose));
        self.timers = timers;
    }

    fn take(&mut self, event: FloorEvent, io: &mut Io<'_>) -> Result<(), Ignored> {
        match event {
            FloorEvent::LogIn { agent, shift_ends_ms } => self.log_in(agent, shift_ends_ms, io),
            FloorEvent::LogOut(agent) => self.log_out(agent, io),
            FloorEvent::Ready(agent) => self.ready(agent, io),
            FloorEvent::NotReady { agent, reason } => self.not_ready(agent, reason, io),
            FloorEvent::WrapUpDone(agent) => self.wrap_up_done(agent, io),
            FloorEvent::Force { agent, to } => self.force(agent, to, io),
            FloorEvent::PhoneFailed(agent) => self.phone_failed(agent, io),
            FloorEvent::Skills { agent, skills } => self.change_skills(agent, skills, io),
            FloorEvent::Offer(offer) => self.offer(*offer, io),
            FloorEvent::Move { contact, queue } => self.move_to(contact, queue, io),
            FloorEvent::Prioritise { contact, priority } => self.prioritise(contact, priority, io),
            FloorEvent::Ended(contact) => self.ended(contact, io),
            FloorEvent::Answered { agent, contact } => self.answered(agent, contact, io),
            FloorEvent::Rejected { agent, contact } => self.rejected(agent, contact, io),
            FloorEvent::Hold { contact, on } => self.hold(contact, on, io),
            FloorEvent::Alive(contact) => self.alive(contact),
            FloorEvent::CallbackAccepted { contact, at_ms } => self.callback_accepted(contact, at_ms),
            FloorEvent::CallbackReached(contact) => self.callback_reached(contact, io),
            FloorEvent::CallbackMissed(contact) => self.callback_missed(contact, io),
            FloorEvent::Transfer { contact, to } => self.transfer(contact, to, io),
            FloorEvent::Consult { contact, leg, to } => self.consult(contact, leg, to, io),
            FloorEvent::CompleteConsult(contact) => self.complete_consult(contact, io),
            FloorEvent::CancelConsult(contact) => self.cancel_consult(contact, io),
        }
    }
}

fn queues(plan: &FloorPlan) -> Vec<Queue> {
    let mut next_class = 0;
    let queue = |spec| {
        let queue = Queue::new(spec, next_class);
        next_class += queue.stages() * 2;
        queue
    };
    plan.queues.iter().map(queue).collect()
}

/// The classes of a queue in their order.
fn class_keys((index, queue): (usize, &Queue)) -> Vec<ClassKey> {
    let stages = (0..queue.stages()).flat_map(|stage| [(stage, false), (stage, true)]);
    stages.map(|(stage, shares)| ClassKey { queue: index, shares, needs: queue.needs_at(stage) }).collect()
}

fn fixed_class(index: usize, key: ClassKey, roster: &Roster) -> Class {
    let mut groups = Bits::default();
    let serving = roster.groups.iter().enumerate().filter(|(_, group)| group.classes.has(index));
    serving.for_each(|(place, _)| groups.insert(place));
    Class { groups: Some(groups), ..Class::new(key, &roster.agents) }
}

/// By queue and stage of relaxing: the level that decides between agents there; queues where none does are left out.
fn deciding_levels(queues: &[Queue], skills: &[(Slot, u8)]) -> Vec<u8> {
    let by_level = |queue: &&Queue| matches!(queue.spec.prefer, Prefer::MostSkilled | Prefer::LeastSkilled);
    let needs = queues.iter().filter(by_level).flat_map(Queue::needs_by_stage);
    needs.map(|needs| level_wanted(&needs, skills)).collect()
}

#[cfg(test)]
mod tests;
