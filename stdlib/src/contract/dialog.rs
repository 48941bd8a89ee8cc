//! Dialogs: what a bot says and asks, and what follows from the answers.
//!
//! A dialog is a tree of blocks, laid out in a list. Conditions are entries without triggers and without outputs: the
//! outcome that decides tells which handler follows. So conditions are compiled code, and the rest is data.

use serde::{Deserialize, Serialize};

use super::{EntryRef, FactSource, Place, Slot};

/// Index into a dialog's `blocks`.
pub type BlockRef = u32;

/// A dialog.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DialogSpec {
    /// Full name, such as `retail_bank.self_service`.
    pub name: String,
    /// Where it is declared.
    pub place: Place,
    /// Languages that it speaks: slots of the `language` vocabulary; empty: not said.
    pub languages: Vec<Slot>,
    /// Blocks; the first is where the dialog begins.
    pub blocks: Vec<Vec<DialogAct>>,
    /// Questions; [`DialogAct::Ask`] indexes this list.
    pub asks: Vec<AskSpec>,
    /// The most questions on any way through it before a person, an answer or the end; `None`: not bounded.
    pub depth: Option<u32>,
}

/// A question and what may be answered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AskSpec {
    /// What is asked: slot of a text.
    pub prompt: Slot,
    /// Whether speech is heard.
    pub speech: bool,
    /// Whether typed text is read.
    pub text: bool,
    /// Keys and the intents that they stand for (0: none, a handler tells the key itself).
    pub keys: Vec<(char, Slot)>,
    /// How long an answer may take before it counts as none.
    pub patience_ms: i64,
    /// Which handler follows an event: an entry run at each customer turn, key, silence and unresolved turn while this
    /// question is open. No outcome: the question stays open.
    pub reactions: EntryRef,
    /// One block an outcome of `reactions`. A block that ends without leaving the dialog asks again.
    pub handlers: Vec<BlockRef>,
    /// Where it stands.
    pub place: Place,
}

/// One thing that a bot does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum DialogAct {
    /// `say "…"`: slot of a text, in which `{name}` stands for a value of `Say::values`.
    Say(Speech),
    /// `ask …`: waits for an answer (index into `asks`).
    Ask(u32),
    /// `retain "…"`: tries once to keep the caller in the dialog; then the open question goes on.
    Retain(Speech),
    /// `answer source(…) within 2s else …`: looks up and tells; the block follows when nothing is known in time.
    Answer {
        /// Index into the manifest's `source_calls`.
        source_call: u32,
        /// Time allowed.
        within_ms: i64,
        /// What is told.
        speech: Speech,
        /// What follows when there is no answer.
        otherwise: BlockRef,
    },
    /// `offer QUEUE …`: asks whether the caller wants a person; both branches are given.
    Offer {
        /// The queue.
        queue: Slot,
        /// What is asked.
        speech: Speech,
        /// An entry whose first outcome means yes and whose second means no.
        reactions: EntryRef,
        /// After yes, before the transfer.
        accept: BlockRef,
        /// After no.
        decline: BlockRef,
        /// Handed over with a yes.
        handover: Vec<HandOver>,
    },
    /// `transfer QUEUE handing over …`: leaves the dialog without asking.
    Transfer {
        /// The queue.
        queue: Slot,
        /// Handed over.
        handover: Vec<HandOver>,
        /// The author's reason; empty when there is none.
        because: String,
    },
    /// `run ROUTE`: a route decides the queue; leaves the dialog.
    Route(EntryRef),
    /// `note NAME value`: keeps an answer under a name for the hand-over.
    Note {
        /// The name.
        name: String,
        /// Its value.
        value: FactSource,
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
    /// `if` without an else: the block follows when the entry has an outcome.
    When {
        /// An entry without triggers.
        condition: EntryRef,
        /// What follows.
        then: BlockRef,
    },
    /// `resolved`: the caller's matter is settled; counts for containment.
    Resolved,
    /// `end`: the call ends.
    End,
}

/// A text with values in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speech {
    /// Slot of the text; `{1}`, `{2}` … stand for the values.
    pub text: Slot,
    /// Values by number.
    pub values: Vec<FactSource>,
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
    /// A fact as it then stands.
    Fact(FactSource),
}
