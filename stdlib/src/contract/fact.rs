//! Facts: what an entry may read, and how the host fills each slot before the call.

use serde::{Deserialize, Serialize};

use super::{Party, Signal, Type};

/// One slot of the facts record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FactSpec {
    /// How the author wrote it, such as `call.from` or `who.tier`; used by explanations.
    pub name: String,
    /// The type of the value.
    pub ty: Type,
    /// Where the host gets it from.
    pub source: FactSource,
}

/// Where the host gets a fact from. Indices point into the [`Manifest`](super::Manifest).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FactSource {
    /// A fact of the call itself.
    Call(CallFact),
    /// The interned text of a fact of the call.
    Text(TextFact),
    /// yes/no: the text begins with the literal (index into `literals`).
    TextStarts(TextFact, u32),
    /// The last measured value of a signal; NaN before the first (`Silence`: milliseconds, an integer).
    Signal(Party, Signal),
    /// The confidence that came with the last `Anger` value; NaN before the first.
    Confidence(Party),
    /// yes/no: the party is speaking in the last frame or turn.
    Speaking(Party),
    /// When the party said the phrases (index into `phrases`) in the turn of this event: milliseconds since the
    /// call's start, estimated within the turn by the position of the words; -1 when not in this turn.
    Said(Party, u32),
    /// How many turns so far in which the party said the phrases.
    SaidTimes(Party, u32),
    /// A word of the `hours` vocabulary: the calendar (index into `calendars`) is open or closed now.
    Calendar(u32),
    /// yes/no: the source call (index into `source_calls`) has an answer.
    Answered(u32),
    /// yes/no: the source call has an answer, and the answer gives this field (index into the source's fields) or
    /// the field has a default.
    AnswerKnown(u32, u32),
    /// A field of the answer, or its default; 0 when there is neither.
    Answer(u32, u32),
}

/// Facts of the call that are not texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CallFact {
    /// Milliseconds since the call's start. Always slot 0 of the record.
    Elapsed,
    /// Milliseconds since the Unix epoch.
    Clock,
    /// What the caller wants, as far as known: a word of `intent`.
    Intent,
    /// A word of `language`.
    Language,
    /// A word of `channel`.
    Channel,
    /// A word of `direction`.
    Direction,
    /// Turns left unresolved so far.
    Unresolved,
    /// yes/no: the call is on hold.
    Held,
    /// yes/no: this is the last event of the call.
    Ended,
}

/// Facts of the call that are texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TextFact {
    /// The caller's number.
    From,
    /// The called number.
    To,
    /// The keys pressed so far, in order.
    Keys,
}
