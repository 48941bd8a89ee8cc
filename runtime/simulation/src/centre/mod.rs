//! What a policy says of the centre as a whole, as far as recorded calls can tell: samples, experiments, targets.

mod experiments;
mod samples;
mod targets;

use tandem_stdlib::contract::{FactSource, Manifest};

pub(crate) use experiments::Experiments;
pub use experiments::{ExperimentTotal, MAX_ANSWERS_COUNTED, SideTotal};
pub use samples::SamplingTotal;
pub(crate) use samples::{Samples, samples};
pub use targets::TargetResult;
pub(crate) use targets::results;

/// Whether an entry is the author's own rather than a condition of something else, so that its rules can be hit by
/// calls.
#[must_use]
pub fn runs_in_calls(manifest: &Manifest, entry: usize) -> bool {
    let is = |other: u32| other as usize == entry;
    let is_mode = manifest.modes.iter().any(|mode| is(mode.watch));
    let is_tried = manifest.experiments.iter().flat_map(|one| &one.tries).any(|(_, tried)| is(*tried));
    let triggered = manifest.entries.get(entry).is_some_and(|entry| !entry.triggers.is_empty());
    is_tried || (triggered && !is_mode)
}

/// Whether calls can hit the rules of an entry: those of [`runs_in_calls`] and the handlers of dialogs.
pub fn has_rules(manifest: &Manifest) -> impl Fn(usize) -> bool {
    let reactions = crate::dialogs::reactions(manifest);
    move |entry| runs_in_calls(manifest, entry) || reactions.contains(&entry)
}

/// What is said once when a policy asks about a centre, which no recording has; `None`: it does not ask.
pub(crate) fn without_centre(manifest: &Manifest) -> Option<String> {
    let asks = |fact: &FactSource| matches!(fact, FactSource::Queue(..) | FactSource::Mode(_));
    let modes = manifest.modes.iter().map(|mode| mode.watch);
    let asked = manifest.facts.iter().any(|fact| asks(&fact.source)) || modes.count() > 0;
    asked.then(|| {
        "the policy asks about queues or modes, and recorded calls have no centre: nobody waits, nobody works and \
         every mode is off"
            .to_owned()
    })
}
