//! Carrying out a block.

use tandem_stdlib::contract::{
    BlockRef, DialogAct, EntryKind, FactSource, HandOver, Slot, TransferTo, Type, UNKNOWN_WORD,
};

use super::Step;
use super::looking::Looking;
use crate::limits::{MAX_ACTS_PER_STEP, MAX_NOTES_PER_CALL};
use crate::sink::{ActPlace, IncidentKind};
use crate::told::Told;

/// What stands when a block is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum After {
    /// The open question is asked again.
    Again,
    /// The open question waits on.
    Retained,
    /// The question around the open one is asked again.
    Back,
    /// Another question is open.
    Asked,
    /// The rest of the block waits for a source.
    Waits,
    /// The dialog is over.
    Left,
}

/// A transfer that was carried out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moved {
    pub(super) queue: Slot,
    pub(super) place: ActPlace,
}

/// What comes after an act.
pub(super) enum Next {
    Act,
    Block(BlockRef),
    Moved(Slot),
    Stop(After),
    /// Something waits for a source until one of these moments: when it answers, when nobody waits any longer.
    Wait {
        answer_ms: i64,
        until_ms: i64,
    },
}

impl Step<'_, '_> {
    /// Carries out a block; also answers the queue that the call was transferred to.
    pub(super) fn block(&mut self, first: BlockRef) -> (After, Option<Moved>) {
        self.go_on(vec![(first, 0)], After::Again)
    }

    /// Carries out what is left of blocks, the innermost last, each from an act on.
    pub(super) fn go_on(
        &mut self,
        mut stack: Vec<(BlockRef, usize)>,
        mut after: After,
    ) -> (After, Option<Moved>) {
        let Some((dialog, spec)) = self.spec() else { return (After::Left, None) };
        for _ in 0..MAX_ACTS_PER_STEP {
            let Some((block, at)) = stack.last_mut() else { return (after, None) };
            let Some(act) = spec.blocks.get(*block as usize).and_then(|block| block.get(*at)) else {
                stack.pop();
                continue;
            };
            *at += 1;
            if matches!(act, DialogAct::Retain(_)) {
                after = After::Retained;
            }
            let place = ActPlace { dialog, block: *block, act: *at - 1 };
            match self.act(act) {
                Next::Act => {}
                Next::Moved(queue) => {
                    return (After::Left, Some(Moved { queue, place }));
                }
                Next::Block(block) => stack.push((block, 0)),
                Next::Stop(after) => return (after, None),
                Next::Wait { answer_ms, until_ms } => {
                    self.run.looking = Some(Looking { place, answer_ms, until_ms, stack, after });
                    return (After::Waits, None);
                }
            }
        }
        self.live.incident(self.io, None, IncidentKind::TooManyActs);
        (after, None)
    }

    fn act(&mut self, act: &DialogAct) -> Next {
        match act {
            DialogAct::Say(speech) => {
                let text = self.spoken(speech);
                self.run.transcript.add("bot", &text);
                self.tell(Told::Said(&text));
            }
            DialogAct::Retain(speech) => {
                let text = self.spoken(speech);
                self.run.transcript.add("bot", &text);
                self.tell(Told::Retained(&text));
            }
            DialogAct::Ask(ask) => {
                self.ask(*ask as usize);
                return Next::Stop(After::Asked);
            }
            DialogAct::Answer { .. } => return self.look_up(act),
            DialogAct::Transfer { to, handover, because } => {
                return self.transfer(*to, handover, because).map_or(Next::Act, Next::Moved);
            }
            DialogAct::Note { name, value } => self.note(name, *value),
            DialogAct::Ticket(ticket) => self.tell(Told::TicketOpened(*ticket)),
            DialogAct::Send { channel, speech } => {
                let text = self.spoken(speech);
                self.tell(Told::Sent { channel, text: &text });
            }
            DialogAct::When { condition, then } => {
                if self.evaluate(*condition).is_some() {
                    return Next::Block(*then);
                }
                if let Some(queue) = self.offered_in(*then) {
                    self.tell(Told::Withheld(queue));
                }
            }
            DialogAct::Back => return Next::Stop(After::Back),
            DialogAct::Resolved => return self.stop(Told::Resolved),
            DialogAct::End => return self.stop(Told::Ended),
        }
        Next::Act
    }

    /// The queue that a block offers, in conditions of its own as well.
    fn offered_in(&mut self, block: BlockRef) -> Option<Slot> {
        let (_, spec) = self.spec()?;
        let (mut blocks, mut offered) = (vec![block], None);
        // A block stands before those that are in it.
        while let Some(block) = blocks.pop() {
            for act in spec.blocks.get(block as usize).into_iter().flatten() {
                match act {
                    DialogAct::Ask(ask) => {
                        offered = offered.or_else(|| spec.asks.get(*ask as usize)?.offers);
                    }
                    DialogAct::When { then, .. } if *then > block => blocks.push(*then),
                    _ => {}
                }
            }
        }
        self.queue_of(offered?)
    }

    fn stop(&mut self, how: Told<'_>) -> Next {
        self.over(how);
        Next::Stop(After::Left)
    }

    /// Transfers the call; `None` when the route that should have said where to could not.
    fn transfer(&mut self, to: TransferTo, handover: &[HandOver], because: &str) -> Option<Slot> {
        let queue = self.queue_of(to)?;
        let handover = self.handed_over(handover);
        let answers = self.run.answers;
        self.over(Told::Transferred { queue, handover: &handover, because, answers });
        Some(queue)
    }

    /// Where a transfer goes; `None` when nothing says so.
    pub(super) fn queue_of(&mut self, to: TransferTo) -> Option<Slot> {
        match to {
            TransferTo::Queue(queue) => Some(queue),
            TransferTo::Offered => Some(self.run.offered).filter(|queue| *queue != 0),
            TransferTo::Route(entry) => {
                self.evaluate(entry)?;
                let manifest = &self.plan.artefact.manifest;
                let kind = manifest.entries.get(entry as usize).map(|entry| &entry.kind);
                let Some(EntryKind::Route { outputs, .. }) = kind else { return None };
                let at = outputs.iter().position(|output| output.name == "queue")?;
                self.live.answer.get(at).copied()
            }
        }
    }

    fn note(&mut self, name: &str, value: u32) {
        let value = self.value(value);
        self.keep_note(name);
        self.tell(Told::Noted { name, value: &value });
        if let Some((_, known)) = self.run.notes.iter_mut().find(|(known, _)| known == name) {
            *known = value;
        } else if self.run.notes.len() < MAX_NOTES_PER_CALL {
            self.run.notes.push((name.to_owned(), value));
        }
    }

    /// Gives what was just noted, the first output in the answer record, to whoever reads it when the call is over.
    fn keep_note(&mut self, name: &str) {
        let manifest = &self.plan.artefact.manifest;
        let Some((note, index)) = manifest.notes.iter().zip(0_u32..).find(|(note, _)| note.name == name)
        else {
            return;
        };
        let slot = self.live.answer.first().copied().unwrap_or_default();
        let may_be_unknown = matches!(note.ty, Type::Word(_) | Type::Text | Type::Phone);
        let known = !may_be_unknown || slot != UNKNOWN_WORD;
        for (fact, value) in
            [(FactSource::Noted(index), slot), (FactSource::NotedKnown(index), Slot::from(known))]
        {
            if let Some(slots) = self.plan.slots.given.get(&fact) {
                self.live.set(slots, value);
            }
        }
    }
}
