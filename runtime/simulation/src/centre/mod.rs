//! What a policy says of the centre as a whole, as far as recorded calls can tell: samples, experiments, targets.

mod experiments;
mod exports;
mod fairness;
mod leads;
mod samples;
mod targets;

use tandem_archive::RecordedCall;
use tandem_centre::{Core, Modes};
use tandem_stdlib::contract::{FactSource, Manifest};

pub(crate) use experiments::Experiments;
pub use experiments::{ExperimentTotal, MAX_ANSWERS_COUNTED, SideTotal};
pub use exports::{ExportRow, ExportTotal, MAX_EXPORT_ROWS};
pub(crate) use exports::{Exports, exported};
pub(crate) use fairness::{Fairness, groups};
pub use fairness::{FairnessTotal, GroupTotal, MAX_GROUPS};
pub use leads::LeadTotal;
pub(crate) use leads::{Leads, because_of, leads, shown_fields};
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

/// The modes (indices in the manifest) that the clock alone turns on, and that were on when a recorded call began.
pub(crate) fn modes_on(core: &Core, recorded: &RecordedCall) -> Vec<u32> {
    let by_clock = core.manifest().modes.iter().zip(0_u32..).filter(|(mode, _)| mode.by_clock);
    let mut by_clock = by_clock.map(|(_, index)| index).peekable();
    if by_clock.peek().is_none() {
        return Vec::new();
    }
    let mut modes = Modes::new(core, recorded.start().clock_ms);
    modes.changed(0);
    by_clock.filter(|index| modes.is_on(*index as usize)).collect()
}

/// What is said once when a policy asks about a centre, which no recording has; `None`: it does not ask.
pub(crate) fn without_centre(manifest: &Manifest) -> Option<String> {
    let of_centre = |mode: u32| manifest.modes.get(mode as usize).is_none_or(|mode| !mode.by_clock);
    let asks = |fact: &FactSource| match fact {
        FactSource::Queue(..) => true,
        FactSource::Mode(mode) => of_centre(*mode),
        _ => false,
    };
    let has_modes = manifest.modes.iter().any(|mode| !mode.by_clock);
    let asked = has_modes || manifest.facts.iter().any(|fact| asks(&fact.source));
    asked.then(|| {
        "the policy asks about queues or modes, and recorded calls have no centre: nobody waits, nobody works and \
         every mode that looks at queues is off"
            .to_owned()
    })
}
