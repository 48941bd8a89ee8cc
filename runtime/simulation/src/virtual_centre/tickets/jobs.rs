//! Who works on which ticket.
//!
//! An agent works on tickets while she is ready and no call wants her. A call goes first: she puts the ticket aside, and
//! goes on with it afterwards. The most urgent ticket is next, and of these the one that has waited longest; what an
//! agent keeps for herself goes before what waits in her queues. Who goes home leaves the ticket to others, with what is done of it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use tandem_centre::ticket::TicketId;
use tandem_stdlib::contract::Slot;

/// Who is to work on a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Whose {
    /// Whoever serves a queue.
    Queue(Slot),
    /// One agent.
    Agent(u32),
}

/// An agent works on a ticket from now on, until this moment unless something comes between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Begun {
    pub(super) agent: u32,
    pub(super) ticket: TicketId,
    pub(super) until_ms: i64,
    /// The so-manieth piece of work of the run.
    pub(super) piece: u64,
}

/// A ticket that is to be worked on.
#[derive(Clone, Copy, Debug)]
struct Job {
    whose: Whose,
    /// Words of `priority` rise.
    priority: Slot,
    since_ms: i64,
    left_ms: i64,
    worked_ms: i64,
    by: Option<u32>,
}

impl Job {
    const fn turn(&self, ticket: TicketId) -> Turn {
        (Reverse(self.priority), self.since_ms, ticket)
    }
}

/// The order in which tickets are worked on: urgent ones first, then those who have waited longest.
type Turn = (Reverse<Slot>, i64, TicketId);

/// What an agent has on her desk.
#[derive(Clone, Copy, Debug)]
struct Hand {
    ticket: TicketId,
    /// Since when she works on it, and the number of this piece; `None`: put aside.
    working: Option<(i64, u64)>,
}

/// All work, and who does it.
#[derive(Debug, Default)]
pub(super) struct Jobs {
    jobs: BTreeMap<TicketId, Job>,
    waiting: BTreeMap<Whose, BTreeSet<Turn>>,
    hands: BTreeMap<u32, Hand>,
    /// Agents without work who are ready: since when, and who.
    free: BTreeSet<(i64, u32)>,
    /// By agent: the queues (slots) that she serves.
    serves: Vec<Vec<Slot>>,
    pieces: u64,
}

impl Jobs {
    pub(super) fn new(serves: Vec<Vec<Slot>>) -> Self {
        Self { serves, ..Self::default() }
    }

    /// A ticket is to be worked on, for so long.
    pub(super) fn add(
        &mut self,
        (ticket, priority): (TicketId, Slot),
        whose: Whose,
        work_ms: i64,
        now_ms: i64,
    ) -> Option<Begun> {
        let job = Job { whose, priority, since_ms: now_ms, left_ms: work_ms, worked_ms: 0, by: None };
        self.jobs.insert(ticket, job);
        self.wait(ticket, now_ms)
    }

    /// Others are to work on it; nothing changes where nobody is to.
    pub(super) fn give(&mut self, ticket: TicketId, whose: Whose, now_ms: i64) -> [Option<Begun>; 2] {
        let Some(job) = self.jobs.get(&ticket).copied().filter(|job| job.whose != whose) else {
            return [None, None];
        };
        let freed = self.put_down(ticket, now_ms).and_then(|agent| self.next_for(agent, now_ms));
        if let Some(kept) = self.jobs.get_mut(&ticket) {
            (kept.whose, kept.since_ms) = (whose, now_ms);
        }
        self.leave_line(&job, ticket);
        [freed, self.wait(ticket, now_ms)]
    }

    /// Nobody is to work on it any more; gives how long somebody did, and what the agent does who had it.
    pub(super) fn remove(&mut self, ticket: TicketId, now_ms: i64) -> (i64, Option<Begun>) {
        let freed = self.put_down(ticket, now_ms);
        let Some(job) = self.jobs.remove(&ticket) else { return (0, None) };
        self.leave_line(&job, ticket);
        (job.worked_ms, freed.and_then(|agent| self.next_for(agent, now_ms)))
    }

    /// An agent waits for calls.
    pub(super) fn ready(&mut self, agent: u32, now_ms: i64) -> Option<Begun> {
        match self.hands.get(&agent).copied() {
            Some(Hand { working: Some(_), .. }) => None,
            Some(Hand { ticket, working: None }) => self.work(agent, ticket, now_ms),
            None if self.free.iter().any(|(_, one)| *one == agent) => None,
            None => self.next_for(agent, now_ms),
        }
    }

    /// An agent does something else, or is `gone`.
    pub(super) fn busy(&mut self, agent: u32, gone: bool, now_ms: i64) -> Option<Begun> {
        self.free.retain(|(_, one)| *one != agent);
        let ticket = self.pause(agent, now_ms)?;
        if !gone {
            return None;
        }
        self.hands.remove(&agent);
        let job = self.jobs.get_mut(&ticket)?;
        job.by = None;
        self.wait(ticket, now_ms)
    }

    /// The ticket whose work ends with this piece.
    pub(super) fn ended(&self, agent: u32, piece: u64) -> Option<TicketId> {
        let hand = self.hands.get(&agent)?;
        hand.working.filter(|(_, of)| *of == piece).map(|_| hand.ticket)
    }

    /// Time that agents have worked on tickets that are still to be worked on.
    pub(super) fn worked_ms(&mut self, now_ms: i64) -> Vec<(TicketId, i64)> {
        let agents: Vec<u32> = self.hands.keys().copied().collect();
        agents.into_iter().for_each(|agent| _ = self.pause(agent, now_ms));
        self.jobs.iter().map(|(ticket, job)| (*ticket, job.worked_ms)).collect()
    }

    /// The first free agent who is to work on it does, else it waits.
    fn wait(&mut self, ticket: TicketId, now_ms: i64) -> Option<Begun> {
        let job = self.jobs.get(&ticket)?;
        let may = |agent: u32| match job.whose {
            Whose::Agent(own) => own == agent,
            Whose::Queue(queue) => {
                self.serves.get(agent as usize).is_some_and(|serves| serves.contains(&queue))
            }
        };
        let Some(free) = self.free.iter().copied().find(|(_, agent)| may(*agent)) else {
            self.waiting.entry(job.whose).or_default().insert(job.turn(ticket));
            return None;
        };
        self.free.remove(&free);
        self.work(free.1, ticket, now_ms)
    }

    /// An agent without work takes what is next, or is free.
    fn next_for(&mut self, agent: u32, now_ms: i64) -> Option<Begun> {
        let own = self.waiting.get(&Whose::Agent(agent)).and_then(|line| line.first().copied());
        let queues = self.serves.get(agent as usize).into_iter().flatten();
        let lines = queues.filter_map(|queue| self.waiting.get(&Whose::Queue(*queue))?.first().copied());
        let Some((.., ticket)) = own.or_else(|| lines.min()) else {
            self.free.insert((now_ms, agent));
            return None;
        };
        let job = *self.jobs.get(&ticket)?;
        self.leave_line(&job, ticket);
        self.work(agent, ticket, now_ms)
    }

    fn work(&mut self, agent: u32, ticket: TicketId, now_ms: i64) -> Option<Begun> {
        let job = self.jobs.get_mut(&ticket)?;
        job.by = Some(agent);
        self.pieces += 1;
        let piece = self.pieces;
        self.hands.insert(agent, Hand { ticket, working: Some((now_ms, piece)) });
        Some(Begun { agent, ticket, until_ms: now_ms.saturating_add(job.left_ms), piece })
    }

    /// An agent puts aside what she works on.
    fn pause(&mut self, agent: u32, now_ms: i64) -> Option<TicketId> {
        let hand = self.hands.get_mut(&agent)?;
        let (ticket, working) = (hand.ticket, hand.working.take());
        if let (Some((since_ms, _)), Some(job)) = (working, self.jobs.get_mut(&ticket)) {
            let passed_ms = now_ms.saturating_sub(since_ms);
            (job.left_ms, job.worked_ms) = (job.left_ms - passed_ms, job.worked_ms + passed_ms);
        }
        Some(ticket)
    }

    /// Nobody has the ticket in hand any more; gives the agent who worked on it, and is free.
    fn put_down(&mut self, ticket: TicketId, now_ms: i64) -> Option<u32> {
        let agent = self.jobs.get_mut(&ticket)?.by.take()?;
        let worked = self.hands.get(&agent)?.working.is_some();
        self.pause(agent, now_ms);
        self.hands.remove(&agent);
        worked.then_some(agent)
    }

    fn leave_line(&mut self, job: &Job, ticket: TicketId) {
        if let Some(line) = self.waiting.get_mut(&job.whose) {
            line.remove(&job.turn(ticket));
        }
    }
}

#[cfg(test)]
impl Jobs {
    /// How many tickets wait in a queue.
    pub(super) fn waiting_in(&self, queue: Slot) -> usize {
        self.waiting.get(&Whose::Queue(queue)).map_or(0, BTreeSet::len)
    }

    /// Who works on a ticket now: the agent, the piece of work, and when it ends.
    pub(super) fn in_hand(&self, ticket: TicketId) -> Option<(u32, u64, i64)> {
        let (agent, hand) = self.hands.iter().find(|(_, hand)| hand.ticket == ticket)?;
        let (since_ms, piece) = hand.working?;
        Some((*agent, piece, since_ms + self.jobs.get(&ticket)?.left_ms))
    }
}
