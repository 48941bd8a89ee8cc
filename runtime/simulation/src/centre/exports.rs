//! What leaves for others to learn from: how many calls are alike, never which.

use std::collections::BTreeMap;

use serde::Serialize;
use tandem_centre::Call;
use tandem_stdlib::contract::{EntryKind, ExportSpec, Manifest, Output, Slot};
use tandem_stdlib::show::show_value;

/// Different rows of one export that are counted; calls of further rows stay in the house.
pub const MAX_EXPORT_ROWS: usize = 100_000;

/// What one export gives away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExportTotal {
    /// The export's full name.
    pub export: String,
    /// The author's reason; empty when there is none.
    pub because: String,
    /// So many calls are alike in each row at least.
    pub groups_of: u32,
    /// Rows in the order of their values, not of calls.
    pub rows: Vec<ExportRow>,
    /// Calls that stay in the house, because too few are like them.
    pub kept_back: u64,
}

/// Calls that are alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExportRow {
    /// Columns with their values.
    pub values: BTreeMap<String, String>,
    /// How many.
    pub calls: u64,
}

/// The rows of a call that has ended: by export, in the manifest's order.
pub(crate) fn exported(manifest: &Manifest, call: &mut Call) -> Vec<Option<Vec<Slot>>> {
    let row = |spec: &ExportSpec| Some(call.evaluate(spec.entry as usize)?.outputs.to_vec());
    manifest.exports.iter().map(row).collect()
}

/// Adds exports up.
pub(crate) struct Exports<'m> {
    manifest: &'m Manifest,
    /// By export: calls by row, and calls of rows beyond the limit.
    totals: Vec<(BTreeMap<Vec<Slot>, u64>, u64)>,
}

impl<'m> Exports<'m> {
    pub(crate) fn new(manifest: &'m Manifest) -> Self {
        Self { manifest, totals: vec![(BTreeMap::new(), 0); manifest.exports.len()] }
    }

    pub(crate) fn add(&mut self, rows: &[Option<Vec<Slot>>]) {
        for ((counts, beyond), row) in self.totals.iter_mut().zip(rows) {
            let Some(row) = row else { continue };
            if let Some(count) = counts.get_mut(row) {
                *count += 1;
            } else if counts.len() < MAX_EXPORT_ROWS {
                counts.insert(row.clone(), 1);
            } else {
                *beyond += 1;
            }
        }
    }

    pub(crate) fn finish(self) -> Vec<ExportTotal> {
        let manifest = self.manifest;
        manifest.exports.iter().zip(self.totals).map(|(spec, found)| total(manifest, spec, found)).collect()
    }
}

fn total(
    manifest: &Manifest,
    spec: &ExportSpec,
    (counts, beyond): (BTreeMap<Vec<Slot>, u64>, u64),
) -> ExportTotal {
    let columns = match manifest.entries.get(spec.entry as usize).map(|entry| &entry.kind) {
        Some(EntryKind::Route { outputs, .. }) => outputs.as_slice(),
        _ => &[],
    };
    let (large, small): (Vec<_>, Vec<_>) =
        counts.into_iter().partition(|(_, calls)| *calls >= u64::from(spec.groups_of));
    let row =
        |(slots, calls): (Vec<Slot>, u64)| ExportRow { values: values(manifest, columns, &slots), calls };
    ExportTotal {
        export: spec.name.clone(),
        because: spec.because.clone(),
        groups_of: spec.groups_of,
        rows: large.into_iter().map(row).collect(),
        kept_back: beyond + small.iter().map(|(_, calls)| calls).sum::<u64>(),
    }
}

fn values(manifest: &Manifest, columns: &[Output], slots: &[Slot]) -> BTreeMap<String, String> {
    let both = columns.iter().zip(slots);
    both.map(|(column, slot)| (column.name.clone(), show_value(manifest, column.ty, *slot, None))).collect()
}
