//! Calls that the centre has placed, for a campaign or as it had promised, and that somebody has answered.

use tandem_stdlib::contract::{CallStart, Event, Slot};

use super::{Centre, CentreSink};
use crate::floor::{ContactId, FloorEvent};
use crate::{Call, Sources};

impl Centre {
    /// Somebody whom a campaign called has answered, and a dialog (index in the manifest) speaks first. `give` sets what
    /// is known of the lead before the call starts ([`campaign::give`](crate::campaign::give)).
    ///
    /// Routes decide in such a call and do not move it: the campaign says where it goes. Dialogs and watches move it as
    /// they move any other.
    pub fn answered(
        &mut self,
        now_ms: i64,
        contact: ContactId,
        (start, dialog): (CallStart<'_>, u32),
        give: &mut dyn FnMut(&mut Call),
        (sources, sink): (&mut dyn Sources, &mut dyn CentreSink),
    ) {
        self.until(now_ms, sources, sink);
        let start = self.begin_called(contact, start);
        let wishes = self.with_call(contact, sink, |call, elapsed_ms, heard| {
            give(call);
            call.start_called(elapsed_ms, start, sources, heard);
            call.run_dialog(elapsed_ms, dialog as usize, sources, heard);
        });
        self.fulfil(contact, wishes, sink);
        self.look(sources, sink);
    }

    /// The customer who was promised a call has picked up, and the agent who called is there. It is a call of its own: the
    /// policy decides anew on what is known now, and what it decided before is forgotten. Routes do not move it, for an
    /// agent has it, and no dialog begins. What the first call left to be done is not left again.
    pub fn called_back(
        &mut self,
        now_ms: i64,
        contact: ContactId,
        (start, intent): (CallStart<'_>, Option<&str>),
        (sources, sink): (&mut dyn Sources, &mut dyn CentreSink),
    ) {
        self.until(now_ms, sources, sink);
        if !self.floor.is_to_be_called(contact) {
            return self.tell_floor(FloorEvent::CallbackReached(contact), sink);
        }
        let start = self.begin_called(contact, start);
        self.tell_floor(FloorEvent::CallbackReached(contact), sink);
        if self.is_connected(contact) {
            let wishes = self.with_call(contact, sink, |call, elapsed_ms, heard| {
                call.start_called(elapsed_ms, start, sources, heard);
                let intent = intent.into_iter().map(Event::Intent);
                intent.for_each(|intent| call.handle(elapsed_ms, &intent, sources, heard));
            });
            self.fulfil(contact, wishes, sink);
        } else {
            self.calls.end_for_now(contact);
        }
        self.look(sources, sink);
    }

    /// Begins a call that the centre has placed.
    fn begin_called<'s>(&mut self, contact: ContactId, start: CallStart<'s>) -> CallStart<'s> {
        self.calls.begin(&self.core, contact, self.now_ms, None, false);
        self.know_number(contact, start.to);
        if let Some(live) = self.calls.get_mut(contact) {
            live.called = true;
        }
        CallStart { clock_ms: self.now_ms, outbound: true, ..start }
    }

    /// What an entry (index in the manifest) decides of a call as it stands, such as its grade: the first output. `give`
    /// sets what is known of the lead by now. `None` when it decides nothing, or there is no such call.
    pub fn decide(
        &mut self,
        contact: ContactId,
        entry: usize,
        give: &mut dyn FnMut(&mut Call),
    ) -> Option<Slot> {
        let live = self.calls.get_mut(contact)?;
        give(&mut live.call);
        live.call.evaluate(entry)?.outputs.first().copied()
    }
}
