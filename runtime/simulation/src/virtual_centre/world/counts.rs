//! Everything that one replication counts.

mod journeys;

use tandem_stdlib::contract::{Promise, Slot};

use super::contacts::Contact;
use crate::virtual_centre::house::Asked;
use crate::virtual_centre::journey::Outcome;
use crate::virtual_centre::model::Centre;
use crate::virtual_centre::modes::ModeTime;
use crate::virtual_centre::outbound::CampaignCounts;
use crate::virtual_centre::segments::HALF_HOURS;
use crate::virtual_centre::spans::Spans;
use crate::virtual_centre::tally::{Ended, Tally};
use crate::virtual_centre::tickets::TicketCounts;
use crate::virtual_centre::week::{CELLS, Cell};

/// Calls are counted apart by up to so many transfers less one; the last place has all others.
pub(in crate::virtual_centre) const HOPS_COUNTED: usize = 6;

/// Time of agents, milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::virtual_centre) struct AgentTime {
    pub(in crate::virtual_centre) staffed_ms: i64,
    pub(in crate::virtual_centre) busy_ms: i64,
    /// Conversations that ended, those that campaigns began included.
    pub(in crate::virtual_centre) conversations: u64,
}

/// How many waited in a queue over the day.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::virtual_centre) struct Length {
    /// By half-hour of the day: waiting contacts times milliseconds.
    pub(in crate::virtual_centre) waiting_ms: [i64; HALF_HOURS],
    /// The most at once in measured time.
    pub(in crate::virtual_centre) most: u32,
    now: u32,
    since_ms: i64,
}

/// Everything that one replication counts.
#[derive(Clone, Debug)]
pub(in crate::virtual_centre) struct Counts {
    /// By batch, then by segment.
    pub(in crate::virtual_centre) tallies: Vec<Vec<Tally>>,
    /// By batch, then by group of agents.
    pub(in crate::virtual_centre) agents: Vec<Vec<AgentTime>>,
    /// By queue.
    pub(in crate::virtual_centre) lengths: Vec<Length>,
    /// Of those who wait now: who have hung up and will be called back.
    hung_up: u32,
    /// Milliseconds of each half-hour of the day that were measured.
    pub(in crate::virtual_centre) half_hours_ms: [i64; HALF_HOURS],
    /// By half-hour of the week.
    pub(in crate::virtual_centre) week: Vec<Cell>,
    /// By mode of the policy.
    pub(in crate::virtual_centre) modes: Vec<ModeTime>,
    /// Callers who came, measured or not.
    pub(in crate::virtual_centre) calls: u64,
    /// For whom no queue was decided.
    pub(in crate::virtual_centre) unrouted: u64,
    /// Calls by how often agents transferred them; the last place has all that were transferred more often.
    pub(in crate::virtual_centre) hops: [u64; HOPS_COUNTED],
    /// By outcome, in the order of [`Outcome::ALL`]: calls, measured or not.
    pub(in crate::virtual_centre) outcomes: [u64; Outcome::ALL.len()],
    /// Still there when the run was given up.
    pub(in crate::virtual_centre) unfinished: u64,
    /// By source: what was asked of it.
    pub(in crate::virtual_centre) sources: Vec<Asked>,
    /// Events that the floor could make nothing of.
    pub(in crate::virtual_centre) ignored: u64,
    /// By campaign.
    pub(in crate::virtual_centre) campaigns: Vec<CampaignCounts>,
    /// By kind of ticket.
    pub(in crate::virtual_centre) tickets: Vec<TicketCounts>,
}

impl Counts {
    pub(in crate::virtual_centre) fn new(centre: &Centre<'_>) -> Self {
        let batches = centre.spans.batches;
        let length =
            Length { waiting_ms: [0; HALF_HOURS], most: 0, now: 0, since_ms: centre.scenario.start_ms };
        Self {
            tallies: vec![vec![Tally::default(); centre.segments.list.len()]; batches],
            agents: vec![vec![AgentTime::default(); centre.groups.len()]; batches],
            lengths: vec![length; centre.plan.queues.len()],
            hung_up: 0,
            half_hours_ms: [0; HALF_HOURS],
            week: vec![Cell::default(); CELLS],
            modes: vec![ModeTime::off(); centre.core.map_or(0, |core| core.manifest().modes.len())],
            calls: 0,
            unrouted: 0,
            hops: [0; HOPS_COUNTED],
            outcomes: [0; Outcome::ALL.len()],
            unfinished: 0,
            sources: Vec::new(),
            ignored: 0,
            campaigns: Vec::new(),
            tickets: Vec::new(),
        }
    }

    /// A visit to a queue ended.
    pub(in crate::virtual_centre) fn ended(
        &mut self,
        centre: &Centre<'_>,
        contact: &mut Contact<'_>,
        ended: Ended,
        now_ms: i64,
    ) {
        self.leaves(contact, now_ms, &centre.spans);
        let waited_ms = now_ms.saturating_sub(contact.queued_ms);
        self.each(centre, contact, |tally, promise| tally.ended(ended, waited_ms, promise));
        let counts = contact.attempt.is_none() && contact.transfers == 0;
        if counts && centre.spans.batch(contact.queued_ms).is_some() {
            let cell = self.week.get_mut(centre.spans.cell(contact.queued_ms));
            cell.into_iter().for_each(|cell| cell.ended(ended, waited_ms, &centre.promise));
        }
    }

    /// A conversation ended.
    pub(in crate::virtual_centre) fn conversation(&mut self, centre: &Centre<'_>, contact: &mut Contact<'_>) {
        let talk_ms = contact.talk_ms.unsigned_abs();
        let after_call_ms = contact.after_call_ms.unsigned_abs();
        let moves = u64::from(contact.transfer.is_some());
        self.talked(centre, contact);
        self.each(centre, contact, |tally, _| {
            tally.handled += 1;
            tally.talk_ms += talk_ms;
            tally.after_call_ms += after_call_ms;
            tally.transferred += moves;
        });
        if contact.transfer.is_some() {
            self.moved(centre, contact);
            contact.transfers += 1;
        }
    }

    /// A call is transferred, by an agent or by a dialog: where it comes from was the wrong place if it had been
    /// transferred there.
    pub(in crate::virtual_centre) fn moved(&mut self, centre: &Centre<'_>, contact: &mut Contact<'_>) {
        let moved_on = u64::from(std::mem::replace(&mut contact.was_moved, true));
        self.tallied(centre, contact, true, |tally, _| {
            tally.moves += 1;
            tally.moved_on += moved_on;
        });
    }

    /// A call is over after so many transfers by agents.
    pub(in crate::virtual_centre) fn hops(&mut self, transfers: u32) {
        let place = (transfers as usize).min(HOPS_COUNTED - 1);
        self.hops.get_mut(place).into_iter().for_each(|count| *count += 1);
    }

    /// A machine is done with a caller.
    pub(in crate::virtual_centre) fn machine(
        &mut self,
        centre: &Centre<'_>,
        contact: &Contact<'_>,
        contained: bool,
    ) {
        self.each(centre, contact, |tally, _| {
            tally.begun_with_machine += u64::from(contact.talk.is_none());
            tally.contained += u64::from(contained);
        });
    }

    /// A call is over.
    pub(in crate::virtual_centre) fn over(&mut self, outcome: Outcome) {
        let place = Outcome::ALL.iter().position(|one| *one == outcome);
        if let Some(count) = place.and_then(|place| self.outcomes.get_mut(place)) {
            *count += 1;
        }
    }

    /// A contact went to another queue and keeps its time.
    pub(in crate::virtual_centre) fn overflowed(
        &mut self,
        centre: &Centre<'_>,
        contact: &mut Contact<'_>,
        from: Slot,
        to: Slot,
        now_ms: i64,
    ) {
        if contact.attempt.is_some() {
            return;
        }
        let place = centre.segments.queues + usize::try_from(from).unwrap_or_default().saturating_sub(1);
        let batch = centre.spans.batch(contact.queued_ms);
        if let Some(tallies) = batch.and_then(|batch| self.tallies.get_mut(batch)) {
            for place in [0, place] {
                if let Some(tally) = tallies.get_mut(place) {
                    tally.overflowed += 1;
                }
            }
        }
        if contact.counted_in != 0 {
            self.waits(contact, to, now_ms, &centre.spans);
        }
    }

    /// Does something with the tally of every segment that a contact belongs to.
    fn each(&mut self, centre: &Centre<'_>, contact: &Contact<'_>, with: impl FnMut(&mut Tally, &Promise)) {
        self.tallied(centre, contact, contact.transfers == 0, with);
    }

    /// The same; `whole`: also the segments of which a call that was transferred is no other call.
    fn tallied(
        &mut self,
        centre: &Centre<'_>,
        contact: &Contact<'_>,
        whole: bool,
        mut with: impl FnMut(&mut Tally, &Promise),
    ) {
        if contact.attempt.is_some() {
            // Who was called is counted by the campaign.
            return;
        }
        let Some(batch) = centre.spans.batch(contact.queued_ms) else { return };
        let Some(tallies) = self.tallies.get_mut(batch) else { return };
        let segments = &centre.segments;
        let mut count = |place: usize| {
            if let Some((tally, segment)) = tallies.get_mut(place).zip(segments.list.get(place)) {
                with(tally, &segment.promise);
            }
        };
        count(segments.queues + usize::try_from(contact.queue).unwrap_or_default().saturating_sub(1));
        for (place, queue) in &segments.targets {
            if *queue == contact.queue || *queue == 0 && whole {
                count(*place);
            }
        }
        // A transferred call comes to another queue, but it is no other call.
        if whole {
            count(0);
            count(segments.streams + contact.caller.stream as usize);
            count(segments.half_hours + centre.spans.half_hour(contact.queued_ms));
            contact.caller.segments().for_each(|place| count(place as usize));
        }
    }

    /// A contact waits in a queue from now on.
    pub(in crate::virtual_centre) fn waits(
        &mut self,
        contact: &mut Contact<'_>,
        queue: Slot,
        now_ms: i64,
        spans: &Spans,
    ) {
        if contact.counted_in == queue || contact.attempt.is_some() {
            return;
        }
        self.leaves(contact, now_ms, spans);
        contact.counted_in = queue;
        self.length(queue, 1, now_ms, spans);
    }

    /// How many wait on the line now, in all queues.
    pub(in crate::virtual_centre) fn on_the_line(&self) -> u32 {
        self.lengths.iter().map(|length| length.now).sum::<u32>().saturating_sub(self.hung_up)
    }

    /// A contact that will be called back has a place in the line of a queue.
    pub(in crate::virtual_centre) fn keeps_place(
        &mut self,
        contact: &mut Contact<'_>,
        queue: Slot,
        now_ms: i64,
        spans: &Spans,
    ) {
        self.hung_up += u32::from(contact.counted_in == 0);
        self.waits(contact, queue, now_ms, spans);
    }

    /// It has none any more: its turn has come, or is given up.
    pub(in crate::virtual_centre) fn gives_place_up(
        &mut self,
        contact: &mut Contact<'_>,
        now_ms: i64,
        spans: &Spans,
    ) {
        self.hung_up = self.hung_up.saturating_sub(u32::from(contact.counted_in != 0));
        self.leaves(contact, now_ms, spans);
    }

    /// How many wait now in these queues.
    pub(in crate::virtual_centre) fn waiting_in(&self, queues: &[usize]) -> usize {
        queues.iter().filter_map(|queue| self.lengths.get(*queue)).map(|length| length.now as usize).sum()
    }

    fn leaves(&mut self, contact: &mut Contact<'_>, now_ms: i64, spans: &Spans) {
        let queue = std::mem::take(&mut contact.counted_in);
        self.length(queue, -1, now_ms, spans);
    }

    fn length(&mut self, queue: Slot, change: i32, now_ms: i64, spans: &Spans) {
        let place = usize::try_from(queue).unwrap_or_default().wrapping_sub(1);
        if let Some(length) = self.lengths.get_mut(place) {
            length.pass(now_ms, spans);
            length.now = length.now.saturating_add_signed(change);
            if spans.batch(now_ms).is_some() {
                length.most = length.most.max(length.now);
            }
        }
    }

    /// An agent of a group ended a conversation.
    pub(in crate::virtual_centre) fn agent_talked(&mut self, group: usize, now_ms: i64, spans: &Spans) {
        let groups = spans.batch(now_ms).and_then(|batch| self.agents.get_mut(batch));
        let time = groups.and_then(|groups| groups.get_mut(group));
        time.into_iter().for_each(|time| time.conversations += 1);
    }

    /// Time of an agent.
    pub(in crate::virtual_centre) fn agent(
        &mut self,
        group: u32,
        busy: bool,
        from_ms: i64,
        to_ms: i64,
        spans: &Spans,
    ) {
        for (batch, ms) in spans.batches(from_ms, to_ms) {
            let time = self.agents.get_mut(batch).and_then(|groups| groups.get_mut(group as usize));
            if let Some(time) = time {
                time.staffed_ms += ms;
                time.busy_ms += if busy { ms } else { 0 };
            }
        }
        for (from_ms, to_ms) in spans.half_hours(from_ms, to_ms) {
            let cell = self.week.get_mut(spans.cell(from_ms));
            cell.into_iter().for_each(|cell| cell.staffed(to_ms - from_ms, busy));
        }
    }

    /// The run ends.
    pub(in crate::virtual_centre) fn close(&mut self, now_ms: i64, spans: &Spans) {
        self.lengths.iter_mut().for_each(|length| length.pass(now_ms, spans));
        self.modes.iter_mut().for_each(|mode| mode.pass(now_ms, spans));
        for (from_ms, to_ms) in spans.half_hours(spans.from_ms, spans.to_ms) {
            if let Some(ms) = self.half_hours_ms.get_mut(spans.half_hour(from_ms)) {
                *ms += to_ms - from_ms;
            }
            let cell = self.week.get_mut(spans.cell(from_ms));
            cell.into_iter().for_each(|cell| cell.measured(to_ms - from_ms));
        }
    }
}

impl Length {
    fn pass(&mut self, now_ms: i64, spans: &Spans) {
        let since_ms = std::mem::replace(&mut self.since_ms, now_ms);
        if self.now == 0 {
            return;
        }
        for (from_ms, to_ms) in spans.half_hours(since_ms, now_ms) {
            if let Some(waiting_ms) = self.waiting_ms.get_mut(spans.half_hour(from_ms)) {
                *waiting_ms += (to_ms - from_ms).saturating_mul(i64::from(self.now));
            }
        }
    }
}
