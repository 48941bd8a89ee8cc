//! The contract between a compiled policy and its host.
//!
//! A policy becomes an [`Artefact`]: a [`Manifest`] (plain data: names, facts wanted, entries, reasons) and an
//! [`Evaluator`] (native code or the reference interpreter). The host fills one flat record of 64-bit slots
//! with the facts that the manifest lists, calls an entry, and reads the answer from a flat record again.

mod artefact;
mod entry;
mod evaluate;
mod event;
mod explain;
mod fact;
mod host;
mod machine;
mod script;
mod source;
mod value;

pub use artefact::{Artefact, Manifest, NamedPhrases, NamedQueue};
pub use entry::{
    Action, Bounds, Entry, EntryKind, FollowUp, Outcome, Output, Place, QaItem, QaWeight, Reason, Trigger,
};
pub use evaluate::{Evaluator, Status};
pub use event::{CallStart, Event, Frame, Party, Signal, Turn};
pub use explain::{AtomTrace, Explain, Operand, OutcomeTrace};
pub use fact::{CallFact, FactSource, FactSpec, TextFact};
pub use host::HostOp;
pub use machine::{MachineCode, contract_hash};
pub use script::{Expectation, Given, Script, Step, Stimulus};
pub use source::{Argument, SourceCall, SourceField, SourceSpec};
pub use value::{Currency, Slot, Type, UNKNOWN_WORD, Vocabulary, VocabularyKind};
