//! What is said of the centre as a whole: modes, cards, masks, samples, experiments, targets.

mod assists;
mod experiments;
mod masks;
mod modes;
mod samplings;
mod targets;

use tandem_stdlib::contract::{
    AssistSpec, CardCap, ExperimentSpec, MaskSpec, ModeSpec, SamplingSpec, TargetSpec,
};
pub(super) use targets::at_least;

use super::context::Context;
use crate::program::Route;

/// What the program takes over.
pub(super) struct Centre {
    pub(super) modes: Vec<ModeSpec>,
    pub(super) assists: Vec<AssistSpec>,
    pub(super) attention: Option<CardCap>,
    pub(super) masks: Vec<MaskSpec>,
    pub(super) samplings: Vec<SamplingSpec>,
    pub(super) experiments: Vec<ExperimentSpec>,
    pub(super) targets: Vec<TargetSpec>,
}

/// Checks all of it. Routes that an experiment tries lose their own triggers.
pub(super) fn centre(context: &mut Context<'_>, routes: &mut [Route]) -> Centre {
    Centre {
        modes: modes::modes(context),
        assists: assists::assists(context),
        attention: assists::attention(context),
        masks: masks::masks(context),
        samplings: samplings::samplings(context),
        experiments: experiments::experiments(context, routes),
        targets: targets::targets(context),
    }
}
