//! What calls leave to be done: tickets, and leads of campaigns.

use super::sink::Heard;
use super::{Centre, CentreSink};
use crate::Sources;
use crate::campaign::found_leads;
use crate::floor::{ContactId, FloorEvent};
use crate::ticket::{found_ticket, found_tickets};

impl Centre {
    /// Remembers the customer's number for tickets.
    pub(super) fn know_number(&mut self, contact: ContactId, number: &str) {
        let wanted = self.has_tickets();
        let live = self.calls.get_mut(contact).filter(|live| wanted && live.number.is_empty());
        live.into_iter().for_each(|live| number.clone_into(&mut live.number));
    }

    /// Opens the tickets that dialogs have wanted, while their calls are there.
    pub(super) fn open_tickets(&mut self, sources: &mut dyn Sources, sink: &mut dyn CentreSink) {
        while let Some((contact, kind)) = self.opened.pop_front() {
            let Some(live) = self.calls.get_mut(contact) else { continue };
            live.left.tickets.push(kind);
            let mut heard = Heard::new(self.core.manifest(), contact, sink);
            let call = (&mut live.call, live.number.as_str());
            let found = found_ticket(&self.core, kind, call, (sources, &mut heard));
            found.into_iter().for_each(|ticket| sink.ticket(contact, ticket));
        }
    }

    /// The caller is gone; who was promised a call is not.
    pub(super) fn call_ended(
        &mut self,
        contact: ContactId,
        sources: &mut dyn Sources,
        sink: &mut dyn CentreSink,
    ) {
        self.open_tickets(sources, sink);
        self.leave(contact, sources, sink);
        if self.floor.is_to_be_called(contact) {
            return self.calls.end_for_now(contact);
        }
        self.calls.end(contact);
        self.calls.forget(contact);
        if self.floor.whereabouts(contact).is_some() {
            self.tell_floor(FloorEvent::Ended(contact), sink);
        }
    }

    /// Leads and tickets that a call leaves which is over, each once.
    fn leave(&mut self, contact: ContactId, sources: &mut dyn Sources, sink: &mut dyn CentreSink) {
        let Some(live) = self.calls.get_mut(contact) else { return };
        for lead in found_leads(&self.core, &mut live.call) {
            if !live.left.leads.contains(&lead.campaign) {
                live.left.leads.push(lead.campaign);
                sink.lead(contact, lead);
            }
        }
        let mut heard = Heard::new(self.core.manifest(), contact, sink);
        let call = (&mut live.call, live.number.as_str());
        let found = found_tickets(&self.core, &live.left.tickets, call, (sources, &mut heard));
        for ticket in found {
            live.left.tickets.push(ticket.kind);
            sink.ticket(contact, ticket);
        }
    }
}
