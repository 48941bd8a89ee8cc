//! The report for people.

use tandem_simulation::{CentreReport, Figure, QueueDay, Row, SegmentKind, Unit, Whole, show_time};

use super::bot;
use super::comparison::comparison;
use super::numbers::{LEFT_OUT, RARE, estimate, title, title_of_whole, value, verdict, wanted};
use super::{Run, Study, busy, campaigns, fairness, human_several, look, modes, tickets};
use crate::table::{Side::Left, Side::Right, paragraph, table};

/// Segments that are named for those who waited far longer than the others, and the least share that is.
const STARVED_SHOWN: usize = 4;
const STARVED_MIN: f64 = 0.005;

/// Eighths of a bar.
const BARS: [char; 9] = ['·', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The whole report.
pub(crate) fn human(study: &Study) -> String {
    match study.runs.as_slice() {
        [one] => single(study, one),
        [first, second] if study.compared => human_several::compared(study, first, second),
        runs if study.compared => human_several::needed(study, runs),
        runs => human_several::varied(study, runs),
    }
}

fn single(study: &Study, run: &Run) -> String {
    let report = &run.report;
    let parts = [
        head(study, run),
        all_calls(report),
        apart(report),
        comparison(report),
        targets(report),
        late(report),
        segments(report),
        fair(report),
        starved(report),
        campaigns::human(report),
        tickets::human(report),
        modes(report),
        agents(report),
        day(report),
        notes(report),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

pub(super) fn head(study: &Study, run: &Run) -> String {
    let report = &run.report;
    let policy = run.policy.as_ref().map_or_else(String::new, |policy| format!(" with {policy}"));
    let plural =
        |count: i64, noun: &str| if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") };
    let samples = match report.replications {
        1 => format!("1 run of {} in {} batches", plural(report.days, "day"), report.samples),
        many => format!("{many} runs of {}", plural(report.days, "day")),
    };
    let text = format!(
        "{}{policy}: {samples}, seed {}; {} measured in each; ± are 95% intervals",
        study.scenario,
        report.seed,
        show_time(report.measured_ms)
    );
    paragraph(&text, 0)
}

fn all_calls(report: &CentreReport) -> String {
    let Some(all) = report.all() else { return String::new() };
    let happens = |figure: &Figure, mean: f64| !RARE.contains(figure) || mean > 0.0;
    let shown = all
        .figures
        .iter()
        .filter(|(figure, _)| !LEFT_OUT.contains(figure) && !bot::is_apart(report, *figure));
    let mut rows: Vec<Vec<String>> = shown
        .filter(|(figure, found)| happens(figure, found.mean))
        .map(|(figure, found)| vec![named(*figure, all), estimate(figure.unit(), *found)])
        .collect();
    rows.extend(Whole::ALL.iter().filter_map(|figure| {
        Some(vec![title_of_whole(*figure, report), estimate(figure.unit(), report.whole(*figure)?)])
    }));
    format!("All calls of a run\n{}", lines(&rows))
}

/// Figures of the bot, and of what comes after a call.
fn apart(report: &CentreReport) -> String {
    let parts = bot::parts(report);
    let parts: Vec<String> = parts.iter().map(|(name, rows)| titled(name, &lines(rows))).collect();
    parts.join("\n")
}

/// The figure's title; that of a service level with its threshold and formula.
fn named(figure: Figure, row: &Row) -> String {
    match figure {
        Figure::ServiceLevel => {
            let within = show_time(row.promise.within_ms);
            format!("answered within {within}, {}", row.promise.formula.name())
        }
        other => title(other).to_owned(),
    }
}

/// Rows without headings, the first column as wide as it must be.
fn lines(rows: &[Vec<String>]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let text = table(&[("", Left), ("", Left)], rows);
    text.split_once('\n').map_or_else(String::new, |(_, rows)| rows.to_owned())
}

fn targets(report: &CentreReport) -> String {
    let rows: Vec<Vec<String>> = report
        .targets
        .iter()
        .map(|target| {
            let found = target.found.map_or_else(String::new, |found| estimate(target.unit, found));
            let name =
                if target.assumed { format!("{} (assumed)", target.name) } else { target.name.clone() };
            vec![name, look::spelt(target), wanted(target), found, verdict(target).to_owned()]
        })
        .collect();
    let heads = [("target", Left), ("figure", Left), ("wanted", Right), ("found", Right), ("", Left)];
    titled("Targets", &table(&heads, &rows))
}

/// Where and when calls are late, and what there is to look at.
fn late(report: &CentreReport) -> String {
    let lines = look::sentences(report);
    titled(
        "Where, when, and what to look at",
        &lines.iter().map(|line| paragraph(line, 2)).collect::<String>(),
    )
}

fn segments(report: &CentreReport) -> String {
    let mut text = String::new();
    let mut kinds: Vec<&SegmentKind> = Vec::new();
    for row in &report.rows {
        let told = matches!(row.kind, SegmentKind::Queue | SegmentKind::Arrivals | SegmentKind::Fact(_));
        if told && !kinds.contains(&&row.kind) {
            kinds.push(&row.kind);
        }
    }
    for kind in kinds {
        let of_kind: Vec<&Row> = report.rows.iter().filter(|row| row.kind == *kind).collect();
        let used =
            of_kind.iter().filter(|row| row.figure(Figure::Offered).is_some_and(|found| found.mean > 0.0));
        // A single segment is all calls again.
        if of_kind.len() > 1 {
            text += &segment_table(kind, &used.copied().collect::<Vec<_>>());
        }
    }
    text
}

fn segment_table(kind: &SegmentKind, rows: &[&Row]) -> String {
    let name = match kind {
        SegmentKind::Queue => "queue",
        SegmentKind::Arrivals => "arrivals",
        SegmentKind::Fact(name) => name,
        SegmentKind::All | SegmentKind::HalfHour | SegmentKind::Target => "",
    };
    let figures = [
        Figure::Offered,
        Figure::ServiceLevel,
        Figure::SpeedOfAnswer,
        Figure::LongestWait,
        Figure::Abandonment,
    ];
    let cell = |row: &Row, figure: &Figure| {
        row.figure(*figure).map_or_else(String::new, |found| estimate(figure.unit(), found))
    };
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| [row.name.clone()].into_iter().chain(figures.iter().map(|one| cell(row, one))).collect())
        .collect();
    let columns = figures.iter().map(|figure| (title(*figure), Right));
    let heads: Vec<_> = [(name, Left)].into_iter().chain(columns).collect();
    table(&heads, &rows) + "\n"
}

/// How callers fare by what is protected of them.
fn fair(report: &CentreReport) -> String {
    let one = |split: &tandem_simulation::FairnessSplit| {
        let columns = fairness::HEADS.iter().map(|head| (*head, Right));
        let heads: Vec<_> = [(split.fact.as_str(), Left)].into_iter().chain(columns).collect();
        let gaps: String = fairness::gaps(split).iter().map(|line| paragraph(line, 2)).collect();
        titled(&fairness::title(split), &(table(&heads, &fairness::rows(split)) + &gaps))
    };
    report.fairness.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// The segments in which most callers waited far longer than the others.
fn starved(report: &CentreReport) -> String {
    let of = |row: &Row| row.figure(Figure::Starved).map_or(0.0, |found| found.mean);
    let told =
        |kind: &SegmentKind| !matches!(kind, SegmentKind::All | SegmentKind::HalfHour | SegmentKind::Target);
    let mut rows: Vec<&Row> =
        report.rows.iter().filter(|row| told(&row.kind) && of(row) >= STARVED_MIN).collect();
    rows.sort_by(|one, two| of(two).total_cmp(&of(one)));
    let shown: Vec<String> = rows
        .iter()
        .take(STARVED_SHOWN)
        .map(|row| format!("{} {}", row.name, value(Unit::Share, of(row))))
        .collect();
    if shown.is_empty() {
        return String::new();
    }
    paragraph(&format!("Waited over 10 × the mean of their segment: {}", shown.join(", ")), 0)
}

fn modes(report: &CentreReport) -> String {
    let heads: Vec<_> = modes::HEADS.into_iter().zip([Left, Right, Right, Left]).collect();
    titled("Modes", &table(&heads, &modes::rows(report)))
}

fn agents(report: &CentreReport) -> String {
    let rows: Vec<Vec<String>> = report
        .groups
        .iter()
        .skip(if report.groups.len() > 2 { 0 } else { 1 })
        .map(|group| {
            let occupancy = group
                .occupancy
                .map_or_else(|| "never there".to_owned(), |found| estimate(Unit::Share, found));
            let bar = bar(group.occupancy.map_or(0.0, |found| found.mean));
            vec![
                group.name.clone(),
                group.agents.to_string(),
                format!("{:.1}", group.staffed_hours),
                occupancy,
                bar,
            ]
        })
        .collect();
    let heads =
        [("agents", Left), ("number", Right), ("hours there", Right), ("occupancy", Right), ("", Left)];
    let by_queue: Vec<_> = busy::HEADS.into_iter().zip([Left, Right]).collect();
    titled("Agents", &(table(&heads, &rows) + &table(&by_queue, &busy::rows(report))))
}

/// Twenty columns for 100 %.
fn bar(share: f64) -> String {
    "█".repeat((share.clamp(0.0, 1.0) * 20.0).round() as usize)
}

/// How many waited over the day, a letter each half-hour.
fn day(report: &CentreReport) -> String {
    let most = report.queues.iter().flat_map(|queue| &queue.waiting).flatten().copied().fold(0.0, f64::max);
    let rows: Vec<Vec<String>> = report
        .queues
        .iter()
        .filter(|queue| queue.most > 0)
        .map(|queue| vec![queue.queue.clone(), spark(queue, most), queue.most.to_string()])
        .collect();
    // The line of letters is kept whole, as figures are.
    let hours = format!("{:<48}", "00:00       06:00       12:00       18:00");
    let heads = [("waiting", Left), (hours.as_str(), Right), ("most at once", Right)];
    let scale = format!("Waiting over the day (█ is {} on average)", value(Unit::Calls, most));
    titled(&scale, &table(&heads, &rows))
}

fn spark(queue: &QueueDay, most: f64) -> String {
    let letter = |waiting: &Option<f64>| match waiting {
        None => ' ',
        Some(waiting) => {
            let eighths = (waiting / most.max(1e-9) * 8.0).ceil() as usize;
            BARS.get(eighths.min(8)).copied().unwrap_or(' ')
        }
    };
    queue.waiting.iter().map(letter).collect()
}

pub(super) fn notes(report: &CentreReport) -> String {
    titled("Notes", &super::notes::lines(report).iter().map(|line| paragraph(line, 2)).collect::<String>())
}

pub(super) fn titled(title: &str, body: &str) -> String {
    if body.is_empty() { String::new() } else { format!("{title}\n{body}") }
}
