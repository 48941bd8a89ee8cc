//! The texts of actions, rendered once for all calls of a thread: calls share most of them.

use std::sync::Arc;

use tandem_centre::What;
use tandem_stdlib::contract::{Manifest, Slot};

use crate::names::show_what;
use crate::report::DecisionKind;

/// Texts that are kept for one entry; an entry with more, such as a computed priority, renders the rest anew.
const TEXTS_PER_ENTRY: usize = 64;

/// What an entry decided, and its text.
struct Shown {
    kind: DecisionKind,
    slots: Vec<Slot>,
    text: Arc<str>,
}

/// The texts of the actions seen so far.
pub(crate) struct Actions {
    /// By entry.
    shown: Vec<Vec<Shown>>,
}

impl Actions {
    pub(crate) fn new(manifest: &Manifest) -> Self {
        Self { shown: manifest.entries.iter().map(|_| Vec::new()).collect() }
    }

    /// The kind and the text of what an entry decided.
    pub(crate) fn text(
        &mut self,
        manifest: &Manifest,
        entry: usize,
        what: What<'_>,
    ) -> (DecisionKind, Arc<str>) {
        let (single, card, handler);
        let (kind, slots) = match what {
            What::Outputs(slots) => (DecisionKind::Route, slots),
            What::Alert { role, follow_up } => {
                single = [role];
                (if follow_up { DecisionKind::FollowUpAlert } else { DecisionKind::Alert }, single.as_slice())
            }
            What::Transfer { queue, follow_up } => {
                single = [queue];
                let kind = if follow_up { DecisionKind::FollowUpTransfer } else { DecisionKind::Transfer };
                (kind, single.as_slice())
            }
            What::Card { text, role, fields, .. } => {
                card = [&[text, role], fields].concat();
                (DecisionKind::Card, card.as_slice())
            }
            What::Mode(_) => (DecisionKind::Alert, [].as_slice()),
            What::Handler { dialog, block } => {
                handler = [dialog as Slot, Slot::from(block)];
                (DecisionKind::Dialog, handler.as_slice())
            }
            What::Noticed => (DecisionKind::Noticed, [].as_slice()),
            What::Cleared => (DecisionKind::Clear, [].as_slice()),
        };
        let known = self.shown.get(entry).into_iter().flatten();
        if let Some(shown) = known.into_iter().find(|shown| shown.kind == kind && shown.slots == slots) {
            return (kind, Arc::clone(&shown.text));
        }
        // Outputs that are texts are always the policy's own.
        let text: Arc<str> = show_what(manifest, entry, what, |_| None).1.into();
        if let Some(of_entry) = self.shown.get_mut(entry).filter(|shown| shown.len() < TEXTS_PER_ENTRY) {
            of_entry.push(Shown { kind, slots: slots.to_vec(), text: Arc::clone(&text) });
        }
        (kind, text)
    }
}
