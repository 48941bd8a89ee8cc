//! What came of the policy's campaigns: for people, and as JSON.

use serde_json::{Value, json};
use tandem_simulation::{CampaignStudy, CentreReport, Estimate, LawStudy, Unit};

use super::numbers::{estimate, value};
use crate::table::{Side::Left, Side::Right, table};

/// Figures that are shown even when they are 0; the others only when they happen.
const ALWAYS: &[&str] =
    &["leads", "leads finished", "calls placed", "answered by a person", "people talked to"];

/// All campaigns, for people.
pub(super) fn human(report: &CentreReport) -> String {
    report.campaigns.iter().map(one).collect()
}

fn one(campaign: &CampaignStudy) -> String {
    let under = match campaign.under.as_slice() {
        [] => String::new(),
        laws => format!(", under {}", laws.join(", ")),
    };
    let counts = [
        ("calls that ended with", &campaign.dispositions),
        ("grade", &campaign.grades),
        ("what followed", &campaign.followed),
        ("came up and was not called because", &campaign.held_back),
        ("still waits at the end because", &campaign.waiting),
    ];
    let tables: String = counts.iter().map(|(name, rows)| counted(name, rows)).collect();
    format!(
        "Campaign {} ({}{under})\n{}{}{tables}\n",
        campaign.name,
        campaign.pacing,
        table(&[("of a run", Left), ("", Right)], &figures(campaign)),
        campaign.law.as_ref().map_or_else(String::new, |law| format!("{}\n", verdict(law))),
    )
}

/// Figures with their values, for people.
pub(super) fn figures(campaign: &CampaignStudy) -> Vec<Vec<String>> {
    let shown = campaign.figures.iter().filter(|(name, found)| ALWAYS.contains(name) || found.mean > 0.0);
    let mut rows: Vec<Vec<String>> =
        shown.map(|(name, found)| vec![(*name).to_owned(), estimate(Unit::Calls, *found)]).collect();
    let shares = [
        ("abandoned, of live answers", campaign.abandonment),
        ("agents busy, other calls included", campaign.utilisation),
    ];
    let shown = shares.iter().filter_map(|(name, found)| Some((name, (*found)?)));
    rows.extend(shown.map(|(name, found)| vec![(*name).to_owned(), estimate(Unit::Share, found)]));
    rows
}

fn counted(name: &str, rows: &[(String, Estimate)]) -> String {
    let rows: Vec<Vec<String>> =
        rows.iter().map(|(name, found)| vec![name.clone(), estimate(Unit::Calls, *found)]).collect();
    table(&[(name, Left), ("", Right)], &rows)
}

/// What the law says and whether it was kept, in a sentence.
pub(super) fn verdict(law: &LawStudy) -> String {
    let share = |share: f64| format!("{:.2}%", share * 100.0);
    let worst =
        law.worst_of_all().map_or_else(String::new, |worst| format!("; the worst was {}", share(worst)));
    format!(
        "at most {} of {} over {} may be abandoned: {} in {} of {} runs{worst}",
        value(Unit::Share, law.cap),
        law.of,
        law.window,
        if law.is_broken() { "BROKEN, kept" } else { "kept" },
        law.kept(),
        law.worst.len()
    )
}

/// What a what-if shows of campaigns, beside the value that was varied; whether the law was kept comes last.
pub(super) const VARIED: [&str; 4] =
    ["abandoned by campaigns", "their agents busy", "people talked to", "targets and laws"];

/// The cells of a what-if: of all campaigns together, the agents' time of the first.
pub(super) fn varied(report: &CentreReport) -> [String; 4] {
    let share =
        |found: Option<Estimate>| found.map_or_else(String::new, |found| estimate(Unit::Share, found));
    let people = report.campaigns.iter().flat_map(|campaign| &campaign.figures);
    let people: f64 =
        people.filter(|(name, _)| *name == "people talked to").map(|(_, found)| found.mean).sum();
    let missed = report.targets.iter().any(|target| target.met() == Some(false)) || report.breaks_law();
    [
        share(report.campaign_abandonment),
        share(report.campaigns.first().and_then(|campaign| campaign.utilisation)),
        value(Unit::Calls, people),
        if missed { "missed" } else { "met" }.to_owned(),
    ]
}

/// All campaigns, as JSON.
pub(super) fn json(report: &CentreReport) -> Vec<Value> {
    report.campaigns.iter().map(document).collect()
}

fn document(campaign: &CampaignStudy) -> Value {
    let figures: serde_json::Map<String, Value> = campaign
        .figures
        .iter()
        .map(|(name, found)| {
            (name.replace(", ", "_").replace(['\'', ','], "").replace(' ', "_"), json!(found))
        })
        .collect();
    let counts = |rows: &[(String, Estimate)]| -> Vec<Value> {
        rows.iter().map(|(name, found)| json!({"name": name, "count": found})).collect()
    };
    let law = campaign.law.as_ref().map(|law| {
        json!({
            "cap": law.cap,
            "of": law.of,
            "window": law.window,
            "kept": !law.is_broken(),
            "worst": law.worst,
            "course": law.course.iter().map(|(mean, worst)| json!({"mean": mean, "worst": worst}))
                .collect::<Vec<_>>(),
        })
    });
    let day = campaign
        .day
        .iter()
        .map(|half| json!({"placed": half.placed, "live": half.live, "abandoned": half.abandoned}));
    json!({
        "name": campaign.name,
        "under": campaign.under,
        "pacing": campaign.pacing,
        "figures": figures,
        "abandonment": campaign.abandonment,
        "utilisation": campaign.utilisation,
        "dispositions": counts(&campaign.dispositions),
        "grades": counts(&campaign.grades),
        "followed": counts(&campaign.followed),
        "held_back": counts(&campaign.held_back),
        "waiting": counts(&campaign.waiting),
        "law": law,
        "half_hours": day.collect::<Vec<_>>(),
    })
}
