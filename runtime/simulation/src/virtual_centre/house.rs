//! The house that callers come to: the centre's core with its policy, or a floor alone when there is none.

mod reception;
mod sources;

use tandem_centre::campaign::FoundLead;
use tandem_centre::floor::{ContactId, Floor, FloorAction, FloorEvent, Offer};
use tandem_centre::{Call, Centre, CentreEvent, CentrePlan};
use tandem_stdlib::contract::{CallStart, EntryRef, Party, QueueFact, Slot};

use super::caller::Caller;
use super::model;
use super::talk::{BotStep, Heard};
use super::tickets::Opened;
use crate::chance::Seeds;
use reception::{Listening, NOBODY, Reception};
pub(super) use sources::{Asked, CallerSources};

/// Where a call goes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Decided {
    /// Slot value of `queue`; `None`: no route decided.
    pub(super) queue: Option<Slot>,
    pub(super) priority: f64,
    /// Waiting that is granted in advance, milliseconds.
    pub(super) head_start_ms: i64,
    /// How the route prefers agents.
    pub(super) score: Option<EntryRef>,
    /// An intent was recognised before anybody asked, rightly or not.
    pub(super) recognised: Option<bool>,
}

/// What takes events and wants things done.
pub(super) enum House<'m> {
    /// A floor without a policy.
    Floor(Box<Floor>),
    /// The core that also runs live.
    Centre(Box<Centre>, Box<Reception<'m>>),
}

impl<'m> House<'m> {
    pub(super) fn new(centre: &'m model::Centre<'m>, seeds: Seeds) -> Self {
        let Some(core) = centre.core else { return Self::Floor(Box::new(Floor::new(&centre.plan))) };
        let machines = (1..).zip(&centre.machines).filter(|(_, machine)| machine.is_some());
        let plan = CentrePlan {
            agents: centre.plan.agents.clone(),
            guards: centre.plan.guards,
            bots: machines.map(|(queue, _)| queue).collect(),
            sharing_channels: Vec::new(),
        };
        let reception = Reception::new(core, centre, seeds);
        Self::Centre(Box::new(Centre::new(core.clone(), plan)), Box::new(reception))
    }

    /// The floor, to be looked at.
    pub(super) const fn floor(&self) -> &Floor {
        match self {
            Self::Floor(floor) => floor,
            Self::Centre(centre, _) => centre.floor(),
        }
    }

    /// When it next has something to do of its own.
    pub(super) fn wake_at(&self) -> Option<i64> {
        match self {
            Self::Floor(floor) => floor.wake_at(),
            Self::Centre(centre, _) => centre.wake_at(),
        }
    }

    pub(super) fn wake(&mut self, now_ms: i64, actions: &mut Vec<FloorAction>) {
        match self {
            Self::Floor(floor) => floor.wake(now_ms, actions),
            Self::Centre(centre, reception) => {
                let Reception { outputs, sources, told, .. } = reception.as_mut();
                let mut sink = Listening::to(NOBODY, outputs, told, actions);
                centre.wake(now_ms, sources, &mut sink);
            }
        }
    }

    pub(super) fn tell(&mut self, now_ms: i64, event: FloorEvent, actions: &mut Vec<FloorAction>) {
        match self {
            Self::Floor(floor) => floor.handle(now_ms, event, actions),
            Self::Centre(centre, reception) => {
                reception.pass(centre, now_ms, CentreEvent::Floor(event), NOBODY, actions);
            }
        }
    }

    /// A contact is over.
    pub(super) fn end(&mut self, now_ms: i64, contact: ContactId, actions: &mut Vec<FloorAction>) {
        match self {
            Self::Floor(floor) => floor.handle(now_ms, FloorEvent::Ended(contact), actions),
            Self::Centre(centre, reception) => reception.end(centre, now_ms, contact, actions),
        }
    }

    /// A caller hangs up who will be called back: the floor keeps the place.
    pub(super) fn hang_up(&mut self, now_ms: i64, contact: ContactId, actions: &mut Vec<FloorAction>) {
        self.forget(now_ms, contact, actions);
    }

    /// The floor has let go of a contact: nothing is left but its call.
    pub(super) fn forget(&mut self, now_ms: i64, contact: ContactId, actions: &mut Vec<FloorAction>) {
        if matches!(self, Self::Centre(..)) {
            self.end(now_ms, contact, actions);
        }
    }

    /// A caller comes: the policy decides, as it would live; without a policy, `plain` says where.
    pub(super) fn begin(
        &mut self,
        now_ms: i64,
        contact: ContactId,
        caller: &Caller<'m>,
        seeds: Seeds,
        plain: Decided,
        actions: &mut Vec<FloorAction>,
    ) -> Decided {
        match self {
            Self::Floor(_) => plain,
            Self::Centre(centre, reception) => {
                reception.receive(centre, now_ms, contact, caller, seeds, actions)
            }
        }
    }

    /// Where a call may go that an agent passes on to a queue; `None`: it stays with the agent.
    pub(super) fn next_hop(&self, contact: ContactId, queue: Slot) -> Option<Slot> {
        match self {
            Self::Floor(_) => Some(queue),
            Self::Centre(centre, _) => centre.next_hop(contact, queue),
        }
    }

    /// Callers who became leads since the last time.
    pub(super) fn take_leads(&mut self) -> Vec<FoundLead> {
        match self {
            Self::Floor(_) => Vec::new(),
            Self::Centre(_, reception) => std::mem::take(&mut reception.told.leads),
        }
    }

    /// Tickets that calls opened since the last time.
    pub(super) fn take_tickets(&mut self) -> Vec<Opened<'m>> {
        match self {
            Self::Floor(_) => Vec::new(),
            Self::Centre(_, reception) => reception.take_tickets(),
        }
    }

    /// An agent talks with a contact.
    pub(super) fn talks(&mut self, contact: ContactId, agent: u32) {
        if let Self::Centre(_, reception) = self {
            reception.talks(contact, agent);
        }
    }

    /// A customer who was promised a call has picked up.
    pub(super) fn called_back(
        &mut self,
        now_ms: i64,
        (contact, caller): (ContactId, &Caller<'m>),
        actions: &mut Vec<FloorAction>,
    ) {
        match self {
            Self::Floor(floor) => floor.handle(now_ms, FloorEvent::CallbackReached(contact), actions),
            Self::Centre(centre, reception) => {
                reception.called_back(centre, now_ms, (contact, caller), actions);
            }
        }
    }

    /// Whether a contact is in the floor's hands: a policy may send a caller to agents first and think of a machine later.
    pub(super) fn has(&self, contact: ContactId) -> bool {
        matches!(self, Self::Centre(centre, _) if centre.floor().whereabouts(contact).is_some())
    }

    /// Whether a mode of the policy (index in the manifest) is on.
    pub(super) fn is_on(&self, mode: usize) -> bool {
        matches!(self, Self::Centre(centre, _) if centre.is_on(mode))
    }

    /// What was asked of each source.
    pub(super) fn asked(&self) -> &[Asked] {
        match self {
            Self::Floor(_) => &[],
            Self::Centre(_, reception) => &reception.sources.asked,
        }
    }

    /// All words of `intent`.
    pub(super) const fn intents(&self) -> &'m [String] {
        match self {
            Self::Floor(_) => &[],
            Self::Centre(_, reception) => reception.intents,
        }
    }

    /// How many agents could take a call of a queue now.
    pub(super) fn idle_agents(&self, queue: Slot) -> f64 {
        match self {
            Self::Floor(_) => 0.0,
            Self::Centre(centre, _) => {
                f64::from_bits(centre.floor().queue_fact(queue, QueueFact::IdleAgents))
            }
        }
    }

    /// What a dialog did next.
    pub(super) fn next_step(&mut self) -> Option<(ContactId, BotStep)> {
        match self {
            Self::Floor(_) => None,
            Self::Centre(_, reception) => reception.told.steps.pop_front(),
        }
    }

    /// Whether a dialog began for a contact that has just come.
    pub(super) fn meets_bot(&self, contact: ContactId) -> bool {
        matches!(self, Self::Centre(_, reception) if reception.met(contact))
    }

    /// The bot begins or ends to speak.
    pub(super) fn bot_speaks(
        &mut self,
        now_ms: i64,
        contact: ContactId,
        speaking: bool,
        actions: &mut Vec<FloorAction>,
    ) {
        if let Self::Centre(centre, reception) = self {
            let Reception { outputs, sources, told, .. } = reception.as_mut();
            let mut sink = Listening::to(NOBODY, outputs, told, actions);
            centre.speech(now_ms, contact, (Party::Agent, speaking), sources, &mut sink);
        }
    }

    /// The caller answers the bot; gives what routes decided.
    pub(super) fn answer_bot(
        &mut self,
        now_ms: i64,
        contact: ContactId,
        caller: &Caller<'m>,
        heard: Heard<'_>,
        since_start_ms: i64,
        actions: &mut Vec<FloorAction>,
    ) -> Decided {
        match self {
            Self::Floor(_) => Decided::default(),
            Self::Centre(centre, reception) => {
                reception.sources.know(caller);
                let decided = reception.listen(centre, now_ms, contact, heard, since_start_ms, actions);
                reception.sources.forget();
                decided
            }
        }
    }

    /// Somebody whom a campaign called has answered, and a dialog speaks first.
    pub(super) fn answered(
        &mut self,
        now_ms: i64,
        who: (ContactId, &Caller<'m>),
        first: (CallStart<'_>, u32),
        tell: &mut dyn FnMut(&mut Call),
        actions: &mut Vec<FloorAction>,
    ) {
        if let Self::Centre(centre, reception) = self {
            reception.answered(centre, now_ms, who, first, tell, actions);
        }
    }

    /// What an entry decides of a call as it stands; nothing where there is no such call.
    pub(super) fn decide(
        &mut self,
        contact: ContactId,
        entry: usize,
        tell: &mut dyn FnMut(&mut Call),
    ) -> Option<Slot> {
        match self {
            Self::Floor(_) => None,
            Self::Centre(centre, _) => centre.decide(contact, entry, tell),
        }
    }

    /// A contact that a machine sends on, or one without a policy, asks for a queue of agents.
    pub(super) fn offer(
        &mut self,
        now_ms: i64,
        contact: ContactId,
        queue: Slot,
        decided: &Decided,
        actions: &mut Vec<FloorAction>,
    ) {
        let Decided { priority, head_start_ms, score, .. } = *decided;
        let offer = Offer { priority, waited_ms: head_start_ms, score, ..Offer::new(contact, queue) };
        self.tell(now_ms, FloorEvent::Offer(Box::new(offer)), actions);
    }
}
