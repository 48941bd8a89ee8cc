//! What a policy says about the centre as a whole: modes, targets, samples, masks, experiments.

use serde::{Deserialize, Serialize};

use super::{EntryRef, Place, Reason, Slot, Speech, Type};
use crate::words::{Redaction, ServiceLevelFormula};

/// `mode peak when … until …`: on from the moment a watch over the centre fires until it is clear.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModeSpec {
    /// Full name.
    pub name: String,
    /// Where it is declared.
    pub place: Place,
    /// The watch: an entry over facts of the centre, run at its events and wake-ups.
    pub watch: EntryRef,
    /// It looks at the clock alone, so that a recorded call tells whether it was on.
    pub by_clock: bool,
    /// The author's reason.
    pub because: String,
}

/// Replies that one card offers: more are not read while somebody talks.
pub const MAX_REPLIES: usize = 3;

/// `assist NAME on PARTY { … }`: a card for whoever talks to the customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AssistSpec {
    /// Full name.
    pub name: String,
    /// The watch whose action is the card.
    pub watch: EntryRef,
    /// An entry without triggers whose outputs stand on the card under their names; `None`: the text alone.
    pub shows: Option<EntryRef>,
    /// What the agent can reply by a click, in the call's language; [`MAX_REPLIES`] at most.
    pub replies: Vec<Speech>,
    /// `at most N cards per D`, of this assist in one call.
    pub cap: Option<CardCap>,
}

/// So many cards within so long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardCap {
    /// Cards at most.
    pub cards: u32,
    /// In each stretch of so many milliseconds.
    pub per_ms: i64,
}

/// `target NAME { … }`: a figure that simulation checks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TargetSpec {
    /// Full name.
    pub name: String,
    /// What is measured.
    pub metric: Metric,
    /// Of which queue alone: slot of `queue`; 0: of all.
    pub queue: Slot,
    /// Whether the figure must be at least (`true`) or at most (`false`) the value.
    pub at_least: bool,
    /// A share 0..1, milliseconds, or a number, as the metric has it.
    pub value: f64,
    /// The author's reason and place.
    pub reason: Reason,
}

/// What a latency is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Latency {
    /// A decision about a call.
    Decision,
    /// What an agent is shown of a caller.
    Screen,
    /// Records of a call that are kept elsewhere.
    Record,
    /// A ticket, from the call's end until it is there.
    Ticket,
    /// Somebody who is told of a ticket that nobody works on.
    Escalation,
    /// A caller who is called back, as promised.
    CallBack,
    /// Figures that are reported.
    Report,
}

impl Latency {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Decision,
        Self::Screen,
        Self::Record,
        Self::Ticket,
        Self::Escalation,
        Self::CallBack,
        Self::Report,
    ];

    /// The author's word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::Screen => "screen",
            Self::Record => "record",
            Self::Ticket => "ticket",
            Self::Escalation => "escalation",
            Self::CallBack => "callback",
            Self::Report => "report",
        }
    }
}

/// A figure with a named formula; see [`words`](crate::words) for each.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Metric {
    /// Share answered in time.
    ServiceLevel {
        /// Threshold.
        within_ms: i64,
        /// How it is counted.
        formula: ServiceLevelFormula,
        /// Abandoned within so many milliseconds counts as short.
        short_abandon_ms: i64,
    },
    /// Mean wait of answered calls, milliseconds.
    AverageSpeedOfAnswer,
    /// Mean wait of all calls, milliseconds.
    MeanWait,
    /// Longest wait, milliseconds.
    LongestWait,
    /// Share of offered calls that were abandoned, short ones left out when above 0 milliseconds.
    Abandonment {
        /// Abandoned within so many milliseconds is not counted.
        short_abandon_ms: i64,
    },
    /// Share of offered calls that were answered.
    AnswerRate,
    /// Share of staffed time in which agents had work.
    Occupancy,
    /// Mean talk, hold and after-call work, milliseconds.
    AverageHandleTime,
    /// Transferred over handled.
    TransferRate,
    /// Transfers to where the call was transferred on, over transfers.
    TransferError,
    /// Closed by the bot over begun with the bot.
    Containment,
    /// Closed by a bot or a machine over all calls.
    AutomationRate,
    /// Conversations with people that an earlier one or the bot should have spared, over all of them.
    AvoidableContacts,
    /// Conversations of an agent in eight hours there.
    CallsPerAgent,
    /// Intents that were recognised rightly, over those that were recognised.
    IntentAccuracy,
    /// The longest that something took, milliseconds.
    Latency {
        /// What.
        of: Latency,
    },
    /// 1 minus repeated contacts in the window over contacts.
    FirstContactResolution {
        /// Window.
        within_ms: i64,
    },
    /// Abandoned over calls that a person answered, of campaigns.
    CampaignAbandonment,
    /// Share of quality checks passed.
    QualityPassed,
    /// The same of the agent for whom it is worst, among those with so many judged checks at least.
    QualityPassedByAgent {
        /// So many.
        checks: u32,
    },
}

/// `sampling NAME { … }`: which calls a person listens to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SamplingSpec {
    /// Full name.
    pub name: String,
    /// Where it is declared.
    pub place: Place,
    /// An entry run at the call's end whose only output is a share 0..1; the call is taken when its
    /// [chance](super::FactSource::Chance) with the sampling's name lies below.
    pub entry: EntryRef,
}

/// `export NAME anonymised in groups of N`: counts of calls that are alike, for others to learn from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExportSpec {
    /// Full name.
    pub name: String,
    /// The author's reason; empty when there is none.
    pub because: String,
    /// So many calls must be alike for a row to leave.
    pub groups_of: u32,
    /// An entry run at the call's end whose outputs are the row; calls for which it decides nothing are left out.
    pub entry: EntryRef,
}

/// A field that is declared `protected`, of a source that the policy asks: reports are split by its values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProtectedSpec {
    /// With its source, such as `crm.customer.age`.
    pub name: String,
    /// The field's own name.
    pub field: String,
    /// What its values are: words, yes/no or numbers.
    pub ty: Type,
    /// An entry that tells the value, as far as a source has told it; run at the call's end.
    pub entry: EntryRef,
}

/// `mask card_number in transcript, recording, screen`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MaskSpec {
    /// The quality check or module that says so.
    pub name: String,
    /// What is masked.
    pub kinds: Vec<Redaction>,
    /// In what is written down.
    pub transcript: bool,
    /// In what is recorded.
    pub recording: bool,
    /// In what agents see.
    pub screen: bool,
    /// An entry without outputs: masks when an outcome decides; `None`: always.
    pub when: Option<EntryRef>,
    /// Where it stands.
    pub place: Place,
}

/// `experiment NAME { … }`: a share of calls tries other rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExperimentSpec {
    /// Full name; it also salts the choice of calls.
    pub name: String,
    /// Where it is declared.
    pub place: Place,
    /// Share of calls, 0..1.
    pub share: f64,
    /// By what a call is chosen.
    pub by: ChosenBy,
    /// (entry as it is, entry that is tried instead).
    pub tries: Vec<(EntryRef, EntryRef)>,
    /// (dialog as it is, dialog that is tried instead), by index in `dialogs`.
    pub dialogs: Vec<(u32, u32)>,
}

/// By what an experiment chooses: the same value is always on the same side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChosenBy {
    /// Each call anew.
    Call,
    /// The caller's number: a caller stays on one side.
    Caller,
}

/// `transfers at most N then QUEUE`: how often a call may be passed on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferCap {
    /// So many transfers of a call by agents and watches are carried out.
    pub most: u32,
    /// Where the next one goes instead, once (a slot of `queue`); `None`: the call stays with whoever has it.
    pub then: Option<Slot>,
    /// The author's reason.
    pub because: String,
}
