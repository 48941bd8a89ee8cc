//! All campaigns of a policy.

use std::collections::{BTreeMap, BTreeSet};

use tandem_stdlib::contract::{Manifest, NotCalled, Pacing};

use super::action::CampaignAction;
use super::attempt::{Attempt, Phase};
use super::event::{AttemptId, CampaignEvent};
use super::history::History;
use super::lead::{Lead, LeadHistory, LeadId};
use super::limits::{BUSY_AGAIN_MS, MAX_LEADS_LOOKED_AT, MAX_PREVIEW_MS, MAX_UNDER_WAY};
use super::listed::{Listed, State};
use super::pacing::AbandonCount;
use super::permit::{Permit, Permits};
use super::ready::Campaign;
use super::rules::LeadRules;
use super::tally::CampaignTally;
use super::texts::Texts;
use crate::calling::ZonesOf;
use crate::error::CoreError;

/// Calls the leads of all campaigns.
///
/// # The one-mutation contract
///
/// State changes only inside [`handle`](Self::handle) and [`wake`](Self::wake). Each does everything that is due until
/// `now_ms` (milliseconds since the Unix epoch), appends what is to be done to `out`, and returns. The same calls in the
/// same order give the same actions. After each call the host asks [`wake_at`](Self::wake_at) and wakes it then.
pub struct Campaigns {
    pub(super) campaigns: Vec<Campaign>,
    pub(super) leads: BTreeMap<LeadId, Listed>,
    later: BTreeSet<(i64, LeadId)>,
    pub(super) history: History,
    pub(super) attempts: BTreeMap<AttemptId, Attempt>,
    pub(super) timers: BTreeSet<(i64, AttemptId)>,
    /// People who are being called.
    pub(super) people: BTreeSet<String>,
    pub(super) texts: Texts,
    next_attempt: u64,
    pub(super) next_arrival: u64,
}

/// Where a lead stands, for people who ask and for tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is being called.
    UnderWay,
    /// It waits for this reason, and comes again at this moment (milliseconds since the Unix epoch; `None`: when
    /// something happens, or never).
    Waits(NotCalled, Option<i64>),
    /// It is settled, or not known.
    Settled,
}

impl Campaigns {
    /// Makes the campaigns of a policy ready; `zones_of` tells the zones of a number.
    ///
    /// # Errors
    /// When calling hours cannot be evaluated.
    pub fn new(manifest: &Manifest, zones_of: ZonesOf) -> Result<Self, CoreError> {
        let campaigns = manifest.campaigns.iter().map(|spec| Campaign::new(spec, manifest, zones_of));
        Ok(Self {
            campaigns: campaigns.collect::<Result<_, _>>()?,
            leads: BTreeMap::new(),
            later: BTreeSet::new(),
            history: History::default(),
            attempts: BTreeMap::new(),
            timers: BTreeSet::new(),
            people: BTreeSet::new(),
            texts: Texts::default(),
            next_attempt: 1,
            next_arrival: 0,
        })
    }

    /// Takes an event: first everything that was due until now, then the event, then calls that may be placed.
    pub fn handle(
        &mut self,
        now_ms: i64,
        event: CampaignEvent,
        rules: &mut dyn LeadRules,
        out: &mut Vec<CampaignAction>,
    ) {
        self.run_due(now_ms, rules, out);
        match event {
            CampaignEvent::Lead(lead) => self.add(now_ms, *lead, out),
            CampaignEvent::Withdraw(lead) => self.withdraw(lead),
            CampaignEvent::DoNotCall(who) => self.history.never_again(&who),
            CampaignEvent::Crew { campaign, idle, busy_since_ms } => {
                if let Some(campaign) = self.campaigns.get_mut(campaign as usize) {
                    campaign.crew(now_ms, idle, busy_since_ms);
                }
            }
            CampaignEvent::Released { campaign, after_ms } => {
                if let Some(campaign) = self.campaigns.get_mut(campaign as usize) {
                    campaign.pacer.learn(now_ms, super::Learnt::Released { after_ms });
                }
            }
            CampaignEvent::Detector { campaign, quality } => {
                if let Some(campaign) = self.campaigns.get_mut(campaign as usize) {
                    campaign.pacer.hears(quality);
                }
            }
            CampaignEvent::Taken { campaign } => {
                if let Some(campaign) = self.campaigns.get_mut(campaign as usize) {
                    campaign.pacer.learn(now_ms, super::Learnt::Taken);
                }
            }
            CampaignEvent::Logged { lead, disposition, grade } => {
                self.logged(now_ms, lead, disposition, grade, out);
            }
            event => self.of_attempt(now_ms, event, rules, out),
        }
        self.run_due(now_ms, rules, out);
        self.call(now_ms, rules, out);
    }

    /// Does everything that is due until now, and places calls that may be placed.
    pub fn wake(&mut self, now_ms: i64, rules: &mut dyn LeadRules, out: &mut Vec<CampaignAction>) {
        self.run_due(now_ms, rules, out);
        self.call(now_ms, rules, out);
    }

    /// When something is due next, milliseconds since the Unix epoch.
    #[must_use]
    pub fn wake_at(&self) -> Option<i64> {
        let timers = self.timers.first().map(|(at_ms, _)| *at_ms);
        let later = self.later.first().map(|(at_ms, _)| *at_ms);
        let looks = self.campaigns.iter().filter_map(Campaign::looks_again_ms).min();
        [timers, later, self.texts.next_ms(), looks].into_iter().flatten().min()
    }

    /// What was counted of a campaign (index in the manifest).
    #[must_use]
    pub fn tally(&self, campaign: u32) -> Option<&CampaignTally> {
        self.campaigns.get(campaign as usize).map(|campaign| &campaign.tally)
    }

    /// Abandoned calls over the legal window of a campaign's cap, up to now; `None` without a cap.
    pub fn abandonment(&mut self, campaign: u32, now_ms: i64) -> Option<AbandonCount> {
        self.campaigns.get_mut(campaign as usize)?.pacer.abandonment(now_ms)
    }

    /// What a campaign has done about a lead.
    #[must_use]
    pub fn lead(&self, lead: LeadId) -> Option<(&Lead, LeadHistory)> {
        self.leads.get(&lead).map(|listed| (&listed.lead, listed.history))
    }

    /// Where a lead stands at this moment.
    pub fn standing(&mut self, lead: LeadId, now_ms: i64, rules: &mut dyn LeadRules) -> Standing {
        match self.leads.get(&lead).map(|listed| listed.state) {
            None => Standing::Settled,
            Some(State::UnderWay) => Standing::UnderWay,
            Some(State::Done) => match self.leads.get(&lead).and_then(|listed| listed.told) {
                Some(because) => Standing::Waits(because, None),
                None => Standing::Settled,
            },
            Some(_) => match self.permit(lead, now_ms, rules) {
                Some(Permit::At(at_ms, because)) => Standing::Waits(because, Some(at_ms)),
                Some(Permit::Never(because)) => Standing::Waits(because, None),
                _ => Standing::Waits(self.held_back(lead), None),
            },
        }
    }

    /// Whether an earlier call has settled a lead, so that it is not called any more.
    #[must_use]
    pub fn is_settled(&self, lead: LeadId) -> bool {
        self.leads.get(&lead).is_some_and(|listed| listed.state == State::Done && listed.told.is_none())
    }

    /// Whether a lead may be called at a moment, whatever the pace: for replays of logs.
    pub fn permit(&mut self, lead: LeadId, now_ms: i64, rules: &mut dyn LeadRules) -> Option<Permit> {
        let listed = self.leads.get(&lead)?;
        let campaign = self.campaigns.get_mut(listed.lead.campaign as usize)?;
        let mut permits =
            Permits { spec: &campaign.spec, times: &mut campaign.times, history: &self.history };
        Some(permits.of(listed, now_ms, rules))
    }

    /// Why a lead that may be called is not.
    fn held_back(&self, lead: LeadId) -> NotCalled {
        let campaign = self.leads.get(&lead).and_then(|l| self.campaigns.get(l.lead.campaign as usize));
        if campaign.is_none_or(|campaign| campaign.free() == 0) { NotCalled::Agents } else { NotCalled::Pace }
    }

    /// Puts a lead where its state says.
    pub(super) fn set_state(&mut self, lead: LeadId, state: State) {
        let Some(listed) = self.leads.get_mut(&lead) else { return };
        let Some(campaign) = self.campaigns.get_mut(listed.lead.campaign as usize) else { return };
        match listed.state {
            State::Later(at_ms) => drop(self.later.remove(&(at_ms, lead))),
            State::Ready(turn) => drop(campaign.turns.remove(&turn)),
            State::UnderWay | State::Done => {}
        }
        listed.state = state;
        match state {
            State::Later(at_ms) => drop(self.later.insert((at_ms, lead))),
            State::Ready(turn) => drop(campaign.turns.insert(turn)),
            State::UnderWay | State::Done => {}
        }
    }

    fn run_due(&mut self, now_ms: i64, rules: &mut dyn LeadRules, out: &mut Vec<CampaignAction>) {
        while let Some((_, attempt)) = self.timers.first().copied().filter(|(at_ms, _)| *at_ms <= now_ms) {
            self.out_of_time(now_ms, attempt, rules, out);
        }
        while let Some((_, lead)) = self.later.first().copied().filter(|(at_ms, _)| *at_ms <= now_ms) {
            self.look_at(now_ms, lead, rules, out);
        }
        self.send_due(now_ms, rules, out);
    }

    /// A lead's moment has come: it may be called, or waits on.
    fn look_at(
        &mut self,
        now_ms: i64,
        lead: LeadId,
        rules: &mut dyn LeadRules,
        out: &mut Vec<CampaignAction>,
    ) {
        let permit = self.permit(lead, now_ms, rules);
        let Some(listed) = self.leads.get_mut(&lead) else { return };
        let (state, told) = match permit {
            Some(Permit::Now) => (State::Ready(listed.turn(rules.score(listed.considered(now_ms)))), None),
            Some(Permit::At(at_ms, because)) => {
                (State::Later(at_ms.max(now_ms.saturating_add(1))), Some(because))
            }
            Some(Permit::Never(because)) => (State::Done, Some(because)),
            None => (State::Done, None),
        };
        let news = told.filter(|because| listed.told != Some(*because));
        listed.told = told;
        self.set_state(lead, state);
        if let Some(because) = news {
            let again_ms = if let State::Later(at_ms) = state { Some(at_ms) } else { None };
            out.push(CampaignAction::NotCalled { lead, because, again_ms });
        }
    }

    /// Places as many calls as each campaign's pace allows.
    fn call(&mut self, now_ms: i64, rules: &mut dyn LeadRules, out: &mut Vec<CampaignAction>) {
        for index in 0..self.campaigns.len() {
            let Some(campaign) = self.campaigns.get_mut(index).filter(|c| !c.turns.is_empty()) else {
                continue;
            };
            let mut dials = campaign.dials(now_ms);
            let mut looks = MAX_LEADS_LOOKED_AT;
            while dials > 0 && looks > 0 && self.attempts.len() < MAX_UNDER_WAY {
                let turn = self.campaigns.get(index).and_then(|campaign| campaign.turns.first()).copied();
                let Some((_, _, lead)) = turn else { break };
                looks -= 1;
                dials -= u32::from(self.try_lead(now_ms, lead, rules, out));
            }
        }
    }

    /// Places a call unless something has changed since the lead became ready.
    fn try_lead(
        &mut self,
        now_ms: i64,
        lead: LeadId,
        rules: &mut dyn LeadRules,
        out: &mut Vec<CampaignAction>,
    ) -> bool {
        if self.permit(lead, now_ms, rules) != Some(Permit::Now) {
            self.look_at(now_ms, lead, rules, out);
            return false;
        }
        let Some(listed) = self.leads.get_mut(&lead) else { return false };
        if self.people.contains(&listed.person) {
            self.set_state(lead, State::Later(now_ms.saturating_add(BUSY_AGAIN_MS)));
            return false;
        }
        let campaign = listed.lead.campaign;
        let preview = self.campaigns.get(campaign as usize).is_some_and(|c| c.spec.pacing == Pacing::Preview);
        let attempt = AttemptId(self.next_attempt);
        self.next_attempt = self.next_attempt.saturating_add(1);
        self.people.insert(listed.person.clone());
        listed.calling = Some(listed.person.clone());
        self.set_state(lead, State::UnderWay);
        let until_ms = now_ms.saturating_add(MAX_PREVIEW_MS);
        let phase = Phase::Preview;
        self.attempts
            .insert(attempt, Attempt { campaign, lead, phase, since_ms: now_ms, until_ms, grade: 0 });
        if preview {
            self.timers.insert((until_ms, attempt));
            if let Some(campaign) = self.campaigns.get_mut(campaign as usize) {
                campaign.ringing_since_ms.push(now_ms);
            }
            out.push(CampaignAction::Preview { attempt, lead, campaign });
        } else {
            self.dial(now_ms, attempt, out);
        }
        true
    }
}
