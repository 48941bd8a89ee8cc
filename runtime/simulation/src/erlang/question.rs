//! A load, and what so many agents make of it.

use serde::Serialize;

use super::error::ErlangError;
use super::{delay, loss, patience};

/// The largest load, in erlangs.
pub const MAX_ERLANGS: f64 = 100_000.0;

/// The largest number of agents.
pub const MAX_AGENTS: u32 = 1_000_000;

/// The longest handling time, patience or threshold: 1,000 days, in seconds.
pub const MAX_SECONDS: f64 = 86_400_000.0;

/// What callers do who find all agents busy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErlangModel {
    /// They are lost.
    B,
    /// They wait as long as it takes.
    C,
    /// They wait until they lose patience.
    A,
}

/// A load and what is asked of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ErlangQuestion {
    /// What callers do who find all agents busy.
    pub model: ErlangModel,
    /// The load: calls an hour times handling time in hours.
    pub erlangs: f64,
    /// Mean handling time in seconds (talk, hold and after-call work). Without it nothing is known about times;
    /// Erlang A needs it.
    pub aht_s: Option<f64>,
    /// Mean patience in seconds; Erlang A needs it.
    pub patience_s: Option<f64>,
    /// The threshold of the service level in seconds.
    pub within_s: f64,
}

/// What so many agents make of a load. What the model cannot tell is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct ErlangMeasures {
    /// Share of callers who wait.
    pub p_wait: Option<f64>,
    /// Share of all callers who are answered within the threshold; who gives up was not answered in time.
    pub service_level: Option<f64>,
    /// Mean wait of those who are answered, in seconds.
    pub asa_s: Option<f64>,
    /// Share of their time that agents are busy.
    pub occupancy: f64,
    /// Share of callers who are lost at once.
    pub p_block: Option<f64>,
    /// Share of callers who give up waiting.
    pub p_abandon: Option<f64>,
    /// Mean wait of all callers in seconds, those who give up included.
    pub mean_wait_s: Option<f64>,
}

impl ErlangQuestion {
    /// What so many agents make of the load.
    ///
    /// # Errors
    /// When a number is out of range, a time is missing, or with Erlang C the load is more than the agents can take.
    pub fn measures(&self, agents: u32) -> Result<ErlangMeasures, ErlangError> {
        self.check()?;
        if !(1..=MAX_AGENTS).contains(&agents) {
            return Err(ErlangError::Agents);
        }
        match self.model {
            ErlangModel::B => Ok(self.lost(agents)),
            ErlangModel::C => self.delayed(agents),
            ErlangModel::A => self.impatient(agents),
        }
    }

    /// The fewest agents with which the wanted share of callers (0..1) is answered within the threshold; with Erlang
    /// B, answered at all.
    ///
    /// # Errors
    /// As [`measures`](Self::measures), and when no number of agents reaches the share.
    pub fn agents_for(&self, share: f64) -> Result<u32, ErlangError> {
        self.check()?;
        if !(share > 0.0 && share < 1.0) {
            return Err(ErlangError::Target);
        }
        if self.model != ErlangModel::B && self.aht_s.is_none() {
            return Err(ErlangError::Missing("handling time"));
        }
        let least = if self.model == ErlangModel::C { self.erlangs.floor() as u32 + 1 } else { 1 };
        let (mut low, mut high) = (least, least);
        while !self.reaches(share, high)? {
            if high == MAX_AGENTS {
                return Err(ErlangError::Unreachable);
            }
            (low, high) = (high + 1, high.saturating_mul(2).min(MAX_AGENTS));
        }
        while low < high {
            let middle = u32::midpoint(low, high);
            if self.reaches(share, middle)? { high = middle } else { low = middle + 1 }
        }
        Ok(high)
    }

    fn reaches(&self, share: f64, agents: u32) -> Result<bool, ErlangError> {
        let measures = self.measures(agents)?;
        let reached = measures.service_level.or(measures.p_block.map(|blocked| 1.0 - blocked));
        Ok(reached.is_some_and(|reached| reached >= share))
    }

    fn check(&self) -> Result<(), ErlangError> {
        if !(self.erlangs > 0.0 && self.erlangs <= MAX_ERLANGS) {
            return Err(ErlangError::Load);
        }
        let times = [
            ("handling time", self.aht_s),
            ("patience", self.patience_s),
            ("threshold", (self.within_s != 0.0).then_some(self.within_s)),
        ];
        let wrong = |time: f64| !(time > 0.0 && time <= MAX_SECONDS);
        let odd = times.into_iter().find(|(_, time)| time.is_some_and(wrong));
        odd.map_or(Ok(()), |(what, _)| Err(ErlangError::Time(what)))
    }

    fn lost(&self, agents: u32) -> ErlangMeasures {
        let blocked = loss::blocking(self.erlangs, agents);
        let occupancy = self.erlangs * (1.0 - blocked) / f64::from(agents);
        ErlangMeasures { occupancy, p_block: Some(blocked), ..ErlangMeasures::default() }
    }

    fn delayed(&self, agents: u32) -> Result<ErlangMeasures, ErlangError> {
        let erlangs = self.erlangs;
        if erlangs >= f64::from(agents) {
            return Err(ErlangError::Overloaded { erlangs, agents });
        }
        let wait_s = self.aht_s.map(|aht_s| delay::mean_wait(erlangs, agents) * aht_s);
        Ok(ErlangMeasures {
            p_wait: Some(delay::waiting(erlangs, agents)),
            service_level: self
                .aht_s
                .map(|aht_s| delay::answered_within(erlangs, agents, self.within_s / aht_s)),
            asa_s: wait_s,
            occupancy: erlangs / f64::from(agents),
            mean_wait_s: wait_s,
            ..ErlangMeasures::default()
        })
    }

    fn impatient(&self, agents: u32) -> Result<ErlangMeasures, ErlangError> {
        let aht_s = self.aht_s.ok_or(ErlangError::Missing("handling time"))?;
        let patience_s = self.patience_s.ok_or(ErlangError::Missing("patience"))?;
        let told = patience::impatient(self.erlangs, agents, aht_s / patience_s, self.within_s / aht_s);
        Ok(ErlangMeasures {
            p_wait: Some(told.waiting),
            service_level: Some(told.answered_within),
            asa_s: Some(told.mean_wait_answered * aht_s),
            occupancy: self.erlangs * (1.0 - told.abandoning) / f64::from(agents),
            p_abandon: Some(told.abandoning),
            mean_wait_s: Some(told.mean_wait * aht_s),
            ..ErlangMeasures::default()
        })
    }
}
