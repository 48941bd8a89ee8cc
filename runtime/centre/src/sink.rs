//! What comes out of a call: decisions, quality results and incidents.

use tandem_stdlib::contract::{BlockRef, DialogAct, EntryKind, Manifest, Slot};

use crate::told::DialogStep;

/// Something that a policy decided.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decision<'a> {
    /// Milliseconds since the call's start.
    pub at_ms: i64,
    /// Index of the entry in the manifest.
    pub entry: usize,
    /// The outcome that decided: the row or rule of a route, the first condition that held of a watch.
    pub outcome: Option<usize>,
    /// What was decided.
    pub what: What<'a>,
    /// `false` when a route gave the very answer that it gave last time in this call.
    pub changed: bool,
    /// One bit an outcome, 64 a slot, least significant first: which rules or conditions held.
    pub trace: &'a [u64],
    /// The act of a dialog that carried it out.
    pub act: Option<ActPlace>,
    /// What the entry saw; only for a sink that [asks for it](Sink::wants_records).
    pub record: Option<Record<'a>>,
}

/// The substance of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What<'a> {
    /// A route's outputs, one slot each, in the order of its declaration.
    Outputs(&'a [Slot]),
    /// A role is told.
    Alert {
        /// Slot value in the `role` vocabulary.
        role: Slot,
        /// `true` when it follows an alert that nobody acknowledged.
        follow_up: bool,
    },
    /// The call is to move to a queue.
    Transfer {
        /// Slot value in the `queue` vocabulary.
        queue: Slot,
        /// `true` when it follows an alert that nobody acknowledged.
        follow_up: bool,
    },
    /// A card is shown to whoever has a role.
    Card {
        /// Slot of its text.
        text: Slot,
        /// Slot value in the `role` vocabulary; 0: the agent of the call.
        role: Slot,
        /// For how long.
        for_ms: i64,
        /// What stands on it beside the text: the outputs of the assist's entry.
        fields: &'a [Slot],
    },
    /// A mode of the centre (index in the manifest) is on.
    Mode(u32),
    /// A dialog follows a handler, and the call stays where it is.
    Handler {
        /// Index of the dialog in the manifest.
        dialog: usize,
        /// The handler's block.
        block: BlockRef,
    },
    /// A watch that does nothing but be looked at has fired.
    Noticed,
    /// A watch that had fired is clear again.
    Cleared,
}

/// What an entry saw when it ran: enough for [`Explain`](tandem_stdlib::contract::Explain) to account for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record<'a> {
    /// The facts.
    pub facts: &'a [Slot],
    /// The entry's state before the run.
    pub state: &'a [Slot],
}

/// Where an act of a dialog stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActPlace {
    /// Index of the dialog in the manifest.
    pub dialog: usize,
    /// Its block.
    pub block: BlockRef,
    /// The act in the block.
    pub act: usize,
}

impl ActPlace {
    /// The author's reason of a transfer.
    fn because(self, manifest: &Manifest) -> &str {
        let dialog = manifest.dialogs.get(self.dialog);
        let block = dialog.and_then(|dialog| dialog.blocks.get(self.block as usize));
        match block.and_then(|block| block.get(self.act)) {
            Some(DialogAct::Transfer { because, .. }) => because,
            _ => "",
        }
    }
}

impl Decision<'_> {
    /// The author's reason: the deciding row's or rule's, or the watch's; empty when there is none, and when a watch
    /// is clear again.
    #[must_use]
    pub fn because<'m>(&self, manifest: &'m Manifest) -> &'m str {
        if let Some(act) = self.act {
            return act.because(manifest);
        }
        let Some(entry) = manifest.entries.get(self.entry) else { return "" };
        if self.what == What::Cleared {
            return "";
        }
        match &entry.kind {
            EntryKind::Watch { because, .. } if !because.is_empty() => because,
            _ => self.outcome.and_then(|outcome| entry.outcomes.get(outcome)).map_or("", |o| &o.because),
        }
    }
}

/// The result of a quality item; it replaces an earlier one of the same item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QaResult {
    /// Milliseconds since the call's start when the result was known.
    pub at_ms: i64,
    /// Index of the entry in the manifest.
    pub entry: usize,
    /// Index of the item in the entry.
    pub item: usize,
    /// What came of it.
    pub verdict: Verdict,
    /// Where the evidence lies: milliseconds since the call's start.
    pub evidence_ms: i64,
}

/// What came of a quality item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Not known yet.
    Pending,
    /// It held.
    Passed,
    /// It did not hold.
    Failed,
    /// It could not be judged, or the check does not apply to this call.
    NotApplicable,
}

impl Verdict {
    /// Reads the slot that the contract defines: 0 pending, 1 passed, 2 failed, 3 not applicable.
    pub(crate) const fn from_slot(slot: Slot) -> Self {
        match slot {
            1 => Self::Passed,
            2 => Self::Failed,
            3 => Self::NotApplicable,
            _ => Self::Pending,
        }
    }
}

/// Something that went wrong inside a call and was survived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Incident {
    /// Milliseconds since the call's start.
    pub at_ms: i64,
    /// The entry concerned, if one is.
    pub entry: Option<usize>,
    /// What happened.
    pub kind: IncidentKind,
}

impl Incident {
    /// The entry or the calendar concerned, if one is.
    #[must_use]
    pub fn subject<'m>(&self, manifest: &'m Manifest) -> Option<&'m str> {
        if let IncidentKind::UnlistedDay { calendar } = self.kind {
            return manifest.calendars.get(calendar).map(|calendar| calendar.name.as_str());
        }
        self.entry.and_then(|entry| manifest.entries.get(entry)).map(|entry| entry.name.as_str())
    }
}

/// The kinds of incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum IncidentKind {
    /// A calculation left the range of its type; the entry decided nothing.
    Overflow,
    /// The compiled code does not fit the manifest; the entry decided nothing.
    Mismatch,
    /// An event came earlier than one before it; it was handled at the later time.
    TimeBackwards,
    /// An event came after the call's end, or before its start; it was ignored.
    OutsideCall,
    /// A recorded intent is no word of the policy; it was ignored.
    UnknownIntent,
    /// More than [`MAX_OPEN_ALERTS`](crate::limits::MAX_OPEN_ALERTS); the alert was given, but nothing follows it.
    TooManyAlerts,
    /// More than [`MAX_WAKES_BETWEEN_EVENTS`](crate::limits::MAX_WAKES_BETWEEN_EVENTS); timers wait for the next
    /// event.
    TooManyWakes,
    /// More texts or bytes of text than one call may keep; the text counts as absent.
    TooManyTexts,
    /// More than [`MAX_KEYS_PER_CALL`](crate::limits::MAX_KEYS_PER_CALL); the key was not kept.
    TooManyKeys,
    /// More than [`MAX_LOOKUPS_PER_CALL`](crate::limits::MAX_LOOKUPS_PER_CALL); the answer stays unknown.
    TooManyLookups,
    /// More than [`MAX_QUESTIONS_PER_CALL`](crate::limits::MAX_QUESTIONS_PER_CALL); the dialog is over.
    TooManyQuestions,
    /// More than [`MAX_ACTS_PER_STEP`](crate::limits::MAX_ACTS_PER_STEP); the rest was left out.
    TooManyActs,
    /// The call reaches a day outside the years that the lists of holidays of a calendar (index in the manifest) cover;
    /// no day there was taken as a holiday. Told once a call and calendar.
    UnlistedDay {
        /// Index in the manifest.
        calendar: usize,
    },
}

impl std::fmt::Display for IncidentKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Overflow => "a calculation left the range of its type, so nothing was decided",
            Self::Mismatch => {
                "the compiled code does not fit its manifest, so nothing was decided; compile it again"
            }
            Self::TimeBackwards => {
                "an event lies before the one that precedes it; it was taken at the later time"
            }
            Self::OutsideCall => {
                "an event lies outside the call, before its start or after its end; it was ignored"
            }
            Self::UnknownIntent => "a recorded intent is no word of the policy's `intent`; it was ignored",
            Self::TooManyAlerts => "too many alerts are open at once; nothing will follow this one",
            Self::TooManyWakes => "a timer rang too often between two events; it waits for the next event",
            Self::TooManyTexts => "too many different texts in one call; the text counts as absent",
            Self::TooManyKeys => "too many keys in one call; the key was not kept",
            Self::TooManyLookups => "too many look-ups in one call; the answer stays unknown",
            Self::TooManyQuestions => "a dialog asked too many questions; it is over",
            Self::TooManyActs => "a dialog had too much to do at once; the rest was left out",
            Self::UnlistedDay { .. } => {
                "the day lies outside the years that the lists of holidays cover, so it was taken as no holiday; \
                 use lists that cover it"
            }
        })
    }
}

/// Receives what comes out of a call, in order of time.
pub trait Sink {
    /// A route, a watch or a follow-up decided.
    fn decided(&mut self, decision: Decision<'_>);

    /// A quality item's result became known or changed.
    fn judged(&mut self, result: QaResult);

    /// A dialog did something.
    fn dialog(&mut self, step: DialogStep<'_>) {
        let _nobody_listens = step;
    }

    /// Something went wrong and was survived.
    fn incident(&mut self, incident: Incident);

    /// Whether decisions must carry what the entry saw. Costs a copy of the state a run.
    fn wants_records(&self) -> bool {
        false
    }
}
