//! What is missed, where and when, and what to look at: in sentences, for people and for pages.

use tandem_simulation::{CentreReport, Figure, Row, SegmentKind, Stretch, Target, Unit, show_time};

use super::numbers::{title, value, wanted};

/// Missed targets that the verdict names.
const MISSED_NAMED: usize = 3;

/// Stretches and queues that are told of.
const PLACES_TOLD: usize = 4;

/// Agents who are busy more than this have no time left to speak of; less than that, a third of their time is idle.
const HARDLY_IDLE: f64 = 0.85;
const OFTEN_IDLE: f64 = 0.70;

/// Agents to spare that are worth a sentence.
const SPARE_MIN: f64 = 1.0;

/// Whether all that was wanted was reached, and what not, in a line. `None`: nothing was wanted or measured.
pub(super) fn verdict(report: &CentreReport) -> (Option<bool>, String) {
    let judged: Vec<&Target> = report.targets.iter().filter(|one| one.met().is_some()).collect();
    let missed: Vec<&Target> = judged.iter().copied().filter(|one| one.met() == Some(false)).collect();
    let broken = report.campaigns.iter().filter(|one| one.law.as_ref().is_some_and(|law| law.is_broken()));
    let broken: Vec<String> =
        broken.map(|one| format!("the law of campaign {} is broken", one.name)).collect();
    let unmeasured = report.targets.len() - judged.len();
    let open = match unmeasured {
        0 => String::new(),
        count => format!("; {count} could not be measured"),
    };
    let text = match (judged.len(), missed.len()) {
        (0, _) => "Nothing that is wanted could be measured".to_owned(),
        (1, 0) => format!("The target is met: {}{open}", told(&judged)),
        (all, 0) => format!("All {all} targets are met{open}"),
        (1, _) => format!("The target is missed: {}{open}", told(&missed)),
        (all, some) => format!("{some} of {all} targets {} missed: {}{open}", are(some), told(&missed)),
    };
    let met = (!judged.is_empty()).then_some(missed.is_empty()).filter(|_| broken.is_empty());
    let met = if broken.is_empty() { met } else { Some(false) };
    (met, [text].into_iter().chain(broken).collect::<Vec<_>>().join("; "))
}

const fn are(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

fn told(targets: &[&Target]) -> String {
    let one = |target: &&Target| {
        let found = target.found.map_or(0.0, |found| found.mean);
        let assumed = if target.assumed { ", which is assumed" } else { "" };
        format!(
            "{} {} {}, wanted {}{assumed}",
            target.name,
            figure(target),
            value(target.unit, found),
            wanted(target)
        )
    };
    let mut shown: Vec<String> = targets.iter().take(MISSED_NAMED).map(one).collect();
    let more = targets.len().saturating_sub(MISSED_NAMED);
    shown.extend((more > 0).then(|| format!("and {more} more")));
    shown.join("; ")
}

/// The figure of a target as a policy spells it.
pub(super) fn spelt(target: &Target) -> String {
    let name = target.figure.strip_suffix("_s").unwrap_or(target.figure);
    name.replace('_', " ")
}

/// What people call the figure of a target.
pub(super) fn figure(target: &Target) -> String {
    let known = Figure::ALL.iter().find(|figure| figure.name() == target.figure);
    known.map_or_else(|| spelt(target), |figure| title(*figure).to_owned())
}

/// Where and when calls are answered too late, and what there is to change; nothing where nothing is late.
pub(super) fn sentences(report: &CentreReport) -> Vec<String> {
    let missed = report.week.missed();
    let mut lines: Vec<String> = missed.iter().take(PLACES_TOLD).map(|one| stretch(report, one)).collect();
    let more = missed.len().saturating_sub(PLACES_TOLD);
    lines.extend((more > 0).then(|| format!("and at {more} more times of the day, which cost less")));
    lines.extend(late_queues(report));
    // Agents who seem to be idle may be those that a campaign keeps busy.
    if report.campaigns.is_empty() && !(missed.is_empty() && lines.is_empty()) {
        lines.extend(spare(report));
    }
    lines
}

fn stretch(report: &CentreReport, one: &Stretch) -> String {
    let promise = &report.week.promise;
    let (within, share) = (show_time(promise.within_ms), value(Unit::Share, promise.share));
    let late = value(Unit::Calls, one.missing);
    format!(
        "{}–{}: {} answered within {within}, wanted {share}: {late} calls a day too few; {}",
        one.from,
        one.to,
        value(Unit::Share, one.in_time),
        staffing(one)
    )
}

/// What agents there are at a time, and whether more would do.
fn staffing(one: &Stretch) -> String {
    let there = value(Unit::Calls, round_to_tenth(one.there));
    let Some(busy) = one.busy else { return "nobody is there: no shift covers it".to_owned() };
    let busy = format!("{there} agents there, busy {:.0}% of the time", busy * 100.0);
    match one.needed {
        Some(needed) if f64::from(needed) - one.there >= 0.5 => {
            let more = (f64::from(needed) - one.there).ceil();
            format!("{busy}; Erlang C asks for {needed}, {more:.0} more")
        }
        Some(needed) if one.busy.is_some_and(|share| share < HARDLY_IDLE) => format!(
            "{busy}; Erlang C asks for {needed} if everybody served everything: skills, priorities or breaks keep calls \
             from agents"
        ),
        Some(needed) => format!("{busy}; Erlang C asks for {needed}: what waited from before is still there"),
        None => busy,
    }
}

fn round_to_tenth(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

/// Queues in which fewer calls than promised are answered in time, where there is more than one.
fn late_queues(report: &CentreReport) -> Option<String> {
    let queues = || report.rows.iter().filter(|row| row.kind == SegmentKind::Queue);
    let came = |row: &&Row| row.figure(Figure::Offered).is_some_and(|found| found.mean > 0.0);
    let mut late: Vec<(&Row, f64, f64)> = queues()
        .filter(came)
        .filter_map(|row| {
            let (level, offered) =
                (row.figure(Figure::ServiceLevel)?.mean, row.figure(Figure::Offered)?.mean);
            let share = row.promise.share;
            (share > 0.0 && level < share).then_some((row, level, (share - level) * offered))
        })
        .collect();
    if queues().filter(came).count() < 2 || late.is_empty() {
        return None;
    }
    late.sort_by(|one, other| other.2.total_cmp(&one.2));
    let shown = late.iter().take(PLACES_TOLD).map(|(row, level, _)| {
        let (level, share) = (value(Unit::Share, *level), value(Unit::Share, row.promise.share));
        format!("{} ({level}, wanted {share})", row.name)
    });
    let shown: Vec<String> = shown.collect();
    let more = match late.len().saturating_sub(PLACES_TOLD) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some(format!("Queues that are late: {}{more}", shown.join(", ")))
}

/// When agents are there whom the load does not need, the longest such time.
fn spare(report: &CentreReport) -> Option<String> {
    let spare = |half: &tandem_simulation::HalfHour| {
        let needed = half.needed.map_or(0.0, f64::from);
        let idle = half.busy.is_some_and(|busy| busy < OFTEN_IDLE);
        let kept = half.in_time.is_none_or(|share| share >= report.week.promise.share);
        Some(half.there - needed).filter(|more| idle && kept && *more >= SPARE_MIN)
    };
    let (mut best, mut run): (Option<Spare<'_>>, Option<Spare<'_>>) = (None, None);
    for half in &report.week.half_hours {
        run = spare(half).map(|more| match run {
            Some(Spare { from, halves, agents, .. }) => {
                Spare { from, to: &half.to, halves: halves + 1.0, agents: agents + more }
            }
            None => Spare { from: &half.from, to: &half.to, halves: 1.0, agents: more },
        });
        let longer = |one: &Spare<'_>| best.is_none_or(|best| one.agents > best.agents);
        best = run.filter(longer).or(best);
    }
    best.map(|one| {
        let many = (one.agents / one.halves).floor();
        format!(
            "To spare {}–{}: {many:.0} agents more than the load needs, on average, busy less than {:.0}%",
            one.from,
            one.to,
            OFTEN_IDLE * 100.0
        )
    })
}

/// A stretch of time with agents to spare.
#[derive(Clone, Copy)]
struct Spare<'a> {
    from: &'a str,
    to: &'a str,
    halves: f64,
    /// Sum over the half-hours.
    agents: f64,
}
