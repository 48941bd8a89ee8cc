//! How simulated callers fare by what is protected of them.

use serde::Serialize;
use tandem_stdlib::contract::Manifest;

use super::figure::Figure;
use super::report::Row;
use super::segments::SegmentKind;
use crate::statistics::Estimate;

/// How callers fared by one protected field.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FairnessSplit {
    /// The field, such as `age`.
    pub fact: String,
    /// Its values, in the order of the scenario.
    pub groups: Vec<FairnessGroup>,
    /// For each figure that differs: between whom it differs most.
    pub gaps: Vec<FairnessGap>,
}

/// How the callers of one group fared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FairnessGroup {
    /// The value.
    pub value: String,
    /// Calls of a run that came to a queue.
    pub calls: Option<Estimate>,
    /// Share answered in time, by the promise of all calls.
    pub service_level: Option<Estimate>,
    /// Mean wait of all calls that were not blocked, seconds.
    pub mean_wait_s: Option<Estimate>,
    /// Abandoned over offered.
    pub abandonment: Option<Estimate>,
    /// Mean time from a call's beginning until an agent was reached, seconds.
    pub time_to_person_s: Option<Estimate>,
    /// Offers of a person, over calls that began with a dialog.
    pub offers: Option<f64>,
}

/// The widest gap of a figure between groups.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FairnessGap {
    /// The figure.
    pub figure: &'static str,
    /// The group with the least, and how much.
    pub least: (String, f64),
    /// The group with the most, and how much.
    pub most: (String, f64),
}

/// The splits of a report by the protected fields of the policy's sources.
pub(super) fn fairness(manifest: Option<&Manifest>, rows: &[Row]) -> Vec<FairnessSplit> {
    let mut splits: Vec<FairnessSplit> = Vec::new();
    for spec in manifest.into_iter().flat_map(|manifest| &manifest.protected) {
        let kind = SegmentKind::Fact(spec.field.clone());
        let groups: Vec<FairnessGroup> = rows.iter().filter(|row| row.kind == kind).map(group).collect();
        if groups.len() > 1 && splits.iter().all(|split| split.fact != spec.field) {
            splits.push(FairnessSplit { fact: spec.field.clone(), gaps: gaps(&groups), groups });
        }
    }
    splits
}

fn group(row: &Row) -> FairnessGroup {
    let mean = |figure: Figure| row.figure(figure).map(|found| found.mean);
    let offers = mean(Figure::Offers).zip(mean(Figure::WithBot)).filter(|(_, begun)| *begun > 0.0);
    FairnessGroup {
        value: row.name.clone(),
        calls: row.figure(Figure::Offered),
        service_level: row.figure(Figure::ServiceLevel),
        mean_wait_s: row.figure(Figure::MeanWait),
        abandonment: row.figure(Figure::Abandonment),
        time_to_person_s: row.figure(Figure::TimeToPerson),
        offers: offers.map(|(offers, begun)| offers / begun),
    }
}

fn gaps(groups: &[FairnessGroup]) -> Vec<FairnessGap> {
    let mean = |found: Option<Estimate>| found.map(|found| found.mean);
    let gap = |figure: &'static str, of: &dyn Fn(&FairnessGroup) -> Option<f64>| {
        let mut told: Vec<(&str, f64)> =
            groups.iter().filter_map(|group| Some((group.value.as_str(), of(group)?))).collect();
        told.sort_by(|one, two| one.1.total_cmp(&two.1));
        let ((least, low), (most, high)) = (told.first()?, told.last()?);
        (high > low).then(|| FairnessGap {
            figure,
            least: ((*least).to_owned(), *low),
            most: ((*most).to_owned(), *high),
        })
    };
    let all = [
        gap("service_level", &|group| mean(group.service_level)),
        gap("mean_wait_s", &|group| mean(group.mean_wait_s)),
        gap("abandonment", &|group| mean(group.abandonment)),
        gap("time_to_person_s", &|group| mean(group.time_to_person_s)),
        gap("offers", &|group| group.offers),
    ];
    all.into_iter().flatten().collect()
}
