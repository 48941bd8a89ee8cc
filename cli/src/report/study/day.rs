//! Charts over the day, the week at a glance, and the day's figures as a table.

use std::fmt::Write as _;
use std::ops::Range;

use tandem_simulation::{CentreReport, Figure, SegmentKind, Unit};

use super::charts::{Chart, Level, Scale, Series, entry};
use super::numbers::{title, value};
use crate::report::html::{escaped, row, table};

/// Lines that one chart may have; more could not be told apart.
const SERIES_MAX: usize = 6;

/// The share of the largest crew, and the calls that wait on average, that make a half-hour worth showing.
const CREW_MIN: f64 = 0.1;
const WAITING_MIN: f64 = 0.05;

/// Names of a chart's axes where its places are half-hours.
pub(super) const SHARE_BY_DAY: &str = "share of calls, by time of day";
pub(super) const CALLS_BY_DAY: &str = "calls a half-hour, by time of day";

/// The whole part.
pub(super) fn html(report: &CentreReport) -> String {
    let day = Day::new(report);
    let charts =
        [day.in_time(), day.staff(), day.offered(), day.waits(), day.gave_up(), day.waiting(), day.modes()]
            .concat();
    if charts.is_empty() {
        return String::new();
    }
    let charts = format!("<h2>Over the day</h2>\n<div class=\"charts\">\n{charts}</div>\n");
    charts + &week(report, &day.hours) + &day.table()
}

/// Half-hours of the day in which anything was going on.
pub(super) struct Day<'r> {
    report: &'r CentreReport,
    hours: Range<usize>,
    places: Vec<String>,
}

impl<'r> Day<'r> {
    pub(super) fn new(report: &'r CentreReport) -> Self {
        let half_hours = &report.week.half_hours;
        // Who ends a last conversation after the shift makes no half-hour of its own.
        let crew = half_hours.iter().map(|half| half.there).fold(0.0, f64::max) * CREW_MIN;
        let alive = |at: &usize| {
            half_hours.get(*at).is_some_and(|half| half.offered > 0.0 || half.there > crew)
                || report
                    .queues
                    .iter()
                    .any(|queue| queue.waiting.get(*at).is_some_and(|one| *one > Some(WAITING_MIN)))
        };
        let mut all = (0..half_hours.len()).filter(alive);
        let first = all.next();
        let hours = first.map_or(0..0, |first| first..all.next_back().unwrap_or(first) + 1);
        let places = half_hours.get(hours.clone()).unwrap_or_default();
        let places = places.iter().map(|half| half.from.clone()).collect();
        Self { report, hours, places }
    }

    /// The names of the half-hours.
    pub(super) fn places(&self) -> &[String] {
        &self.places
    }

    fn cut(&self, values: impl Iterator<Item = Option<f64>>) -> Vec<Option<f64>> {
        values.skip(self.hours.start).take(self.hours.len()).collect()
    }

    /// A figure of the half-hours, as the simulation has it.
    pub(super) fn simulated(&self, figure: Figure) -> Vec<Option<f64>> {
        let rows = self.report.rows.iter().filter(|row| row.kind == SegmentKind::HalfHour);
        self.cut(rows.map(|row| row.figure(figure).map(|found| found.mean)))
    }

    /// A figure of the half-hours, as the log has it.
    fn logged(&self, figure: Figure) -> Option<Series<'static>> {
        let rows = self.report.rows.iter().filter(|row| row.kind == SegmentKind::HalfHour);
        let values = self.cut(rows.map(|row| row.logged(figure)));
        values.iter().any(Option::is_some).then_some(Series { name: "logged", values })
    }

    fn chart<'s>(&'s self, title: &'s str, axes: &'s str, series: Vec<Series<'s>>, unit: Unit) -> Chart<'s> {
        let scale = match unit {
            Unit::Share => Scale::Share,
            Unit::Seconds => Scale::Time,
            Unit::Calls | Unit::Answers | Unit::Money => Scale::Number,
        };
        Chart { title, axes, places: &self.places, series, scale, level: None, most: None }
    }

    fn both(&self, name: &'static str, figure: Figure) -> Vec<Series<'static>> {
        let simulated = Series { name, values: self.simulated(figure) };
        [simulated].into_iter().chain(self.logged(figure)).collect()
    }

    fn in_time(&self) -> String {
        let series = self.both("answered in time", Figure::ServiceLevel);
        let chart = self.chart("Answered in time", SHARE_BY_DAY, series, Unit::Share);
        Chart { level: Some(wanted(self.report)), most: Some(1.0), ..chart }.svg()
    }

    fn offered(&self) -> String {
        let half_hours = || self.report.week.half_hours.iter();
        let offered = self.cut(half_hours().map(|half| Some(half.offered)));
        let share = self.simulated(Figure::Abandonment);
        let gave_up = offered.iter().zip(share).map(|(calls, share)| Some((*calls)? * share.unwrap_or(0.0)));
        let series = vec![
            Series { name: title(Figure::Abandoned), values: gave_up.collect() },
            Series { name: title(Figure::Offered), values: offered },
        ];
        let series = series.into_iter().rev().collect();
        self.chart("Calls", CALLS_BY_DAY, series, Unit::Calls).svg()
    }

    /// Who is there, who works, and who would be needed.
    fn staff(&self) -> String {
        let half_hours = || self.report.week.half_hours.iter();
        let there = self.cut(half_hours().map(|half| Some(half.there)));
        let busy = self.cut(half_hours().map(|half| Some(half.there * half.busy.unwrap_or(0.0))));
        let needed = self.cut(half_hours().map(|half| half.needed.map(f64::from)));
        let logged = self.cut(self.report.logged_staff.iter().copied());
        let mut series =
            vec![Series { name: "there", values: there }, Series { name: "at work", values: busy }];
        // Erlang's formula knows nothing of calls that a campaign places.
        let inbound = self.report.campaigns.is_empty() && needed.iter().any(Option::is_some);
        series.extend(inbound.then_some(Series { name: "asked for by Erlang C", values: needed }));
        series.extend(
            (!logged.is_empty()).then_some(Series { name: "there, as the log shows", values: logged }),
        );
        self.chart("Agents", "agents on average, by time of day", series, Unit::Calls).svg()
    }

    fn gave_up(&self) -> String {
        if self.logged(Figure::Abandonment).is_none() {
            return String::new();
        }
        let series = self.both(title(Figure::Abandonment), Figure::Abandonment);
        self.chart("Gave up", SHARE_BY_DAY, series, Unit::Share).svg()
    }

    fn waits(&self) -> String {
        let series = self.both("mean wait", Figure::MeanWait);
        self.chart("Mean wait of all calls", "time waited, by time of day", series, Unit::Seconds).svg()
    }

    fn waiting(&self) -> String {
        let mut queues: Vec<_> = self.report.queues.iter().filter(|queue| queue.most > 0).collect();
        queues.sort_by_key(|queue| std::cmp::Reverse(queue.most));
        let axes = match queues.len() {
            0..=SERIES_MAX => "calls on average, by time of day".to_owned(),
            count => format!("calls on average, by time of day; the longest {SERIES_MAX} of {count} queues"),
        };
        let shown = queues.into_iter().take(SERIES_MAX);
        let series =
            shown.map(|one| Series { name: &one.queue, values: self.cut(one.waiting.iter().copied()) });
        self.chart("Waiting calls", &axes, series.collect(), Unit::Calls).svg()
    }

    /// When modes were on.
    fn modes(&self) -> String {
        let modes = self.report.modes.iter().filter(|mode| mode.on > 0.0).take(SERIES_MAX);
        let series = modes
            .map(|mode| Series { name: &mode.name, values: self.cut(mode.by_half_hour.iter().copied()) });
        let chart =
            self.chart("Modes", "share of the time on, by time of day", series.collect(), Unit::Share);
        Chart { most: Some(1.0), ..chart }.svg()
    }

    /// The day's figures for those who want numbers or cannot see charts.
    fn table(&self) -> String {
        let waits = self.simulated(Figure::MeanWait);
        let half_hours = self.report.week.half_hours.get(self.hours.clone()).unwrap_or_default();
        let rows = half_hours.iter().zip(waits).map(|(half, wait)| {
            let share =
                |share: Option<f64>| share.map_or_else(String::new, |share| value(Unit::Share, share));
            row([
                format!("{}–{}", half.from, half.to),
                format!("{:.1}", half.offered),
                share(half.in_time),
                wait.map_or_else(String::new, |wait| value(Unit::Seconds, wait)),
                format!("{:.1}", half.there),
                share(half.busy),
                half.needed.map_or_else(String::new, |needed| needed.to_string()),
            ])
        });
        let heads = ["time", "calls", "in time", "mean wait", "agents there", "busy", "Erlang C asks for"];
        let table = table("A day, half-hour by half-hour", &heads, &rows.collect::<String>());
        format!("<details><summary>The day as a table</summary>\n{table}</details>\n")
    }
}

/// The level of all calls that is wanted.
pub(super) fn wanted(report: &CentreReport) -> Level {
    let share = report.week.promise.share;
    Level { value: share, name: format!("wanted: {:.0}%", share * 100.0), at_least: true, marked: true }
}

const WIDTH: f64 = 720.0;
const ROW: f64 = 28.0;
const LEFT: f64 = 56.0;
/// Room for a label at the right end.
const LABEL: f64 = 40.0;

/// How far below what is wanted a cell's colour begins, and its name.
const STEPS: [(f64, &str); 4] = [
    (0.0, "as wanted"),
    (0.1, "up to 10 points below"),
    (0.25, "up to 25 points below"),
    (1.0, "more below"),
];

/// Weekdays by half-hours: where the promise is kept and where not.
fn week(report: &CentreReport, hours: &Range<usize>) -> String {
    let week = &report.week;
    if week.weekdays.len() < 2 || hours.is_empty() {
        return String::new();
    }
    let (cell, height) = ((WIDTH - LEFT) / hours.len() as f64, ROW * week.weekdays.len() as f64 + 28.0);
    let mut svg = String::new();
    for (at, day) in week.weekdays.iter().enumerate() {
        let y = ROW * at as f64;
        _ = writeln!(svg, "<text x=\"0\" y=\"{:.1}\">{}</text>", y + 19.0, day.name);
        let values = day.in_time.iter().zip(&week.half_hours).skip(hours.start).take(hours.len());
        for (column, (share, half)) in values.enumerate() {
            let Some(share) = share else { continue };
            _ = writeln!(
                svg,
                "<rect class=\"heat h{}\" x=\"{:.1}\" y=\"{y:.1}\" width=\"{cell:.1}\" height=\"{ROW}\"><title>{} {}: \
                 {:.0}%</title></rect>",
                heat(week.promise.share - share),
                LEFT + cell * column as f64,
                day.name,
                half.from,
                share * 100.0
            );
        }
    }
    let labels = week.half_hours.iter().skip(hours.start).take(hours.len()).enumerate();
    for (column, half) in labels.filter(|(_, half)| half.from.ends_with(":00")) {
        let hour: u32 = half.from.get(..2).and_then(|hour| hour.parse().ok()).unwrap_or_default();
        let x = LEFT + cell * column as f64;
        if hour.is_multiple_of(2) && x < WIDTH - LABEL {
            let class = if hour.is_multiple_of(4) { "" } else { " class=\"half\"" };
            _ = writeln!(svg, "<text{class} x=\"{x:.1}\" y=\"{:.1}\">{}</text>", height - 5.0, half.from);
        }
    }
    let legend: String = STEPS
        .iter()
        .enumerate()
        .map(|(at, (_, name))| {
            entry(&format!("<rect class=\"heat h{at}\" width=\"26\" height=\"10\"/>"), name)
        })
        .collect();
    let spoken = week.weekdays.iter().map(|day| {
        let late = day.in_time.iter().flatten().filter(|share| **share < week.promise.share).count();
        format!("{} {late} half-hours below", day.name)
    });
    let spoken: Vec<String> = spoken.collect();
    format!(
        "<div class=\"charts one\">\n<figure><figcaption>The week <small>share of calls answered in time, by weekday and \
         time of day</small></figcaption>\n<svg class=\"week\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{}\">\n{svg}\
         </svg>\n<p class=\"legend\">{legend}</p>\n</figure>\n</div>\n",
        escaped(&format!("Answered in time: {}", spoken.join(", ")))
    )
}

fn heat(below: f64) -> usize {
    STEPS.iter().position(|(most, _)| below <= *most + 1e-9).unwrap_or(STEPS.len() - 1)
}
