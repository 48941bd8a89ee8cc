//! What comes out of a centre, and what its calls wish.

use tandem_stdlib::contract::{Manifest, Slot};

use super::route::{self, Routed};
use crate::campaign::FoundLead;
use crate::floor::{ContactId, FloorAction};
use crate::ticket::FoundTicket;
use crate::{Decision, DialogStep, Incident, QaResult, Sink, Told, What};

/// Receives what comes out of a centre, in order of time. Times of calls are milliseconds since the call's start, all
/// others milliseconds since the Unix epoch.
pub trait CentreSink {
    /// The floor wants something done.
    fn acted(&mut self, at_ms: i64, action: FloorAction);

    /// A call's policy decided something. What follows on the floor comes after it.
    fn decided(&mut self, contact: ContactId, decision: Decision<'_>) {
        let _nobody_listens = (contact, decision);
    }

    /// A quality item of a call became known or changed.
    fn judged(&mut self, contact: ContactId, result: QaResult) {
        let _nobody_listens = (contact, result);
    }

    /// A call's dialog did something. Its transfers are decisions as well.
    fn dialog(&mut self, contact: ContactId, step: DialogStep<'_>) {
        let _nobody_listens = (contact, step);
    }

    /// The caller of a call that is over becomes a lead of a campaign.
    fn lead(&mut self, contact: ContactId, lead: FoundLead) {
        let _nobody_listens = (contact, lead);
    }

    /// A call opens a ticket: while it goes on, because a dialog says so, or as it ends.
    fn ticket(&mut self, contact: ContactId, ticket: FoundTicket) {
        let _nobody_listens = (contact, ticket);
    }

    /// A call was passed on often enough: it goes to another queue than was meant (slot value), or stays.
    fn too_many_transfers(&mut self, at_ms: i64, contact: ContactId, instead: Option<Slot>) {
        let _nobody_listens = (at_ms, contact, instead);
    }

    /// Something went wrong in a call and was survived.
    fn incident(&mut self, contact: ContactId, incident: Incident) {
        let _nobody_listens = (contact, incident);
    }

    /// A mode (index in the manifest) was turned on or off.
    fn mode(&mut self, at_ms: i64, mode: usize, on: bool) {
        let _nobody_listens = (at_ms, mode, on);
    }

    /// An event of a call that has not begun, or has ended; it was ignored.
    fn no_such_call(&mut self, contact: ContactId) {
        let _nobody_listens = contact;
    }

    /// Whether decisions must carry what the entry saw. Costs a copy of the state a run.
    fn wants_records(&self) -> bool {
        false
    }
}

/// What a call's policy wants done with the contact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Wish {
    /// A route gave a queue.
    Routed(Routed),
    /// A watch or a dialog sends it to a queue (slot value).
    Transferred(Slot),
    /// A dialog came to its end and the call goes on: what routes decided meanwhile is due.
    Finished,
}

/// Hears what one call tells, passes it on, and keeps what it wishes.
pub(super) struct Heard<'a> {
    manifest: &'a Manifest,
    contact: ContactId,
    sink: &'a mut dyn CentreSink,
    pub(super) wishes: Vec<Wish>,
    /// Kinds of tickets that a dialog opens.
    pub(super) opened: Vec<u32>,
}

impl<'a> Heard<'a> {
    pub(super) fn new(manifest: &'a Manifest, contact: ContactId, sink: &'a mut dyn CentreSink) -> Self {
        Self { manifest, contact, sink, wishes: Vec::new(), opened: Vec::new() }
    }
}

impl Sink for Heard<'_> {
    fn decided(&mut self, decision: Decision<'_>) {
        match decision.what {
            What::Outputs(slots) if decision.changed => {
                self.wishes.extend(route::read(self.manifest, decision.entry, slots).map(Wish::Routed));
            }
            What::Transfer { queue, .. } => self.wishes.push(Wish::Transferred(queue)),
            _ => {}
        }
        self.sink.decided(self.contact, decision);
    }

    fn judged(&mut self, result: QaResult) {
        self.sink.judged(self.contact, result);
    }

    fn dialog(&mut self, step: DialogStep<'_>) {
        match step.what {
            Told::Finished => self.wishes.push(Wish::Finished),
            Told::TicketOpened(kind) => self.opened.push(kind),
            _ => {}
        }
        self.sink.dialog(self.contact, step);
    }

    fn incident(&mut self, incident: Incident) {
        self.sink.incident(self.contact, incident);
    }

    fn wants_records(&self) -> bool {
        self.sink.wants_records()
    }
}
