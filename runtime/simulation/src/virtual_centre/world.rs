//! One replication: the floor, the callers that are there, and the agenda.

mod actions;
mod agents;
mod bot;
mod callback;
mod contacts;
mod counts;
mod crew;
mod outbound;
mod repeat;
mod tickets;

use tandem_centre::floor::{AgentId, ContactId, FloorAction, FloorEvent, Target};
use tandem_stdlib::contract::Slot;

use super::agenda::{Agenda, Due, Visit};
use super::arrivals::Coming;
use super::caller::Caller;
use super::house::{Decided, House};
use super::journey::Outcome;
use super::model::{Centre, StreamOfCallers};
use super::outbound::Outbound;
use super::tally::Ended;
use super::tickets::Desk;
use crate::chance::{Purpose, Seeds};
use crate::scenario::{SelfService, Stream};
use agents::Agents;
use contacts::{Contact, Contacts, Phase};
pub(super) use counts::{AgentTime, Counts, HOPS_COUNTED};

/// How long after the last arrival callers who are still there are followed: a day, milliseconds.
const DRAIN_MS: i64 = 86_400_000;

/// One replication on its way.
pub(super) struct World<'m> {
    centre: &'m Centre<'m>,
    seeds: Seeds,
    house: House<'m>,
    agenda: Agenda,
    coming: Vec<Coming<'m>>,
    contacts: Contacts<'m>,
    agents: Agents,
    counts: Counts,
    outbound: Option<Outbound<'m>>,
    desk: Option<Desk<'m>>,
    /// Agents' states have changed since the campaigns last looked.
    crew_changed: bool,
    actions: Vec<FloorAction>,
    /// When a promised call-back may be made, and how soon it must.
    call_back_rule: callback::Rule,
    now_ms: i64,
}

impl<'m> World<'m> {
    pub(super) fn new(centre: &'m Centre<'m>, replication: u32) -> Self {
        let scenario = centre.scenario;
        let seeds = Seeds::new(scenario.seed, replication);
        let (start_ms, end_ms) = (scenario.start_ms, scenario.end_ms);
        let streams = (0..).zip(&centre.streams);
        let coming =
            streams.map(|(at, one)| Coming::new(&one.stream.arrivals, at, seeds, start_ms, end_ms)).collect();
        Self {
            centre,
            seeds,
            house: House::new(centre, seeds),
            agenda: Agenda::default(),
            coming,
            contacts: Contacts::default(),
            agents: Agents::new(centre),
            counts: Counts::new(centre),
            outbound: Outbound::new(centre, seeds),
            desk: Desk::new(centre, seeds),
            crew_changed: true,
            actions: Vec::new(),
            call_back_rule: callback::Rule::new(centre),
            now_ms: start_ms,
        }
    }

    /// Runs to the end: nobody comes any more and nobody is left, or a day later.
    pub(super) fn run(mut self) -> Counts {
        self.begin();
        let (end_ms, limit_ms) = (self.centre.scenario.end_ms, self.centre.scenario.end_ms + DRAIN_MS);
        loop {
            let planned = self.agenda.next_ms();
            let own = self.house.wake_at();
            let calls = self.outbound.as_ref().and_then(Outbound::wake_at);
            let tickets = self.desk.as_ref().and_then(Desk::wake_at);
            let all = planned.into_iter().chain(own).chain(calls).chain(tickets);
            let Some(next_ms) = all.min().filter(|next_ms| *next_ms <= limit_ms) else {
                break;
            };
            self.now_ms = self.now_ms.max(next_ms);
            if self.now_ms >= end_ms {
                self.outbound.iter_mut().for_each(|outbound| outbound.close(self.now_ms));
                if self.contacts.is_empty() {
                    break;
                }
            }
            if planned.is_some_and(|planned| planned <= next_ms) {
                if let Some((_, due)) = self.agenda.take() {
                    self.happen(due);
                }
            } else if own.is_some_and(|own| own <= next_ms) {
                self.house.wake(self.now_ms, &mut self.actions);
            } else if let (Some(outbound), true) = (&mut self.outbound, calls == Some(next_ms)) {
                outbound.wake(self.now_ms);
            } else if let Some(desk) = &mut self.desk {
                desk.wake(self.now_ms);
            }
            self.act();
            self.settle_campaigns();
            self.settle_tickets();
            self.look_at_modes();
        }
        self.finish()
    }

    fn look_at_modes(&mut self) {
        let (house, now_ms, spans) = (&self.house, self.now_ms, &self.centre.spans);
        let modes = self.counts.modes.iter_mut().enumerate();
        modes.for_each(|(at, mode)| mode.look(house.is_on(at), now_ms, spans));
    }

    fn begin(&mut self) {
        for group in 0..self.centre.groups.len() {
            self.agenda.plan(self.now_ms, Due::Roster(u32::try_from(group).unwrap_or(u32::MAX)));
        }
        self.plan_skills();
        for stream in 0..self.coming.len() {
            self.plan_arrival(stream);
        }
        if let Some(outbound) = &mut self.outbound {
            outbound.begin(self.now_ms);
        }
        self.settle_campaigns();
    }

    fn finish(mut self) -> Counts {
        self.agents.close(self.now_ms, &mut self.counts, self.centre);
        self.counts.close(self.now_ms, &self.centre.spans);
        self.counts.unfinished = self.contacts.len() as u64;
        self.counts.sources = self.house.asked().to_vec();
        if let Some(outbound) = self.outbound {
            let (campaigns, asked) = outbound.finish(self.now_ms);
            self.counts.campaigns = campaigns;
            // What guards asked counts like what calls asked.
            let sources = self.counts.sources.iter_mut().zip(asked);
            sources.for_each(|(all, of_guards)| all.add(of_guards));
        }
        if let Some(desk) = self.desk {
            let (tickets, asked) = desk.finish(self.now_ms);
            self.counts.tickets = tickets;
            let sources = self.counts.sources.iter_mut().zip(asked);
            sources.for_each(|(all, of_tickets)| all.add(of_tickets));
        }
        self.counts
    }

    fn plan_arrival(&mut self, stream: usize) {
        if let Some(at_ms) = self.coming.get_mut(stream).and_then(Coming::next_ms) {
            self.agenda.plan(at_ms, Due::Arrival(u32::try_from(stream).unwrap_or(u32::MAX)));
        }
    }

    fn happen(&mut self, due: Due) {
        match due {
            Due::Roster(group) => self.roster(group),
            Due::Skills(group, change) => self.change_skills(group, change),
            Due::Arrival(stream) => self.arrive(stream),
            Due::Patience(visit) => self.lose_patience(visit),
            Due::Answer(visit, ringing) => self.answer(visit, ringing),
            Due::TalkEnds(visit) => self.end_talk(visit),
            Due::WrapUpEnds(agent) => {
                // Who has gone home or on a break meanwhile has ended it already.
                if self.agents.ends_wrap_up(agent, self.now_ms) {
                    self.tell(FloorEvent::WrapUpDone(AgentId(agent)));
                }
            }
            Due::Called(step) => self.called(step),
            Due::Ticket(due) => self.ticket(due),
            Due::ServedByMachine(visit) => self.leave_machine(visit),
            Due::BotSpoke(visit, turn) => self.bot_spoke(visit, turn),
            Due::AnswersBot(visit, turn) => self.answer_bot(visit, turn),
            Due::LeavesBot(visit) => self.lose_patience_with_bot(visit),
            Due::CalledBack(visit, ringing) => self.picks_up(visit, ringing),
            Due::Again(stream, number, repeat) => self.arrive_again(stream, number, repeat),
        }
    }

    fn tell(&mut self, event: FloorEvent) {
        self.house.tell(self.now_ms, event, &mut self.actions);
    }

    fn arrive(&mut self, stream: u32) {
        let Some(of_stream) = self.centre.streams.get(stream as usize) else { return };
        let number = self.coming.get(stream as usize).map_or(0, |coming| coming.count);
        self.plan_arrival(stream as usize);
        let caller = Caller::draw(&of_stream.facts, stream, number, self.seeds);
        self.receive(caller, of_stream);
    }

    /// A caller of a stream comes.
    fn receive(&mut self, caller: Caller<'m>, of_stream: &StreamOfCallers<'m>) {
        let Stream { priority, head_start_ms, .. } = *of_stream.stream;
        let plain = Decided { queue: of_stream.queue, priority, head_start_ms, ..Decided::default() };
        let visit = self.contacts.add(Contact::new(caller.clone(), plain, self.now_ms));
        let id = ContactId(visit.contact);
        let decided = self.house.begin(self.now_ms, id, &caller, self.seeds, plain, &mut self.actions);
        self.counts.calls += 1;
        let Some(contact) = self.contacts.visit(visit) else { return };
        contact.decided = decided;
        if let Some(rightly) = decided.recognised {
            self.counts.recognised(self.centre, contact, rightly);
        }
        if self.house.meets_bot(id) {
            return self.meet_bot(visit);
        }
        let Some(queue) = decided.queue else {
            self.counts.unrouted += 1;
            self.end_call(visit.contact, Outcome::Unrouted);
            return self.house.forget(self.now_ms, id, &mut self.actions);
        };
        contact.queue = queue;
        if self.machine(queue).is_some() && !self.house.has(id) {
            return self.serve(visit, queue);
        }
        self.plan_patience(visit);
        if self.centre.core.is_none() {
            self.house.offer(self.now_ms, id, queue, &decided, &mut self.actions);
        }
    }

    /// The machine that serves a queue, and where it sends callers.
    fn machine(&self, queue: Slot) -> Option<(&'m SelfService, Option<Slot>)> {
        let place = usize::try_from(queue).unwrap_or_default().wrapping_sub(1);
        self.centre.machines.get(place).copied().flatten()
    }

    /// A contact comes to a queue: of a machine, or of agents.
    fn enter(&mut self, visit: Visit, queue: Slot) {
        let now_ms = self.now_ms;
        let Some(contact) = self.contacts.visit(visit) else { return };
        (contact.queue, contact.queued_ms) = (queue, now_ms);
        let decided = contact.decided;
        if self.machine(queue).is_some() {
            return self.serve(visit, queue);
        }
        self.plan_patience(visit);
        self.house.offer(now_ms, ContactId(visit.contact), queue, &decided, &mut self.actions);
    }

    /// A machine takes a contact.
    fn serve(&mut self, visit: Visit, queue: Slot) {
        let machine = self.machine(queue);
        let Some((contact, (machine, _))) = self.contacts.visit(visit).zip(machine) else { return };
        contact.phase = Phase::Machine;
        let key = of_visit(contact.caller.number, visit.number);
        let mut draws = self.seeds.draws(Purpose::Outcome, contact.caller.stream, key);
        contact.contained = draws.happens(machine.contains);
        let takes_ms = whole_ms(machine.takes.draw(&mut draws));
        self.agenda.plan(self.now_ms.saturating_add(takes_ms), Due::ServedByMachine(visit));
    }

    /// A contact begins to wait for agents, and will not wait for ever.
    fn plan_patience(&mut self, visit: Visit) {
        let Some(contact) = self.contacts.visit(visit) else { return };
        contact.phase = Phase::Waiting;
        let Caller { stream, number, .. } = contact.caller;
        let place = usize::try_from(contact.queue).unwrap_or_default().wrapping_sub(1);
        let crowd = self.counts.waiting_in(&[place]);
        let of_stream = self.centre.streams.get(stream as usize);
        let patience =
            of_stream.map_or(&self.centre.scenario.patience, |one| one.stream.patience_among(crowd));
        let mut draws = self.seeds.draws(Purpose::Patience, stream, of_visit(number, visit.number));
        let patience_ms = patience.draw(&mut draws);
        if patience_ms.is_finite() {
            let until_ms = self.now_ms.saturating_add(whole_ms(patience_ms));
            self.agenda.plan(until_ms, Due::Patience(visit));
        }
    }

    fn leave_machine(&mut self, visit: Visit) {
        let Some(contact) = self.contacts.visit(visit) else { return };
        let (contained, queue) = (contact.contained, contact.queue);
        self.counts.machine(self.centre, contact, contained);
        let place = usize::try_from(queue).unwrap_or_default().wrapping_sub(1);
        let otherwise =
            self.centre.machines.get(place).copied().flatten().and_then(|(_, otherwise)| otherwise);
        match otherwise.filter(|to| !contained && *to != queue) {
            Some(to) => {
                let visit = self.contacts.next_visit(visit);
                self.enter(visit, to);
            }
            None => {
                let outcome = if contained { Outcome::Contained } else { Outcome::LeftMachine };
                if self.goes_on(visit, outcome) {
                    return;
                }
                self.end_call(visit.contact, outcome);
                self.house.forget(self.now_ms, ContactId(visit.contact), &mut self.actions);
            }
        }
    }

    /// A call is over.
    pub(super) fn end_call(&mut self, id: u64, outcome: Outcome) {
        let Some(contact) = self.contacts.get(id) else { return };
        match (contact.attempt, outcome) {
            (None, _) => {
                self.counts.hops(contact.transfers);
                self.counts.over(outcome);
                self.counts.call_over(self.centre, contact, outcome);
                self.may_call_again(id, outcome);
                self.contacts.remove(id);
            }
            (Some(_), Outcome::Handled) => self.contacts.remove(id),
            (Some(_), _) => self.lose(id, outcome),
        }
    }

    fn lose_patience(&mut self, visit: Visit) {
        let waits = |contact: &mut Contact<'m>| matches!(contact.phase, Phase::Waiting | Phase::Ringing(_));
        if self.contacts.visit(visit).is_some_and(waits) {
            self.end_visit(visit.contact, Ended::Abandoned);
            self.end_call(visit.contact, Outcome::Abandoned);
            self.house.end(self.now_ms, ContactId(visit.contact), &mut self.actions);
        }
    }

    fn answer(&mut self, visit: Visit, ringing: u32) {
        let Some(contact) = self.contacts.visit(visit) else { return };
        if let Phase::Ringing(agent) = contact.phase
            && contact.ringings == ringing
        {
            self.tell(FloorEvent::Answered { agent: AgentId(agent), contact: ContactId(visit.contact) });
        }
    }

    fn end_talk(&mut self, visit: Visit) {
        let Some(contact) = self.contacts.visit(visit) else { return };
        let Phase::Talking(agent) = contact.phase else { return };
        self.choose_pause(visit, agent);
        self.counts.agent_talked(self.agents.group(agent), self.now_ms, &self.centre.spans);
        let Some(contact) = self.contacts.visit(visit) else { return };
        let (after_call_ms, was_called) = (contact.after_call_ms, contact.call_back.is_some());
        // Whoever may not pass the call on settles it.
        contact.transfer =
            contact.transfer.and_then(|queue| self.house.next_hop(ContactId(visit.contact), queue));
        let transfer = match contact.attempt {
            Some(attempt) => self.called_done(visit.contact, attempt),
            None => {
                self.counts.conversation(self.centre, contact);
                contact.transfer
            }
        };
        let id = ContactId(visit.contact);
        match transfer {
            Some(queue) => {
                let visit = self.contacts.next_visit(visit);
                if let Some(contact) = self.contacts.visit(visit) {
                    (contact.queue, contact.queued_ms, contact.phase) = (queue, self.now_ms, Phase::Waiting);
                }
                self.tell(FloorEvent::Transfer { contact: id, to: Target::Queue(queue) });
            }
            None => {
                self.end_call(visit.contact, if was_called { Outcome::CalledBack } else { Outcome::Handled });
                self.house.end(self.now_ms, id, &mut self.actions);
            }
        }
        match after_call_ms {
            0 => self.tell(FloorEvent::WrapUpDone(AgentId(agent))),
            _ => {
                let until_ms = self.now_ms.saturating_add(after_call_ms);
                self.agents.begin_wrap_up(agent, until_ms);
                self.agenda.plan(until_ms, Due::WrapUpEnds(agent));
            }
        }
    }
}

/// The number of a caller's visit as generators are keyed by it.
const fn of_visit(number: u64, visit: u32) -> u64 {
    number | (visit as u64) << 40
}

/// Whole milliseconds; a time beyond all runs where it does not end.
fn whole_ms(ms: f64) -> i64 {
    (ms.round() as i64).clamp(0, i64::MAX / 4)
}
