//! What a scenario says of callers and sources, joined with the policy.

use tandem_stdlib::contract::{SourceSpec, VocabularyKind};

use super::Joining;
use crate::chance::Law;

/// How a source answers.
pub(in crate::virtual_centre) struct Reliability<'a> {
    pub(in crate::virtual_centre) fails: f64,
    pub(in crate::virtual_centre) takes: Option<&'a Law>,
    /// How long the policy waits.
    pub(in crate::virtual_centre) within_ms: i64,
}

impl<'a> Joining<'a> {
    /// How each source of the policy answers: by its own line, or that of all.
    pub(super) fn reliability(&mut self) -> Vec<Reliability<'a>> {
        let names: Vec<String> = self
            .manifest
            .into_iter()
            .flat_map(|manifest| &manifest.sources)
            .map(|one| one.name.clone())
            .collect();
        let rows = &self.scenario.sources;
        let has_policy = self.manifest.is_some();
        for row in rows.iter().filter(|row| !row.name.is_empty() && has_policy) {
            self.slot("source", &row.name, &names);
        }
        let sources = self.manifest.into_iter().flat_map(|manifest| &manifest.sources);
        let of = |source: &SourceSpec| {
            let own = rows.iter().find(|row| row.name == source.name);
            let all = rows.iter().find(|row| row.name.is_empty());
            let fails = own.and_then(|row| row.fails).or(all.and_then(|row| row.fails));
            let takes = own.and_then(|row| row.takes.as_ref()).or(all.and_then(|row| row.takes.as_ref()));
            Reliability { fails: fails.unwrap_or_default(), takes, within_ms: source.within_ms }
        };
        sources.map(of).collect()
    }

    /// Intents that `[callers]` names are the policy's.
    pub(super) fn behaviour(&mut self) {
        if self.manifest.is_none() {
            return;
        }
        let intents = self.words(VocabularyKind::Intent);
        let callers = &self.scenario.callers;
        let resolved =
            callers.repeats.iter().flat_map(|repeats| repeats.by_intent.iter().map(|(name, _)| name));
        for name in callers.says.iter().map(|(name, _)| name).chain(resolved) {
            self.slot("intent", name, &intents);
        }
    }
}
