//! Tickets: work that remains after a call, its deadlines, and the call that asks whether all is well.

mod action;
mod call_back;
mod engine;
mod event;
mod flow;
mod found;
pub mod limits;
mod open_time;
mod rules;
mod state;
mod tally;
#[cfg(test)]
mod tests;

pub use action::{Ignored, MovedBy, NoCallBack, TicketAction};
pub use engine::Tickets;
pub use event::{Classified, TicketId, TicketsEvent};
pub use found::{FoundTicket, found_ticket, found_tickets};
pub use rules::{
    Considered, EveryDeadline, PolicyTicketRules, TicketRules, classification, classify, opens, prefill,
};
pub use tally::{Stays, TicketTally};
