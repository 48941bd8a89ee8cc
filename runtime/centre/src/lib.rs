//! The decision core of a contact centre, sans-IO and deterministic.
//!
//! A [`Core`] is a compiled policy made ready; a [`Call`] is one call that it decides about. The host brings events
//! and the time, answers look-ups through [`Sources`], and receives decisions through a [`Sink`]:
//!
//! ```text
//! (now, Event) ──► Call::handle ──► Sink::decided · judged · incident
//!                      ▲    └─────► Call::wake_at ──► the host's clock ──► Call::wake
//!                   Sources
//! ```
//!
//! A call changes only inside one method at a time, which takes `now`, does all that is due and returns: the
//! contract is stated at [`Call`]. At one event facts are set first, then the intent, then sources are asked, all
//! together, then entries run: watches, routes, quality checks, each kind in the manifest's order.
//!
//! Architecture invariant: no clock, file, socket, thread or source of chance is used here.

mod alerts;
mod answers;
mod call;
mod calling;
pub mod campaign;
mod cards;
mod centre;
mod chance;
mod core;
mod dialog;
mod error;
mod fact_slots;
pub mod floor;
mod groups;
mod hearing;
mod hours;
pub mod limits;
mod live;
mod lookups;
mod modes;
mod observe;
mod plan;
mod schedule;
mod sink;
mod sources;
mod talk;
mod texts;
pub mod ticket;
mod told;
mod trials;

pub use alerts::OpenAlert;
pub use call::{Call, Evaluated};
pub use calling::{CallingTimes, ZonesOf, zones_by_number};
pub use centre::{Centre, CentreEvent, CentrePlan, CentreSink, LOOK_MS};
pub use chance::of as chance_of;
pub use core::Core;
pub use error::CoreError;
pub use modes::Modes;
pub use sink::{ActPlace, Decision, Incident, IncidentKind, QaResult, Record, Sink, Verdict, What};
pub use sources::{Answer, ArgumentValue, NoSources, Sources};
pub use told::{DialogStep, Heard, Told};

#[cfg(test)]
mod tests;
