//! Dialogs: what a bot says and asks, and what follows from the answers.
//!
//! A dialog is a tree of blocks, laid out in a list. Whatever is worked out is an entry without triggers: a condition has no
//! outputs and its outcome tells, a value is its outputs. So everything that computes is compiled code, and the rest is data.

use serde::{Deserialize, Serialize};

use super::{EntryRef, Place, Slot, Type};

/// Index into a dialog's `blocks`.
pub type BlockRef = u32;

/// A dialog.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DialogSpec {
    /// Full name, such as `retail_bank.self_service`.
    pub name: String,
    /// Where it is declared.
    pub place: Place,
    /// Languages that it speaks: slots of the `language` vocabulary, the one for all others first; empty: not said.
    pub languages: Vec<Slot>,
    /// Whether it may begin at the call's start; else something else of the policy runs it.
    pub at_start: bool,
    /// An entry whose outcome lets it begin.
    pub begins: EntryRef,
    /// Blocks; the first is where the dialog begins.
    pub blocks: Vec<Vec<DialogAct>>,
    /// Questions; [`DialogAct::Ask`] indexes this list.
    pub asks: Vec<AskSpec>,
    /// The most questions that a caller can hear before a person, an answer or the end, those that are asked again
    /// included; `None`: not bounded.
    pub depth: Option<u32>,
    /// With what callers can hear questions again and again, when that is not bounded.
    pub circle: Option<Place>,
}

/// A question and what may be answered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AskSpec {
    /// What is asked.
    pub speech: Speech,
    /// Whether speech is heard.
    pub speech_heard: bool,
    /// Whether typed text is read.
    pub text_read: bool,
    /// Whether keys are read.
    pub keys_read: bool,
    /// The keys that are named, with the intents that they stand for; 0: a key stands for itself, as one that is missing does.
    pub keys: Vec<(char, Slot)>,
    /// How long an answer may take before it counts as none.
    pub patience_ms: i64,
    /// Which handler follows an event: an entry asked at each customer turn, key, silence and unresolved turn while this
    /// question is open. No outcome: nothing handles the event.
    pub reactions: EntryRef,
    /// One block an outcome of `reactions`. A block that ends without leaving the question asks it again.
    pub handlers: Vec<BlockRef>,
    /// Where the question offers to transfer: its first handler is yes, its second no, the others are urgent.
    pub offers: Option<TransferTo>,
    /// Where it stands.
    pub place: Place,
}

/// One thing that a bot does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum DialogAct {
    /// `say "…"`
    Say(Speech),
    /// `ask …` or `offer …`: waits for an answer (index into `asks`). The last act of a block.
    Ask(u32),
    /// `retain "…"`: tries to keep the caller in the dialog; the open question waits for the answer.
    Retain(Speech),
    /// `answer source(…) within 2s with "…" otherwise { … }`: looks up and tells.
    Answer {
        /// Index into the manifest's `source_calls`.
        source_call: u32,
        /// Time allowed.
        within_ms: i64,
        /// A condition: everything that is told is known.
        known: EntryRef,
        /// What is told.
        speech: Speech,
        /// What follows instead when something is not known in time.
        otherwise: BlockRef,
    },
    /// `transfer QUEUE handing over …`: leaves the dialog.
    Transfer {
        /// Where to.
        to: TransferTo,
        /// Handed over.
        handover: Vec<HandOver>,
        /// The author's reason; empty when there is none.
        because: String,
    },
    /// `note NAME = value`: keeps a value under a name for the hand-over.
    Note {
        /// The name.
        name: String,
        /// An entry whose only output is the value.
        value: EntryRef,
    },
    /// `ticket NAME`: opens a ticket (index into `tickets`).
    Ticket(u32),
    /// `send sms "…"`: a text to the caller.
    Send {
        /// Channel word as written, such as `sms`.
        channel: String,
        /// The text.
        speech: Speech,
    },
    /// `when … { … }`: the block comes before what follows when the condition holds.
    When {
        /// A condition.
        condition: EntryRef,
        /// What comes then.
        then: BlockRef,
    },
    /// `back`: asks the question around the open one.
    Back,
    /// `resolved`: the caller's matter is settled; leaves the dialog and counts for containment.
    Resolved,
    /// `end`: leaves the dialog and ends the call.
    End,
}

/// Where a transfer goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TransferTo {
    /// A queue by its slot.
    Queue(Slot),
    /// An entry decides: its output of type queue.
    Route(EntryRef),
    /// The queue that the caller has just accepted.
    Offered,
}

/// A text with values in it, once for each language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speech {
    /// (slot of `language`, 0 for any; slot of the text, in which `{1}`, `{2}` … stand for the values). The first is
    /// taken when none is in the caller's language.
    pub texts: Vec<(Slot, Slot)>,
    /// An entry whose outputs are the values in order; `None`: there are none.
    pub values: Option<EntryRef>,
}

/// What dialogs note under a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteSpec {
    /// The name.
    pub name: String,
    /// The type of what is noted, the same in every dialog that notes it.
    pub ty: Type,
}

/// Something that the person who takes over is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    /// The field's name.
    pub name: String,
    /// What fills it.
    pub value: HandOverValue,
}

/// What fills a field that is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HandOverValue {
    /// The turns so far, shortened.
    Summary,
    /// What was noted in this dialog.
    Answers,
    /// All turns so far.
    Transcript,
    /// What was noted under the field's name.
    Note,
    /// The only output of an entry.
    Value(EntryRef),
}
