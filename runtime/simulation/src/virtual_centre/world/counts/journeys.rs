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
        if std::mem::replace(&mut contact.reached_person, true) {
            return;
        }
        let after_ms = now_ms.saturating_sub(contact.arrived_ms).max(0).unsigned_abs();
        let answers = contact.talk.as_deref().map(|talk| u64::from(talk.answers));
        self.caller(centre, contact, |tally| {
            let journey = &mut tally.journey;
            journey.reached_person += 1;
            journey.to_person_ms += after_ms;
            journey.reached_after_bot += u64::from(answers.is_some());
            journey.answers_to_person += answers.unwrap_or_default();
        });
    }

    /// Does something with the tally of every segment that a caller belongs to, whatever queues he comes to.
    fn caller(&mut self, centre: &Centre<'_>, contact: &Contact<'_>, mut with: impl FnMut(&mut Tally)) {
        let Some(batch) = centre.spans.batch(contact.arrived_ms) else { return };
        let Some(tallies) = self.tallies.get_mut(batch) else { return };
        let segments = &centre.segments;
        let targets = segments.targets.iter().filter(|(_, queue)| *queue == 0).map(|(place, _)| *place);
        let own = [
            0,
            segments.streams + contact.caller.stream as usize,
            segments.half_hours + centre.spans.half_hour(contact.arrived_ms),
        ];
        let facts = contact.caller.segments().map(|place| place as usize);
        for place in own.into_iter().chain(targets).chain(facts) {
            if let Some(tally) = tallies.get_mut(place) {
                with(tally);
            }
        }
    }
}
