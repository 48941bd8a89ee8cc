//! A dialog of one call: which question is open, what follows an answer, and what is told.
//!
//! The data is the manifest's [`DialogSpec`](tandem_stdlib::contract::DialogSpec); conditions and values are entries, asked
//! on the call's facts. A call steps its dialog after watches, routes and quality checks of the same event.
//!
//! A turn that no handler follows waits for its intent until time moves on: who recognises intents tells them at the moment
//! of the turn. Then it is unresolved.

mod acts;
mod due;
mod events;
mod handover;
mod looking;
mod speech;

use tandem_stdlib::contract::{AskSpec, DialogSpec, EntryRef, Event, FactSource, Slot, Status};

use crate::live::{Io, Live};
use crate::plan::Plan;
use crate::sink::IncidentKind;
use crate::told::{DialogStep, Told};

/// A question that waits for an answer.
#[derive(Clone, Copy, Debug)]
struct Open {
    ask: usize,
    asked_ms: i64,
    /// How often it got no answer.
    unanswered: u32,
}

/// What a call remembers of its dialog.
#[derive(Debug, Default)]
pub(crate) struct DialogRun {
    running: Option<usize>,
    /// Open questions, the innermost last.
    open: Vec<Open>,
    /// The source that the dialog waits for.
    looking: Option<looking::Looking>,
    /// When a turn was said that nothing follows yet.
    waiting_ms: Option<i64>,
    /// The last turn has been followed.
    followed: bool,
    /// The dialog itself has counted the last turn as unresolved: a recogniser that says so as well tells nothing new.
    counted: bool,
    unresolved: u32,
    silent: u32,
    /// The queue that was offered last.
    offered: Slot,
    asked: u32,
    /// Answers of the caller, by words or keys.
    answers: u32,
    notes: Vec<(String, String)>,
    transcript: handover::Transcript,
}

impl DialogRun {
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// The dialog that goes on, an index in the manifest.
    pub(crate) const fn running(&self) -> Option<usize> {
        self.running
    }

    /// The question that waits for an answer, an index in its dialog.
    pub(crate) fn open_question(&self) -> Option<usize> {
        self.open.last().map(|open| open.ask)
    }

    /// Whether an unresolved turn is told that has been counted; asked once a turn.
    pub(crate) fn is_counted(&mut self, event: &Event<'_>) -> bool {
        matches!(event, Event::Unresolved) && std::mem::take(&mut self.counted)
    }

    /// Leaves the dialog without telling.
    pub(crate) fn leave(&mut self) {
        self.running = None;
        self.open.clear();
        self.looking = None;
        self.waiting_ms = None;
    }
}

/// One step of a call's dialog.
pub(crate) struct Step<'s, 'i> {
    pub(crate) plan: &'s Plan,
    pub(crate) live: &'s mut Live,
    pub(crate) run: &'s mut DialogRun,
    pub(crate) io: &'s mut Io<'i>,
}

impl<'s> Step<'s, '_> {
    fn spec(&self) -> Option<(usize, &'s DialogSpec)> {
        let index = self.run.running?;
        Some((index, self.plan.artefact.manifest.dialogs.get(index)?))
    }

    fn open_ask(&self) -> Option<(usize, &'s AskSpec)> {
        let (_, spec) = self.spec()?;
        let ask = self.run.open_question()?;
        Some((ask, spec.asks.get(ask)?))
    }

    fn tell(&mut self, what: Told<'_>) {
        if let Some(dialog) = self.run.running {
            self.io.sink.dialog(DialogStep { at_ms: self.live.now_ms, dialog, what });
        }
    }

    fn give(&mut self, fact: tandem_stdlib::contract::DialogFact, value: Slot) {
        if let Some(slots) = self.plan.slots.given.get(&FactSource::Dialog(fact)) {
            self.live.set(slots, value);
        }
    }

    /// Asks an entry; answers the outcome that decided. Its outputs are then in the call's answer record.
    fn evaluate(&mut self, entry: EntryRef) -> Option<usize> {
        self.live.look_up_stale(self.plan, self.io);
        match self.live.ask_entry(self.plan, entry as usize) {
            Ok(outcome) => outcome,
            Err(status) => {
                let kind =
                    if status == Status::Overflow { IncidentKind::Overflow } else { IncidentKind::Mismatch };
                self.live.incident(self.io, Some(entry as usize), kind);
                None
            }
        }
    }
}
