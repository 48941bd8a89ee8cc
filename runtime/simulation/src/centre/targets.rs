//! Whether targets are reached, as far as recorded calls can tell.

use serde::Serialize;
use tandem_stdlib::contract::{Manifest, Metric, TargetSpec, VocabularyKind};
use tandem_stdlib::words::ServiceLevelFormula;

use crate::figures::{Figures, note, why_not};
use crate::names::word_of;
use crate::value::show_time;

/// A figure to reach.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TargetResult {
    /// The target's full name.
    pub target: String,
    /// The figure, such as `vip_desk answered within 10s of offered`.
    pub figure: String,
    /// What it must come to, such as `>= 90%`.
    pub bound: String,
    /// What it came to: a share 0..1, milliseconds or a number; `None`: recorded calls do not tell.
    pub measured: Option<f64>,
    /// That in words, such as `12.5%` or `2min10s`; empty when recorded calls do not tell.
    pub shown: String,
    /// What the figure leaves out, or why nobody can tell it; empty: nothing, or a simulated centre tells it.
    pub note: &'static str,
    /// Whether that is enough.
    pub reached: Option<bool>,
    /// The author's reason; empty when there is none.
    pub because: String,
}

/// All targets of a policy.
pub(crate) fn results(manifest: &Manifest, figures: &Figures) -> Vec<TargetResult> {
    manifest.targets.iter().map(|target| result(manifest, target, figures)).collect()
}

fn result(manifest: &Manifest, target: &TargetSpec, figures: &Figures) -> TargetResult {
    // Records do not say which queue a call stood in.
    let measured = if target.queue == 0 { figures.measure(target.metric) } else { None };
    let enough = |value: f64| if target.at_least { value >= target.value } else { value <= target.value };
    let figure = figure(target.metric);
    TargetResult {
        target: target.name.clone(),
        figure: match target.queue {
            0 => figure,
            queue => format!("{} {figure}", word_of(manifest, VocabularyKind::Queue, queue)),
        },
        bound: format!("{} {}", if target.at_least { ">=" } else { "<=" }, amount(target)),
        measured,
        shown: measured.map(|value| shown(target.metric, value)).unwrap_or_default(),
        note: if measured.is_some() { note(target.metric) } else { why_not(target.metric) },
        reached: measured.map(enough),
        because: target.reason.because.clone(),
    }
}

/// A value as people read it: shares with one digit.
fn shown(metric: Metric, value: f64) -> String {
    match metric {
        Metric::CallsPerAgent => format!("{value:.1}"),
        _ if is_time(metric) => show_time(value.round() as i64),
        _ => format!("{:.1}%", value * 100.0),
    }
}

fn amount(target: &TargetSpec) -> String {
    match target.metric {
        Metric::CallsPerAgent => target.value.to_string(),
        metric if is_time(metric) => show_time(target.value as i64),
        _ => format!("{}%", (target.value * 1e6).round() / 1e4),
    }
}

const fn is_time(metric: Metric) -> bool {
    matches!(
        metric,
        Metric::AverageSpeedOfAnswer
            | Metric::MeanWait
            | Metric::LongestWait
            | Metric::AverageHandleTime
            | Metric::Latency { .. }
    )
}

/// A figure in the author's spelling.
fn figure(metric: Metric) -> String {
    match metric {
        Metric::ServiceLevel { within_ms, formula, short_abandon_ms } => {
            format!("answered within {} {}", show_time(within_ms), counted(formula, short_abandon_ms))
        }
        Metric::AverageSpeedOfAnswer => "asa".to_owned(),
        Metric::MeanWait => "mean wait".to_owned(),
        Metric::LongestWait => "longest wait".to_owned(),
        Metric::Abandonment { short_abandon_ms: 0 } => "abandonment".to_owned(),
        Metric::Abandonment { short_abandon_ms } => {
            format!("abandonment excluding under {}", show_time(short_abandon_ms))
        }
        Metric::AnswerRate => "answer rate".to_owned(),
        Metric::Occupancy => "occupancy".to_owned(),
        Metric::AverageHandleTime => "aht".to_owned(),
        Metric::TransferRate => "transfer rate".to_owned(),
        Metric::TransferError => "transfer error".to_owned(),
        Metric::Containment => "containment".to_owned(),
        Metric::FirstContactResolution { within_ms } => {
            format!("first contact resolution within {}", show_time(within_ms))
        }
        Metric::AutomationRate => "automation rate".to_owned(),
        Metric::AvoidableContacts => "avoidable contacts".to_owned(),
        Metric::CallsPerAgent => "calls per agent".to_owned(),
        Metric::IntentAccuracy => "intent accuracy".to_owned(),
        Metric::Latency { of } => format!("latency of {}", of.word()),
        Metric::CampaignAbandonment => "campaign abandonment".to_owned(),
        Metric::QualityPassed => "quality passed".to_owned(),
        Metric::QualityPassedByAgent { checks: 0 } => "quality passed of every agent".to_owned(),
        Metric::QualityPassedByAgent { checks } => {
            format!("quality passed of every agent with {checks} checks")
        }
    }
}

fn counted(formula: ServiceLevelFormula, short_ms: i64) -> String {
    let short = show_time(short_ms);
    match formula {
        ServiceLevelFormula::OfAnswered => "of answered".to_owned(),
        ServiceLevelFormula::OfOffered => "of offered".to_owned(),
        ServiceLevelFormula::ExcludingAbandonedInTime => "of offered excluding abandoned in time".to_owned(),
        ServiceLevelFormula::ExcludingShort => format!("of offered excluding abandoned under {short}"),
        ServiceLevelFormula::CountingAbandonedInTime => "of offered counting abandoned in time".to_owned(),
        ServiceLevelFormula::CountingShort => format!("of offered counting abandoned under {short}"),
    }
}
