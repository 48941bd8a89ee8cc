//! What a replay tells about one call, ready to be written.

use std::sync::Arc;

use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};
use tandem_centre::{IncidentKind, Verdict};
use tandem_stdlib::contract::{Party, Signal, Slot};

use crate::dialogs::DialogReport;
use crate::figures::OfRecord;
use crate::recording::HiddenSpan;
use crate::value::show_time;

/// The version of the documents that these types are written to; raised when a field changes its meaning.
pub const REPORT_VERSION: u32 = 1;

/// Everything that came of one recorded call. Names are lent from the policy's manifest.
#[derive(Clone, Debug, Default)]
pub struct CallReport<'m> {
    /// The call's name.
    pub call: String,
    /// The file that it was read from.
    pub file: String,
    /// The call's length.
    pub duration_ms: i64,
    /// Milliseconds of audio that were analysed; 0 without audio.
    pub audio_ms: i64,
    /// Events that the policy saw.
    pub events: u64,
    /// Who of the centre took the call and when, milliseconds since its start, as far as the record tells.
    pub agents: Vec<(i64, String)>,
    /// What dialogs did, in order of time.
    pub dialogs: Vec<DialogReport<'m>>,
    /// What was decided, in order of time.
    pub decisions: Vec<DecisionReport<'m>>,
    /// Final results of quality items that are known, in the order of the policy.
    pub qa: Vec<QaItemReport<'m>>,
    /// Final results of whole quality checks, in the order of the policy.
    pub checks: Vec<QaCheckReport<'m>>,
    /// Oddities of the record, and what went wrong inside the call and was survived.
    pub warnings: Vec<CallWarning>,
    /// Where the record cannot know what would have followed.
    pub notes: Vec<CallNote<'m>>,
    /// Signals that the policy reads and this call never measured.
    pub unmeasured: Vec<(Party, Signal)>,
    /// The samplings that took this call, in the order of the policy.
    pub samples: Vec<SampleReport<'m>>,
    /// The campaigns whose lead the caller became, in the order of the policy.
    pub leads: Vec<LeadReport<'m>>,
    /// What a masked recording must not let hear, in order of time.
    pub hidden: Vec<HiddenSpan<'m>>,
    /// How long the steps took; only when the caller gave a clock.
    pub timing: Option<Timing>,
    /// What the summary counts.
    pub(crate) tally: CallTally,
}

/// A decision as it is written.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DecisionReport<'m> {
    /// Milliseconds since the call's start.
    pub at_ms: i64,
    /// The entry's full name, such as `retail_bank.arrival`.
    pub policy: &'m str,
    /// The row, rule or condition that decided, such as `row 3`; empty when none is known.
    pub rule: &'m str,
    /// What kind of decision it is.
    pub kind: DecisionKind,
    /// What was decided, such as `queue vip_desk, priority 80` or `alert supervisor`.
    #[serde(serialize_with = "as_text")]
    pub action: Arc<str>,
    /// The author's reason; empty when there is none.
    pub because: &'m str,
    /// `false` when a route gave the very answer that it gave last time in this call.
    pub changed: bool,
}

/// The kinds of decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionKind {
    /// A route decided its outputs.
    Route,
    /// A watch told a role.
    Alert,
    /// A watch moved the call.
    Transfer,
    /// A card was shown.
    Card,
    /// A dialog followed a handler.
    Dialog,
    /// A watch that does nothing but be looked at fired.
    Noticed,
    /// A watch that had fired is clear again.
    Clear,
    /// A role was told because nobody acknowledged an alert.
    FollowUpAlert,
    /// The call was moved because nobody acknowledged an alert.
    FollowUpTransfer,
}

impl DecisionKind {
    /// Whether somebody is told or the call is moved.
    pub(crate) const fn is_action(self) -> bool {
        !matches!(self, Self::Route | Self::Dialog | Self::Noticed | Self::Clear)
    }
}

/// A quality item's result as it is written.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QaItemReport<'m> {
    /// The check's full name.
    pub policy: &'m str,
    /// The item in the author's words.
    pub item: &'m str,
    /// The item's number in its check, counted from 1.
    pub number: usize,
    /// What came of it.
    pub result: QaResultWord,
    /// Where the evidence lies: milliseconds since the call's start.
    pub at_ms: i64,
    /// The author's reason; empty when there is none.
    pub because: &'m str,
}

/// The result of a quality item or of a whole check, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum QaResultWord {
    /// It held.
    Passed,
    /// It did not hold.
    Failed,
    /// It could not be judged, or the check does not apply to this call.
    NotApplicable,
    /// The call ended before it was known.
    Pending,
}

impl QaResultWord {
    /// In words.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::NotApplicable => "does not apply",
            Self::Pending => "pending",
        }
    }
}

/// The result of a whole quality check as it is written.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QaCheckReport<'m> {
    /// The check's full name.
    pub policy: &'m str,
    /// What came of it.
    pub result: QaResultWord,
    /// Points kept by the items that were judged.
    pub points: u32,
    /// Points that these items carry.
    pub points_of: u32,
    /// Whether an item marked `critical` failed.
    pub critical: bool,
}

/// A call that a sampling took.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SampleReport<'m> {
    /// The sampling's full name.
    pub sampling: &'m str,
    /// The line that told the share, such as `10% otherwise`.
    pub line: &'m str,
    /// The author's reason; empty when there is none.
    pub because: &'m str,
    /// The share of such calls that are taken, 0..1.
    pub share: f64,
}

/// A caller who became a lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeadReport<'m> {
    /// The campaign's full name.
    pub campaign: &'m str,
    /// The author's reason, else the condition.
    pub because: &'m str,
    /// What is known of the lead, by name.
    pub fields: Vec<(String, String)>,
}

/// Something odd about a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CallWarning {
    /// The kind, the same for every call with this oddity.
    pub code: &'static str,
    /// What is odd and what was assumed, lower case.
    pub message: String,
}

/// A place from which on the replay follows the record although the policy decided otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallNote<'m> {
    /// Milliseconds since the call's start.
    pub at_ms: i64,
    /// The full name of the entry that decided.
    pub policy: &'m str,
    /// What it decided.
    pub action: Arc<str>,
    /// A dialog asked something that the recorded bot never asked.
    pub asked: bool,
}

impl CallNote<'_> {
    /// What the record cannot know, lower case.
    #[must_use]
    pub fn message(&self) -> String {
        let Self { at_ms, policy, action, asked } = self;
        let at = show_time(*at_ms);
        if *asked {
            return format!(
                "`{policy}` {action} at {at}, which nobody asks in the recording; it cannot tell what the caller would have \
                 answered, and the dialog is left there"
            );
        }
        format!(
            "`{policy}` decided `{action}` at {at}; from there on the recording shows what happened without it"
        )
    }
}

/// As `{at_ms, message}`.
impl Serialize for CallNote<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("CallNote", 2)?;
        fields.serialize_field("at_ms", &self.at_ms)?;
        fields.serialize_field("message", &self.message())?;
        fields.end()
    }
}

/// How long the steps of one call took, in nanoseconds of the caller's clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Timing {
    /// Reading the record: for audio, decoding and analysing it.
    pub load_ns: u64,
    /// Deciding about all events.
    pub decide_ns: u64,
}

/// A line that also names its call and the file, as documents list them.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct OfCall<'a, T: Serialize> {
    /// The call's name.
    pub call: &'a str,
    /// The file that it was read from.
    pub file: &'a str,
    /// The rest of the line.
    #[serde(flatten)]
    pub line: &'a T,
}

/// What a summary counts of one call, as indices into the manifest.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallTally {
    /// (entry, outcome, kind) of each decision.
    pub(crate) decisions: Vec<(usize, Option<usize>, DecisionKind)>,
    /// Slot values of `queue` that routes and transfers decided, in order of time.
    pub(crate) queues: Vec<Slot>,
    /// By check of the policy, (entry, verdicts of its items).
    pub(crate) verdicts: Vec<(usize, Vec<Verdict>)>,
    pub(crate) incidents: Vec<IncidentKind>,
    /// By experiment of the policy: whether this call tried.
    pub(crate) tries: Vec<bool>,
    /// By export of the policy: the row of this call, if it has one.
    pub(crate) exported: Vec<Option<Vec<Slot>>>,
    /// By protected field of the policy: the group of this call's caller.
    pub(crate) groups: Vec<i64>,
    /// What the record shows, if the policy has targets, replays or protected fields.
    pub(crate) shown: Option<OfRecord>,
    /// The queue that the record tells, a slot of `queue`; 0: none of the policy's, or nobody asks.
    pub(crate) recorded_queue: Slot,
    /// A watch moved the call, and the record shows no such transfer.
    pub(crate) moved: bool,
    /// A route changed the queue during the call, and the record shows no such transfer.
    pub(crate) requeued: bool,
}

/// Decisions of one kind share their text.
fn as_text<S: Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

impl<'m> CallReport<'m> {
    /// The queue that was decided last, a slot of `queue`.
    pub(crate) fn queue(&self) -> Option<Slot> {
        self.tally.queues.iter().rev().copied().find(|slot| *slot != 0)
    }

    /// A line of a document about this call.
    pub fn line<'a, T: Serialize>(&'a self, line: &'a T) -> OfCall<'a, T> {
        OfCall { call: &self.call, file: &self.file, line }
    }

    /// The decisions as lines of a document: `{call, file, at_ms, policy, rule, kind, action, because, changed}`.
    pub fn decision_lines(&self) -> impl Iterator<Item = OfCall<'_, DecisionReport<'m>>> {
        self.decisions.iter().map(|line| self.line(line))
    }

    /// The quality results as lines of a document: `{call, file, policy, item, number, result, at_ms, because}`.
    pub fn qa_lines(&self) -> impl Iterator<Item = OfCall<'_, QaItemReport<'m>>> {
        self.qa.iter().map(|line| self.line(line))
    }
}
