//! Look-ups as the host answers them.

use tandem_stdlib::contract::Slot;

/// An argument of a look-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArgumentValue<'a> {
    /// A value of a type that slots hold directly.
    Slot(Slot),
    /// A phone number or a text.
    Text(&'a str),
}

/// Where the host gets the answers of sources from. An answer may take time; one that takes longer than the policy
/// allows counts as none. Only a dialog that answers from a source waits for it: all else is decided at its moment, on
/// answers that are there in time.
pub trait Sources {
    /// Answers the source at `source` in the manifest's list: fills `answer` and returns `true`, or returns `false`
    /// when the answer is unknown.
    fn answer(&mut self, source: usize, arguments: &[ArgumentValue<'_>], answer: &mut Answer) -> bool;
}

/// A host without sources: every answer is unknown.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoSources;

impl Sources for NoSources {
    fn answer(&mut self, _source: usize, _arguments: &[ArgumentValue<'_>], _answer: &mut Answer) -> bool {
        false
    }
}

/// The record that a source answers. A field that is not set is unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    slots: Vec<(usize, Slot)>,
    texts: Vec<(usize, std::ops::Range<usize>)>,
    bytes: String,
    after_ms: i64,
}

impl Answer {
    /// Says how long the answer takes from the moment of the question, in milliseconds; otherwise it is there at once.
    pub fn delay(&mut self, after_ms: i64) {
        self.after_ms = after_ms.max(0);
    }

    /// Says that the answer is on its way and nobody knows how long it takes: the host tells it by
    /// [`Call::answered`](crate::Call::answered), or [`Centre::source_answered`](crate::Centre::source_answered).
    pub const fn pending(&mut self) {
        self.after_ms = i64::MAX;
    }

    /// How long the answer takes; `i64::MAX` when nobody knows.
    #[must_use]
    pub const fn after_ms(&self) -> i64 {
        self.after_ms
    }

    /// Sets a field of a type that slots hold directly; `field` counts from 0 in the source's declaration.
    pub fn set(&mut self, field: usize, value: Slot) {
        self.slots.push((field, value));
    }

    /// Sets a field that is a phone number or a text.
    pub fn set_text(&mut self, field: usize, text: &str) {
        let start = self.bytes.len();
        self.bytes.push_str(text);
        self.texts.push((field, start..self.bytes.len()));
    }

    /// Forgets everything, keeping the memory.
    pub fn clear(&mut self) {
        self.slots.clear();
        self.texts.clear();
        self.bytes.clear();
        self.after_ms = 0;
    }

    /// The value of a field that is no text.
    #[must_use]
    pub fn slot(&self, field: usize) -> Option<Slot> {
        self.slots.iter().rev().find(|(index, _)| *index == field).map(|(_, value)| *value)
    }

    /// The text of a field.
    #[must_use]
    pub fn text(&self, field: usize) -> Option<&str> {
        let (_, range) = self.texts.iter().rev().find(|(index, _)| *index == field)?;
        self.bytes.get(range.clone())
    }
}
