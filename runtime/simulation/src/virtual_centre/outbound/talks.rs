//! What the centre must know of somebody who was called, and what it tells of the call.

use tandem_centre::Core;
use tandem_centre::campaign::{AttemptId, CampaignEvent, Considered, LeadId, call_start};
use tandem_stdlib::contract::{CampaignSpec, Disposition, Slot};

use super::course::{Outbound, stream};
use crate::chance::Purpose;
use crate::dialling::Reply;
use crate::virtual_centre::caller::Caller;
use crate::virtual_centre::journey::Outcome;
use crate::virtual_centre::talk::{Callee, Manner};

impl<'m> Outbound<'m> {
    /// Who was called, with what sources answer.
    pub(in crate::virtual_centre) fn caller(&self, attempt: AttemptId) -> Option<Caller<'m>> {
        let placed = self.attempts.get(&attempt)?;
        let campaign = self.centre.campaigns.get(placed.place)?;
        let lead = self.leads.get(placed.lead)?;
        let (stream, number) = (stream(placed.place), placed.key);
        let mut draws = self.seeds.draws(Purpose::Caller, stream, lead.number);
        let intent = campaign.intents.draw(&mut draws);
        let fields = lead.knows(campaign, self.seeds);
        Some(Caller { stream, number, intent, fields, ..Caller::default() })
    }

    /// How whoever was called talks to a dialog (index in the manifest).
    pub(in crate::virtual_centre) fn callee(&self, attempt: AttemptId, dialog: u32) -> Option<Callee<'m>> {
        let placed = self.attempts.get(&attempt)?;
        let campaign = self.centre.campaigns.get(placed.place)?;
        let manner = match (placed.reply, placed.right, placed.ends) {
            (Reply::Machine, ..) => Manner::Machine,
            (_, false, _) => Manner::WrongPerson,
            (.., Disposition::Refused) => Manner::Refuses,
            (.., Disposition::HungUp) => Manner::HangsUp,
            (.., Disposition::CallLater) => Manner::AsksLater,
            _ => Manner::Talks,
        };
        let mut draws = self.seeds.draws(Purpose::Bot, stream(placed.place), placed.key | 1 << 62);
        let says = campaign.plan.says.draw(&mut draws).map(Vec::as_slice).unwrap_or_default();
        let agrees = draws.happens(self.centre.scenario.callers.accepts_offer);
        let (lead, _) = self.campaigns.lead(LeadId(placed.lead as u64))?;
        let of_lead = call_start(self.core, campaign.spec, lead).language;
        let dialog = self.core.manifest().dialogs.get(dialog as usize);
        let first = dialog.and_then(|dialog| dialog.languages.first());
        let of_dialog = || first.map_or("", |language| self.core.language_of(*language));
        let language = if of_lead.is_empty() { of_dialog() } else { of_lead };
        Some(Callee { manner, says, agrees, language })
    }

    /// Looks at the lead of an attempt as its campaign's entries do.
    pub(in crate::virtual_centre) fn consider<T>(
        &self,
        attempt: AttemptId,
        clock_ms: i64,
        look: impl FnOnce(&'m Core, &'m CampaignSpec, Considered<'_>) -> T,
    ) -> Option<T> {
        let placed = self.attempts.get(&attempt)?;
        let spec = self.centre.campaigns.get(placed.place)?.spec;
        let (lead, history) = self.campaigns.lead(LeadId(placed.lead as u64))?;
        let number = lead.fields.text(spec.phone_field as usize).unwrap_or_default();
        Some(look(self.core, spec, Considered { lead, number, history: &history, clock_ms }))
    }

    /// A call has its grade, once; gives the queue to which it sends the person.
    pub(in crate::virtual_centre) fn graded(
        &mut self,
        now_ms: i64,
        attempt: AttemptId,
        grade: Option<Slot>,
    ) -> Option<Slot> {
        let placed = self.attempts.get_mut(&attempt).filter(|placed| placed.reply == Reply::Person)?;
        if let Some(grade) = grade.filter(|_| !std::mem::replace(&mut placed.graded, true)) {
            self.tell(now_ms, CampaignEvent::Graded { attempt, grade });
        }
        self.attempts.get_mut(&attempt)?.transfer.take()
    }

    /// The dialog puts somebody through.
    pub(in crate::virtual_centre) fn put_through_by_bot(&mut self, attempt: AttemptId) {
        let place = self.attempts.get(&attempt).map(|placed| placed.place);
        let counts = place.and_then(|place| self.counts.get_mut(place));
        counts.into_iter().for_each(|counts| counts.put_through += 1);
    }

    /// A conversation with an agent of a queue is over; gives the queue to which the person goes on. `grade`: as the
    /// policy grades a call that a dialog began.
    pub(in crate::virtual_centre) fn agent_done(
        &mut self,
        now_ms: i64,
        attempt: AttemptId,
        (queue, grade): (Slot, Option<Slot>),
    ) -> Option<Slot> {
        let placed = self.attempts.get(&attempt).copied()?;
        let settles = placed.reply == Reply::Person && placed.ends == Disposition::Conversation;
        let drawn = || settles.then(|| self.grade(now_ms, placed)).flatten();
        let grade = if placed.graded { None } else { grade.or_else(drawn) };
        // Whoever has just talked in that queue is there already.
        let to = self.graded(now_ms, attempt, grade).filter(|to| *to != queue);
        if to.is_none() {
            let ends = if settles { Disposition::Conversation } else { placed.ends };
            self.end(now_ms, attempt, ends);
        }
        to
    }

    /// The person has left: before anybody was there, or a dialog. `ended` and `grade` tell of calls that a dialog began.
    pub(in crate::virtual_centre) fn left(
        &mut self,
        now_ms: i64,
        attempt: AttemptId,
        (ended, grade): (Option<Disposition>, Option<Slot>),
        outcome: Outcome,
    ) {
        let Some(placed) = self.attempts.get_mut(&attempt) else { return };
        if let Some(contact) = placed.contact.take() {
            self.own.remove(&contact);
        }
        // Whoever has just answered is the campaign's to give up.
        if !placed.talked {
            return;
        }
        let (place, is_person) = (placed.place, placed.reply == Reply::Person);
        if let Some(counts) = self.counts.get_mut(place).filter(|_| is_person) {
            match outcome {
                Outcome::Abandoned | Outcome::TimedOut | Outcome::Blocked => counts.gave_up += 1,
                Outcome::HungUpInBot => counts.hung_up_in_dialog += 1,
                _ => counts.ended_by_dialog += 1,
            }
        }
        // Nobody is there any more to be put through.
        _ = self.graded(now_ms, attempt, grade);
        self.end(now_ms, attempt, ended.unwrap_or(Disposition::HungUp));
    }
}
