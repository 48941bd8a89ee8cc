//! What came of tickets, over all replications.

use tandem_stdlib::contract::{Manifest, TicketSpec};

use super::counts::{StepCounts, TicketCounts};
use crate::statistics::Estimate;

/// What came of a kind of ticket: of one run, on average.
#[derive(Clone, Debug)]
pub struct TicketStudy {
    /// Its full name.
    pub name: String,
    /// Figures with what they are called, in order.
    pub figures: Vec<(&'static str, Estimate)>,
    /// From opening to closing of those that were closed, on average, seconds.
    pub time_to_close_s: Option<Estimate>,
    /// Within which nine of ten of those were closed, seconds.
    pub nine_of_ten_s: Option<Estimate>,
    /// Share of tickets for which a deadline passed.
    pub late: Option<Estimate>,
    /// Hours that agents worked on them.
    pub hours: Option<Estimate>,
    /// Deadlines that passed, with their reasons.
    pub deadlines: Vec<(String, Estimate)>,
    /// Its steps, in order.
    pub steps: Vec<StepStudy>,
}

/// A step of a kind of ticket: of one run, on average.
#[derive(Clone, Debug)]
pub struct StepStudy {
    /// Its name.
    pub name: String,
    /// How often tickets came to it.
    pub came: Option<Estimate>,
    /// How long those stayed who left it, on average, seconds.
    pub stayed_s: Option<Estimate>,
    /// Hours that agents worked in it.
    pub hours: Option<Estimate>,
    /// Deadlines of the step that passed.
    pub late: Option<Estimate>,
    /// Tickets that are in it at the end.
    pub open: Option<Estimate>,
}

const HOUR_MS: f64 = 3_600_000.0;

/// What came of all kinds of tickets; `counts` are by replication, then by kind. Kinds of which none was opened are left
/// out.
pub(in crate::virtual_centre) fn studies(
    manifest: Option<&Manifest>,
    counts: &[&[TicketCounts]],
) -> Vec<TicketStudy> {
    let specs = manifest.map(|manifest| manifest.tickets.as_slice()).unwrap_or_default();
    let of = |place: usize| counts.iter().filter_map(move |counts| counts.get(place)).collect::<Vec<_>>();
    let all = specs.iter().enumerate().map(|(place, spec)| (spec, of(place)));
    all.filter(|(_, of)| of.iter().any(|one| one.opened > 0)).map(|(spec, of)| study(spec, &of)).collect()
}

fn study(spec: &TicketSpec, counts: &[&TicketCounts]) -> TicketStudy {
    let each = |of: &dyn Fn(&TicketCounts) -> Option<f64>| {
        Estimate::of(&counts.iter().filter_map(|one| of(one)).collect::<Vec<_>>())
    };
    let number = |of: &dyn Fn(&TicketCounts) -> u64| each(&|one| Some(of(one) as f64));
    let mut figures = vec![
        ("opened", number(&|one| one.opened)),
        ("closed", number(&|one| one.closed)),
        ("open at the end", number(&|one| one.opened.saturating_sub(one.closed))),
        ("late", number(&|one| one.late)),
        ("deadlines passed", number(&|one| one.passed.iter().sum())),
    ];
    if spec.call_back.is_some() {
        figures.extend([
            ("customers called back", number(&|one| one.call_backs)),
            ("of them in time", number(&|one| one.called_in_time)),
            ("of them reached", number(&|one| one.reached)),
        ]);
    }
    let passed = |(place, deadline): (usize, &tandem_stdlib::contract::TicketDeadline)| {
        let found = number(&|one| one.passed.get(place).copied().unwrap_or_default())?;
        let because = &deadline.reason.because;
        let name =
            if because.is_empty() { format!("unless {}", deadline.unless.name()) } else { because.clone() };
        (found.mean > 0.0).then_some((name, found))
    };
    let steps = spec.steps.iter().enumerate().map(|(place, step)| {
        let of = |of: &dyn Fn(&StepCounts) -> Option<f64>| each(&|one| of(one.steps.get(place)?));
        StepStudy {
            name: step.name.clone(),
            came: of(&|one| Some(one.entered as f64)),
            stayed_s: of(&|one| (one.left > 0).then(|| one.stayed_ms as f64 / one.left as f64 / 1000.0)),
            hours: of(&|one| Some(one.worked_ms as f64 / HOUR_MS)),
            late: of(&|one| Some(one.late as f64)),
            open: of(&|one| Some(one.entered.saturating_sub(one.left) as f64)),
        }
    });
    TicketStudy {
        name: spec.name.clone(),
        figures: figures.into_iter().filter_map(|(name, found)| Some((name, found?))).collect(),
        time_to_close_s: each(&mean_s),
        nine_of_ten_s: each(&nine_of_ten_s),
        late: each(&|one| (one.opened > 0).then(|| one.late as f64 / one.opened as f64)),
        hours: each(&|one| Some(one.worked_ms as f64 / HOUR_MS)),
        deadlines: spec.deadlines.iter().enumerate().filter_map(passed).collect(),
        steps: steps.collect(),
    }
}

fn mean_s(counts: &TicketCounts) -> Option<f64> {
    let sum: i64 = counts.closed_after_ms.iter().sum();
    (counts.closed > 0).then(|| sum as f64 / counts.closed as f64 / 1000.0)
}

fn nine_of_ten_s(counts: &TicketCounts) -> Option<f64> {
    let mut times = counts.closed_after_ms.clone();
    times.sort_unstable();
    let place = (times.len() * 9).div_ceil(10).checked_sub(1)?;
    times.get(place).map(|ms| *ms as f64 / 1000.0)
}
