//! A policy made ready to decide about calls.

use std::fmt;
use std::sync::Arc;

use tandem_stdlib::contract::{Artefact, CallFact, Entry, EntryKind, FactSource, Manifest, Slot, Type};

use crate::call::Call;
use crate::fact_slots::{FactSlots, intent_type};
use crate::hours::Hours;
use crate::schedule::Schedule;
use crate::texts::Literals;

/// A compiled policy with everything worked out that its calls share. Cheap to clone; calls on different threads can
/// share one.
#[derive(Clone)]
pub struct Core {
    plan: Arc<Plan>,
}

/// What all calls of a policy share.
pub(crate) struct Plan {
    pub(crate) artefact: Artefact,
    pub(crate) slots: FactSlots,
    pub(crate) initial: Vec<Slot>,
    pub(crate) schedule: Schedule,
    pub(crate) literals: Literals,
    pub(crate) hours: Vec<Hours>,
    pub(crate) intent: Option<Type>,
    /// For each phrase set: the intent that it names, 0 when it names none.
    pub(crate) heard_as: Vec<Slot>,
    /// Whether anything at all listens to what is said.
    pub(crate) listens: bool,
}

/// Why a compiled policy cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CoreError {
    /// The facts record does not begin with the elapsed time, or has it twice.
    ElapsedSlot,
    /// An entry's answer record is too short for its kind.
    AnswerTooShort {
        /// The entry's name.
        entry: String,
        /// Slots that its kind needs.
        needed: usize,
        /// Slots that it has.
        found: usize,
    },
    /// A calendar cannot be used.
    Calendar {
        /// Its name.
        name: String,
        /// What is wrong.
        problem: String,
    },
}

impl fmt::Display for CoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ElapsedSlot => f.write_str(
                "the compiled policy is damaged: its facts must begin with the elapsed time, once: compile it again",
            ),
            Self::AnswerTooShort { entry, needed, found } => write!(
                f,
                "the compiled policy is damaged: `{entry}` needs {needed} slots for its answer and has {found}: \
                 compile it again"
            ),
            Self::Calendar { name, problem } => write!(f, "calendar `{name}` cannot be used: {problem}"),
        }
    }
}

impl std::error::Error for CoreError {}

impl Core {
    /// Makes a policy ready.
    ///
    /// # Errors
    /// When the manifest contradicts itself or a calendar's time zone is not known.
    pub fn new(artefact: Artefact) -> Result<Self, CoreError> {
        let manifest = Arc::clone(&artefact.manifest);
        check_facts(&manifest)?;
        manifest.entries.iter().try_for_each(check_answer)?;
        let hours: Result<_, _> = manifest.calendars.iter().map(Hours::new).collect();
        let (slots, initial) = FactSlots::new(&manifest);
        let heard_as = heard_as(&manifest);
        let listens = !manifest.phrases.is_empty();
        Ok(Self {
            plan: Arc::new(Plan {
                schedule: Schedule::new(&manifest),
                literals: Literals::new(&manifest),
                intent: intent_type(&manifest),
                hours: hours?,
                artefact,
                slots,
                initial,
                heard_as,
                listens,
            }),
        })
    }

    /// A call that has not started. Its memory is allocated here, once; [`Call::reset`] makes it ready for the next.
    #[must_use]
    pub fn call(&self) -> Call {
        Call::new(Arc::clone(&self.plan))
    }

    /// The policy.
    #[must_use]
    pub fn artefact(&self) -> &Artefact {
        &self.plan.artefact
    }

    /// The policy's names, facts and reasons.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.plan.artefact.manifest
    }

    /// Whether the policy looks at silence, shares of talk or who is speaking, so that a host without frames should
    /// tell with [`Call::speech`] when speech begins and ends.
    #[must_use]
    pub fn wants_speech(&self) -> bool {
        self.plan.slots.wants_speech
    }
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
        EntryKind::Route { outputs } => outputs.len() + 1,
        EntryKind::Watch { .. } => 2,
        EntryKind::Qa { items, .. } => items.len() * 2 + 1,
    }
}
