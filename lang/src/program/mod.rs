//! The checked program: everything resolved, typed and ready to lower. No error is left in it.
//!
//! Indices are those of the manifest that the compiler makes of it: `FactSource`, `Type` and the data that the host reads
//! (queues, dialogs, campaigns …) are the contract's own. Their conditions are routes without triggers, which stand behind
//! the author's routes in `routes`, so that the index of a route is the index of its entry.

mod expression;
mod guarantee;
mod qa;
mod route;
mod watch;

pub use expression::{Expr, ExprKind};
pub use guarantee::{Guarantee, Proved};
pub use qa::{Qa, QaRule};
pub use route::{Cell, CellTest, Choice, Route, Row, Rule, Table};
pub use watch::Watch;

use tandem_stdlib::contract::{
    AssistSpec, CampaignSpec, CardCap, DialogSpec, ExperimentSpec, ExportSpec, MaskSpec, ModeSpec, NoteSpec,
    ProtectedSpec, QueueSpec, ReplaySpec, SamplingSpec, Script, Slot, SourceCall, SourceSpec, TargetSpec,
    TicketSpec, TransferCap, Vocabulary,
};
use tandem_stdlib::words::{CalendarSpec, Phrase};

use crate::source::Sources;
pub use crate::tree::{ArithmeticOp, CompareOp};

/// A checked program.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// The texts that it was made of.
    pub texts: Sources,
    /// Vocabularies, those of the language itself first.
    pub vocabularies: Vec<Vocabulary>,
    /// Sources.
    pub sources: Vec<SourceSpec>,
    /// Look-ups, each different one once.
    pub source_calls: Vec<SourceCall>,
    /// How each look-up was written, such as `crm.customer(call.from)`.
    pub source_calls_shown: Vec<String>,
    /// Phrase sets that something uses, includes resolved.
    pub phrases: Vec<PhraseSet>,
    /// Calendars, holidays resolved.
    pub calendars: Vec<CalendarSpec>,
    /// Queues in order of the `queue` vocabulary.
    pub queues: Vec<QueueSpec>,
    /// Dialogs.
    pub dialogs: Vec<DialogSpec>,
    /// What dialogs note and grades and quality checks read.
    pub notes: Vec<NoteSpec>,
    /// Guarantees, all of which were proved.
    pub guarantees: Vec<Guarantee>,
    /// Campaigns.
    pub campaigns: Vec<CampaignSpec>,
    /// Kinds of tickets.
    pub tickets: Vec<TicketSpec>,
    /// Modes; `watch` is the index in `watches`, to which the compiler adds the number of routes.
    pub modes: Vec<ModeSpec>,
    /// Cards for agents; `watch` is the index in `watches`, to which the compiler adds the number of routes.
    pub assists: Vec<AssistSpec>,
    /// The most cards for one agent.
    pub attention: Option<CardCap>,
    /// How often a call may be passed on.
    pub transfers: Option<TransferCap>,
    /// Figures to reach.
    pub targets: Vec<TargetSpec>,
    /// What leaves for others to learn from.
    pub exports: Vec<ExportSpec>,
    /// Which calls a person listens to.
    pub samplings: Vec<SamplingSpec>,
    /// Protected fields by which reports are split.
    pub protected: Vec<ProtectedSpec>,
    /// What is masked where.
    pub masks: Vec<MaskSpec>,
    /// Rules that a share of calls tries.
    pub experiments: Vec<ExperimentSpec>,
    /// Texts that conditions and answers mention; slot = index + 1.
    pub literals: Vec<String>,
    /// The author's routes in order, then the conditions of dialogs, campaigns and the like.
    pub routes: Vec<Route>,
    /// Watches in order.
    pub watches: Vec<Watch>,
    /// Quality checks in order.
    pub qas: Vec<Qa>,
    /// Tests in order; `Expectation::Qa::entry` counts all entries: routes first, then watches, then checks.
    pub tests: Vec<Script>,
    /// Replays in order.
    pub replays: Vec<ReplaySpec>,
}

/// A phrase set.
#[derive(Clone, Debug)]
pub struct PhraseSet {
    /// Full name.
    pub name: String,
    /// Patterns in the syntax of the reference, each valid.
    pub patterns: Vec<Phrase>,
    /// The intent that it recognises: a slot of the `intent` vocabulary.
    pub heard_as: Option<Slot>,
}
