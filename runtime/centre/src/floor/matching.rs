//! Brings agents and contacts together.
//!
//! After every event no contact waits for whom an agent is free: a contact that begins to wait takes its agent at once,
//! an agent who becomes free takes the most urgent contact that she may serve. So each of these steps looks at one
//! side only.

use super::agent::{NEVER, Room, Stage, Task};
use super::contact::{Phase, Place};
use super::lines::{ClassKey, Turn};
use super::requirement::relaxed;
use super::timers::Whose;
use super::{AgentId, Floor, FloorAction, Io};

impl Floor {
    /// A contact that waits for an agent takes one if one is free. `true`: it did.
    pub(super) fn seek_agent(&mut self, slot: u32, io: &mut Io<'_>) -> bool {
        let places = self.places_of(slot);
        let Some(contact) = self.contacts.get(slot) else { return false };
        if io.scorer.by_skills_alone(contact.id) {
            self.roster.keep_kinds();
        }
        let found = places.iter().find_map(|place| {
            let class = self.lines.class(place.class)?;
            Some((self.choose(contact, class, io.scorer)?, class.key.queue))
        });
        if let Some((agent, queue)) = found {
            self.begin(agent, slot, queue, io);
        }
        found.is_some()
    }

    /// Puts a contact for whom nobody is free into the lines of its queues.
    pub(super) fn join_lines(&mut self, slot: u32) {
        let places = self.places_of(slot);
        let Some(contact) = self.contacts.get_mut(slot) else { return };
        contact.phase = Phase::Waiting;
        for place in &places {
            self.lines.insert(place.class, place.turn);
            let queue = self.lines.class(place.class).map_or(usize::MAX, |class| class.key.queue);
            if let Some(queue) = self.queues.get_mut(queue) {
                if queue.waiting.is_empty() {
                    queue.pace.line_begins(self.now_ms);
                }
                queue.waiting.insert((contact.since_ms, contact.number));
            }
        }
        self.more_places += places.len().saturating_sub(1);
        contact.places = places;
    }

    fn places_of(&mut self, slot: u32) -> Vec<Place> {
        let Some(contact) = self.contacts.get(slot) else { return Vec::new() };
        let queues: Vec<usize> = contact.queues().collect();
        queues.into_iter().filter_map(|queue| self.place_in(slot, queue)).collect()
    }

    /// The contact's class in a queue and its turn there.
    fn place_in(&mut self, slot: u32, index: usize) -> Option<Place> {
        let (contact, queue) = (self.contacts.get(slot)?, self.queues.get(index)?);
        let stage = if index == contact.home { contact.relaxations } else { 0 };
        let urgency = queue.urgency(contact.priority, contact.joined_ms);
        let turn = Turn { urgency, joined_ms: contact.joined_ms, number: contact.number, contact: slot };
        let class = match &contact.needs {
            None => u32::try_from(queue.class_at(stage, contact.shares)).ok()?,
            Some(needs) => {
                let needs = relaxed(needs, &queue.spec.while_waiting, stage);
                let key = ClassKey { queue: index, shares: contact.shares, needs };
                self.lines.own_class(key, &self.roster.agents)
            }
        };
        Some(Place { class, turn })
    }

    /// Takes a contact out of all lines; `for_good` unless it comes back at this very moment.
    pub(super) fn leave_lines(&mut self, slot: u32, for_good: bool) {
        let Some(contact) = self.contacts.get_mut(slot) else { return };
        let (places, waits) = (std::mem::take(&mut contact.places), (contact.since_ms, contact.number));
        self.more_places = self.more_places.saturating_sub(places.len().saturating_sub(1));
        for place in places {
            self.lines.remove(place.class, &place.turn);
            let queue = self.lines.class(place.class).map_or(usize::MAX, |class| class.key.queue);
            if let Some(queue) = self.queues.get_mut(queue) {
                queue.waiting.remove(&waits);
                if for_good {
                    queue.pace.left(self.now_ms);
                }
            }
        }
    }

    /// An agent with room takes contacts until she has none left or nobody waits whom she may serve.
    pub(super) fn seek_contacts(&mut self, agent: u32, io: &mut Io<'_>) {
        while let Some((contact, queue)) = self.most_urgent_for(agent) {
            self.begin(agent, contact, queue, io);
        }
    }

    /// The contact (slot) that an agent should take, and from which queue.
    fn most_urgent_for(&self, index: u32) -> Option<(u32, usize)> {
        let agent = self.roster.get(index)?;
        let room = agent.room();
        if room == Room::None {
            return None;
        }
        let group = self.roster.group_of(index)?;
        let fixed = self.lines.occupied.both(&group.classes).filter_map(|class| u32::try_from(class).ok());
        let own = self.lines.own_occupied.iter().copied();
        let tops = fixed.chain(own).filter_map(|class| {
            let class = self.lines.class(class)?;
            let fits = (room == Room::Idle || class.key.shares) && class.agents.has(index as usize);
            let takes =
                |turn: &&Turn| self.contacts.get(turn.contact).is_none_or(|one| one.not_for != Some(index));
            let turn = class.line.iter().find(takes).filter(|_| fits)?;
            let queue = self.queues.get(class.key.queue)?;
            Some((queue.priority_at(turn.urgency, self.now_ms), turn, class.key.queue))
        });
        let best =
            tops.min_by(|left, right| right.0.total_cmp(&left.0).then_with(|| left.1.in_time(right.1)));
        best.map(|(_, turn, queue)| (turn.contact, queue))
    }

    /// An agent is asked to take a contact.
    pub(super) fn begin(&mut self, agent: u32, slot: u32, queue: usize, io: &mut Io<'_>) {
        self.leave_lines(slot, true);
        let stage = self.first_stage(agent, slot);
        let until_ms = self.now_ms.saturating_add(self.patience_ms(stage, queue));
        let Some(contact) = self.contacts.get_mut(slot) else { return };
        contact.phase = Phase::With(agent);
        let (id, shares, since_ms) = (contact.id, contact.shares, self.now_ms);
        let task = Task { contact: id, queue, stage, shares, until_ms, since_ms };
        self.take_turn(agent, queue);
        self.roster.change(agent, |agent| agent.add_task(since_ms, task));
        match stage {
            Stage::Reserved => io.push(FloorAction::StartCallback { agent: AgentId(agent), contact: id }),
            Stage::Ringing => {
                io.push(FloorAction::Ring { agent: AgentId(agent), contact: id, queue: slot_of(queue) });
            }
            _ => self.connect(agent, slot, io),
        }
        self.show(agent, io);
        self.set_agent_timer(agent);
        self.set_contact_timer(slot);
    }

    fn first_stage(&self, agent: u32, slot: u32) -> Stage {
        let calls_back = self.contacts.get(slot).is_some_and(|contact| contact.callback.is_some());
        let at_once = self.roster.get(agent).is_some_and(|agent| agent.auto_answer);
        match (calls_back, at_once) {
            (true, _) => Stage::Reserved,
            (false, true) => Stage::Talking,
            (false, false) => Stage::Ringing,
        }
    }

    /// Remembers whose turn it was.
    fn take_turn(&mut self, agent: u32, queue: usize) {
        if let Some(queue) = self.queues.get_mut(queue) {
            queue.last_turn = agent as usize;
        }
        if let Some(taker) = self.roster.get_mut(agent) {
            let before = taker.turns;
            taker.turns += 1.0 / taker.weight;
            self.roster.turns = self.roster.turns.max(before);
        }
    }

    /// Sets a contact's moment to what is due next.
    pub(super) fn set_contact_timer(&mut self, slot: u32) {
        let due_ms = self.contact_due_ms(slot);
        let Some(contact) = self.contacts.get_mut(slot).filter(|contact| contact.timer_ms != due_ms) else {
            return;
        };
        contact.timer_ms = due_ms;
        if due_ms != NEVER {
            self.timers.set(due_ms, Whose::Contact(slot));
        }
    }

    /// Sets an agent's moment to what is due next.
    pub(super) fn set_agent_timer(&mut self, index: u32) {
        let Some(agent) = self.roster.get_mut(index) else { return };
        let due_ms = agent.due_ms();
        if agent.timer_ms != due_ms {
            agent.timer_ms = due_ms;
            if due_ms != NEVER {
                self.timers.set(due_ms, Whose::Agent(index));
            }
        }
    }
}

/// The slot value of the queue at an index.
pub(super) const fn slot_of(queue: usize) -> u64 {
    queue as u64 + 1
}
