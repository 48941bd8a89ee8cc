//! How callers fare: counted for all calls and the caller's own segments, at the time at which the caller came.

use super::Counts;
use crate::virtual_centre::house::House;
use crate::virtual_centre::journey::{Journey, Outcome};
use crate::virtual_centre::model::Centre;
use crate::virtual_centre::talk::{BotStep, Content};
use crate::virtual_centre::tally::Tally;
use crate::virtual_centre::world::contacts::Contact;

impl Counts {
    /// A dialog did something with a contact; an offer was kept back if nobody could have taken it.
    pub(in crate::virtual_centre) fn bot_step(
        &mut self,
        centre: &Centre<'_>,
        contact: Option<&mut Contact<'_>>,
        step: BotStep,
        house: &House<'_>,
    ) {
        let Some(contact) = contact else { return };
        let count: fn(&mut Journey) = match step {
            BotStep::Asks { offers, .. } if offers != 0 => |journey| journey.offers += 1,
            BotStep::Accepted => |journey| journey.accepted += 1,
            BotStep::Withheld(queue) if house.idle_agents(queue) < 1.0 => |journey| journey.held_back += 1,
            _ => return,
        };
        self.caller(centre, contact, |tally| count(&mut tally.journey));
    }

    /// A dialog has let go of a caller: the call ended there, or goes on.
    pub(in crate::virtual_centre) fn left_bot(
        &mut self,
        centre: &Centre<'_>,
        contact: &Contact<'_>,
        outcome: Option<Outcome>,
    ) {
        let Some(talk) = contact.talk.as_deref() else { return };
        let callers = &centre.scenario.callers;
        let unhappy = talk.content == Content::Misunderstood
            || talk.asked_for_person > 0 && talk.wants_person(callers.asks_for_person, callers.insists);
        let contained = outcome == Some(Outcome::Contained);
        self.caller(centre, contact, |tally| {
            tally.begun_with_machine += 1;
            tally.contained += u64::from(contained);
            let journey = &mut tally.journey;
            journey.with_bot += 1;
            journey.contained_falsely += u64::from(contained && unhappy);
            journey.transferred += u64::from(outcome.is_none());
            journey.hung_up += u64::from(outcome == Some(Outcome::HungUpInBot));
            journey.ended += u64::from(outcome == Some(Outcome::EndedByBot));
            journey.asked_for_person += u64::from(talk.asked_for_person > 0);
            journey.retained += u64::from(talk.retained);
            journey.kept += u64::from(talk.retained && outcome.is_some());
        });
    }

    /// An agent talks with a contact.
    pub(in crate::virtual_centre) fn reached_person(
        &mut self,
        centre: &Centre<'_>,
        contact: &mut Contact<'_>,
        now_ms: i64,
    ) {
        if std::mem::replace(&mut contact.reached_person, true) || contact.call_back.is_some() {
            return;
        }
        let after_ms = now_ms.saturating_sub(contact.arrived_ms).max(0).unsigned_abs();
        let asked_ms = contact.talk.as_deref().and_then(|talk| talk.asked_ms);
        let asked_ms = asked_ms.map(|asked_ms| now_ms.saturating_sub(asked_ms).max(0).unsigned_abs());
        let answers = contact.talk.as_deref().map(|talk| u64::from(talk.answers));
        self.caller(centre, contact, |tally| {
            let journey = &mut tally.journey;
            journey.reached_person += 1;
            journey.to_person_ms += after_ms;
            journey.reached_after_bot += u64::from(answers.is_some());
            journey.answers_to_person += answers.unwrap_or_default();
            journey.asked_and_reached += u64::from(asked_ms.is_some());
            journey.asked_to_person_ms += asked_ms.unwrap_or_default();
        });
    }

    /// A call is over; its caller calls again after so long, or not.
    pub(in crate::virtual_centre) fn contact(
        &mut self,
        centre: &Centre<'_>,
        contact: &Contact<'_>,
        again_after_ms: Option<i64>,
    ) {
        let repeats = u64::from(contact.caller.repeat() > 0);
        self.caller_in(centre, contact, |tally, window_ms| {
            let journey = &mut tally.journey;
            journey.contacts += 1;
            journey.repeats += repeats;
            journey.repeated += u64::from(again_after_ms.is_some_and(|after_ms| after_ms <= window_ms));
        });
    }

    /// A call is over.
    pub(in crate::virtual_centre) fn call_over(
        &mut self,
        centre: &Centre<'_>,
        contact: &Contact<'_>,
        outcome: Outcome,
    ) {
        let automated = u64::from(outcome == Outcome::Contained);
        self.caller(centre, contact, |tally| {
            tally.journey.calls += 1;
            tally.journey.automated += automated;
        });
    }

    /// An agent has talked with a contact.
    pub(super) fn talked(&mut self, centre: &Centre<'_>, contact: &Contact<'_>) {
        let avoidable = u64::from(is_avoidable(contact));
        self.caller(centre, contact, |tally| {
            tally.journey.conversations += 1;
            tally.journey.avoidable += avoidable;
        });
    }

    /// An intent was recognised, rightly or not.
    pub(in crate::virtual_centre) fn recognised(
        &mut self,
        centre: &Centre<'_>,
        contact: &Contact<'_>,
        rightly: bool,
    ) {
        self.caller(centre, contact, |tally| {
            tally.journey.recognised += 1;
            tally.journey.recognised_rightly += u64::from(rightly);
        });
    }

    /// A caller accepted to be called back.
    pub(in crate::virtual_centre) fn call_back(&mut self, centre: &Centre<'_>, contact: &Contact<'_>) {
        self.caller(centre, contact, |tally| tally.journey.call_backs += 1);
    }

    /// A customer was called back (`true`), or will not be.
    pub(in crate::virtual_centre) fn called_back(
        &mut self,
        centre: &Centre<'_>,
        contact: &Contact<'_>,
        (reached, after_ms, within_ms): (bool, i64, i64),
    ) {
        self.caller(centre, contact, |tally| {
            let journey = &mut tally.journey;
            journey.not_reached += u64::from(!reached);
            journey.called_back += u64::from(reached);
            journey.called_in_time += u64::from(reached && after_ms <= within_ms);
            if reached {
                let after_ms = after_ms.max(0).unsigned_abs();
                journey.called_after_ms += after_ms;
                journey.called_after_longest_ms = journey.called_after_longest_ms.max(after_ms);
            }
        });
    }

    /// Does something with the tally of every segment that a caller belongs to, whatever queues he comes to.
    fn caller(&mut self, centre: &Centre<'_>, contact: &Contact<'_>, mut with: impl FnMut(&mut Tally)) {
        self.caller_in(centre, contact, |tally, _| with(tally));
    }

    /// The same, with the segment's window of repeats.
    fn caller_in(
        &mut self,
        centre: &Centre<'_>,
        contact: &Contact<'_>,
        mut with: impl FnMut(&mut Tally, i64),
    ) {
        // Who was called is counted by the campaign.
        let batch = centre.spans.batch(contact.arrived_ms).filter(|_| contact.attempt.is_none());
        let Some(tallies) = batch.and_then(|batch| self.tallies.get_mut(batch)) else { return };
        let segments = &centre.segments;
        let targets = segments
            .targets
            .iter()
            .filter(|(_, queue)| [0, contact.queue].contains(queue))
            .map(|(place, _)| *place);
        let own = [
            0,
            segments.streams + contact.caller.stream as usize,
            segments.half_hours + centre.spans.half_hour(contact.arrived_ms),
        ];
        let facts = contact.caller.segments().map(|place| place as usize);
        for place in own.into_iter().chain(targets).chain(facts) {
            if let Some((tally, segment)) = tallies.get_mut(place).zip(segments.list.get(place)) {
                with(tally, segment.window_ms);
            }
        }
    }
}

/// Whether an agent's conversation need not have been: the caller was there before and was not helped, another agent has
/// just talked with him, or a bot had him that understood nothing, or something else than he meant. Who asked for a person
/// wanted one.
fn is_avoidable(contact: &Contact<'_>) -> bool {
    let lost_by_bot = contact.talk.as_deref().is_some_and(|talk| {
        let deaf = talk.fruitless > 0 && talk.understood() == 0;
        talk.asked_for_person == 0 && (deaf || talk.content == Content::Misunderstood)
    });
    contact.caller.repeat() > 0 || contact.transfers > 0 || lost_by_bot
}
