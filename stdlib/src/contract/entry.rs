//! Entries: the functions of a compiled policy, when each runs, and what its answers mean.

use serde::{Deserialize, Serialize};

use super::{Party, Slot, Type};

/// When the host must run an entry. Several may apply to one event; the entry runs once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Trigger {
    /// At the call's start.
    Start,
    /// When the caller's intent becomes known or changes.
    Intent,
    /// After a key.
    Key,
    /// After a turn of this party.
    Turn(Party),
    /// After a frame of this party.
    Frame(Party),
    /// When the party says the phrases (index into `phrases`).
    Says(Party, u32),
    /// When a turn was left unresolved.
    Unresolved,
    /// When the call is held or taken back.
    Hold,
    /// When a person of the centre takes the call.
    Answer,
    /// When the moment that the entry itself asked for has come.
    Wake,
    /// At the call's end.
    End,
    /// When something of the centre changes: a queue, an agent, a campaign.
    Centre,
}

/// Index into [`Manifest::entries`](super::Manifest::entries).
pub type EntryRef = u32;

/// One function of a compiled policy.
///
/// Layout of the answer record, in slots:
/// - route: one slot an output, then the index of the [`Outcome`] that decided (`u64::MAX`: none), then trace bits;
/// - watch: 0 nothing, 1 fired, 2 its `clear when` came true; then the wake-up in milliseconds since the call's start
///   (`i64::MAX`: none); then trace bits;
/// - qa: two slots an item (0 pending, 1 passed, 2 failed, 3 not applicable; evidence in milliseconds since the
///   call's start), then the wake-up, then trace bits.
///
/// Trace bits are one bit an [`Outcome`], 64 a slot, least significant first: set when the rule or condition held.
/// A large route may have none (its `answer_slots` tells): the index of the outcome that decided says the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Full name, such as `retail_bank.arrival`.
    pub name: String,
    /// What kind of answer it gives.
    pub kind: EntryKind,
    /// When it runs; empty: when something else of the policy, such as a dialog, asks for it.
    pub triggers: Vec<Trigger>,
    /// From when and until when it holds; outside it does not run.
    pub effective: Effective,
    /// Rules or conditions in order, one trace bit each.
    pub outcomes: Vec<Outcome>,
    /// Slots of state that it keeps for each call, all zero at the call's start.
    pub state_slots: u32,
    /// Slots of its answer record, trace bits included.
    pub answer_slots: u32,
    /// Where it is declared.
    pub place: Place,
}

/// What kind of answer an entry gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum EntryKind {
    /// Decides named outputs.
    Route {
        /// What is decided, in order of the answer slots.
        outputs: Vec<Output>,
        /// Gives each free agent a score; the highest is taken. An entry whose only output is a number.
        prefer: Option<EntryRef>,
    },
    /// Looks for a pattern in time.
    Watch {
        /// Done each time it fires.
        action: Action,
        /// Given with the action.
        because: String,
        /// Done later if nobody acknowledges.
        follow_up: Option<FollowUp>,
        /// It has a `clear when`. The first slot of its state tells whether its condition holds, then the second
        /// whether it has fired and is not clear again.
        clears: bool,
        /// What it costs.
        bounds: Bounds,
    },
    /// Checks a call's quality.
    Qa {
        /// The items in order of the answer slots.
        items: Vec<QaItem>,
        /// The share of points from which the call passes.
        pass_share: f64,
    },
}

/// From when and until when an entry holds: milliseconds since the Unix epoch, the end excluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effective {
    /// `None`: since ever.
    pub from_ms: Option<i64>,
    /// `None`: for ever.
    pub until_ms: Option<i64>,
}

impl Effective {
    /// Whether it holds at this moment.
    #[must_use]
    pub fn holds(&self, clock_ms: i64) -> bool {
        self.from_ms.is_none_or(|from| from <= clock_ms) && self.until_ms.is_none_or(|until| clock_ms < until)
    }
}

/// One thing that a route decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// Name, such as `queue` or `priority`.
    pub name: String,
    /// Type of the slot.
    pub ty: Type,
}

/// A row, a rule or a condition that can hold, with the author's reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// How people call it, such as `row 3`, `otherwise` or the rule's name.
    pub label: String,
    /// The author's words after `because`; empty when there are none.
    pub because: String,
    /// Where it stands.
    pub place: Place,
}

/// A reason with its place, for traces.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// The author's words.
    pub because: String,
    /// Where it stands.
    pub place: Place,
}

/// A place in a policy's text. Line and column count from 1, in characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file as it was given.
    pub file: String,
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
}

/// What a watch does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Action {
    /// Tell a role (slot value in the `role` vocabulary).
    Alert(Slot),
    /// Move the call to a queue (slot value in the `queue` vocabulary).
    Transfer(Slot),
    /// Show a card to whoever has a role.
    Card {
        /// Slot of its text.
        text: Slot,
        /// Slot value in the `role` vocabulary; 0: the agent of the call.
        role: Slot,
        /// For how long.
        for_ms: i64,
    },
    /// Nothing: the watch is only looked at, see [`FactSource::Watch`](super::FactSource::Watch).
    Nothing,
    /// Turn a mode of the centre on (index into `modes`), and off again when the watch is clear.
    Mode(u32),
}

/// An action that follows when an alert stays without acknowledgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// What then.
    pub action: Action,
    /// After how long.
    pub within_ms: i64,
}

/// The fixed cost of a watch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// Bytes of state for each call.
    pub state_bytes: u32,
    /// The longest stretch of the past that it looks at.
    pub horizon_ms: i64,
}

/// One item of a quality check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QaItem {
    /// What must hold, in the author's words, such as `agent must say recording_notice`.
    pub label: String,
    /// What a failure weighs.
    pub weight: QaWeight,
    /// The author's reason and the place.
    pub reason: Reason,
}

/// What failing a quality item means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum QaWeight {
    /// The call fails, and the failure is reported as critical.
    Critical,
    /// The call fails.
    Fail,
    /// So many points are lost.
    Score(u32),
}
