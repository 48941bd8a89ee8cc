//! What a call's policy decided becomes events of the floor.

use tandem_stdlib::contract::Slot;

use super::Centre;
use super::sink::{CentreSink, Wish};
use crate::floor::{ContactId, FloorEvent, Offer, Whereabouts};

impl Centre {
    /// Does with a contact what its policy decided.
    pub(super) fn fulfil(&mut self, contact: ContactId, wishes: Vec<Wish>, sink: &mut dyn CentreSink) {
        for wish in wishes {
            if let Some(wish) = self.held_back(contact, wish) {
                self.fulfil_one(contact, wish, sink);
            }
        }
    }

    /// While a dialog goes on, the call is the bot's: what a route decided last waits until the dialog comes to its end.
    fn held_back(&mut self, contact: ContactId, wish: Wish) -> Option<Wish> {
        let Some(live) = self.calls.get_mut(contact) else { return Some(wish) };
        match wish {
            Wish::Routed(_) if live.called => None,
            Wish::Routed(routed) if live.call.in_dialog() => {
                live.routed = Some(routed);
                None
            }
            Wish::Finished => live.routed.take().map(Wish::Routed),
            Wish::Routed(_) | Wish::Transferred(_) => {
                live.routed = None;
                Some(wish)
            }
        }
    }

    fn fulfil_one(&mut self, contact: ContactId, wish: Wish, sink: &mut dyn CentreSink) {
        match (self.floor.whereabouts(contact), wish) {
            (None, Wish::Routed(routed)) if !self.plan.is_bot(routed.queue) => {
                let mut offer = self.offer(contact, routed.queue);
                offer.priority = routed.priority.unwrap_or_default();
                offer.score = routed.score;
                self.tell_floor(FloorEvent::Offer(Box::new(offer)), sink);
            }
            (None, Wish::Transferred(queue)) if !self.plan.is_bot(queue) => {
                let offer = Offer { insists: true, ..self.offer(contact, queue) };
                self.tell_floor(FloorEvent::Offer(Box::new(offer)), sink);
            }
            (Some(Whereabouts::Waiting(home)), Wish::Routed(routed)) => {
                if let Some(priority) = routed.priority {
                    self.tell_floor(FloorEvent::Prioritise { contact, priority }, sink);
                }
                if routed.queue != home && !self.plan.is_bot(routed.queue) {
                    self.tell_floor(FloorEvent::Move { contact, queue: routed.queue }, sink);
                }
            }
            (Some(Whereabouts::Connected(_)), Wish::Transferred(queue)) => {
                if let Some(queue) = self.pass_call_on(contact, queue, sink) {
                    self.tell_floor(FloorEvent::Move { contact, queue }, sink);
                }
            }
            (Some(_), Wish::Transferred(queue)) => {
                self.tell_floor(FloorEvent::Move { contact, queue }, sink);
            }
            (None | Some(_), _) => {}
        }
    }

    fn offer(&self, contact: ContactId, queue: Slot) -> Offer {
        let known = self.calls.get(contact);
        let owner = known.and_then(|call| call.owner);
        Offer { owner, shares: known.is_some_and(|call| call.shares), ..Offer::new(contact, queue) }
    }
}
