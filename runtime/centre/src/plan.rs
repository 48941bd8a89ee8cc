//! What all calls of a policy share, worked out once.

use std::collections::BTreeSet;
use std::sync::Arc;

use tandem_stdlib::contract::{
    Artefact, CallFact, DialogAct, Entry, EntryKind, FactSource, Manifest, Slot, Type,
};

use crate::error::CoreError;
use crate::fact_slots::{FactSlots, intent_type};
use crate::groups::FrameGroup;
use crate::hours::Hours;
use crate::schedule::Schedule;
use crate::texts::Literals;
use crate::trials::Trial;

/// The look-ups that dialogs make when they come to them.
fn dialog_calls(manifest: &Manifest) -> BTreeSet<usize> {
    let acts = manifest.dialogs.iter().flat_map(|dialog| &dialog.blocks).flatten();
    let call = |act: &DialogAct| match act {
        DialogAct::Answer { source_call, .. } => Some(*source_call as usize),
        _ => None,
    };
    acts.filter_map(call).collect()
}

/// What all calls of a policy share.
pub(crate) struct Plan {
    pub(crate) artefact: Artefact,
    pub(crate) slots: FactSlots,
    pub(crate) initial: Vec<Slot>,
    pub(crate) schedule: Schedule,
    /// Entries that run together, where the evaluator has groups.
    pub(crate) groups: Vec<FrameGroup>,
    pub(crate) literals: Literals,
    pub(crate) hours: Vec<Hours>,
    pub(crate) intent: Option<Type>,
    pub(crate) language: Option<Type>,
    /// For each phrase set: the intent that it names, 0 when it names none.
    pub(crate) heard_as: Vec<Slot>,
    pub(crate) trials: Vec<Trial>,
    /// Look-ups that dialogs make when they come to them.
    pub(crate) dialog_calls: BTreeSet<usize>,
    /// Whether anything at all listens to what is said.
    pub(crate) listens: bool,
}

impl Plan {
    /// Works everything out.
    pub(crate) fn new(artefact: Artefact) -> Result<Self, CoreError> {
        let manifest = Arc::clone(&artefact.manifest);
        check_facts(&manifest)?;
        manifest.entries.iter().try_for_each(check_answer)?;
        let hours: Result<_, _> = manifest.calendars.iter().map(Hours::new).collect();
        let (mut slots, initial) = FactSlots::new(&manifest);
        // Who waits for an answer must know when nobody speaks.
        slots.wants_speech |= manifest.dialogs.iter().any(|dialog| !dialog.asks.is_empty());
        let heard_as = heard_as(&manifest);
        let listens = !manifest.phrases.is_empty();
        let schedule = Schedule::new(&manifest);
        let trials = Trial::all(&manifest, &schedule.ranked);
        trials.iter().for_each(|trial| trial.share_readers(&mut slots.watches));
        Ok(Self {
            dialog_calls: dialog_calls(&manifest),
            trials,
            groups: FrameGroup::of_parties(&schedule, &*artefact.evaluator),
            schedule,
            literals: Literals::new(&manifest),
            intent: intent_type(&manifest),
            language: language_type(&manifest),
            hours: hours?,
            artefact,
            slots,
            initial,
            heard_as,
            listens,
        })
    }
}

fn language_type(manifest: &Manifest) -> Option<Type> {
    let index = manifest.vocabularies.iter().position(|vocabulary| vocabulary.name == "language")?;
    u32::try_from(index).ok().map(Type::Word)
}

fn heard_as(manifest: &Manifest) -> Vec<Slot> {
    let mut intents = vec![0; manifest.phrases.len()];
    for (phrase, intent) in &manifest.heard_as {
        if let Some(slot) = intents.get_mut(*phrase as usize) {
            *slot = *intent;
        }
    }
    intents
}

fn check_facts(manifest: &Manifest) -> Result<(), CoreError> {
    let elapsed = FactSource::Call(CallFact::Elapsed);
    let mut places = manifest.facts.iter().enumerate().filter(|(_, fact)| fact.source == elapsed);
    match (places.next(), places.next()) {
        (Some((0, _)), None) => Ok(()),
        _ => Err(CoreError::ElapsedSlot),
    }
}

fn check_answer(entry: &Entry) -> Result<(), CoreError> {
    let (needed, found) = (trace_start(&entry.kind), entry.answer_slots as usize);
    let needed = needed + entry.outcomes.len().div_ceil(64);
    if found >= needed {
        return Ok(());
    }
    Err(CoreError::AnswerTooShort { entry: entry.name.clone(), needed, found })
}

/// The slot of an answer record where the trace bits begin.
pub(crate) const fn trace_start(kind: &EntryKind) -> usize {
    match kind {
        EntryKind::Route { outputs, .. } => outputs.len() + 1,
        EntryKind::Watch { .. } => 2,
        EntryKind::Qa { items, .. } => items.len() * 2 + 1,
    }
}
