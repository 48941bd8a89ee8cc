//! The campaigns' part of the page.

use tandem_simulation::{CampaignStudy, CentreReport, Estimate, LawStudy, Unit};

use super::campaigns::{figures, verdict};
use super::charts::{Chart, Level, Scale, Series};
use super::day::SHARE_BY_DAY;
use super::numbers::{estimate, value};
use super::page::tile;
use crate::report::html::{escaped, row, table, verdict as banner};

/// Figures of a campaign that stand large.
const TILES: &[&str] = &["calls placed", "answered by a person", "people talked to", "the right person"];

/// All campaigns.
pub(super) fn html(report: &CentreReport) -> String {
    report.campaigns.iter().map(|campaign| one(campaign, report.days)).collect()
}

fn one(campaign: &CampaignStudy, days: i64) -> String {
    let name = campaign.name.rsplit('.').next().unwrap_or(&campaign.name);
    let under = match campaign.under.as_slice() {
        [] => String::new(),
        laws => format!(", under {}", laws.join(", ")),
    };
    let law =
        campaign.law.as_ref().map_or_else(String::new, |law| banner(Some(!law.is_broken()), &verdict(law)));
    let course = campaign.law.as_ref().map_or_else(String::new, |law| course(law, days));
    format!(
        "<h2>Campaign {}</h2>\n<p>{}{}</p>\n{law}{}<div class=\"charts\">\n{course}{}{}</div>\n{}",
        escaped(name),
        campaign.pacing,
        escaped(&under),
        tiles(campaign),
        pace(campaign),
        abandoned(campaign),
        tables(campaign),
    )
}

fn tiles(campaign: &CampaignStudy) -> String {
    let shown = campaign.figures.iter().filter(|(name, _)| TILES.contains(name));
    let counts: String = shown.map(|(name, found)| tile(name, Unit::Calls, Some(*found))).collect();
    let abandoned = tile("abandoned, of live answers", Unit::Share, campaign.abandonment);
    let busy = tile("agents busy, other calls included", Unit::Share, campaign.utilisation);
    format!("<div class=\"tiles\">\n{counts}{abandoned}{busy}</div>\n")
}

/// The law's share over the run.
fn course(law: &LawStudy, days: i64) -> String {
    let count = law.course.len().max(1) as f64;
    let place = |at: usize| format!("day {:.0}", ((at + 1) as f64 / count * days.max(1) as f64).ceil());
    let highest = law.course.iter().filter_map(|(_, worst)| *worst).fold(law.cap * 1.5, f64::max);
    Chart {
        title: "Abandoned in the law's window",
        axes: "share of what the law counts, over the run",
        places: &(0..law.course.len()).map(place).collect::<Vec<_>>(),
        series: vec![
            Series { name: "on average", values: law.course.iter().map(|(mean, _)| *mean).collect() },
            Series {
                name: "worst of all runs",
                values: law.course.iter().map(|(_, worst)| *worst).collect(),
            },
        ],
        scale: Scale::Share,
        level: Some(cap(law)),
        most: Some(highest),
    }
    .svg()
}

/// The law's cap as a level.
fn cap(law: &LawStudy) -> Level {
    let name = format!("at most {}", value(Unit::Share, law.cap));
    Level { value: law.cap, name, at_least: false, marked: true }
}

fn half_hours(campaign: &CampaignStudy) -> Vec<String> {
    (0..campaign.day.len()).map(|half| format!("{:02}:{:02}", half / 2, half % 2 * 30)).collect()
}

fn pace(campaign: &CampaignStudy) -> String {
    let values =
        |of: fn(&tandem_simulation::Pace) -> f64| campaign.day.iter().map(|half| Some(of(half))).collect();
    Chart {
        title: "Pace",
        axes: "calls a half-hour, by time of day",
        places: &half_hours(campaign),
        series: vec![
            Series { name: "placed", values: values(|half| half.placed) },
            Series { name: "answered by a person", values: values(|half| half.live) },
        ],
        scale: Scale::Number,
        level: None,
        most: None,
    }
    .svg()
}

fn abandoned(campaign: &CampaignStudy) -> String {
    let values = campaign.day.iter().map(|half| (half.live > 0.0).then(|| half.abandoned / half.live));
    Chart {
        title: "Abandoned, of live answers",
        axes: SHARE_BY_DAY,
        places: &half_hours(campaign),
        series: vec![Series { name: "abandoned", values: values.collect() }],
        scale: Scale::Share,
        level: campaign.law.as_ref().map(cap),
        most: None,
    }
    .svg()
}

fn tables(campaign: &CampaignStudy) -> String {
    let counted = |name: &str, counts: &[(String, Estimate)]| {
        let rows = counts.iter().map(|(name, found)| row([name.clone(), estimate(Unit::Calls, *found)]));
        table(name, &["", "of a run"], &rows.collect::<String>())
    };
    let all: String = figures(campaign).iter().map(row).collect();
    format!(
        "<div class=\"pair\">\n{}{}{}{}{}{}</div>\n",
        table("What came of it", &["", "of a run"], &all),
        counted("How calls ended", &campaign.dispositions),
        counted("Grades", &campaign.grades),
        counted("What followed", &campaign.followed),
        counted("Came up and was not called because", &campaign.held_back),
        counted("Still waits at the end because", &campaign.waiting),
    )
}
