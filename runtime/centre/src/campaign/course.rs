//! The course of an attempt, from the first ring to what follows.

use tandem_stdlib::contract::{Disposition, MachinePolicy, Pacing};

use super::action::CampaignAction;
use super::attempt::{Attempt, Phase};
use super::engine::Campaigns;
use super::event::{AnsweredBy, AttemptId, CampaignEvent};
use super::lead::LeadId;
use super::limits::{DECLINED_AGAIN_MS, MAX_TALK_MS};
use super::listed::State;
use super::pacing::Learnt;
use super::permit::Permit;
use super::rules::LeadRules;
use super::tally::CampaignTally;

/// The dialler gives up so long after the ring time: the network is slower than the clock.
const RING_GRACE_MS: i64 = 2_000;

impl Campaigns {
    /// An event about an attempt; one that does not fit its phase changes nothing.
    pub(super) fn of_attempt(
        &mut self,
        now_ms: i64,
        event: CampaignEvent,
        rules: &mut dyn LeadRules,
        out: &mut Vec<CampaignAction>,
    ) {
        match event {
            CampaignEvent::Accepted(id) if self.is_in(id, Phase::Preview) => {
                self.accepted(now_ms, id, rules, out);
            }
            CampaignEvent::Declined(id) if self.is_in(id, Phase::Preview) => self.declined(now_ms, id),
            CampaignEvent::Answered { attempt, by } if self.is_in(attempt, Phase::Ringing) => {
                self.answered(now_ms, attempt, by, rules, out);
            }
            CampaignEvent::Connected(id) if self.is_in(id, Phase::Answered) => {
                self.learn(now_ms, id, Learnt::Connected);
                self.enter(id, Phase::Talking, now_ms, MAX_TALK_MS);
            }
            CampaignEvent::Graded { attempt, grade } => self.graded(now_ms, attempt, grade, out),
            CampaignEvent::Ended { attempt, disposition } => self.ended(now_ms, attempt, disposition, out),
            _ => {}
        }
    }

    fn is_in(&self, id: AttemptId, phase: Phase) -> bool {
        self.attempts.get(&id).is_some_and(|attempt| attempt.phase == phase)
    }

    /// The agent wants the call. Looking takes time: what was permitted then may not be permitted now.
    fn accepted(
        &mut self,
        now_ms: i64,
        id: AttemptId,
        rules: &mut dyn LeadRules,
        out: &mut Vec<CampaignAction>,
    ) {
        let lead = self.attempts.get(&id).map(|attempt| attempt.lead);
        let permit = lead.and_then(|lead| self.permit(lead, now_ms, rules));
        self.leave_preview(id);
        if permit == Some(Permit::Now) {
            return self.dial(now_ms, id, out);
        }
        out.push(CampaignAction::HangUp(id));
        if let Some(attempt) = self.forget(id) {
            self.set_state(attempt.lead, State::Later(now_ms));
        }
    }

    /// The call is placed and counts as an attempt.
    pub(super) fn dial(&mut self, now_ms: i64, id: AttemptId, out: &mut Vec<CampaignAction>) {
        let Some(attempt) = self.attempts.get(&id).copied() else { return };
        let Some(listed) = self.leads.get_mut(&attempt.lead) else { return };
        let Some(campaign) = self.campaigns.get_mut(attempt.campaign as usize) else { return };
        listed.history.attempts = listed.history.attempts.saturating_add(1);
        listed.not_before_ms = i64::MIN;
        self.history.begin(&listed.person, &listed.number, now_ms);
        campaign.tally.placed = campaign.tally.placed.saturating_add(1);
        campaign.ringing_since_ms.push(now_ms);
        let ring_ms = campaign.spec.ring_ms;
        out.push(CampaignAction::Dial {
            attempt: id,
            lead: attempt.lead,
            campaign: attempt.campaign,
            number: listed.number.clone(),
            caller_id: campaign.spec.caller_id,
            ring_ms,
        });
        self.enter(id, Phase::Ringing, now_ms, ring_ms.saturating_add(RING_GRACE_MS));
    }

    fn answered(
        &mut self,
        now_ms: i64,
        id: AttemptId,
        by: AnsweredBy,
        rules: &mut dyn LeadRules,
        out: &mut Vec<CampaignAction>,
    ) {
        let Some(attempt) = self.attempts.get(&id).copied() else { return };
        let Some(campaign) = self.campaigns.get_mut(attempt.campaign as usize) else { return };
        let machine = by == AnsweredBy::Machine;
        match &campaign.spec.machine {
            MachinePolicy::HangUp if machine => {
                out.push(CampaignAction::HangUp(id));
                self.ended(now_ms, id, Disposition::Machine, out);
            }
            MachinePolicy::Message(speech) if machine => {
                let listed = self.leads.get(&attempt.lead);
                let text = listed.map(|listed| rules.words(speech, listed.considered(now_ms)));
                campaign.stops_ringing(now_ms, attempt.since_ms, Some(by));
                out.push(CampaignAction::LeaveMessage { attempt: id, text: text.unwrap_or_default() });
                self.enter(id, Phase::Message, now_ms, MAX_TALK_MS);
            }
            _ => {
                campaign.stops_ringing(now_ms, attempt.since_ms, Some(AnsweredBy::Person));
                campaign.tally.live = campaign.tally.live.saturating_add(1);
                campaign.answered = campaign.answered.saturating_add(1);
                let (dialog, queue) = (campaign.spec.dialog, campaign.spec.queue);
                let within_ms = campaign.spec.connect_within_ms;
                out.push(CampaignAction::Connect { attempt: id, dialog, queue });
                self.enter(id, Phase::Answered, now_ms, within_ms);
            }
        }
    }

    /// Moves an attempt to a phase that ends by itself after so long.
    fn enter(&mut self, id: AttemptId, phase: Phase, now_ms: i64, lasts_ms: i64) {
        let Some(attempt) = self.attempts.get_mut(&id) else { return };
        self.timers.remove(&(attempt.until_ms, id));
        if attempt.phase == Phase::Answered
            && let Some(campaign) = self.campaigns.get_mut(attempt.campaign as usize)
        {
            campaign.answered = campaign.answered.saturating_sub(1);
        }
        (attempt.phase, attempt.since_ms) = (phase, now_ms);
        attempt.until_ms = now_ms.saturating_add(lasts_ms.max(1));
        self.timers.insert((attempt.until_ms, id));
    }

    /// A phase has lasted as long as it may.
    pub(super) fn out_of_time(
        &mut self,
        now_ms: i64,
        id: AttemptId,
        rules: &mut dyn LeadRules,
        out: &mut Vec<CampaignAction>,
    ) {
        let Some(attempt) = self.attempts.get(&id).copied() else {
            self.timers.retain(|(_, other)| *other != id);
            return;
        };
        match attempt.phase {
            Phase::Preview => {
                out.push(CampaignAction::HangUp(id));
                self.declined(now_ms, id);
            }
            Phase::Answered => {
                self.learn(now_ms, id, Learnt::Abandoned);
                let campaign = self.campaigns.get(attempt.campaign as usize);
                let message = campaign.and_then(|campaign| campaign.spec.safe_harbour.as_ref());
                let said = message.zip(self.leads.get(&attempt.lead));
                let text = said.map(|(speech, listed)| rules.words(speech, listed.considered(now_ms)));
                let end = text.map_or(CampaignAction::HangUp(id), |text| CampaignAction::PlaySafeHarbour {
                    attempt: id,
                    text,
                });
                out.push(end);
                self.ended(now_ms, id, Disposition::Abandoned, out);
            }
            Phase::Ringing | Phase::Message | Phase::Talking => {
                out.push(CampaignAction::HangUp(id));
                let disposition = match attempt.phase {
                    Phase::Ringing => Disposition::NoAnswer,
                    Phase::Message => Disposition::Machine,
                    _ => Disposition::Conversation,
                };
                self.ended(now_ms, id, disposition, out);
            }
        }
    }

    fn learn(&mut self, now_ms: i64, id: AttemptId, learnt: Learnt) {
        let campaign = self.attempts.get(&id).map(|attempt| attempt.campaign as usize);
        if let Some(campaign) = campaign.and_then(|campaign| self.campaigns.get_mut(campaign)) {
            campaign.pacer.learn(now_ms, learnt);
        }
    }

    /// A lead on preview takes a place among those that ring, so that an agent is shown one at a time.
    fn leave_preview(&mut self, id: AttemptId) {
        let Some(attempt) = self.attempts.get(&id) else { return };
        let Some(campaign) = self.campaigns.get_mut(attempt.campaign as usize) else { return };
        let ringing = &mut campaign.ringing_since_ms;
        if let Some(place) = ringing.iter().position(|since| *since == attempt.since_ms) {
            ringing.swap_remove(place);
        }
    }

    fn declined(&mut self, now_ms: i64, id: AttemptId) {
        self.leave_preview(id);
        let Some(attempt) = self.forget(id) else { return };
        let again_ms = now_ms.saturating_add(DECLINED_AGAIN_MS);
        if let Some(listed) = self.leads.get_mut(&attempt.lead) {
            listed.not_before_ms = again_ms;
        }
        self.set_state(attempt.lead, State::Later(again_ms));
    }

    /// An attempt is over: it is counted, and the lead waits or is settled.
    fn ended(&mut self, now_ms: i64, id: AttemptId, disposition: Disposition, out: &mut Vec<CampaignAction>) {
        if !self.attempts.contains_key(&id) || self.is_in(id, Phase::Preview) {
            return;
        }
        self.stop_ringing_or_waiting(now_ms, id, disposition);
        let Some(attempt) = self.forget(id) else { return };
        if let Some(campaign) = self.campaigns.get_mut(attempt.campaign as usize) {
            CampaignTally::count(&mut campaign.tally.dispositions, disposition);
        }
        if let Some(listed) = self.leads.get_mut(&attempt.lead) {
            listed.history.last = Some((disposition, now_ms));
            self.history.end(&listed.person, disposition, now_ms);
        }
        self.texts_after(now_ms, attempt.lead);
        out.push(CampaignAction::Counted { attempt: id, lead: attempt.lead, disposition });
        let comes_again = self.comes_again(attempt.lead, disposition);
        self.set_state(attempt.lead, if comes_again { State::Later(now_ms) } else { State::Done });
        if self.leads.get(&attempt.lead).is_some_and(|listed| listed.withdrawn) {
            self.leads.remove(&attempt.lead);
        }
    }

    /// Texts that waited for the call's end are due, unless it ended with a word after which nobody calls again.
    fn texts_after(&mut self, now_ms: i64, lead: LeadId) {
        let Some(listed) = self.leads.get(&lead) else { return };
        let spec = self.campaigns.get(listed.lead.campaign as usize).map(|campaign| &campaign.spec);
        let quiet = spec.map(|spec| self.history.quiet_until(&spec.lockouts, &listed.person, now_ms));
        match quiet {
            Some(None) => self.texts.stop(lead),
            _ => self.texts.release(lead, now_ms),
        }
    }

    fn stop_ringing_or_waiting(&mut self, now_ms: i64, id: AttemptId, disposition: Disposition) {
        let Some(attempt) = self.attempts.get(&id).copied() else { return };
        let Some(campaign) = self.campaigns.get_mut(attempt.campaign as usize) else { return };
        match attempt.phase {
            Phase::Ringing => {
                let by = (disposition == Disposition::Machine).then_some(AnsweredBy::Machine);
                campaign.stops_ringing(now_ms, attempt.since_ms, by);
            }
            Phase::Answered => {
                campaign.answered = campaign.answered.saturating_sub(1);
                // Whoever hangs up before anybody is there was not abandoned, unless the host says so.
                if disposition != Disposition::Abandoned {
                    campaign.pacer.learn(now_ms, Learnt::Connected);
                }
            }
            Phase::Preview | Phase::Message | Phase::Talking => {}
        }
    }

    /// Whether a lead is called again: after a conversation, a refusal or an invalid number only when the policy waits for
    /// it or something that followed plans another call.
    pub(super) fn comes_again(&self, lead: LeadId, disposition: Disposition) -> bool {
        let settled =
            matches!(disposition, Disposition::Conversation | Disposition::Refused | Disposition::Invalid);
        let Some(listed) = self.leads.get(&lead).filter(|listed| !listed.withdrawn) else { return false };
        let planned = listed.not_before_ms > i64::MIN;
        let spec = self.campaigns.get(listed.lead.campaign as usize).map(|campaign| &campaign.spec);
        let waited = spec.is_some_and(|spec| spec.waits.iter().any(|(after, _)| *after == disposition));
        !settled || planned || waited
    }

    fn forget(&mut self, id: AttemptId) -> Option<Attempt> {
        let attempt = self.attempts.remove(&id)?;
        self.timers.remove(&(attempt.until_ms, id));
        if let Some(person) = self.leads.get_mut(&attempt.lead).and_then(|listed| listed.calling.take()) {
            self.people.remove(&person);
        }
        Some(attempt)
    }

    /// Whether an agent looks at leads first.
    #[must_use]
    pub fn previews(&self, campaign: u32) -> bool {
        self.campaigns.get(campaign as usize).is_some_and(|campaign| campaign.spec.pacing == Pacing::Preview)
    }
}
