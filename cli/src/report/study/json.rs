//! The JSON document.

use serde_json::{Map, Value, json};
use tandem_simulation::{
    CentreReport, Comparison, Estimate, HalfHour, ModeDay, Row, SegmentKind, Stretch, Weekday, Whole,
};

use super::{Run, Study, campaigns, needed, tickets};

/// The version of the document.
const VERSION: u32 = 1;

/// The whole document.
pub(crate) fn json(study: &Study) -> String {
    let comparison = match study.runs.as_slice() {
        [first, second] if study.compared => {
            let changes = first.report.differences(&second.report);
            let of_calls = changes.iter().map(|one| (one.figure.name(), [one.first, one.second, one.change]));
            let changes = first.report.whole_differences(&second.report);
            let of_whole = changes.iter().map(|one| (one.figure.name(), [one.first, one.second, one.change]));
            let shown = of_calls.chain(of_whole).map(|(name, found)| (name.to_owned(), difference(found)));
            Value::Object(shown.collect())
        }
        _ => Value::Null,
    };
    let runs: Vec<Value> = study.runs.iter().map(run).collect();
    let needed = needed(study);
    let document = json!({
        "version": VERSION,
        "scenario": study.scenario,
        "runs": runs,
        "comparison": comparison,
        "needed": needed,
    });
    format!("{document:#}\n")
}

fn difference([first, second, change]: [Estimate; 3]) -> Value {
    json!({"first": first, "second": second, "change": change})
}

/// From which value on each of two policies is enough; null where that is not asked.
fn needed(study: &Study) -> Value {
    if !study.compared || study.runs.len() == 2 {
        return Value::Null;
    }
    let one =
        |side: &needed::Side<'_>| json!({"policy": side.policy, "value": side.enough().map(Run::varied_to)});
    needed::sides(&study.runs).iter().map(one).collect()
}

fn run(run: &Run) -> Value {
    let report = &run.report;
    let varied = run.variation.as_ref().map(|one| json!({"name": one.path, "value": one.value}));
    json!({
        "policy": run.policy,
        "varied": varied,
        "seed": report.seed,
        "replications": report.replications,
        "samples": report.samples,
        "days": report.days,
        "measured_hours": report.measured_ms as f64 / 3_600_000.0,
        "calls": report.calls,
        "unrouted": report.unrouted,
        "hops": report.hops,
        "outcomes": outcomes(report),
        "sources": report.sources,
        "unfinished": report.unfinished,
        "ignored": report.ignored,
        "targets": targets(report),
        "segments": report.rows.iter().map(segment).collect::<Vec<_>>(),
        "fairness": report.fairness,
        "agents": agents(report),
        "centre": whole(report),
        "currency": report.currency,
        "queues": queues(report),
        "week": week(report),
        "modes": modes(report),
        "logged_agents_by_half_hour": report.logged_staff,
        "campaigns": campaigns::json(report),
        "tickets": tickets::json(report),
        "campaign_abandonment": report.campaign_abandonment,
        "assumed": report.assumed,
    })
}

fn outcomes(report: &CentreReport) -> Map<String, Value> {
    report.outcomes.iter().map(|(outcome, calls)| (outcome.name().to_owned(), json!(calls))).collect()
}

fn targets(report: &CentreReport) -> Vec<Value> {
    let one = |target: &tandem_simulation::Target| {
        json!({
            "name": target.name,
            "figure": target.figure,
            "at_least": target.at_least,
            "unit": target.unit,
            "wanted": target.wanted,
            "found": target.found,
            "met": target.met(),
            "sure": target.is_sure(),
            "assumed": target.assumed,
            "unmeasured": target.unmeasured,
        })
    };
    report.targets.iter().map(one).collect()
}

fn segment(row: &Row) -> Value {
    let (kind, fact) = match &row.kind {
        SegmentKind::All => ("all", None),
        SegmentKind::Queue => ("queue", None),
        SegmentKind::Fact(name) => ("fact", Some(name)),
        SegmentKind::Arrivals => ("arrivals", None),
        SegmentKind::HalfHour => ("half_hour", None),
        SegmentKind::Target => ("target", None),
    };
    let shown = |found: &Estimate| json!(found);
    let figures: Map<String, Value> =
        row.figures.iter().map(|(figure, found)| (figure.name().to_owned(), shown(found))).collect();
    json!({
        "kind": kind,
        "fact": fact,
        "name": row.name,
        "within_s": row.promise.within_ms as f64 / 1000.0,
        "formula": row.promise.formula,
        "figures": figures,
        "logged": logged(row),
    })
}

/// The log's figures beside the simulated ones; null without a log.
fn logged(row: &Row) -> Value {
    if row.logged.is_empty() {
        return Value::Null;
    }
    let one = |one: &Comparison| {
        let shown = json!({"logged": one.logged, "simulated": one.simulated, "range": one.range, "inside": one.is_inside()});
        (one.figure.name().to_owned(), shown)
    };
    Value::Object(row.comparisons().iter().map(one).collect())
}

fn agents(report: &CentreReport) -> Vec<Value> {
    let one = |group: &tandem_simulation::GroupRow| {
        json!({
            "name": group.name,
            "number": group.agents,
            "staffed_hours": group.staffed_hours,
            "occupancy": group.occupancy,
            "logged_occupancy": group.logged,
        })
    };
    report.groups.iter().map(one).collect()
}

/// Figures of the centre as a whole.
fn whole(report: &CentreReport) -> Map<String, Value> {
    let found = Whole::ALL
        .iter()
        .filter_map(|figure| Some((figure.name().to_owned(), json!(report.whole(*figure)?))));
    found.collect()
}

fn queues(report: &CentreReport) -> Vec<Value> {
    let one = |queue: &tandem_simulation::QueueDay| json!({"name": queue.queue, "occupancy": queue.occupancy, "most_waiting": queue.most, "waiting_by_half_hour": queue.waiting});
    report.queues.iter().map(one).collect()
}

/// The day by half-hours, the week by half-hours, and the stretches in which the promise of all calls is not kept.
fn week(report: &CentreReport) -> Value {
    let week = &report.week;
    let half_hour = |half: &HalfHour| {
        json!({
            "from": half.from,
            "to": half.to,
            "offered": half.offered,
            "in_time": half.in_time,
            "agents": half.there,
            "busy": half.busy,
            "needed": half.needed,
        })
    };
    let stretch = |one: &Stretch| {
        json!({
            "from": one.from,
            "to": one.to,
            "offered": one.offered,
            "in_time": one.in_time,
            "too_few": one.missing,
            "agents": one.there,
            "busy": one.busy,
            "needed": one.needed,
        })
    };
    let weekday = |day: &Weekday| json!({"name": day.name, "in_time_by_half_hour": day.in_time});
    json!({
        "wanted": week.promise.share,
        "within_s": week.promise.within_ms as f64 / 1000.0,
        "half_hours": week.half_hours.iter().map(half_hour).collect::<Vec<_>>(),
        "weekdays": week.weekdays.iter().map(weekday).collect::<Vec<_>>(),
        "missed": week.missed().iter().map(stretch).collect::<Vec<_>>(),
    })
}

fn modes(report: &CentreReport) -> Vec<Value> {
    let one = |mode: &ModeDay| {
        json!({
            "name": mode.name,
            "times_a_day": mode.times_a_day,
            "on": mode.on,
            "on_by_half_hour": mode.by_half_hour,
        })
    };
    report.modes.iter().map(one).collect()
}
