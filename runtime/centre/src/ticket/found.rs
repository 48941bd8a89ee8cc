//! Tickets that calls open.

use super::event::{Classified, TicketId, TicketsEvent};
use super::rules::{classify, opens, prefill};
use crate::{Answer, Call, Core, Sink, Sources};

/// A ticket that a call opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundTicket {
    /// Its kind: index into the manifest's `tickets`.
    pub kind: u32,
    /// The customer's number, E.164; empty: not known.
    pub number: String,
    /// The language of the call, ISO 639-1; empty: not known.
    pub language: String,
    /// What it is classified as, on the facts of the call.
    pub classified: Classified,
    /// What its fields are already.
    pub fields: Answer,
}

impl FoundTicket {
    /// What the tickets are told when it is opened under a number of the host's.
    #[must_use]
    pub fn opened(self, ticket: TicketId) -> TicketsEvent {
        let Self { kind, number, language, classified, fields } = self;
        TicketsEvent::Open { ticket, kind, number, language, classified, fields }
    }
}

/// A ticket of a kind, on the facts of a call with this number as they stand.
pub fn found_ticket(
    core: &Core,
    kind: u32,
    (call, number): (&mut Call, &str),
    (sources, sink): (&mut dyn Sources, &mut dyn Sink),
) -> Option<FoundTicket> {
    let spec = core.manifest().tickets.get(kind as usize)?;
    let fields = prefill(call, spec, sources, sink);
    let classified = classify(core, call, spec);
    let language = core.language_of(call.language()).to_owned();
    Some(FoundTicket { kind, number: number.to_owned(), language, classified, fields })
}

/// What a call opens that is over, but for kinds that it has opened already.
pub fn found_tickets(
    core: &Core,
    but: &[u32],
    (call, number): (&mut Call, &str),
    (sources, sink): (&mut dyn Sources, &mut dyn Sink),
) -> Vec<FoundTicket> {
    let mut found = Vec::new();
    for (kind, spec) in (0_u32..).zip(&core.manifest().tickets).filter(|(kind, _)| !but.contains(kind)) {
        if opens(call, spec) {
            found.extend(found_ticket(core, kind, (call, number), (sources, sink)));
        }
    }
    found
}
