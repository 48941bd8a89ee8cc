//! Charts as inline SVG, drawn in the page's colours, each with a title and a text for those who cannot see it.

use std::fmt::Write as _;

use crate::report::html::escaped;

/// Width and height of a chart, and the room around it for labels.
const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 220.0;
const LEFT: f64 = 52.0;
const BOTTOM: f64 = 26.0;
const TOP: f64 = 12.0;

/// A line over the day or over the values of a what-if.
pub(super) struct Series<'a> {
    pub(super) name: &'a str,
    /// A value at each place; nothing where there is none.
    pub(super) values: Vec<Option<f64>>,
}

/// What a chart is about.
pub(super) struct Chart<'a> {
    pub(super) title: &'a str,
    /// Labels of the places, some of which are shown.
    pub(super) places: Vec<String>,
    pub(super) series: Vec<Series<'a>>,
    /// How a value is written.
    pub(super) show: fn(f64) -> String,
    /// A level to compare with, and its name.
    pub(super) level: Option<(f64, String)>,
    /// The top of the axis, where the values themselves do not say it.
    pub(super) most: Option<f64>,
}

impl Chart<'_> {
    /// The chart as SVG; nothing when there is nothing to draw.
    pub(super) fn svg(&self) -> String {
        let values = self.series.iter().flat_map(|one| &one.values).flatten();
        let highest = values.copied().chain(self.level.as_ref().map(|(level, _)| *level)).fold(0.0, f64::max);
        let most = self.most.unwrap_or_else(|| round_up(highest));
        if self.places.is_empty() || highest <= 0.0 {
            return String::new();
        }
        let mut svg = format!(
            "<figure><figcaption>{title}</figcaption>\n<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" \
             aria-label=\"{label}\">\n",
            title = escaped(self.title),
            label = escaped(&self.spoken())
        );
        self.axes(&mut svg, most);
        for (at, series) in self.series.iter().enumerate() {
            self.line(&mut svg, at, series, most);
        }
        if let Some((level, name)) = &self.level {
            let y = y(*level, most);
            _ = write!(
                svg,
                "<line class=\"level\" x1=\"{LEFT}\" y1=\"{y:.1}\" x2=\"{WIDTH}\" y2=\"{y:.1}\"/>\n<text \
                 class=\"note\" x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>\n",
                WIDTH - 4.0,
                y - 4.0,
                escaped(name)
            );
        }
        svg += "</svg>\n";
        svg += &self.legend();
        svg + "</figure>\n"
    }

    /// The chart in a sentence.
    fn spoken(&self) -> String {
        let one = |series: &Series<'_>| {
            let known: Vec<f64> = series.values.iter().copied().flatten().collect();
            let (low, high) = known.iter().fold((f64::MAX, 0.0_f64), |(l, h), v| (l.min(*v), h.max(*v)));
            format!("{} from {} to {}", series.name, (self.show)(low.min(high)), (self.show)(high))
        };
        let all: Vec<String> = self.series.iter().map(one).collect();
        format!("{}: {}", self.title, all.join("; "))
    }

    fn axes(&self, svg: &mut String, most: f64) {
        for quarter in 0..=4 {
            let value = most * f64::from(quarter) / 4.0;
            let y = y(value, most);
            _ = write!(
                svg,
                "<line class=\"grid\" x1=\"{LEFT}\" y1=\"{y:.1}\" x2=\"{WIDTH}\" y2=\"{y:.1}\"/>\n<text x=\"{}\" \
                 y=\"{:.1}\" text-anchor=\"end\">{}</text>\n",
                LEFT - 6.0,
                y + 4.0,
                escaped(&(self.show)(value))
            );
        }
        let step = self.places.len().div_ceil(12).max(1);
        for (at, place) in self.places.iter().enumerate().step_by(step) {
            _ = writeln!(
                svg,
                "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                self.x(at),
                HEIGHT - 6.0,
                escaped(place)
            );
        }
    }

    fn x(&self, at: usize) -> f64 {
        let step = (WIDTH - LEFT) / self.places.len().max(1) as f64;
        LEFT + step * (at as f64 + 0.5)
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
            _ = write!(path, "{to}{:.1} {:.1}", self.x(at), y(*value, most));
            // A lone value is a dot: a line of no length with round ends.
            let alone = !pen_down && series.values.get(at + 1).is_none_or(Option::is_none);
            path += if alone { "h0" } else { "" };
            pen_down = true;
        }
        _ = writeln!(svg, "<path class=\"series s{number}\" d=\"{path}\"/>");
    }

    fn legend(&self) -> String {
        if self.series.len() < 2 {
            return String::new();
        }
        let one = |(at, series): (usize, &Series<'_>)| {
            format!("<span><i class=\"s{at}\"></i>{}</span>", escaped(series.name))
        };
        let all: String = self.series.iter().enumerate().map(one).collect();
        format!("<p class=\"legend\">{all}</p>\n")
    }
}

fn y(value: f64, most: f64) -> f64 {
    HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (value / most).clamp(0.0, 1.0)
}

/// The next 1, 2 or 5 times a power of ten.
fn round_up(value: f64) -> f64 {
    let power = 10_f64.powf(value.max(1e-9).log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|step| step * power);
    steps.into_iter().find(|step| *step >= value).unwrap_or(value)
}
