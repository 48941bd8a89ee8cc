//! What is simulated, and what is told of it.

use tandem_centre::campaign::{Learnt, Pacer, Scene};

use super::callee::MachineDetector;
use super::shift::Shift;

/// A dialler on trial.
pub trait Dialler {
    /// How many calls to place now.
    fn dials(&mut self, scene: &Scene<'_>) -> u32;

    /// Something happened that it may learn from.
    fn learn(&mut self, now_ms: i64, learnt: Learnt);
}

impl Dialler for Pacer {
    fn dials(&mut self, scene: &Scene<'_>) -> u32 {
        Self::dials(self, scene)
    }

    fn learn(&mut self, now_ms: i64, learnt: Learnt) {
        Self::learn(self, now_ms, learnt);
    }
}

/// How long agents are busy with a person, after-call work included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TalkLaw {
    /// Exponential with this mean, milliseconds.
    Exponential(f64),
    /// Lognormal with this mean and deviation, milliseconds.
    Lognormal(f64, f64),
}

/// A floor of agents who call people.
#[derive(Clone, Debug, PartialEq)]
pub struct DiallingFloor {
    /// Agents.
    pub agents: u32,
    /// The share of calls that a person answers, 0..1.
    pub live_share: f64,
    /// The share of calls that a machine answers, 0..1.
    pub machine_share: f64,
    /// What tells machines from people; `None`: every answer is taken for a person.
    pub detector: Option<MachineDetector>,
    /// How long agents are busy.
    pub talk: TalkLaw,
    /// A call rings evenly between so long and so long, then it is answered or ends. Milliseconds.
    pub ring_ms: (i64, i64),
    /// Nobody for so long after the answer: the call is abandoned. Milliseconds.
    pub connect_within_ms: i64,
    /// Days that are simulated.
    pub days: u32,
    /// How long agents work on each day. Milliseconds.
    pub shift_ms: i64,
    /// From a moment of each day on, milliseconds after it began, calls are answered with this share instead.
    pub answers_change: Option<(i64, f64)>,
    /// Agents who go to lunch together, as soon as nobody talks to them: when they go and come back, milliseconds after
    /// the day began, and how many. Nobody tells the dialler before.
    pub lunch: Option<(i64, i64, u32)>,
    /// Seed of everything random.
    pub seed: u64,
}

impl DiallingFloor {
    /// The floor by which diallers are compared: a quarter of the calls answered, three minutes of talk, rings of 6 to
    /// 24 seconds, two seconds to connect, thirty days of eight hours.
    #[must_use]
    pub const fn reference(agents: u32, seed: u64) -> Self {
        Self {
            agents,
            live_share: 0.25,
            machine_share: 0.0,
            detector: None,
            talk: TalkLaw::Exponential(180_000.0),
            ring_ms: (6_000, 24_000),
            connect_within_ms: 2_000,
            days: 30,
            shift_ms: 8 * 3_600_000,
            answers_change: None,
            lunch: None,
            seed,
        }
    }

    /// Runs all days. A day begins at 09:00 of a clock at which day 0 is the first of January 2026, UTC.
    #[must_use]
    pub fn run(&self, dialler: &mut (impl Dialler + ?Sized)) -> DiallingResult {
        let mut result = DiallingResult::default();
        for day in 0..self.days {
            Shift::new(self, day, dialler, &mut result).run();
        }
        result
    }
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiallingResult {
    /// Calls placed.
    pub placed: u64,
    /// Calls that a person answered.
    pub live: u64,
    /// Of these, abandoned: nobody was there in time, or they were taken for machines.
    pub abandoned: u64,
    /// Of the abandoned, taken for machines.
    pub taken_for_machine: u64,
    /// Machines that agents talked to.
    pub machines_connected: u64,
    /// Agents' time with people, milliseconds.
    pub busy_ms: i64,
    /// Agents' time, milliseconds.
    pub staffed_ms: i64,
    /// By day: answered by a person, and abandoned.
    pub days: Vec<(u64, u64)>,
}

impl DiallingResult {
    /// Abandoned over calls that a person answered, 0..1.
    #[must_use]
    pub fn abandonment(&self) -> f64 {
        if self.live == 0 { 0.0 } else { self.abandoned as f64 / self.live as f64 }
    }

    /// The highest share that was abandoned in any window of so many days, and in all days when they are fewer.
    #[must_use]
    pub fn worst_window(&self, days: usize) -> f64 {
        let length = days.clamp(1, self.days.len().max(1));
        let share = |window: &[(u64, u64)]| {
            let sum = |of: fn(&(u64, u64)) -> u64| window.iter().map(of).sum::<u64>() as f64;
            sum(|day| day.1) / sum(|day| day.0).max(1.0)
        };
        self.days.windows(length).map(share).fold(0.0, f64::max)
    }

    /// Share of the agents' time with people, 0..1.
    #[must_use]
    pub fn utilisation(&self) -> f64 {
        if self.staffed_ms == 0 { 0.0 } else { self.busy_ms as f64 / self.staffed_ms as f64 }
    }
}
