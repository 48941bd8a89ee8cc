//! What is said of the centre as a whole: modes, cards, masks, samples, experiments, targets.

mod assists;
mod experiments;
mod exports;
mod masks;
mod modes;
mod samplings;
mod targets;
mod transfers;

use tandem_stdlib::contract::{
    AssistSpec, CardCap, ExportSpec, MaskSpec, ModeSpec, SamplingSpec, TargetSpec, TransferCap,
};

pub(super) use self::experiments::{Triable, experiments};
pub(super) use self::targets::at_least;

use super::context::Context;

/// What the program takes over.
pub(super) struct Centre {
    pub(super) modes: Vec<ModeSpec>,
    pub(super) assists: Vec<AssistSpec>,
    pub(super) attention: Option<CardCap>,
    pub(super) transfers: Option<TransferCap>,
    pub(super) masks: Vec<MaskSpec>,
    pub(super) exports: Vec<ExportSpec>,
    pub(super) samplings: Vec<SamplingSpec>,
    pub(super) targets: Vec<TargetSpec>,
}

/// Checks all of it but [`experiments`], which come when everything else is there.
pub(super) fn centre(context: &mut Context<'_>) -> Centre {
    Centre {
        modes: modes::modes(context),
        assists: assists::assists(context),
        attention: assists::attention(context),
        transfers: transfers::transfers(context),
        masks: masks::masks(context),
        exports: exports::exports(context),
        samplings: samplings::samplings(context),
        targets: targets::targets(context),
    }
}
