//! A compiled policy as one value.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    AssistSpec, CampaignSpec, CardCap, DialogSpec, Entry, Evaluator, ExperimentSpec, Explain, ExportSpec,
    FactSpec, MaskSpec, ModeSpec, NoteSpec, ProtectedSpec, QueueSpec, ReplaySpec, SamplingSpec, Script,
    SourceCall, SourceSpec, TargetSpec, TicketSpec, TransferCap, Vocabulary,
};
use crate::words::{CalendarSpec, PhraseIndex};

/// A compiled policy: what it needs and means, and the code that decides.
#[derive(Clone)]
pub struct Artefact {
    /// Names, facts, entries, reasons.
    pub manifest: Arc<Manifest>,
    /// Native code or the interpreter.
    pub evaluator: Arc<dyn Evaluator>,
    /// Accounts for decisions.
    pub explain: Arc<dyn Explain>,
}

/// Everything about a compiled policy that is data. The host needs nothing else of the author's text.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Manifest {
    /// Vocabularies; [`Type::Word`](super::Type::Word) indexes this list.
    pub vocabularies: Vec<Vocabulary>,
    /// Layout of the facts record. Slot 0 is always the elapsed time.
    pub facts: Vec<FactSpec>,
    /// Declared sources.
    pub sources: Vec<SourceSpec>,
    /// Look-ups, shared by all entries.
    pub source_calls: Vec<SourceCall>,
    /// Calendars.
    pub calendars: Vec<CalendarSpec>,
    /// Phrase sets in the order of their indices.
    pub phrases: Vec<NamedPhrases>,
    /// One automaton over all phrase sets: its outputs are indices into `phrases`.
    pub phrase_index: PhraseIndex,
    /// For each phrase set that recognises an intent: (index into `phrases`, slot of the intent word).
    pub heard_as: Vec<(u32, super::Slot)>,
    /// Texts that the policy mentions; slot value = index + 1.
    pub literals: Vec<String>,
    /// Queues in order of the `queue` vocabulary.
    pub queues: Vec<QueueSpec>,
    /// Dialogs.
    pub dialogs: Vec<DialogSpec>,
    /// What dialogs note and grades and quality checks read, each name once.
    pub notes: Vec<NoteSpec>,
    /// Campaigns.
    pub campaigns: Vec<CampaignSpec>,
    /// Kinds of tickets.
    pub tickets: Vec<TicketSpec>,
    /// Modes of the centre.
    pub modes: Vec<ModeSpec>,
    /// Cards for agents.
    pub assists: Vec<AssistSpec>,
    /// `attention at most N cards per D`: over all assists together, for one agent in one call.
    pub attention: Option<CardCap>,
    /// How often a call may be passed on.
    pub transfers: Option<TransferCap>,
    /// Figures to reach.
    pub targets: Vec<TargetSpec>,
    /// What leaves for others to learn from.
    pub exports: Vec<ExportSpec>,
    /// Which calls a person listens to.
    pub samplings: Vec<SamplingSpec>,
    /// Fields by which reports are split.
    pub protected: Vec<ProtectedSpec>,
    /// What is masked where.
    pub masks: Vec<MaskSpec>,
    /// Rules that a share of calls tries.
    pub experiments: Vec<ExperimentSpec>,
    /// Routes, watches and quality checks, and the conditions of everything else.
    pub entries: Vec<Entry>,
    /// `test` blocks.
    pub scripts: Vec<Script>,
    /// `replay` items.
    pub replays: Vec<ReplaySpec>,
}

/// A phrase set's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedPhrases {
    /// Full name, such as `retail_bank.cancel_threat`.
    pub name: String,
}
