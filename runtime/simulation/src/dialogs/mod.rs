//! Dialogs in reports: what they did in words, and what they came to.

mod departure;
mod record;
mod total;
mod words;

use std::collections::BTreeSet;

use tandem_stdlib::contract::Manifest;

pub(crate) use departure::Departure;
pub(crate) use record::Recorder;
pub use record::{DialogEnd, DialogReport, DialogStepReport};
pub use total::{DialogTotal, TURNS_COUNTED_MAX};
pub(crate) use words::{show_block, show_told};

/// The entries that choose handlers.
pub(crate) fn reactions(manifest: &Manifest) -> BTreeSet<usize> {
    let asks = manifest.dialogs.iter().flat_map(|dialog| &dialog.asks);
    asks.map(|ask| ask.reactions as usize).collect()
}
