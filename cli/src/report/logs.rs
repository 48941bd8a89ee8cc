//! What the replay of logs tells people: attempts that the policy would not have made, grades, deadlines, call-backs.

use std::collections::BTreeMap;
use std::path::Path;

use tandem_simulation::{
    AbandonmentReport, BrokenClause, CallBackReport, CampaignReport, LogReport, StayReport, TicketReport,
    show_time,
};

use super::human::{counted, titled};
use crate::table::{Side::Left, Side::Right, table};

/// Breaches listed; the JSON report has more.
const BREACHES_SHOWN: usize = 12;

/// Campaigns, then tickets, then lines that the policy makes no sense of.
pub(crate) fn report(logs: &LogReport) -> String {
    let campaigns = logs.campaigns.iter().map(campaign);
    let tickets = logs.tickets.iter().map(ticket);
    let notes = logs.notes.iter().take(BREACHES_SHOWN);
    let notes = notes.map(|note| format!("  {}:{}: {}\n", name(&note.file), note.line, note.message));
    let notes = titled("Lines that the policy makes no sense of", &notes.collect::<String>());
    let parts = campaigns.chain(tickets).chain([notes]).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("\n")
}

fn campaign(found: &CampaignReport) -> String {
    let under =
        if found.under.is_empty() { String::new() } else { format!(" under {}", found.under.join(", ")) };
    let live = found
        .live_answer_rate
        .map_or(String::new(), |rate| format!(", {} answered by a person", percent(rate)));
    let head = format!(
        "Campaign {}{under}: {}, {}{live}\n",
        found.campaign,
        counted(found.leads, "lead"),
        counted(found.attempts, "attempt")
    );
    let share = |grade: &tandem_simulation::GradeReport| {
        vec![grade.grade.clone(), grade.calls.to_string(), percent(grade.share)]
    };
    let grades: Vec<Vec<String>> = found.grades.iter().map(share).collect();
    let otherwise = match found.graded_otherwise {
        0 => String::new(),
        count => format!("  the log grades {} otherwise\n", counted(count, "call")),
    };
    [
        head,
        found.abandonment.as_ref().map_or(String::new(), abandonment),
        counts("How attempts ended", "disposition", &found.dispositions),
        counts("Attempts that the policy would not have made", "because", &found.not_permitted_because),
        breaches(found),
        titled("Grades", &table(&[("grade", Left), ("calls", Right), ("share", Right)], &grades)),
        otherwise,
        counts("What follows", "follow-up", &found.followed),
    ]
    .concat()
}

fn abandonment(found: &AbandonmentReport) -> String {
    let worst = found.worst.map_or(String::new(), |worst| format!(", {} at worst", percent(worst)));
    let held = if found.held { "holds" } else { "is broken" };
    format!(
        "  abandoned: {} of {} over the cap's window{worst}; the cap of {} {held}\n",
        percent(found.share),
        counted(found.of, "call"),
        percent(found.cap)
    )
}

fn breaches(found: &CampaignReport) -> String {
    let rows = found.breaches.iter().take(BREACHES_SHOWN).map(|one| {
        let allowed = one.allowed_from.clone().unwrap_or_else(|| "not known".to_owned());
        vec![one.at.clone(), one.lead.clone(), one.because.clone(), name(&one.place), allowed]
    });
    let heads =
        [("called at", Left), ("lead", Left), ("because", Left), ("rule", Left), ("allowed from", Left)];
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    for clause in found.breaches.iter().flat_map(|one| &one.breaks) {
        *seen.entry(broken(clause)).or_default() += 1;
    }
    table(&heads, &rows.collect::<Vec<_>>()) + &counts("Lines that these calls break", "line", &seen)
}

/// `std.law.us_tsr 2024: calls only in … (us_tsr.tdm:9)`
fn broken(clause: &BrokenClause) -> String {
    let law = clause.law.as_ref().map_or(String::new(), |law| format!("{law}: "));
    format!("{law}{} ({})", clause.clause, name(&clause.place))
}

fn ticket(found: &TicketReport) -> String {
    let open = found
        .mean_open_ms
        .map_or(String::new(), |ms| format!(", open for {} on average", show_time(ms as i64)));
    let head = format!(
        "Tickets {}: {} opened, {} closed, {} reopened, {} open at the end{open}\n",
        found.ticket, found.opened, found.closed, found.reopened, found.open_at_end
    );
    let rows = found.breaches.iter().take(BREACHES_SHOWN).map(|one| {
        let unless = format!("unless {}", one.unless);
        vec![one.at.clone(), one.ticket.clone(), unless, one.escalate_to.clone(), one.because.clone()]
    });
    let heads = [
        ("passed at", Left),
        ("ticket", Left),
        ("deadline", Left),
        ("escalates to", Left),
        ("because", Left),
    ];
    let missed = titled(
        &format!("Deadlines missed: {}", found.deadlines_missed),
        &table(&heads, &rows.collect::<Vec<_>>()),
    );
    [
        head,
        stays("With whom they were", "queue", &found.queues),
        stays("Steps", "step", &found.steps),
        missed,
        found.call_backs.as_ref().map_or(String::new(), call_backs),
    ]
    .concat()
}

/// How long tickets were where, each with its share of the whole time.
fn stays(title: &str, what: &str, stays: &[StayReport]) -> String {
    let row = |stay: &StayReport| {
        let mean = stay.mean_ms.map_or(String::new(), |ms| show_time(ms as i64));
        vec![stay.name.clone(), stay.stays.to_string(), mean, stay.share.map_or(String::new(), percent)]
    };
    let rows: Vec<Vec<String>> = stays.iter().map(row).collect();
    titled(title, &table(&[(what, Left), ("stays", Right), ("mean time", Right), ("share", Right)], &rows))
}

fn call_backs(found: &CallBackReport) -> String {
    let share = |share: Option<f64>| share.map_or(String::new(), |share| format!(" ({})", percent(share)));
    format!(
        "  call-backs: {} promised, {} made{}, {} late{}, {} outside calling hours; {} could not be in time\n",
        found.promised,
        found.made,
        share(found.coverage),
        found.late,
        share(found.late_share),
        found.outside_hours,
        found.never_in_time
    )
}

fn counts(title: &str, head: &str, counts: &BTreeMap<String, u64>) -> String {
    let rows: Vec<Vec<String>> =
        counts.iter().map(|(what, count)| vec![count.to_string(), what.clone()]).collect();
    titled(title, &table(&[("times", Right), (head, Left)], &rows))
}

pub(super) fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

/// A file's name; the JSON report has the whole path.
fn name(path: &str) -> String {
    Path::new(path).file_name().map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned())
}
