//! One contact: where it waits, with whom it is, and what it has earned by waiting.

use tandem_stdlib::contract::{EntryRef, Need};

use super::ContactId;
use super::agent::NEVER;
use super::lines::Turn;

/// Where a contact is. It has one owner at every moment: its queues, one agent, or the floor while parked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// In the lines of its queues.
    Waiting,
    /// An agent is asked, or is with it (index).
    With(u32),
    /// A call-back whose time has not come.
    Parked,
}

/// A place in a line: the class (index) and the turn in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) class: u32,
    pub(super) turn: Turn,
}

/// One contact.
#[derive(Debug)]
pub(super) struct Contact {
    pub(super) id: ContactId,
    pub(super) phase: Phase,
    /// Queue (index) whose steps it goes through.
    pub(super) home: usize,
    /// Queues (indices) in which it waits as well.
    pub(super) also: Vec<usize>,
    pub(super) priority: f64,
    /// Since when it waits, with the time that was granted: priority and place count from here.
    pub(super) joined_ms: i64,
    /// While with an agent: the time it had waited, with the time that was granted.
    pub(super) earned_ms: i64,
    /// Since when it really waits.
    pub(super) since_ms: i64,
    /// Since when it is in its home queue: steps count from here.
    pub(super) entered_ms: i64,
    /// Breaks ties: the order of arrival.
    pub(super) number: u64,
    pub(super) needs: Option<Vec<Need>>,
    pub(super) owner: Option<u32>,
    /// The agent who gave it away: it does not come back to her before another has answered.
    pub(super) not_for: Option<u32>,
    pub(super) score: Option<EntryRef>,
    pub(super) shares: bool,
    /// Waits even where the queue is full.
    pub(super) insists: bool,
    pub(super) places: Vec<Place>,
    /// The next step of its home queue (index).
    pub(super) step: usize,
    /// How many steps have relaxed what it needs.
    pub(super) relaxations: usize,
    pub(super) overflows: u32,
    pub(super) callback: Option<Callback>,
    /// The other contact of a consultation, and on which side this one is.
    pub(super) consult: Option<(ContactId, Side)>,
    pub(super) timer_ms: i64,
}

/// A promise to call back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Callback {
    /// While parked: until then.
    pub(super) not_before_ms: i64,
    pub(super) until_ms: i64,
    pub(super) attempts: u32,
}

/// A side of a consultation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The customer, on hold.
    Customer,
    /// The one who is asked.
    Asked,
}

impl Contact {
    pub(super) fn new(id: ContactId, home: usize, now_ms: i64, number: u64) -> Self {
        Self {
            id,
            phase: Phase::Waiting,
            home,
            also: Vec::new(),
            priority: 0.0,
            joined_ms: now_ms,
            earned_ms: 0,
            since_ms: now_ms,
            entered_ms: now_ms,
            number,
            needs: None,
            owner: None,
            not_for: None,
            score: None,
            shares: false,
            insists: false,
            places: Vec::new(),
            step: 0,
            relaxations: 0,
            overflows: 0,
            callback: None,
            consult: None,
            timer_ms: NEVER,
        }
    }

    /// Begins in a queue: its steps start anew, the time waited stays.
    pub(super) fn enter(&mut self, queue: usize, now_ms: i64) {
        self.home = queue;
        self.also.clear();
        self.entered_ms = now_ms;
        self.step = 0;
        self.relaxations = 0;
    }

    /// Queues (indices) in which it waits, home first.
    pub(super) fn queues(&self) -> impl Iterator<Item = usize> + '_ {
        std::iter::once(self.home).chain(self.also.iter().copied())
    }
}
