//! How callers fare by what is protected of them: their age, their sex.

use std::collections::BTreeMap;

use serde::Serialize;
use tandem_centre::Call;
use tandem_stdlib::contract::{Manifest, ProtectedSpec, Slot, Type};
use tandem_stdlib::show::show_value;
use tandem_stdlib::words::kpi;

use crate::report::CallReport;
use crate::word::word_of;

/// Groups of one field that are told apart; callers of others count together.
pub const MAX_GROUPS: usize = 64;

/// Numbers are grouped by tens.
const BAND: f64 = 10.0;

/// The groups beside those of values: whoever has one of too many others, and whoever's value nobody knows.
const OTHERS: i64 = i64::MAX - 1;
const UNKNOWN: i64 = i64::MAX;

/// How callers fared by one protected field.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FairnessTotal {
    /// The field with its source, such as `crm.customer.age`.
    pub field: String,
    /// Its values in order, then those who have none.
    pub groups: Vec<GroupTotal>,
}

/// How the callers of one group fared.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct GroupTotal {
    /// The value, such as `30..39`, or `unknown`.
    pub value: String,
    /// Calls.
    pub calls: u64,
    /// Offers of a person by dialogs.
    pub offers: u64,
    /// Offers accepted.
    pub accepted: u64,
    /// Calls that somebody of the centre answered, bot or person, as far as records tell.
    pub answered: u64,
    /// Mean seconds until that; nothing where nobody was answered.
    pub answered_after_s: Option<f64>,
    /// Calls by the queue that was decided last.
    pub queues: BTreeMap<String, u64>,
    #[serde(skip)]
    answered_after_ms: u64,
}

/// The groups of a call that has ended: by protected field, in the manifest's order.
pub(crate) fn groups(manifest: &Manifest, call: &mut Call) -> Vec<i64> {
    manifest.protected.iter().map(|spec| group(spec, call)).collect()
}

fn group(spec: &ProtectedSpec, call: &mut Call) -> i64 {
    let slot = call.evaluate(spec.entry as usize).and_then(|decided| decided.outputs.first().copied());
    match (slot, spec.ty) {
        (Some(slot), Type::Number) => band(f64::from_bits(slot)),
        (Some(slot), _) => i64::try_from(slot).unwrap_or(OTHERS),
        (None, _) => UNKNOWN,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "an age or a count; larger numbers saturate")]
fn band(number: f64) -> i64 {
    if number.is_nan() { UNKNOWN } else { ((number / BAND).floor() as i64).min(OTHERS - 1) }
}

/// Adds up how callers fare.
pub(crate) struct Fairness<'m> {
    manifest: &'m Manifest,
    /// By protected field: its groups.
    totals: Vec<BTreeMap<i64, GroupTotal>>,
}

impl<'m> Fairness<'m> {
    pub(crate) fn new(manifest: &'m Manifest) -> Self {
        Self { manifest, totals: vec![BTreeMap::new(); manifest.protected.len()] }
    }

    pub(crate) fn add(&mut self, report: &CallReport<'_>) {
        for (groups, key) in self.totals.iter_mut().zip(&report.tally.groups) {
            let is_known = groups.contains_key(key) || groups.len() < MAX_GROUPS || *key == UNKNOWN;
            groups.entry(if is_known { *key } else { OTHERS }).or_default().add(self.manifest, report);
        }
    }

    pub(crate) fn finish(self) -> Vec<FairnessTotal> {
        let specs = self.manifest.protected.iter().zip(self.totals);
        let total = |(spec, groups): (&ProtectedSpec, BTreeMap<i64, GroupTotal>)| FairnessTotal {
            field: spec.name.clone(),
            groups: groups.into_iter().map(|(key, group)| group.named(self.manifest, spec.ty, key)).collect(),
        };
        specs.map(total).collect()
    }
}

impl GroupTotal {
    fn add(&mut self, manifest: &Manifest, report: &CallReport<'_>) {
        self.calls += 1;
        for talk in &report.dialogs {
            self.offers += talk.counts.offered;
            self.accepted += talk.counts.accepted;
        }
        if let Some(after_ms) = report.tally.shown.and_then(|shown| shown.answered_ms()) {
            self.answered += 1;
            self.answered_after_ms = self.answered_after_ms.saturating_add(after_ms.max(0).unsigned_abs());
        }
        if let Some(queue) = report.queue() {
            let queue = word_of(manifest, tandem_stdlib::contract::VocabularyKind::Queue, queue);
            *self.queues.entry(queue.to_owned()).or_default() += 1;
        }
    }

    fn named(self, manifest: &Manifest, ty: Type, key: i64) -> Self {
        let mean_ms = kpi::average_speed_of_answer_ms(self.answered_after_ms, self.answered);
        let answered_after_s = mean_ms.map(|ms| ms / 1000.0);
        Self { value: value(manifest, ty, key), answered_after_s, ..self }
    }
}

fn value(manifest: &Manifest, ty: Type, key: i64) -> String {
    match (key, ty) {
        (UNKNOWN, _) => "unknown".to_owned(),
        (OTHERS, _) => "(other values)".to_owned(),
        (_, Type::Number) => {
            let (low, high) = (key.saturating_mul(10), key.saturating_mul(10).saturating_add(9));
            format!("{low}..{high}")
        }
        _ => show_value(manifest, ty, Slot::try_from(key).unwrap_or_default(), None),
    }
}
