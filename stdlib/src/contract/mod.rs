//! The contract between a compiled policy and its host.
//!
//! A policy becomes an [`Artefact`]: a [`Manifest`] (plain data: names, facts wanted, entries, reasons) and an
//! [`Evaluator`] (native code or the reference interpreter). The host fills one flat record of 64-bit slots
//! with the facts that the manifest lists, calls an entry, and reads the answer from a flat record again.

mod artefact;
mod campaign;
mod dialog;
mod entry;
mod evaluate;
mod event;
mod explain;
mod fact;
mod host;
mod machine;
mod plan;
mod queue;
mod replay;
mod script;
mod source;
mod ticket;
mod trial;
mod value;

pub use artefact::{Artefact, Manifest, NamedPhrases};
pub use campaign::{
    AbandonCap, AbandonedOf, AttemptCap, AttemptsOf, CallingClock, CallingHours, CallingWeek, CampaignSpec,
    Clause, Disposition, FollowAction, FromCalls, LawCitation, Limit, MachinePolicy, NotCalled, Pacing,
    UnsureZone, Window,
};
pub use dialog::{
    AskSpec, BlockRef, DialogAct, DialogSpec, HandOver, HandOverValue, NoteSpec, Speech, TransferTo,
};
pub use entry::{
    Action, Bounds, Effective, Entry, EntryKind, EntryRef, FollowUp, Outcome, Output, Place, QaItem,
    QaWeight, Reason, Trigger,
};
pub use evaluate::{Evaluator, GROUP_MEMBERS_MAX, Group, GroupMember, Status};
pub use event::{CallStart, Event, Frame, Party, Signal, Turn};
pub use explain::{AtomTrace, Explain, Operand, OutcomeTrace};
pub use fact::{
    AgentFact, AttemptFact, CallFact, DialogFact, FactSource, FactSpec, QueueFact, TextFact, TicketFact,
};
pub use host::HostOp;
pub use machine::{MachineCode, contract_hash};
pub use plan::{
    AssistSpec, CardCap, ChosenBy, ExperimentSpec, ExportSpec, Latency, MAX_REPLIES, MaskSpec, Metric,
    ModeSpec, ProtectedSpec, SamplingSpec, TargetSpec, TransferCap,
};
pub use queue::{Need, Prefer, Promise, QueueCap, QueueSpec, SkillNeed, WaitingAction, WaitingStep};
pub use replay::{ReplayExpectation, ReplayFigure, ReplaySpec};
pub use script::{DialogExpectation, Expectation, Filled, Given, Script, Step, Stimulus};
pub use source::{Argument, SourceCall, SourceField, SourceSpec};
pub use ticket::{
    CallBack, TicketDeadline, TicketEvent, TicketField, TicketGoal, TicketMoves, TicketNotice, TicketPrefill,
    TicketSpec, TicketStep,
};
pub use trial::{FollowedBy, TicketExpectation, Trial, TrialExpectation, TrialStimulus};
pub use value::{Currency, Slot, Type, UNKNOWN_WORD, Vocabulary, VocabularyKind};
