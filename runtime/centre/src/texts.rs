//! Interned texts: those that the policy mentions have fixed numbers, others get numbers of the call's own.

use std::collections::HashMap;

use tandem_stdlib::contract::{Manifest, Slot};

use crate::limits::{MAX_TEXT_BYTES_PER_CALL, MAX_TEXTS_PER_CALL};

/// The policy's own texts by content. Only looked up, never iterated, so its order cannot show.
pub(crate) struct Literals(HashMap<String, Slot>);

impl Literals {
    pub(crate) fn new(manifest: &Manifest) -> Self {
        let numbered = manifest.literals.iter().zip(1..);
        Self(numbered.map(|(text, number)| (text.clone(), number)).collect())
    }
}

/// The texts of one call.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    bytes: String,
    ends: Vec<usize>,
}

impl Texts {
    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }

    /// The slot of a text: the same text has the same slot throughout the call. An empty text is absent; `None`
    /// when the call has no room for another text.
    pub(crate) fn intern(&mut self, literals: &Literals, text: &str) -> Option<Slot> {
        if text.is_empty() {
            return Some(0);
        }
        if let Some(number) = literals.0.get(text) {
            return Some(*number);
        }
        let first = literals.0.len() as Slot + 1;
        let known = (0..self.ends.len()).find(|index| self.at(*index) == Some(text));
        let index = known.or_else(|| self.add(text))?;
        Some(first + index as Slot)
    }

    /// The text behind a slot.
    pub(crate) fn text<'a>(&'a self, manifest: &'a Manifest, slot: Slot) -> Option<&'a str> {
        let index = usize::try_from(slot.checked_sub(1)?).ok()?;
        match manifest.literals.get(index) {
            Some(literal) => Some(literal),
            None => self.at(index.checked_sub(manifest.literals.len())?),
        }
    }

    fn at(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.bytes.get(start..end)
    }

    fn add(&mut self, text: &str) -> Option<usize> {
        let room =
            self.ends.len() < MAX_TEXTS_PER_CALL && self.bytes.len() + text.len() <= MAX_TEXT_BYTES_PER_CALL;
        room.then(|| {
            self.bytes.push_str(text);
            self.ends.push(self.bytes.len());
            self.ends.len() - 1
        })
    }
}
