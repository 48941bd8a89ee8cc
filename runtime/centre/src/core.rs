//! A policy made ready to decide about calls.

use std::sync::Arc;

use tandem_stdlib::contract::{Artefact, Manifest, Slot, Type};

use crate::call::Call;
use crate::error::CoreError;
use crate::plan::Plan;

/// A compiled policy with everything worked out that its calls share. Cheap to clone; calls on different threads can
/// share one.
#[derive(Clone)]
pub struct Core {
    plan: Arc<Plan>,
}

impl Core {
    /// Makes a policy ready.
    ///
    /// # Errors
    /// When the manifest contradicts itself or a calendar's time zone is not known.
    pub fn new(artefact: Artefact) -> Result<Self, CoreError> {
        Ok(Self { plan: Arc::new(Plan::new(artefact)?) })
    }

    /// A call that has not started. Its memory is allocated here, once; [`Call::reset`] makes it ready for the next.
    #[must_use]
    pub fn call(&self) -> Call {
        Call::new(Arc::clone(&self.plan))
    }

    pub(crate) fn plan(&self) -> Arc<Plan> {
        Arc::clone(&self.plan)
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

    /// The ISO 639-1 code of a slot of the `language` vocabulary; empty when it is none.
    #[must_use]
    pub fn language_of(&self, slot: Slot) -> &str {
        let Some(Type::Word(vocabulary)) = self.plan.language else { return "" };
        let words = self.manifest().vocabularies.get(vocabulary as usize).map(|one| &one.words);
        let at = slot.checked_sub(1).and_then(|at| usize::try_from(at).ok());
        at.and_then(|at| words?.get(at)).map_or("", String::as_str)
    }

    /// Whether the policy looks at silence, shares of talk or who is speaking, so that a host without frames should
    /// tell with [`Call::speech`] when speech begins and ends.
    #[must_use]
    pub fn wants_speech(&self) -> bool {
        self.plan.slots.wants_speech
    }
}
