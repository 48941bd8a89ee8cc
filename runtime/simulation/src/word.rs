//! The policy's own words.

use tandem_stdlib::contract::{Manifest, Slot, VocabularyKind};

/// The word at a slot of the first vocabulary of a kind; `unknown` when there is none.
pub(crate) fn word_of(manifest: &Manifest, kind: VocabularyKind, slot: Slot) -> &str {
    let vocabulary = manifest.vocabularies.iter().find(|vocabulary| vocabulary.kind == kind);
    let index = slot.checked_sub(1).and_then(|index| usize::try_from(index).ok());
    let word = vocabulary.zip(index).and_then(|(vocabulary, index)| vocabulary.words.get(index));
    word.map_or("unknown", String::as_str)
}
