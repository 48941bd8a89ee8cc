//! One day of a dialling floor.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use tandem_centre::campaign::{Learnt, Scene};

use super::floor::{Dialler, DiallingFloor, DiallingResult, TalkLaw};
use crate::chance::{Law, Purpose, Seeds};

/// The dialler is asked at every event, and at least so often.
const TICK_MS: i64 = 1_000;
/// 2026-01-01 09:00 UTC.
const FIRST_SHIFT_MS: i64 = 1_767_258_000_000;
const DAY_MS: i64 = 86_400_000;

/// What can happen, in the order in which it happens at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Happens {
    AgentFree { since_ms: i64 },
    RingEnds { since_ms: i64, call: u64, live: bool },
    PatienceEnds { call: u64 },
    Tick,
}

/// The floor on one day.
pub(super) struct Shift<'a, D> {
    floor: &'a DiallingFloor,
    dialler: &'a mut D,
    result: &'a mut DiallingResult,
    seeds: Seeds,
    day: u32,
    talk: Law,
    now_ms: i64,
    ends_ms: i64,
    idle: u32,
    busy_since_ms: Vec<i64>,
    ringing_since_ms: Vec<i64>,
    /// People who have answered and wait for an agent.
    waiting: VecDeque<u64>,
    calls: u64,
    /// People who have answered today, and those of them who were abandoned.
    answered: u64,
    abandoned: u64,
    agenda: BinaryHeap<Reverse<(i64, Happens)>>,
}

impl<'a, D: Dialler> Shift<'a, D> {
    pub(super) fn new(
        floor: &'a DiallingFloor,
        day: u32,
        dialler: &'a mut D,
        result: &'a mut DiallingResult,
    ) -> Self {
        let now_ms = FIRST_SHIFT_MS + i64::from(day) * DAY_MS;
        let talk = match floor.talk {
            TalkLaw::Exponential(mean) => Law::Exponential(mean),
            TalkLaw::Lognormal(mean, deviation) => Law::lognormal(mean, deviation),
        };
        result.staffed_ms += floor.shift_ms * i64::from(floor.agents);
        Self {
            floor,
            dialler,
            result,
            seeds: Seeds::new(floor.seed, day),
            day,
            talk,
            now_ms,
            ends_ms: now_ms + floor.shift_ms,
            idle: floor.agents,
            busy_since_ms: Vec::new(),
            ringing_since_ms: Vec::new(),
            waiting: VecDeque::new(),
            calls: 0,
            answered: 0,
            abandoned: 0,
            agenda: BinaryHeap::from([Reverse((now_ms, Happens::Tick))]),
        }
    }

    /// Runs until the last conversation has ended.
    pub(super) fn run(mut self) {
        while let Some(Reverse((at_ms, happens))) = self.agenda.pop() {
            self.now_ms = at_ms;
            self.take(happens);
            let open = self.now_ms < self.ends_ms - self.floor.ring_ms.1;
            if open {
                self.dial();
            }
        }
        self.result.days.push((self.answered, self.abandoned));
    }

    fn take(&mut self, happens: Happens) {
        match happens {
            Happens::AgentFree { since_ms } => self.agent_free(since_ms),
            Happens::RingEnds { since_ms, call, live } => self.ring_ends(since_ms, call, live),
            Happens::PatienceEnds { call } => self.patience_ends(call),
            Happens::Tick => {
                if self.now_ms < self.ends_ms {
                    self.agenda.push(Reverse((self.now_ms + TICK_MS, Happens::Tick)));
                }
            }
        }
    }

    fn dial(&mut self) {
        let scene = Scene {
            now_ms: self.now_ms,
            idle: self.idle,
            busy_since_ms: &self.busy_since_ms,
            ringing_since_ms: &self.ringing_since_ms,
        };
        for _ in 0..self.dialler.dials(&scene) {
            let call = self.calls;
            self.calls += 1;
            self.result.placed += 1;
            let mut draws = self.seeds.draws(Purpose::Ringing, self.day, call);
            let (shortest, longest) = self.floor.ring_ms;
            let rings_ms = shortest + (draws.share() * (longest - shortest) as f64) as i64;
            let live = draws.happens(self.floor.live_share);
            self.ringing_since_ms.push(self.now_ms);
            let ends = Happens::RingEnds { since_ms: self.now_ms, call, live };
            self.agenda.push(Reverse((self.now_ms + rings_ms, ends)));
        }
    }

    fn ring_ends(&mut self, since_ms: i64, call: u64, live: bool) {
        remove(&mut self.ringing_since_ms, since_ms);
        let after_ms = self.now_ms - since_ms;
        if !live {
            return self.dialler.learn(self.now_ms, Learnt::Unanswered { after_ms });
        }
        self.dialler.learn(self.now_ms, Learnt::Answered { after_ms });
        self.result.live += 1;
        self.answered += 1;
        if self.idle > 0 {
            self.idle -= 1;
            self.connect(call);
        } else {
            self.waiting.push_back(call);
            let gives_up_ms = self.now_ms + self.floor.connect_within_ms;
            self.agenda.push(Reverse((gives_up_ms, Happens::PatienceEnds { call })));
        }
    }

    fn patience_ends(&mut self, call: u64) {
        let Some(place) = self.waiting.iter().position(|waiting| *waiting == call) else { return };
        self.waiting.remove(place);
        self.result.abandoned += 1;
        self.abandoned += 1;
        self.dialler.learn(self.now_ms, Learnt::Abandoned);
    }

    fn agent_free(&mut self, since_ms: i64) {
        remove(&mut self.busy_since_ms, since_ms);
        self.dialler.learn(self.now_ms, Learnt::Released { after_ms: self.now_ms - since_ms });
        match self.waiting.pop_front() {
            Some(call) => self.connect(call),
            None => self.idle += 1,
        }
    }

    fn connect(&mut self, call: u64) {
        let mut draws = self.seeds.draws(Purpose::Handling, self.day, call);
        let talk_ms = (self.talk.draw(&mut draws) as i64).max(1);
        self.busy_since_ms.push(self.now_ms);
        self.result.busy_ms += talk_ms.min(self.ends_ms - self.now_ms).max(0);
        self.dialler.learn(self.now_ms, Learnt::Connected);
        let free = Happens::AgentFree { since_ms: self.now_ms };
        self.agenda.push(Reverse((self.now_ms + talk_ms, free)));
    }
}

/// Takes one of equal moments out.
fn remove(moments: &mut Vec<i64>, moment: i64) {
    if let Some(place) = moments.iter().position(|other| *other == moment) {
        moments.swap_remove(place);
    }
}
