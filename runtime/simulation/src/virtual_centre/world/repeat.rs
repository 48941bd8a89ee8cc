//! Callers who were not helped call again.

use super::{World, whole_ms};
use crate::chance::Purpose;
use crate::virtual_centre::agenda::Due;
use crate::virtual_centre::caller::Caller;
use crate::virtual_centre::journey::Outcome;
use crate::virtual_centre::talk::Content;

impl World<'_> {
    /// A call is over: whether its caller was helped, and calls again if not.
    pub(super) fn may_call_again(&mut self, id: u64, outcome: Outcome) {
        let Some(repeats) = &self.centre.scenario.callers.repeats else { return };
        let Some(contact) = self.contacts.get(id) else { return };
        let caller = &contact.caller;
        let mut draws = self.seeds.draws(Purpose::Again, caller.stream, caller.number);
        let (helped, again) = (draws.share(), draws.share());
        let after_ms = whole_ms(repeats.after.draw(&mut draws));
        let intent = caller.intent.map(|value| value.word.as_str());
        let own = repeats.by_intent.iter().find(|(of, _)| Some(of.as_str()) == intent);
        let talk = contact.talk.as_deref();
        let share = match outcome {
            Outcome::Handled | Outcome::CalledBack => own.map_or(repeats.general, |(_, share)| *share),
            Outcome::Contained if talk.is_none_or(|talk| talk.content != Content::Misunderstood) => {
                repeats.bot
            }
            _ => 0.0,
        };
        let repeat = caller.repeat() + 1;
        let comes = helped > share && again <= repeats.again && repeat <= repeats.at_most;
        let (stream, number) = (caller.stream, caller.first_number());
        self.counts.contact(self.centre, contact, comes.then_some(after_ms));
        let at_ms = self.now_ms.saturating_add(after_ms);
        if comes && at_ms < self.centre.scenario.end_ms {
            self.agenda.plan(at_ms, Due::Again(stream, number, repeat));
        }
    }

    /// A caller who was not helped is there again.
    pub(super) fn arrive_again(&mut self, stream: u32, number: u64, repeat: u32) {
        let centre = self.centre;
        let Some(of_stream) = centre.streams.get(stream as usize) else { return };
        let caller = Caller::again(&of_stream.facts, stream, number, repeat, self.seeds);
        self.receive(caller, of_stream);
    }
}
