//! Where a record cannot know what would have followed: the call goes on as it was recorded, whatever was decided.

use std::sync::Arc;

use tandem_archive::RecordedCall;
use tandem_stdlib::contract::{Event, Manifest, Slot, VocabularyKind};

use crate::names::word_of;
use crate::report::{CallNote, DecisionKind};

/// A decision that moved the call.
struct Move<'m> {
    at_ms: i64,
    policy: &'m str,
    action: Arc<str>,
    queue: Slot,
}

/// The first decisions of a call that its record may not have followed.
#[derive(Default)]
pub(crate) struct Divergence<'m> {
    /// By a watch or its follow-up.
    transfer: Option<Move<'m>>,
    /// By a route that gave another queue than the one before.
    requeue: Option<Move<'m>>,
    queue: Option<Slot>,
}

impl<'m> Divergence<'m> {
    /// Takes a decision for a queue.
    pub(crate) fn decided(
        &mut self,
        kind: DecisionKind,
        at_ms: i64,
        policy: &'m str,
        action: &Arc<str>,
        queue: Slot,
    ) {
        let moved = || Move { at_ms, policy, action: Arc::clone(action), queue };
        let before = self.queue.replace(queue);
        if kind == DecisionKind::Route {
            if before.is_some_and(|before| before != queue) && self.requeue.is_none() {
                self.requeue = Some(moved());
            }
        } else if self.transfer.is_none() {
            self.transfer = Some(moved());
        }
    }

    /// Notes on the moves that the record does not show: of a watch and of a route. Ready for the next call then.
    pub(crate) fn take_notes(
        &mut self,
        manifest: &Manifest,
        recorded: &RecordedCall,
    ) -> [Option<CallNote<'m>>; 2] {
        self.queue = None;
        [self.transfer.take(), self.requeue.take()].map(|moved| {
            let Move { at_ms, policy, action, .. } =
                moved.filter(|moved| !moved.is_recorded(manifest, recorded))?;
            Some(CallNote { at_ms, policy, action, asked: false })
        })
    }
}

impl Move<'_> {
    /// Whether the record shows a transfer to this queue at that time or later.
    fn is_recorded(&self, manifest: &Manifest, recorded: &RecordedCall) -> bool {
        let queue = word_of(manifest, VocabularyKind::Queue, self.queue);
        let later = recorded.events().skip_while(|(at_ms, _)| *at_ms < self.at_ms);
        later.into_iter().any(|(_, event)| matches!(event, Event::Transferred(to) if to == queue))
    }
}

/// The queue that a record tells: the last that the call was transferred to, else its label `queue`; 0: none of the
/// policy's.
pub(crate) fn recorded_queue(manifest: &Manifest, recorded: &RecordedCall) -> Slot {
    let mut to = "";
    for (_, event) in recorded.events() {
        if let Event::Transferred(queue) = event {
            to = queue;
        }
    }
    let label = recorded.labels.iter().find(|(name, _)| name == "queue").map(|(_, queue)| queue.as_str());
    let told = if to.is_empty() { label.unwrap_or_default() } else { to };
    let queues = manifest.vocabularies.iter().find(|one| one.kind == VocabularyKind::Queue);
    let at = queues.and_then(|queues| queues.words.iter().position(|queue| queue == told));
    at.map_or(0, |at| at as Slot + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{bank, recorded};

    fn notes(record: &RecordedCall, decided: &[(DecisionKind, i64, Slot)]) -> [Option<i64>; 2] {
        let core = bank(Vec::new());
        let mut divergence = Divergence::default();
        for (kind, at_ms, queue) in decided {
            divergence.decided(*kind, *at_ms, "bank.arrival", &Arc::from("queue"), *queue);
        }
        divergence.take_notes(core.manifest(), record).map(|note| note.map(|note| note.at_ms))
    }

    #[test]
    fn the_first_queue_is_no_move_and_the_same_queue_is_none_either() {
        let record = recorded("c", 30_000);
        assert_eq!(
            notes(&record, &[(DecisionKind::Route, 0, 1), (DecisionKind::Route, 10, 1)]),
            [None, None]
        );
    }

    #[test]
    fn a_move_that_the_record_shows_is_no_divergence() {
        let moves = [(DecisionKind::Route, 0, 1), (DecisionKind::Route, 2_000, 2)];
        let mut record = recorded("c", 30_000);
        assert_eq!(notes(&record, &moves), [None, Some(2_000)]);
        record.push(2_500, &Event::Transferred("complaints"));
        record.settle();
        assert_eq!(notes(&record, &moves), [None, None]);
        assert_eq!(notes(&record, &[(DecisionKind::Transfer, 9_000, 2)]), [Some(9_000), None]);
    }
}
