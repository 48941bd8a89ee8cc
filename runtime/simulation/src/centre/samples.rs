//! Which calls a person listens to.

use serde::Serialize;
use tandem_centre::{Call, chance_of};
use tandem_stdlib::contract::{Manifest, SamplingSpec};

use crate::report::SampleReport;

/// What a sampling took.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SamplingTotal {
    /// The sampling's full name.
    pub sampling: String,
    /// Calls that it took.
    pub taken: u64,
    /// Calls in all.
    pub calls: u64,
}

/// The samplings that take a call, at its end.
pub(crate) fn samples<'m>(manifest: &'m Manifest, call: &mut Call, id: &str) -> Vec<SampleReport<'m>> {
    manifest.samplings.iter().filter_map(|sampling| sample(manifest, sampling, call, id)).collect()
}

fn sample<'m>(
    manifest: &'m Manifest,
    sampling: &'m SamplingSpec,
    call: &mut Call,
    id: &str,
) -> Option<SampleReport<'m>> {
    let entry = sampling.entry as usize;
    let decided = call.evaluate(entry)?;
    let share = f64::from_bits(*decided.outputs.first()?);
    let outcome = manifest.entries.get(entry)?.outcomes.get(decided.outcome)?;
    (chance_of(id, &sampling.name) < share).then_some(SampleReport {
        sampling: &sampling.name,
        line: &outcome.label,
        because: &outcome.because,
        share,
    })
}

/// Adds samples up.
pub(crate) struct Samples(pub(crate) Vec<SamplingTotal>);

impl Samples {
    pub(crate) fn new(manifest: &Manifest) -> Self {
        let total = |one: &SamplingSpec| SamplingTotal { sampling: one.name.clone(), taken: 0, calls: 0 };
        Self(manifest.samplings.iter().map(total).collect())
    }

    pub(crate) fn add(&mut self, samples: &[SampleReport<'_>]) {
        for total in &mut self.0 {
            total.calls += 1;
            total.taken += u64::from(samples.iter().any(|sample| sample.sampling == total.sampling));
        }
    }
}
