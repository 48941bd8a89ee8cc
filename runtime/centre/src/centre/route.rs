//! What a route's outputs mean to the floor.

use tandem_stdlib::contract::{EntryKind, EntryRef, Manifest, Slot, Type, VocabularyKind};

/// Where a route sends a contact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Routed {
    /// Slot value of `queue`.
    pub(super) queue: Slot,
    /// The output `priority`, where there is one.
    pub(super) priority: Option<f64>,
    /// The entry that scores agents.
    pub(super) score: Option<EntryRef>,
}

/// Reads a route's outputs; `None` for a route that decides no queue, or decided none.
pub(super) fn read(manifest: &Manifest, entry: usize, slots: &[Slot]) -> Option<Routed> {
    let EntryKind::Route { outputs, prefer } = &manifest.entries.get(entry)?.kind else { return None };
    let mut routed = Routed { queue: 0, priority: None, score: *prefer };
    for (output, slot) in outputs.iter().zip(slots) {
        if is_queue(manifest, output.ty) {
            routed.queue = *slot;
        } else if output.name == "priority" && output.ty.is_float() {
            routed.priority = Some(f64::from_bits(*slot));
        }
    }
    Some(routed).filter(|routed| routed.queue != 0)
}

fn is_queue(manifest: &Manifest, ty: Type) -> bool {
    let Type::Word(index) = ty else { return false };
    let vocabulary = manifest.vocabularies.get(index as usize);
    vocabulary.is_some_and(|vocabulary| vocabulary.kind == VocabularyKind::Queue)
}
