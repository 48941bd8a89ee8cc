//! A whole centre: the policy, its calls, and the floor, driven together.
//!
//! ```text
//! (now, CentreEvent) ──► Centre::handle ──► CentreSink::acted · decided · judged · incident · mode
//!                             │  ▲
//!        events of calls ─► Call │ decisions: a route's queue, a watch's transfer ─► Floor
//!                             └──┴─ facts of queues and modes, given before each decision
//! ```
//!
//! What a call's policy decides becomes an event of the floor: a route that gives a queue offers the contact there, or
//! moves it while it waits; a watch that transfers moves it wherever it is. A route does not take a contact away from an
//! agent, nor from a dialog that goes on, nor where a campaign has placed the call. Where a queue or route prefers agents by a score, the score is the policy's own entry, run for each of them.
//!
//! Times are milliseconds since the Unix epoch. Simulation and the live server drive this one type.

mod called;
mod calls;
mod event;
mod facts;
mod hops;
mod left;
mod look;
mod route;
mod sink;
mod wishes;

#[cfg(test)]
mod tests;

use std::collections::{HashMap, VecDeque};

use tandem_stdlib::contract::{CallStart, Event, Party, Trigger};

use crate::floor::{AgentId, ContactId, Floor, FloorAction, FloorEvent, FloorPlan, MAX_NOW_MS, Whereabouts};
use crate::{Answer, Call, Core, Modes, Sources};
use calls::Calls;
use facts::Facts;
use sink::{Heard, Wish};

pub use event::{CentreEvent, CentrePlan};
pub use sink::CentreSink;

/// How often facts of queues that grow with time alone, such as the longest wait, are looked at, milliseconds.
pub const LOOK_MS: i64 = 1_000;

/// A contact centre: one policy, its calls, its floor.
///
/// It changes only inside [`handle`](Self::handle) and [`wake`](Self::wake); the same calls in the same order give the
/// same results, on every machine.
pub struct Centre {
    core: Core,
    plan: CentrePlan,
    floor: Floor,
    calls: Calls,
    facts: Facts,
    modes: Option<Modes>,
    /// When the modes began to count time.
    modes_since_ms: i64,
    owners: HashMap<String, AgentId>,
    /// When facts of queues are looked at next.
    look_ms: i64,
    /// Whether entries of calls that look at the centre have not seen its latest state.
    stale: bool,
    /// Whether the policy has entries for the moment at which an agent takes a call.
    wants_answers: bool,
    /// Calls that agents have taken and that have not been told.
    answered: VecDeque<ContactId>,
    /// Tickets (indices of kinds) that dialogs of calls open.
    opened: VecDeque<(ContactId, u32)>,
    actions: Vec<FloorAction>,
    now_ms: i64,
}

impl Centre {
    /// A centre in which nobody has logged in. The queues are the policy's; those of the plan are not looked at.
    #[must_use]
    pub fn new(core: Core, plan: CentrePlan) -> Self {
        let queues = core.manifest().queues.clone();
        let floor = Floor::new(&FloorPlan { queues, agents: plan.agents.clone(), guards: plan.guards });
        let mut owners = HashMap::new();
        for (agent, number) in plan.agents.iter().zip(0..) {
            for customer in &agent.customers {
                owners.entry(customer.clone()).or_insert(AgentId(number));
            }
        }
        Self {
            wants_answers: core
                .manifest()
                .entries
                .iter()
                .any(|entry| entry.triggers.contains(&Trigger::Answer)),
            answered: VecDeque::new(),
            opened: VecDeque::new(),
            facts: Facts::new(core.manifest()),
            core,
            plan,
            floor,
            calls: Calls::default(),
            modes: None,
            modes_since_ms: 0,
            owners,
            look_ms: i64::MAX,
            stale: false,
            actions: Vec::new(),
            now_ms: 0,
        }
    }

    /// The floor, to be looked at.
    #[must_use]
    pub const fn floor(&self) -> &Floor {
        &self.floor
    }

    /// Whether a mode (index in the manifest) is on.
    #[must_use]
    pub fn is_on(&self, mode: usize) -> bool {
        self.modes.as_ref().is_some_and(|modes| modes.is_on(mode))
    }

    /// Whether calls may open tickets.
    #[must_use]
    pub fn has_tickets(&self) -> bool {
        !self.core.manifest().tickets.is_empty()
    }

    /// Calls that have begun and not ended.
    #[must_use]
    pub fn calls(&self) -> usize {
        self.calls.len()
    }

    /// Takes an event: first everything that was due until `now_ms`, then the event itself.
    pub fn handle(
        &mut self,
        now_ms: i64,
        event: CentreEvent<'_>,
        sources: &mut dyn Sources,
        sink: &mut dyn CentreSink,
    ) {
        self.until(now_ms, sources, sink);
        match event {
            CentreEvent::Call(contact, event) => self.call_event(contact, &event, sources, sink),
            CentreEvent::Floor(event) => {
                if let Some(event) = self.within_hops(event, sink) {
                    self.tell_floor(event, sink);
                }
            }
        }
        self.look(sources, sink);
    }

    /// Tells that a party of a call begins or ends to speak, for hosts that have no frames; see [`Call::speech`].
    pub fn speech(
        &mut self,
        now_ms: i64,
        contact: ContactId,
        (party, speaking): (Party, bool),
        sources: &mut dyn Sources,
        sink: &mut dyn CentreSink,
    ) {
        self.until(now_ms, sources, sink);
        let wishes = self.with_call(contact, sink, |call, elapsed_ms, heard| {
            call.speech(elapsed_ms, party, speaking, sources, heard);
        });
        self.fulfil(contact, wishes, sink);
        self.open_tickets(sources, sink);
    }

    /// Tells the answer of a source (index in the manifest) that was [pending](crate::Answer::pending) for a call; see
    /// [`Call::answered`].
    pub fn source_answered(
        &mut self,
        now_ms: i64,
        contact: ContactId,
        answer: (usize, Answer),
        (sources, sink): (&mut dyn Sources, &mut dyn CentreSink),
    ) {
        self.until(now_ms, sources, sink);
        let wishes = self.with_call(contact, sink, |call, elapsed_ms, heard| {
            call.answered(elapsed_ms, answer, sources, heard);
        });
        self.fulfil(contact, wishes, sink);
        self.look(sources, sink);
    }

    /// Whether a dialog of the policy has the call.
    #[must_use]
    pub fn in_dialog(&self, contact: ContactId) -> bool {
        self.calls.get(contact).is_some_and(|live| live.call.in_dialog())
    }

    /// When the centre next has something to do of its own.
    #[must_use]
    pub fn wake_at(&self) -> Option<i64> {
        let modes_ms = self.modes.as_ref().and_then(Modes::wake_at);
        let modes_ms = modes_ms.map(|at_ms| at_ms.saturating_add(self.modes_since_ms));
        let look_ms = Some(self.look_ms).filter(|at_ms| *at_ms != i64::MAX);
        [self.floor.wake_at(), self.calls.wake_at(), modes_ms, look_ms].into_iter().flatten().min()
    }

    /// Does everything that is due until `now_ms`, this moment included. What is late happens now, once: first on the
    /// floor, then in calls.
    pub fn wake(&mut self, now_ms: i64, sources: &mut dyn Sources, sink: &mut dyn CentreSink) {
        self.forward(now_ms);
        while self.wake_at().is_some_and(|at_ms| at_ms <= self.now_ms) {
            let mut actions = std::mem::take(&mut self.actions);
            self.floor.wake_scored(self.now_ms, &mut self.calls, &mut actions);
            self.pass_on(actions, sink);
            while let Some(contact) = self.calls.next_due(self.now_ms) {
                let wishes = self.with_call(contact, sink, |call, elapsed_ms, heard| {
                    call.wake(elapsed_ms, sources, heard)
                });
                self.fulfil(contact, wishes, sink);
            }
            if self.look_ms <= self.now_ms {
                self.look_ms = i64::MAX;
            }
            self.look(sources, sink);
        }
    }

    /// Everything that was due before an event.
    fn until(&mut self, now_ms: i64, sources: &mut dyn Sources, sink: &mut dyn CentreSink) {
        self.wake(now_ms.saturating_sub(1), sources, sink);
        self.forward(now_ms);
        if self.modes.is_none() {
            // What hours turn on is on before the first call.
            self.look_at_modes(sink);
        }
    }

    /// Time never runs backwards.
    fn forward(&mut self, now_ms: i64) {
        self.now_ms = self.now_ms.max(now_ms.min(MAX_NOW_MS));
    }

    fn call_event(
        &mut self,
        contact: ContactId,
        event: &Event<'_>,
        sources: &mut dyn Sources,
        sink: &mut dyn CentreSink,
    ) {
        if let Event::Start(start) = event {
            let owner = self.owners.get(start.from).copied();
            let shares = self.plan.sharing_channels.iter().any(|channel| channel == start.channel);
            self.calls.begin(&self.core, contact, self.now_ms, owner, shares);
            self.know_number(contact, if start.outbound { start.to } else { start.from });
        }
        let start;
        let event = match event {
            Event::Start(given) => {
                start = Event::Start(CallStart { clock_ms: self.now_ms, ..*given });
                &start
            }
            other => other,
        };
        let wishes = self.with_call(contact, sink, |call, elapsed_ms, heard| {
            call.handle(elapsed_ms, event, sources, heard);
        });
        if matches!(event, Event::End) {
            return self.call_ended(contact, sources, sink);
        }
        self.fulfil(contact, wishes, sink);
        match event {
            Event::Hold(on) if self.is_connected(contact) => {
                self.tell_floor(FloorEvent::Hold { contact, on: *on }, sink);
            }
            _ => {}
        }
    }

    /// Lets a call decide on fresh facts, and gives what it wishes.
    fn with_call(
        &mut self,
        contact: ContactId,
        sink: &mut dyn CentreSink,
        act: impl FnOnce(&mut Call, i64, &mut Heard<'_>),
    ) -> Vec<Wish> {
        let Some(live) = self.calls.get_mut(contact) else {
            sink.no_such_call(contact);
            return Vec::new();
        };
        self.floor.forward(self.now_ms);
        self.facts.give(&self.floor, self.modes.as_ref(), &mut live.call);
        let elapsed_ms = self.now_ms.saturating_sub(live.started_ms);
        let mut heard = Heard::new(self.core.manifest(), contact, sink);
        act(&mut live.call, elapsed_ms, &mut heard);
        let Heard { wishes, opened, .. } = heard;
        self.opened.extend(opened.into_iter().map(|kind| (contact, kind)));
        self.calls.set_wake(contact);
        wishes
    }

    fn is_connected(&self, contact: ContactId) -> bool {
        matches!(self.floor.whereabouts(contact), Some(Whereabouts::Connected(_)))
    }

    fn tell_floor(&mut self, event: FloorEvent, sink: &mut dyn CentreSink) {
        let mut actions = std::mem::take(&mut self.actions);
        self.floor.handle_scored(self.now_ms, event, &mut self.calls, &mut actions);
        self.pass_on(actions, sink);
    }

    /// Gives what the floor wants done to the host.
    fn pass_on(&mut self, mut actions: Vec<FloorAction>, sink: &mut dyn CentreSink) {
        self.stale |= !actions.is_empty();
        for action in actions.drain(..) {
            match action {
                FloorAction::Connect { contact, .. }
                    if self.wants_answers && self.calls.get(contact).is_some() =>
                {
                    self.answered.push_back(contact);
                }
                FloorAction::HangUp { contact, .. } => self.calls.forget(contact),
                _ => {}
            }
            sink.acted(self.now_ms, action);
        }
        self.actions = actions;
    }
}
