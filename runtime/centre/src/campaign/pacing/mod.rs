//! How many calls a campaign places at a moment.
//!
//! Preview and progressive dialling place one call for each free agent, power dialling a fixed number. Predictive
//! dialling places a call as long as the probability that nobody is free when it is answered is low enough, and lets
//! what is low enough rise and fall with what the abandonment cap still allows: see [`predictive`].

mod answer_time;
mod answers;
mod confusion;
mod handling;
mod ledger;
mod others;
mod predictive;
mod tail;
#[cfg(test)]
mod tests;

use tandem_stdlib::contract::{AbandonCap, Pacing};

pub use confusion::DetectorQuality;
pub use ledger::{AbandonCount, CalendarClock, Ledger};
use predictive::Predictive;

/// Calls that one decision places at most.
pub const MAX_DIALS_AT_ONCE: u32 = 256;

/// Agents and calls at a moment, in milliseconds of one clock.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// Now.
    pub now_ms: i64,
    /// Agents who could take a call now.
    pub idle: u32,
    /// Since when each of the other agents has been busy, after-call work included.
    pub busy_since_ms: &'a [i64],
    /// Since when each call of the campaign that nobody has answered has been ringing.
    pub ringing_since_ms: &'a [i64],
}

/// Something that the dialler learns from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Learnt {
    /// A call was answered by somebody taken for a person, after ringing for so long.
    Answered {
        /// Milliseconds of ringing.
        after_ms: i64,
    },
    /// A call was answered by somebody taken for a machine, after ringing for so long.
    Machine {
        /// Milliseconds of ringing.
        after_ms: i64,
    },
    /// A call ended otherwise: nobody answered, it was busy, or it failed.
    Unanswered {
        /// Milliseconds of ringing.
        after_ms: i64,
    },
    /// A person who answered was abandoned.
    Abandoned,
    /// A person who answered reached a queue, a dialog or an agent.
    Connected,
    /// An agent is free again.
    Released {
        /// Milliseconds of talk and after-call work.
        after_ms: i64,
    },
    /// Something that is not the campaign's took one of its agents: a call that came in.
    Taken,
}

/// Decides how many calls to place. Knows no clock: the host gives the scene.
#[derive(Clone, Debug)]
pub struct Pacer {
    pacing: Pacing,
    predictive: Option<Box<Predictive>>,
}

impl Pacer {
    /// A dialler that rings for `ring_ms` and must connect within `connect_within_ms`.
    #[must_use]
    pub fn new(pacing: Pacing, ring_ms: i64, connect_within_ms: i64, clock: CalendarClock) -> Self {
        let predictive = |cap: AbandonCap| Box::new(Predictive::new(cap, ring_ms, connect_within_ms, clock));
        let predictive = if let Pacing::Predictive(cap) = pacing { Some(predictive(cap)) } else { None };
        Self { pacing, predictive }
    }

    /// How many calls to place now, 0..=[`MAX_DIALS_AT_ONCE`].
    pub fn dials(&mut self, scene: &Scene<'_>) -> u32 {
        let ringing = u32::try_from(scene.ringing_since_ms.len()).unwrap_or(u32::MAX);
        let wanted = match (self.pacing, &mut self.predictive) {
            (_, Some(predictive)) => return predictive.dials(scene).min(MAX_DIALS_AT_ONCE),
            (Pacing::Power(ratio), None) => (f64::from(scene.idle) * ratio.max(0.0)).ceil() as u32,
            _ => scene.idle,
        };
        wanted.saturating_sub(ringing).min(MAX_DIALS_AT_ONCE)
    }

    /// Whether it may place calls although nothing has happened but time.
    #[must_use]
    pub const fn moves_with_time(&self) -> bool {
        self.predictive.is_some()
    }

    /// What tells answering machines from people is this good from now on: people who are hung up on count as abandoned.
    pub fn hears(&mut self, quality: DetectorQuality) {
        if let Some(predictive) = &mut self.predictive {
            predictive.hears(quality);
        }
    }

    /// Learns from what happened.
    pub fn learn(&mut self, now_ms: i64, learnt: Learnt) {
        if let Some(predictive) = &mut self.predictive {
            predictive.learn(now_ms, learnt);
        }
    }

    /// Counts a call of the past for the cap's window, and learns nothing else from it.
    pub fn count(&mut self, now_ms: i64, live: bool, abandoned: bool) {
        if let Some(predictive) = &mut self.predictive {
            predictive.count_call(now_ms, live, abandoned);
        }
    }

    /// Abandoned calls and those they are a share of, over the cap's window up to now. `None` without a cap.
    pub fn abandonment(&mut self, now_ms: i64) -> Option<AbandonCount> {
        self.predictive.as_mut().map(|predictive| predictive.abandonment(now_ms))
    }
}
