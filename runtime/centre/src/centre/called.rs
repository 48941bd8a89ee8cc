//! Calls that a campaign has placed and that somebody has answered.

use tandem_stdlib::contract::{CallStart, Event, Slot};

use super::{Centre, CentreSink};
use crate::floor::ContactId;
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
        self.wake(now_ms.saturating_sub(1), sources, sink);
        self.forward(now_ms);
        self.calls.begin(&self.core, contact, self.now_ms, None, false);
        if let Some(live) = self.calls.get_mut(contact) {
            live.called = true;
        }
        let start = CallStart { clock_ms: self.now_ms, outbound: true, ..start };
        let wishes = self.with_call(contact, sink, |call, elapsed_ms, heard| {
            give(call);
            call.handle(elapsed_ms, &Event::Start(start), sources, heard);
            call.run_dialog(elapsed_ms, dialog as usize, sources, heard);
        });
        self.fulfil(contact, wishes, sink);
        self.look(sources, sink);
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
