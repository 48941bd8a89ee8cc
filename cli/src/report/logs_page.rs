//! Logs of campaigns and tickets on the page: what was not permitted first, then how attempts ended and where tickets stayed.

use tandem_simulation::{CampaignReport, LogReport, StayReport, TicketReport, show_time};

use super::digits::grouped;
use super::html::{Cells, bar, escaped, row, row_with, table, table_of, tile, verdict};
use super::logs::{self, percent};

/// Breaches that are listed; the JSON report has more.
const BREACHES_LISTED: usize = 50;

/// The part of the page; nothing without logs.
pub(super) fn html(report: &LogReport) -> String {
    let text = logs::report(report);
    if text.is_empty() {
        return text;
    }
    let campaigns: String = report.campaigns.iter().map(campaign).collect();
    let tickets: String = report.tickets.iter().map(ticket).collect();
    format!(
        "<h2>Logs</h2>\n{}{campaigns}{tickets}<details><summary>The logs in words, with all lines that make no sense</summary>\n\
         <pre class=\"wide\" role=\"region\" aria-label=\"Logs\" tabindex=\"0\">{}</pre>\n</details>\n",
        first(report),
        escaped(&text)
    )
}

/// What a reader must know first.
fn first(report: &LogReport) -> String {
    let not_permitted: u64 = report.campaigns.iter().map(|one| one.not_permitted).sum();
    let missed: u64 = report.tickets.iter().map(|one| one.deadlines_missed).sum();
    let late: u64 = report.tickets.iter().filter_map(|one| one.call_backs).map(|one| one.late).sum();
    let broken = report.campaigns.iter().filter(|one| one.abandonment.is_some_and(|found| !found.held));
    let told: Vec<String> = [
        (not_permitted, "calls that the policy would not have made"),
        (missed, "deadlines of tickets that passed"),
        (late, "customers called back too late"),
        (broken.count() as u64, "caps on abandoned calls that did not hold"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("{what}: {}", grouped(count)))
    .collect();
    match told.is_empty() {
        true => verdict(Some(true), "Nothing in the logs is against the policy"),
        false => verdict(Some(false), &told.join("; ")),
    }
}

fn tiles(shown: &[(u64, &str)]) -> String {
    let tiles: String = shown.iter().map(|(count, name)| tile(&grouped(*count), name)).collect();
    format!("<div class=\"tiles\">\n{tiles}</div>\n")
}

/// Counts by name, each with its share as a bar.
fn counted<'r>(caption: &str, counts: impl Iterator<Item = (&'r String, u64)> + Clone) -> String {
    let all: u64 = counts.clone().map(|(_, count)| count).sum();
    let one = |(name, count): (&String, u64)| {
        let part = count as f64 / all.max(1) as f64;
        row_with([name.replace('_', " "), grouped(count)], &bar(part, &percent(part)))
    };
    table(caption, &["", "number", "share"], &counts.map(one).collect::<String>())
}

fn campaign(report: &CampaignReport) -> String {
    let counts = |of: &'static str| format!("{}: {of}", report.campaign);
    let breaches = report.breaches.iter().take(BREACHES_LISTED);
    let breaches: String = breaches
        .map(|one| {
            row([
                one.lead.as_str(),
                &one.at,
                &one.because,
                &one.rule,
                one.allowed_from.as_deref().unwrap_or("never"),
            ])
        })
        .collect();
    let heads = ["lead", "called at", "because", "rule", "allowed from"];
    let grades = report.grades.iter().map(|one| (&one.grade, one.calls));
    [
        format!("<h3>{}</h3>\n", escaped(&report.campaign)),
        tiles(&[
            (report.leads, "leads"),
            (report.attempts, "calls placed"),
            (report.live, "answered by a person"),
            (report.not_permitted, "the policy would not have made"),
        ]),
        "<div class=\"pair\">\n".to_owned(),
        counted(&counts("how calls ended"), report.dispositions.iter().map(|(name, count)| (name, *count))),
        counted(
            &counts("why not permitted"),
            report.not_permitted_because.iter().map(|(name, count)| (name, *count)),
        ),
        counted(&counts("grades"), grades),
        counted(&counts("what followed"), report.followed.iter().map(|(name, count)| (name, *count))),
        "</div>\n".to_owned(),
        table_of(
            Cells::Texts,
            &counts("calls that the policy would not have made, the first"),
            &heads,
            &breaches,
        ),
    ]
    .concat()
}

fn ticket(report: &TicketReport) -> String {
    let counts = |of: &'static str| format!("{}: {of}", report.ticket);
    let breaches = report.breaches.iter().take(BREACHES_LISTED);
    let breaches: String = breaches
        .map(|one| row([one.ticket.as_str(), &one.at, one.unless, &one.because, &one.escalate_to]))
        .collect();
    let mut shown = vec![
        (report.opened, "opened"),
        (report.closed, "closed"),
        (report.reopened, "opened again"),
        (report.open_at_end, "open at the end"),
        (report.deadlines_missed, "deadlines passed"),
    ];
    shown.extend(
        report
            .call_backs
            .iter()
            .flat_map(|one| [(one.made, "called back"), (one.late, "called back too late")]),
    );
    let heads = ["ticket", "at", "unless", "because", "told"];
    [
        format!("<h3>{}</h3>\n", escaped(&report.ticket)),
        tiles(&shown),
        "<div class=\"pair\">\n".to_owned(),
        stays(&counts("time in queues"), &report.queues),
        stays(&counts("time in steps"), &report.steps),
        "</div>\n".to_owned(),
        table_of(Cells::Texts, &counts("deadlines that passed, the first"), &heads, &breaches),
    ]
    .concat()
}

/// How long tickets stayed where, the share of all that time as a bar.
fn stays(caption: &str, stays: &[StayReport]) -> String {
    let one = |stay: &StayReport| {
        let mean = stay.mean_ms.map_or_else(String::new, |ms| show_time(ms.round() as i64));
        let part = stay.share.unwrap_or_default();
        row_with([stay.name.clone(), grouped(stay.stays), mean], &bar(part, &percent(part)))
    };
    table(caption, &["", "stays", "mean", "share of the time"], &stays.iter().map(one).collect::<String>())
}
