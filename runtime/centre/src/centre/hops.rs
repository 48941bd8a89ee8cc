//! How often a call is passed on, and what happens instead of once more.

use tandem_stdlib::contract::Slot;

use super::{Centre, CentreSink};
use crate::floor::{ContactId, FloorEvent, Target};

impl Centre {
    /// Where a call may go that whoever has it passes on to a queue (slot value): there, or instead to the queue of last
    /// resort; `None`: it stays.
    #[must_use]
    pub fn next_hop(&self, contact: ContactId, queue: Slot) -> Option<Slot> {
        let Some(cap) = &self.core.manifest().transfers else { return Some(queue) };
        let hops = self.calls.get(contact).map_or(0, |live| live.hops);
        if hops < cap.most {
            return Some(queue);
        }
        // Once, and nowhere else from there.
        cap.then.filter(|_| hops == cap.most)
    }

    /// Counts a call that is passed on, and tells where it goes; `None`: it stays, which the sink is told.
    pub(super) fn pass_call_on(
        &mut self,
        contact: ContactId,
        queue: Slot,
        sink: &mut dyn CentreSink,
    ) -> Option<Slot> {
        let next = self.next_hop(contact, queue);
        if let (Some(live), Some(_)) = (self.calls.get_mut(contact), next) {
            live.hops = live.hops.saturating_add(1);
        }
        if next != Some(queue) {
            sink.too_many_transfers(self.now_ms, contact, next);
        }
        next
    }

    /// An event of the floor as it is carried out: a call that has been passed on often enough stays, or goes to the
    /// queue of last resort. `None`: it is not carried out.
    pub(super) fn within_hops(&mut self, event: FloorEvent, sink: &mut dyn CentreSink) -> Option<FloorEvent> {
        let FloorEvent::Transfer { contact, to } = event else { return Some(event) };
        let queue = match to {
            Target::Queue(queue) | Target::Agent(_, queue) => queue,
        };
        let next = self.pass_call_on(contact, queue, sink)?;
        let to = if next == queue { to } else { Target::Queue(next) };
        Some(FloorEvent::Transfer { contact, to })
    }
}
