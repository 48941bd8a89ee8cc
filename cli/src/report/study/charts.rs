//! Charts as inline SVG, drawn in the page's colours, each with its units, a title for each place, and a sentence for
//! those who cannot see it. Lines differ by colour and by dashes.

use std::fmt::Write as _;

use super::numbers::short;
use crate::report::html::escaped;

/// Width and height of a chart, and the room around it for labels.
const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 210.0;
const LEFT: f64 = 58.0;
const BOTTOM: f64 = 26.0;
const TOP: f64 = 12.0;

/// Labels under a chart; every second one is left out where it is small.
const LABELS_MAX: usize = 9;

/// Shares below are told apart by a decimal.
const SMALL_SHARES: f64 = 0.2;

/// A line over the day or over the values of a what-if.
pub(super) struct Series<'a> {
    pub(super) name: &'a str,
    /// A value at each place; nothing where there is none.
    pub(super) values: Vec<Option<f64>>,
}

/// What a chart is about.
pub(super) struct Chart<'a> {
    pub(super) title: &'a str,
    /// What the axes are, such as `share of calls, by time of day`.
    pub(super) axes: &'a str,
    /// Names of the places, some of which are shown.
    pub(super) places: &'a [String],
    pub(super) series: Vec<Series<'a>>,
    /// What a value is.
    pub(super) scale: Scale,
    /// A level to compare with, and its name; where the first line is below it, the ground says so.
    pub(super) level: Option<Level>,
    /// The top of the axis, where the values themselves do not say it.
    pub(super) most: Option<f64>,
}

/// What the values of a chart are.
#[derive(Clone, Copy)]
pub(super) enum Scale {
    /// Parts of one.
    Share,
    /// Numbers of calls, of agents, or of something else.
    Number,
    /// Seconds.
    Time,
}

impl Scale {
    /// What all labels of an axis are written in, by its highest value: how much of a value is one, and its name.
    const fn unit(self, highest: f64) -> (f64, &'static str) {
        match self {
            Self::Share => (0.01, "%"),
            Self::Number => (1.0, ""),
            Self::Time if highest >= 10_800.0 => (3_600.0, "h"),
            Self::Time if highest >= 600.0 => (60.0, "min"),
            Self::Time => (1.0, "s"),
        }
    }
}

/// A level to compare with.
pub(super) struct Level {
    pub(super) value: f64,
    pub(super) name: String,
    /// Whether values below it are the bad ones; `false`: those above.
    pub(super) at_least: bool,
    /// Whether the ground tells where the first line misses it: not where lines are beside each other.
    pub(super) marked: bool,
}

impl Level {
    const fn is_missed_by(&self, value: f64) -> bool {
        if self.at_least { value < self.value } else { value > self.value }
    }
}

impl Chart<'_> {
    /// The chart as SVG; nothing when there is nothing to draw.
    pub(super) fn svg(&self) -> String {
        let has_values = self.series.iter().flat_map(|one| &one.values).any(Option::is_some);
        let (highest, (one, _)) = (self.highest(), self.unit());
        let most = self.most.unwrap_or_else(|| round_up(highest / one) * one);
        if self.places.is_empty() || !has_values || highest <= 0.0 {
            return String::new();
        }
        let mut svg = format!(
            "<figure><figcaption>{title} <small>{axes}</small></figcaption>\n<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
             role=\"img\" aria-label=\"{label}\">\n",
            title = escaped(self.title),
            axes = escaped(self.axes),
            label = escaped(&self.spoken())
        );
        self.missed(&mut svg);
        self.axes(&mut svg, most);
        for (at, series) in self.series.iter().enumerate() {
            self.line(&mut svg, at, series, most);
        }
        if let Some(level) = &self.level {
            let y = y(level.value, most);
            _ = writeln!(
                svg,
                "<line class=\"level\" x1=\"{LEFT}\" y1=\"{y:.1}\" x2=\"{WIDTH}\" y2=\"{y:.1}\"/>"
            );
        }
        self.titles(&mut svg);
        svg += "</svg>\n";
        svg += &self.legend();
        svg + "</figure>\n"
    }

    /// The highest value, or the level where that is higher.
    fn highest(&self) -> f64 {
        let values = self.series.iter().flat_map(|one| &one.values).flatten().copied();
        values.chain(self.level.as_ref().map(|level| level.value)).fold(0.0, f64::max)
    }

    /// One unit for all that the chart shows.
    fn unit(&self) -> (f64, &'static str) {
        self.scale.unit(self.highest())
    }

    /// A value as the chart writes it; shares of a chart of small ones with a decimal.
    fn show(&self, value: f64) -> String {
        let (one, name) = self.unit();
        match self.scale {
            Scale::Share if self.highest() < SMALL_SHARES => format!("{:.1}{name}", value / one),
            Scale::Share => format!("{:.0}{name}", value / one),
            Scale::Number | Scale::Time => short(value / one) + name,
        }
    }

    /// The chart in a sentence.
    fn spoken(&self) -> String {
        let one = |series: &Series<'_>| {
            let known: Vec<f64> = series.values.iter().copied().flatten().collect();
            let (low, high) = known.iter().fold((f64::MAX, 0.0_f64), |(l, h), v| (l.min(*v), h.max(*v)));
            format!("{} from {} to {}", series.name, self.show(low.min(high)), self.show(high))
        };
        let known = self.series.iter().filter(|series| series.values.iter().any(Option::is_some));
        let all: Vec<String> = known.map(one).collect();
        let level = self.level.as_ref().map_or_else(String::new, |level| format!("; {}", level.name));
        format!("{}, {}: {}{level}", self.title, self.axes, all.join("; "))
    }

    /// Marks the places at which the first line misses the level.
    fn missed(&self, svg: &mut String) {
        let level = self.level.as_ref().filter(|level| level.marked);
        let Some((level, first)) = level.zip(self.series.first()) else { return };
        let places = first.values.iter().enumerate();
        let missed = places.filter(|(_, value)| value.is_some_and(|value| level.is_missed_by(value)));
        for (at, _) in missed {
            self.column(svg, at, "short", "");
        }
    }

    /// A name with all values for each place, which a pointer shows.
    fn titles(&self, svg: &mut String) {
        for (at, place) in self.places.iter().enumerate() {
            let told = self.series.iter().filter_map(|series| {
                let value = (*series.values.get(at)?)?;
                Some(format!("{} {}", series.name, self.show(value)))
            });
            let told: Vec<String> = told.collect();
            if !told.is_empty() {
                let title = format!("<title>{}: {}</title>", escaped(place), escaped(&told.join(", ")));
                self.column(svg, at, "place", &title);
            }
        }
    }

    fn column(&self, svg: &mut String, at: usize, class: &str, inside: &str) {
        let width = self.step();
        _ = writeln!(
            svg,
            "<rect class=\"{class}\" x=\"{:.1}\" y=\"{TOP}\" width=\"{width:.1}\" height=\"{:.1}\">{inside}</rect>",
            self.x(at) - width / 2.0,
            HEIGHT - BOTTOM - TOP
        );
    }

    fn axes(&self, svg: &mut String, most: f64) {
        for quarter in 0..=4 {
            let value = most * f64::from(quarter) / 4.0;
            let (y, half) = (y(value, most), if quarter % 2 == 1 { " class=\"half\"" } else { "" });
            _ = write!(
                svg,
                "<line class=\"grid\" x1=\"{LEFT}\" y1=\"{y:.1}\" x2=\"{WIDTH}\" y2=\"{y:.1}\"/>\n<text{half} \
                 x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>\n",
                LEFT - 6.0,
                y + 4.0,
                escaped(&self.show(value))
            );
        }
        for (number, at) in labels(self.places).into_iter().enumerate() {
            let Some(place) = self.places.get(at) else { continue };
            let half = if number % 2 == 1 { " class=\"half\"" } else { "" };
            _ = writeln!(
                svg,
                "<text{half} x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                self.x(at),
                HEIGHT - 6.0,
                escaped(&shortened(place))
            );
        }
    }

    fn step(&self) -> f64 {
        (WIDTH - LEFT) / self.places.len().max(1) as f64
    }

    fn x(&self, at: usize) -> f64 {
        LEFT + self.step() * (at as f64 + 0.5)
    }

    fn line(&self, svg: &mut String, number: usize, series: &Series<'_>, most: f64) {
        let mut path = String::new();
        let mut pen_down = false;
        for (at, value) in series.values.iter().enumerate() {
            let Some(value) = value else {
                pen_down = false;
                continue;
            };
            let to = if pen_down { 'L' } else { 'M' };
            // A lone value is a short stroke.
            let alone = !pen_down && series.values.get(at + 1).is_none_or(Option::is_none);
            let x = self.x(at) - if alone { 4.0 } else { 0.0 };
            _ = write!(path, "{to}{x:.1} {:.1}", y(*value, most));
            path += if alone { "h8" } else { "" };
            pen_down = true;
        }
        _ = writeln!(svg, "<path class=\"series s{number}\" d=\"{path}\"/>");
    }

    fn legend(&self) -> String {
        let several = self.series.len() > 1;
        let lines =
            self.series.iter().enumerate().filter(|_| several).map(|(at, series)| {
                entry(&format!("<path class=\"series s{at}\" d=\"M0 5h26\"/>"), series.name)
            });
        let level = self.level.iter().flat_map(|level| {
            let missed = if level.at_least { "below it" } else { "above it" };
            let marked = || entry("<rect class=\"short\" width=\"26\" height=\"10\"/>", missed);
            let line = entry("<line class=\"level\" x1=\"0\" y1=\"5\" x2=\"26\" y2=\"5\"/>", &level.name);
            [line].into_iter().chain(level.marked.then(marked))
        });
        let all: String = lines.chain(level).collect();
        if all.is_empty() { all } else { format!("<p class=\"legend\">{all}</p>\n") }
    }
}

/// A sign of the legend with its name.
pub(super) fn entry(sign: &str, name: &str) -> String {
    format!("<span><svg viewBox=\"0 0 26 10\" aria-hidden=\"true\">{sign}</svg>{}</span>", escaped(name))
}

/// The places that have a label: whole hours of a day, so many that they can be read.
fn labels(places: &[String]) -> Vec<usize> {
    let hours = || places.iter().enumerate().filter(|(_, place)| place.ends_with(":00")).map(|(at, _)| at);
    let all: Vec<usize> =
        if hours().count() * 2 >= places.len() - 1 { hours().collect() } else { (0..places.len()).collect() };
    let step = all.len().div_ceil(LABELS_MAX).max(1);
    all.into_iter().step_by(step).collect()
}

/// As much of a name as fits under a chart.
fn shortened(place: &str) -> String {
    const LETTERS: usize = 8;
    match place.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", place.get(..end).unwrap_or(place)),
        None => place.to_owned(),
    }
}

fn y(value: f64, most: f64) -> f64 {
    HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (value / most).clamp(0.0, 1.0)
}

/// The next 1, 2, 4 or 8 times a power of ten: its quarters are short numbers.
fn round_up(value: f64) -> f64 {
    let power = 10_f64.powf(value.max(1e-9).log10().floor());
    let steps = [1.0, 2.0, 4.0, 8.0, 10.0].map(|step| step * power);
    steps.into_iter().find(|step| *step >= value).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(count: usize) -> Vec<String> {
        (0..count).map(|half| format!("{:02}:{:02}", half / 2, half % 2 * 30)).collect()
    }

    #[test]
    fn labels_are_whole_hours_and_few() {
        let (day, shift) = (places(48), places(9));
        assert_eq!(labels(&day), [0, 6, 12, 18, 24, 30, 36, 42]);
        assert_eq!(labels(&shift), [0, 2, 4, 6, 8]);
        assert_eq!(labels(&["2".to_owned(), "4".to_owned()]), [0, 1]);
    }

    #[test]
    fn a_chart_says_what_it_shows_and_nothing_is_no_chart() {
        let places = places(3);
        let chart = |values: Vec<Option<f64>>| Chart {
            title: "Answered <in time>",
            axes: "share of calls",
            places: &places,
            series: vec![Series { name: "answered", values }],
            scale: Scale::Share,
            level: Some(Level { value: 0.8, name: "wanted: 80%".to_owned(), at_least: true, marked: true }),
            most: Some(1.0),
        };
        let svg = chart(vec![Some(0.5), None, Some(0.9)]).svg();
        let spoken = "Answered &lt;in time&gt;, share of calls: answered from 50% to 90%; wanted: 80%";
        assert!(svg.contains(spoken), "{svg}");
        assert_eq!(svg.matches("class=\"short\" x=").count(), 1, "{svg}");
        assert!(svg.contains("<title>00:00: answered 50%</title>"), "{svg}");
        assert_eq!(chart(vec![None; 3]).svg(), "");
    }

    #[test]
    fn one_axis_has_one_unit_with_round_steps() {
        let places = places(2);
        let labels = |highest: f64| {
            let series = vec![Series { name: "wait", values: vec![Some(1.0), Some(highest)] }];
            let chart = Chart {
                title: "",
                axes: "",
                places: &places,
                series,
                scale: Scale::Time,
                level: None,
                most: None,
            };
            let svg = chart.svg();
            let labels = svg.split("text-anchor=\"end\">").skip(1).filter_map(|rest| rest.split('<').next());
            labels.map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(labels(599.0), ["0s", "200s", "400s", "600s", "800s"]);
        assert_eq!(labels(1_300.0), ["0min", "10min", "20min", "30min", "40min"]);
        assert_eq!(labels(10_800.0), ["0h", "1h", "2h", "3h", "4h"]);
    }
}
