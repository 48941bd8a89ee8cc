//! Answers of sources, which may take time: the dialog waits so long, and no longer.
//!
//! A handler that follows something the caller says in between leaves the answer be.

use tandem_stdlib::contract::{BlockRef, DialogAct};

use super::Step;
use super::acts::{After, Moved, Next};
use crate::lookups::time_allowed_ms;
use crate::sink::{ActPlace, What};
use crate::sources::Answer;
use crate::told::Told;

/// A source that the dialog waits for, and what comes then.
#[derive(Debug)]
pub(super) struct Looking {
    /// The act that asks.
    pub(super) place: ActPlace,
    /// When the answer is there.
    pub(super) answer_ms: i64,
    /// When nobody waits any longer.
    pub(super) until_ms: i64,
    /// What is left of blocks, and what comes after them.
    pub(super) stack: Vec<(BlockRef, usize)>,
    pub(super) after: After,
}

impl Looking {
    pub(super) fn due_ms(&self) -> i64 {
        self.answer_ms.min(self.until_ms)
    }
}

/// How a source answered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Came {
    InTime,
    Late,
    Never,
}

impl Step<'_, '_> {
    /// `answer SOURCE(…)`: asks; what is known at once is told at once.
    pub(super) fn look_up(&mut self, act: &DialogAct) -> Next {
        let DialogAct::Answer { source_call, within_ms, .. } = act else { return Next::Act };
        match self.live.ask_source(self.plan, *source_call as usize, self.io) {
            None => self.answered(act, Came::Never),
            Some(0) => self.answered(act, Came::InTime),
            Some(after_ms) => {
                self.tell(Told::LooksUp(*source_call));
                let now_ms = self.live.now_ms;
                Next::Wait {
                    answer_ms: now_ms.saturating_add(after_ms),
                    until_ms: now_ms.saturating_add(time_allowed_ms(*within_ms)),
                }
            }
        }
    }

    fn answered(&mut self, act: &DialogAct, came: Came) -> Next {
        let DialogAct::Answer { source_call, known, speech, otherwise, .. } = act else { return Next::Act };
        let in_time = came == Came::InTime;
        self.live.fill_source(self.plan, *source_call as usize, in_time, self.io);
        if in_time && self.evaluate(*known).is_some() {
            let text = self.spoken(speech);
            self.run.transcript.add("bot", &text);
            self.tell(Told::Answered(&text));
            return Next::Act;
        }
        self.tell(Told::NotAnswered { source_call: *source_call, late: came == Came::Late });
        Next::Block(*otherwise)
    }

    /// The source has answered, or nobody waits any longer: goes on with the act that asked.
    pub(super) fn looked_up(&mut self) {
        let Some(Looking { place, answer_ms, until_ms, mut stack, after }) = self.run.looking.take() else {
            return;
        };
        let Some((_, spec)) = self.spec() else { return };
        let act = spec.blocks.get(place.block as usize).and_then(|block| block.get(place.act));
        let Some(act @ DialogAct::Answer { known, .. }) = act else { return };
        let facts = self.facts_seen();
        let came = if answer_ms <= until_ms { Came::InTime } else { Came::Late };
        if let Next::Block(otherwise) = self.answered(act, came) {
            stack.push((otherwise, 0));
        }
        let (after, moved) = self.go_on(stack, after);
        if let Some(Moved { queue, place }) = moved {
            let what = What::Transfer { queue, follow_up: false };
            self.decided((*known as usize, 0), what, Some(place), &facts);
        }
        self.settle(after);
    }

    /// The host tells the answer of a source (index in the manifest); nothing happens unless the dialog waits for it.
    pub(crate) fn told_answer(&mut self, source: usize, answer: Answer) {
        let Some(place) = self.run.looking.as_ref().map(|looking| looking.place) else { return };
        let manifest = &self.plan.artefact.manifest;
        let block =
            manifest.dialogs.get(place.dialog).and_then(|dialog| dialog.blocks.get(place.block as usize));
        let Some(DialogAct::Answer { source_call, .. }) = block.and_then(|block| block.get(place.act)) else {
            return;
        };
        let call = manifest.source_calls.get(*source_call as usize);
        if call.is_some_and(|call| call.source as usize == source) {
            self.live.lookups.take_told(answer);
            let now_ms = self.live.now_ms;
            self.run.looking.iter_mut().for_each(|looking| looking.answer_ms = now_ms);
            self.looked_up();
        }
    }
}
