//! People and machines that are called, and the detector that tells them apart.

use tandem_centre::campaign::{AnsweredBy, DetectorQuality};

use crate::chance::{Draws, Law};

/// How calls that a centre places are answered.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Callees {
    /// Share of calls that a person answers.
    pub(crate) person: f64,
    /// Share of calls that a machine answers.
    pub(crate) machine: f64,
    /// Share of calls that find the line engaged.
    pub(crate) busy: f64,
    /// How long it rings until somebody answers.
    pub(crate) rings: Law,
}

/// Answers that tell how often a detector decides in time.
const DECIDES: usize = 4_000;

/// Whoever talks to a machine notices after so long. Milliseconds.
pub(crate) const MACHINE_TALK_MS: i64 = 8_000;

/// What a call meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reply {
    Person,
    Machine,
    Busy,
    Nobody,
}

impl Callees {
    /// How long one call rings, milliseconds, and what it meets.
    pub(crate) fn draw(&self, draws: &mut Draws) -> (i64, Reply) {
        let rings_ms = self.rings.draw(draws).clamp(0.0, 3_600_000.0) as i64;
        let at = draws.share();
        let reply = match () {
            () if at <= self.person => Reply::Person,
            () if at <= self.person + self.machine => Reply::Machine,
            () if at <= self.person + self.machine + self.busy => Reply::Busy,
            () => Reply::Nobody,
        };
        (rings_ms, reply)
    }
}

/// How well answering machines are told from people, and how fast.
#[derive(Clone, Debug, PartialEq)]
pub struct MachineDetector {
    /// Share of machines that it takes for machines.
    pub(crate) found: f64,
    /// Share of people whom it takes for machines.
    pub(crate) person_taken: f64,
    /// How long it listens.
    pub(crate) decides: Law,
}

impl Default for MachineDetector {
    /// It is never wrong, and decides at once.
    fn default() -> Self {
        Self { found: 1.0, person_taken: 0.0, decides: Law::Fixed(0.0) }
    }
}

impl MachineDetector {
    /// A detector that finds this share of machines, takes this share of people for machines (each 0..1), and always
    /// listens for so long.
    #[must_use]
    pub const fn new(found: f64, person_taken: f64, decides_ms: i64) -> Self {
        Self { found, person_taken, decides: Law::Fixed(decides_ms as f64) }
    }

    /// How good it is where it may listen for so long: who is still undecided then is taken for a person.
    pub(crate) fn quality(&self, within_ms: i64, draws: &mut Draws) -> DetectorQuality {
        let in_time = (0..DECIDES).filter(|_| self.decides.draw(draws) <= within_ms as f64).count();
        let share = in_time as f64 / DECIDES as f64;
        DetectorQuality { found: self.found * share, person_taken: self.person_taken * share }
    }

    /// What it makes of an answer, and after how long. Who is still undecided after `within_ms` is taken for a person.
    pub(crate) fn hear(&self, machine: bool, within_ms: i64, draws: &mut Draws) -> (AnsweredBy, i64) {
        let (decides_ms, at) = (self.decides.draw(draws), draws.share());
        let taken_for_machine = at <= if machine { self.found } else { self.person_taken };
        let by = if taken_for_machine { AnsweredBy::Machine } else { AnsweredBy::Person };
        if decides_ms > within_ms as f64 {
            return (AnsweredBy::Person, within_ms);
        }
        (by, decides_ms.max(0.0) as i64)
    }
}
