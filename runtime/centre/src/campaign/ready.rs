//! A campaign made ready, with its agents, its dialler and the leads that may be called.

use std::collections::BTreeSet;

use tandem_stdlib::contract::{CampaignSpec, Manifest, Type};

use super::event::AnsweredBy;
use super::listed::Turn;
use super::pacing::{CalendarClock, Learnt, Pacer, Scene};
use super::tally::CampaignTally;
use crate::calling::{CallingTimes, ZonesOf};
use crate::error::CoreError;

/// One campaign.
pub(super) struct Campaign {
    pub(super) spec: CampaignSpec,
    pub(super) person_type: Option<Type>,
    pub(super) times: CallingTimes,
    pub(super) pacer: Pacer,
    pub(super) turns: BTreeSet<Turn>,
    pub(super) tally: CampaignTally,
    pub(super) ringing_since_ms: Vec<i64>,
    /// People who have answered and whom nobody talks to yet.
    pub(super) answered: u32,
    idle: u32,
    busy_since_ms: Vec<i64>,
    crew_since_ms: i64,
    looked_ms: i64,
}

impl Campaign {
    pub(super) fn new(
        spec: &CampaignSpec,
        manifest: &Manifest,
        zones_of: ZonesOf,
    ) -> Result<Self, CoreError> {
        let source = manifest.sources.get(spec.leads as usize);
        let field = spec.person_field.and_then(|field| source?.fields.get(field as usize));
        let connect_ms = spec.machine_within_ms.saturating_add(spec.connect_within_ms);
        let clock = CalendarClock::of(spec, manifest);
        Ok(Self {
            person_type: field.map(|field| field.ty),
            times: CallingTimes::new(&spec.hours, &manifest.calendars, zones_of)?,
            pacer: Pacer::new(spec.pacing, spec.ring_ms, connect_ms, clock),
            spec: spec.clone(),
            turns: BTreeSet::new(),
            tally: CampaignTally::default(),
            ringing_since_ms: Vec::new(),
            answered: 0,
            idle: 0,
            busy_since_ms: Vec::new(),
            crew_since_ms: i64::MIN,
            looked_ms: i64::MIN,
        })
    }

    /// The agents are now these.
    pub(super) fn crew(&mut self, now_ms: i64, idle: u32, busy_since_ms: Vec<i64>) {
        if self.crew_since_ms != i64::MIN {
            let ms = now_ms.saturating_sub(self.crew_since_ms).max(0);
            let busy = i64::try_from(self.busy_since_ms.len()).unwrap_or(i64::MAX);
            let staffed = busy.saturating_add(i64::from(self.idle));
            self.tally.busy_ms = self.tally.busy_ms.saturating_add(ms.saturating_mul(busy));
            self.tally.staffed_ms = self.tally.staffed_ms.saturating_add(ms.saturating_mul(staffed));
        }
        (self.idle, self.busy_since_ms, self.crew_since_ms) = (idle, busy_since_ms, now_ms);
    }

    /// How many calls to place now.
    pub(super) fn dials(&mut self, now_ms: i64) -> u32 {
        self.looked_ms = now_ms;
        let (idle, busy_since_ms) = (self.idle.saturating_sub(self.answered), &self.busy_since_ms);
        let ringing_since_ms = &self.ringing_since_ms;
        self.pacer.dials(&Scene { now_ms, idle, busy_since_ms, ringing_since_ms })
    }

    /// When the dialler wants to look again although nothing has happened.
    pub(super) fn looks_again_ms(&self) -> Option<i64> {
        let waits = self.pacer.moves_with_time() && !self.turns.is_empty() && self.staff() > 0;
        waits.then(|| self.looked_ms.saturating_add(super::limits::LOOK_AGAIN_MS))
    }

    /// Agents who are there.
    pub(super) fn staff(&self) -> usize {
        self.busy_since_ms.len().saturating_add(self.idle as usize)
    }

    /// Agents who are free and whom nobody waits for.
    pub(super) const fn free(&self) -> u32 {
        self.idle.saturating_sub(self.answered)
    }

    /// A call does not ring any more: somebody answered who was taken for a person, or for a machine, or nobody did.
    pub(super) fn stops_ringing(&mut self, now_ms: i64, since_ms: i64, by: Option<AnsweredBy>) {
        if let Some(place) = self.ringing_since_ms.iter().position(|since| *since == since_ms) {
            self.ringing_since_ms.swap_remove(place);
        }
        let after_ms = now_ms.saturating_sub(since_ms);
        let learnt = match by {
            Some(AnsweredBy::Person) => Learnt::Answered { after_ms },
            Some(AnsweredBy::Machine) => Learnt::Machine { after_ms },
            None => Learnt::Unanswered { after_ms },
        };
        self.pacer.learn(now_ms, learnt);
    }
}
