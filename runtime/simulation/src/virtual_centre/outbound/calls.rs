//! The course of a call that a campaign places, from the first ring to what follows.

use tandem_centre::campaign::{AnsweredBy, AttemptId, CampaignEvent, Considered, LeadId};
use tandem_stdlib::contract::{Disposition, MachinePolicy, Slot};

use super::course::{Outbound, Placed, Step, Wanted, ms, stream};
use super::joined::CampaignOfLeads;
use super::window::Happened;
use crate::chance::Purpose;
use crate::dialling::{MACHINE_TALK_MS, Reply};
use crate::grading::{self, Learnt};

/// The network says that a number does not exist, or that the line is engaged, after so long. Milliseconds.
const NETWORK_MS: i64 = 2_000;

impl Outbound<'_> {
    pub(super) fn rung(&mut self, now_ms: i64, attempt: AttemptId) {
        let Some(placed) = self.attempts.get(&attempt).copied() else { return };
        let (Some(campaign), Some(counts)) =
            (self.centre.campaigns.get(placed.place), self.counts.get_mut(placed.place))
        else {
            return;
        };
        counts.ringing = counts.ringing.saturating_sub(1);
        match placed.reply {
            Reply::Person => counts.live += 1,
            Reply::Machine => counts.machines += 1,
            Reply::Busy | Reply::Nobody => return self.end(now_ms, attempt, placed.ends),
        }
        if campaign.spec.machine == MachinePolicy::Ignore {
            return self.heard(now_ms, attempt, false);
        }
        let mut draws = self.seeds.draws(Purpose::Detection, stream(placed.place), placed.key);
        let machine = placed.reply == Reply::Machine;
        let detector = &self.centre.scenario.detector.machines;
        let (by, after_ms) = detector.hear(machine, campaign.spec.machine_within_ms, &mut draws);
        let at_ms = now_ms.saturating_add(after_ms);
        self.wanted.push(Wanted::At(at_ms, Step::Heard(attempt, by == AnsweredBy::Machine)));
    }

    /// It is decided what answered.
    pub(super) fn heard(&mut self, now_ms: i64, attempt: AttemptId, machine: bool) {
        let Some(placed) = self.attempts.get(&attempt).copied() else { return };
        if placed.reply == Reply::Person {
            self.note(now_ms, placed.place, Happened::Live);
            if machine {
                self.counts
                    .get_mut(placed.place)
                    .into_iter()
                    .for_each(|counts| counts.taken_for_machine += 1);
                self.note(now_ms, placed.place, Happened::Abandoned);
            }
        }
        let by = if machine { AnsweredBy::Machine } else { AnsweredBy::Person };
        self.tell(now_ms, CampaignEvent::Answered { attempt, by });
    }

    /// Notes for the law and for charts what happened to a call.
    fn note(&mut self, now_ms: i64, place: usize, what: Happened) {
        let half = self.centre.spans.half_hour(now_ms);
        let Some(counts) = self.counts.get_mut(place) else { return };
        counts.law.iter_mut().for_each(|law| law.happen(now_ms, what));
        if let Some(half) = counts.half_hours.get_mut(half) {
            match what {
                Happened::Placed => half.placed += 1,
                Happened::Live => half.live += 1,
                Happened::Abandoned => half.abandoned += 1,
                Happened::Reached => {}
            }
        }
    }

    /// An agent talks to whoever answered: for how long, and how long the work after it takes, milliseconds.
    pub(in crate::virtual_centre) fn connected(&mut self, now_ms: i64, attempt: AttemptId) -> (i64, i64) {
        let Some(placed) = self.attempts.get_mut(&attempt) else { return (1, 0) };
        placed.second = placed.talked;
        let placed = *placed;
        if !placed.second {
            self.talk_begins(now_ms, attempt, placed);
        }
        let Some(campaign) = self.centre.campaigns.get(placed.place) else { return (1, 0) };
        let draws_of = placed.key | u64::from(placed.second) << 40;
        let mut draws = self.seeds.draws(Purpose::Handling, stream(placed.place), draws_of);
        let plan = campaign.plan;
        let (talk_ms, after_call_ms) = match (placed.reply, placed.ends) {
            (Reply::Machine, _) => (MACHINE_TALK_MS, 0),
            (_, Disposition::Conversation) => {
                (ms(plan.talk.draw(&mut draws)), ms(plan.after_call.draw(&mut draws)))
            }
            _ => (ms(plan.brief.draw(&mut draws)), ms(plan.after_call.draw(&mut draws))),
        };
        if let Some(counts) = self.counts.get_mut(placed.place) {
            counts.talk_ms += talk_ms;
            counts.after_call_ms += after_call_ms;
            counts.machine_talk_ms += if placed.reply == Reply::Machine { talk_ms } else { 0 };
        }
        (talk_ms.max(1), after_call_ms)
    }

    /// Somebody is there: an agent or the dialog.
    fn talk_begins(&mut self, now_ms: i64, attempt: AttemptId, placed: Placed) {
        if let Some(placed) = self.attempts.get_mut(&attempt) {
            placed.talked = true;
        }
        if let Some(counts) = self.counts.get_mut(placed.place) {
            match placed.reply {
                Reply::Machine => counts.machines_connected += 1,
                _ => {
                    counts.contacts += 1;
                    counts.right_party += u64::from(placed.right);
                }
            }
        }
        if let Some(lead) = self.leads.get_mut(placed.lead) {
            lead.reached |= placed.right && placed.reply == Reply::Person;
        }
        self.note(now_ms, placed.place, Happened::Reached);
        self.tell(now_ms, CampaignEvent::Connected(attempt));
    }

    /// The grade of a conversation: drawn by the scenario's weights, or the policy's own where it has none.
    pub(super) fn grade(&mut self, clock_ms: i64, placed: Placed) -> Option<Slot> {
        let campaign = self.centre.campaigns.get(placed.place)?;
        let mut draws = self.seeds.draws(Purpose::Outcome, stream(placed.place), placed.key);
        if let Some(grade) = campaign.grades.draw(&mut draws) {
            return Some(*grade);
        }
        let (lead, history) = self.campaigns.lead(LeadId(placed.lead as u64))?;
        let number = lead.fields.text(campaign.spec.phone_field as usize).unwrap_or_default().to_owned();
        let considered = Considered { lead, number: &number, history: &history, clock_ms };
        let intent = campaign.intents.draw(&mut draws).map(|value| value.word.as_str());
        let learnt = Learnt { intent, said: &[] };
        grading::grade(self.core, &mut self.call, &mut self.sources, campaign.spec, considered, learnt)
    }

    /// A call is placed: what it meets is drawn now.
    pub(super) fn dial(&mut self, now_ms: i64, attempt: AttemptId, lead: LeadId, ring_ms: i64) {
        let number = usize::try_from(lead.0).unwrap_or(usize::MAX);
        let Some(lead) = self.leads.get_mut(number) else { return };
        lead.attempts += 1;
        let (lead, place) = (*lead, lead.place);
        let Some(campaign) = self.centre.campaigns.get(place) else { return };
        let mut draws = self.seeds.draws(Purpose::Answering, stream(place), lead.key());
        let (rings_ms, reply) = campaign.plan.callees.draw(&mut draws);
        let (after_ms, reply, ends) = match reply {
            _ if lead.invalid => (NETWORK_MS, Reply::Busy, Disposition::Invalid),
            Reply::Busy => (NETWORK_MS, Reply::Busy, Disposition::Busy),
            Reply::Machine if rings_ms <= ring_ms => (rings_ms, Reply::Machine, Disposition::Machine),
            Reply::Person if rings_ms <= ring_ms && lead.away_until_ms <= now_ms => {
                (rings_ms, Reply::Person, Disposition::Conversation)
            }
            _ => (ring_ms, Reply::Nobody, Disposition::NoAnswer),
        };
        let mut placed = Placed {
            lead: number,
            place,
            key: lead.key(),
            reply,
            ends,
            right: false,
            talked: false,
            transfer: None,
            contact: self.called_after_preview(attempt),
            graded: false,
            second: false,
        };
        if reply == Reply::Person {
            (placed.ends, placed.right) = self.conversation(campaign, placed.key);
        }
        self.attempts.insert(attempt, placed);
        if let Some(counts) = self.counts.get_mut(place) {
            counts.attempts += 1;
            counts.ringing += 1;
            counts.most_ringing = counts.most_ringing.max(counts.ringing);
        }
        self.note(now_ms, place, Happened::Placed);
        self.wanted.push(Wanted::At(now_ms.saturating_add(after_ms), Step::Rung(attempt)));
    }

    /// How a conversation with whoever answers will end, and whether it is the right person.
    fn conversation(&self, campaign: &CampaignOfLeads<'_>, key: u64) -> (Disposition, bool) {
        let place = self.centre.campaigns.iter().position(|one| one.index == campaign.index);
        let mut draws = self.seeds.draws(Purpose::Contact, stream(place.unwrap_or_default()), key);
        let plan = campaign.plan;
        let (right, at) = (draws.happens(plan.right_party), draws.share());
        let ends = match () {
            // Somebody else: nothing is settled.
            () if !right => Disposition::HungUp,
            () if at <= plan.refuses => Disposition::Refused,
            () if at <= plan.refuses + plan.hangs_up => Disposition::HungUp,
            () if at <= plan.refuses + plan.hangs_up + plan.asks_later => Disposition::CallLater,
            () => Disposition::Conversation,
        };
        (ends, right)
    }

    pub(super) fn connect(&mut self, now_ms: i64, attempt: AttemptId, dialog: Option<u32>, queue: Slot) {
        let Some(placed) = self.attempts.get(&attempt).copied() else { return };
        match (dialog, placed.contact.filter(|_| self.is_reserving(placed.contact))) {
            (None, Some(contact)) => self.wanted.push(Wanted::Talks { attempt, contact }),
            (None, None) => self.wanted.push(Wanted::Offer { attempt, queue }),
            (Some(dialog), reserving) => {
                reserving.into_iter().for_each(|contact| self.release(contact));
                self.talk_begins(now_ms, attempt, placed);
                self.wanted.push(Wanted::Talk { attempt, dialog });
            }
        }
    }

    /// An attempt is over and counted.
    pub(super) fn counted(&mut self, now_ms: i64, attempt: AttemptId, disposition: Disposition) {
        let Some(placed) = self.attempts.remove(&attempt) else { return };
        match placed.contact {
            Some(contact) if self.is_reserving(Some(contact)) => self.release(contact),
            Some(contact) => drop(self.own.remove(&contact)),
            None => {}
        }
        if let Some(counts) = self.counts.get_mut(placed.place) {
            *counts.dispositions.entry(disposition).or_default() += 1;
        }
        if disposition == Disposition::Abandoned && placed.reply == Reply::Person {
            self.counts.get_mut(placed.place).into_iter().for_each(|counts| counts.unattended += 1);
            self.note(now_ms, placed.place, Happened::Reached);
            self.note(now_ms, placed.place, Happened::Abandoned);
        }
        if disposition == Disposition::CallLater
            && let Some(campaign) = self.centre.campaigns.get(placed.place)
            && let Some(lead) = self.leads.get_mut(placed.lead)
        {
            let mut draws = self.seeds.draws(Purpose::Patience, stream(placed.place), placed.key | 1 << 41);
            lead.away_until_ms = now_ms.saturating_add(ms(campaign.plan.later.draw(&mut draws)));
        }
    }
}
