//! One day of a dialling floor.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use tandem_centre::campaign::{AnsweredBy, Learnt, Scene};

use super::callee::{Callees, MACHINE_TALK_MS, Reply};
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
    RingEnds { since_ms: i64, call: u64, reply: Reply },
    Heard { call: Answered, taken_for_machine: bool },
    PatienceEnds { call: u64 },
    LunchBegins,
    LunchEnds,
    Tick,
}

/// Somebody or something has answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Answered {
    call: u64,
    machine: bool,
    /// When, and how long it had rung.
    at_ms: i64,
    after_ms: i64,
}

/// The floor on one day.
pub(super) struct Shift<'a, D: ?Sized> {
    floor: &'a DiallingFloor,
    dialler: &'a mut D,
    result: &'a mut DiallingResult,
    seeds: Seeds,
    day: u32,
    callees: Callees,
    talk: Law,
    now_ms: i64,
    ends_ms: i64,
    idle: u32,
    /// Agents who go to lunch once they are free, and since when the others have been there.
    hungry: u32,
    at_lunch_since_ms: Vec<i64>,
    busy_since_ms: Vec<i64>,
    ringing_since_ms: Vec<i64>,
    /// Who was taken for a person and waits for an agent.
    waiting: VecDeque<Answered>,
    calls: u64,
    /// People who have answered today, and those of them who were abandoned.
    answered: u64,
    abandoned: u64,
    agenda: BinaryHeap<Reverse<(i64, Happens)>>,
}

impl<'a, D: Dialler + ?Sized> Shift<'a, D> {
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
            callees: Callees {
                person: floor.live_share,
                machine: floor.machine_share,
                busy: 0.0,
                rings: Law::Uniform(floor.ring_ms.0 as f64, floor.ring_ms.1 as f64),
            },
            talk,
            now_ms,
            ends_ms: now_ms + floor.shift_ms,
            idle: floor.agents,
            hungry: 0,
            at_lunch_since_ms: Vec::new(),
            busy_since_ms: Vec::new(),
            ringing_since_ms: Vec::new(),
            waiting: VecDeque::new(),
            calls: 0,
            answered: 0,
            abandoned: 0,
            agenda: agenda(floor, now_ms),
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
            Happens::RingEnds { since_ms, call, reply } => self.ring_ends(since_ms, call, reply),
            Happens::Heard { call, taken_for_machine } => self.heard(call, taken_for_machine),
            Happens::PatienceEnds { call } => self.patience_ends(call),
            Happens::LunchBegins => {
                self.hungry = self.floor.lunch.map_or(0, |(.., agents)| agents);
                while self.hungry > 0 && self.idle > 0 {
                    self.idle -= 1;
                    self.goes_to_lunch();
                }
            }
            Happens::LunchEnds => self.lunch_ends(),
            Happens::Tick => {
                if self.now_ms < self.ends_ms {
                    self.agenda.push(Reverse((self.now_ms + TICK_MS, Happens::Tick)));
                }
            }
        }
    }

    fn goes_to_lunch(&mut self) {
        self.hungry -= 1;
        self.at_lunch_since_ms.push(self.now_ms);
    }

    fn lunch_ends(&mut self) {
        self.hungry = 0;
        for since_ms in std::mem::take(&mut self.at_lunch_since_ms) {
            self.result.staffed_ms -= self.now_ms - since_ms;
            self.takes_next();
        }
    }

    fn dial(&mut self) {
        if let Some((after_ms, share)) = self.floor.answers_change
            && self.now_ms >= self.ends_ms - self.floor.shift_ms + after_ms
        {
            self.callees.person = share;
        }
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
            let (rings_ms, reply) = self.callees.draw(&mut draws);
            self.ringing_since_ms.push(self.now_ms);
            let ends = Happens::RingEnds { since_ms: self.now_ms, call, reply };
            self.agenda.push(Reverse((self.now_ms + rings_ms, ends)));
        }
    }

    fn ring_ends(&mut self, since_ms: i64, call: u64, reply: Reply) {
        let after_ms = self.now_ms - since_ms;
        if matches!(reply, Reply::Nobody | Reply::Busy) {
            remove(&mut self.ringing_since_ms, since_ms);
            return self.dialler.learn(self.now_ms, Learnt::Unanswered { after_ms });
        }
        let answered = Answered { call, machine: reply == Reply::Machine, at_ms: self.now_ms, after_ms };
        let Some(detector) = &self.floor.detector else { return self.heard(answered, false) };
        let mut draws = self.seeds.draws(Purpose::Detection, self.day, call);
        let (by, decides_ms) = detector.hear(answered.machine, self.floor.connect_within_ms, &mut draws);
        let heard = Happens::Heard { call: answered, taken_for_machine: by == AnsweredBy::Machine };
        self.agenda.push(Reverse((self.now_ms + decides_ms, heard)));
    }

    /// It is decided what answered. A person who is taken for a machine is hung up on.
    fn heard(&mut self, call: Answered, taken_for_machine: bool) {
        let Answered { machine, at_ms, after_ms, .. } = call;
        remove(&mut self.ringing_since_ms, at_ms - after_ms);
        let person = u64::from(!machine);
        self.result.live += person;
        self.answered += person;
        if taken_for_machine {
            self.result.taken_for_machine += person;
            self.abandon(person);
            return self.dialler.learn(self.now_ms, Learnt::Machine { after_ms });
        }
        self.dialler.learn(self.now_ms, Learnt::Answered { after_ms });
        if self.idle > 0 {
            self.idle -= 1;
            self.connect(call);
        } else {
            self.waiting.push_back(call);
            // What the detector took is no longer there.
            let gives_up_ms = (at_ms + self.floor.connect_within_ms).max(self.now_ms);
            self.agenda.push(Reverse((gives_up_ms, Happens::PatienceEnds { call: call.call })));
        }
    }

    fn patience_ends(&mut self, call: u64) {
        let Some(place) = self.waiting.iter().position(|waiting| waiting.call == call) else { return };
        let machine = self.waiting.remove(place).is_some_and(|call| call.machine);
        self.abandon(u64::from(!machine));
        self.dialler.learn(self.now_ms, Learnt::Abandoned);
    }

    const fn abandon(&mut self, people: u64) {
        self.result.abandoned += people;
        self.abandoned += people;
    }

    fn agent_free(&mut self, since_ms: i64) {
        remove(&mut self.busy_since_ms, since_ms);
        self.dialler.learn(self.now_ms, Learnt::Released { after_ms: self.now_ms - since_ms });
        if self.hungry > 0 { self.goes_to_lunch() } else { self.takes_next() }
    }

    /// An agent is there for whoever waits.
    fn takes_next(&mut self) {
        match self.waiting.pop_front() {
            Some(call) => self.connect(call),
            None => self.idle += 1,
        }
    }

    fn connect(&mut self, call: Answered) {
        let mut draws = self.seeds.draws(Purpose::Handling, self.day, call.call);
        let talk_ms = if call.machine { MACHINE_TALK_MS } else { (self.talk.draw(&mut draws) as i64).max(1) };
        self.result.machines_connected += u64::from(call.machine);
        self.busy_since_ms.push(self.now_ms);
        self.result.busy_ms += talk_ms.min(self.ends_ms - self.now_ms).max(0);
        self.dialler.learn(self.now_ms, Learnt::Connected);
        let free = Happens::AgentFree { since_ms: self.now_ms };
        self.agenda.push(Reverse((self.now_ms + talk_ms, free)));
    }
}

/// What is known of a day when it begins.
fn agenda(floor: &DiallingFloor, now_ms: i64) -> BinaryHeap<Reverse<(i64, Happens)>> {
    let lunch = floor.lunch.map(|(from_ms, to_ms, _)| {
        [(now_ms + from_ms, Happens::LunchBegins), (now_ms + to_ms, Happens::LunchEnds)]
    });
    [(now_ms, Happens::Tick)].into_iter().chain(lunch.into_iter().flatten()).map(Reverse).collect()
}

/// Takes one of equal moments out.
fn remove(moments: &mut Vec<i64>, moment: i64) {
    if let Some(place) = moments.iter().position(|other| *other == moment) {
        moments.swap_remove(place);
    }
}
