//! A what-if with two policies: from which value on each reaches all that is wanted, and what that costs.

use tandem_simulation::{Figure, Unit, Whole};

use super::numbers::{estimate, title_of_whole, value};
use super::{Run, look};

/// One policy with all values.
pub(super) struct Side<'r> {
    pub(super) policy: &'r str,
    pub(super) runs: Vec<&'r Run>,
}

impl<'r> Side<'r> {
    /// The first run from which on all reach what is wanted.
    pub(super) fn enough(&self) -> Option<&'r Run> {
        let reaches = |run: &&&Run| look::verdict(&run.report).0 == Some(true);
        self.runs.iter().rev().take_while(reaches).last().copied()
    }
}

/// The policies in order, each with its runs.
pub(super) fn sides(runs: &[Run]) -> Vec<Side<'_>> {
    let mut sides: Vec<Side<'_>> = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        match sides.get_mut(at % 2) {
            Some(side) => side.runs.push(run),
            None => sides.push(Side { policy: run.policy.as_deref().unwrap_or_default(), runs: vec![run] }),
        }
    }
    sides
}

/// What came of it, a sentence each.
pub(super) fn sentences(sides: &[Side<'_>]) -> Vec<String> {
    let path =
        sides.iter().flat_map(|side| side.runs.first()).map(|run| run.varied()).next().unwrap_or_default();
    let mut lines: Vec<String> = sides.iter().map(|side| of_side(path, side)).collect();
    if let [one, two] = sides
        && let Some((one, two)) = one.enough().zip(two.enough())
    {
        lines.extend(fewer(path, one, two));
        lines.extend(cheaper(one, two));
    }
    lines
}

fn of_side(path: &str, Side { policy, runs }: &Side<'_>) -> String {
    let side = Side { policy, runs: runs.clone() };
    let Some(run) = side.enough() else {
        return format!("{policy}: no value of {path} is enough for all that is wanted");
    };
    let share = run.report.all().and_then(|all| all.figure(Figure::AutomationRate)).map(|found| found.mean);
    let settled = share.filter(|share| *share > 0.0).map_or_else(String::new, |share| {
        format!("; {} of calls are settled without a person", value(Unit::Share, share))
    });
    let cost = run.report.whole(Whole::CostPerCall).map_or_else(String::new, |found| {
        let currency = run.report.currency.as_deref().unwrap_or_default();
        format!("; a call costs {} {currency}", value(Unit::Money, found.mean))
    });
    format!("{policy}: enough from {path} = {}{settled}{cost}", run.varied_to())
}

/// How many fewer the one needs, where the values are numbers.
fn fewer(path: &str, one: &Run, two: &Run) -> Option<String> {
    let (one, two): (f64, f64) = (one.varied_to().parse().ok()?, two.varied_to().parse().ok()?);
    let (more, less) = (one.max(two), one.min(two));
    let which = if one < two { "the first" } else { "the second" };
    let part = (more > 0.0).then(|| value(Unit::Share, (more - less) / more))?;
    Some(match more > less {
        true => format!("{path}: {which} needs {} fewer, {part} of {more}", more - less),
        false => format!("{path}: both need {more}"),
    })
}

/// What the second costs more or less than the first.
fn cheaper(one: &Run, two: &Run) -> Option<String> {
    let cost = |run: &Run| run.report.whole(Whole::Costs).map(|found| found.mean);
    let (first, second) = (cost(one)?, cost(two)?);
    let (dear, cheap) = (first.max(second), first.min(second));
    let which = if first < second { "the first" } else { "the second" };
    let part = (dear > 0.0).then(|| value(Unit::Share, (dear - cheap) / dear))?;
    let currency = one.report.currency.as_deref().unwrap_or_default();
    let [dear, cheap] = [dear, cheap].map(|amount| value(Unit::Money, amount));
    Some(format!("costs of a run: {which} costs {cheap} instead of {dear} {currency}, {part} less"))
}

/// The figures of the centre as a whole that stand beside a value that is varied.
pub(super) fn wholes(runs: &[&Run]) -> Vec<Whole> {
    let known = |figure: &Whole| runs.iter().any(|run| run.report.whole(*figure).is_some());
    [Whole::Occupancy, Whole::CostPerCall].into_iter().filter(known).collect()
}

/// Their titles.
pub(super) fn titles_of_whole(runs: &[&Run], wholes: &[Whole]) -> Vec<String> {
    let Some(first) = runs.first() else { return Vec::new() };
    let title = |figure: &Whole| match figure {
        Whole::Occupancy => "occupancy".to_owned(),
        other => title_of_whole(*other, &first.report),
    };
    wholes.iter().map(title).collect()
}

/// Their values in one run.
pub(super) fn cells_of_whole<'w>(run: &Run, wholes: &'w [Whole]) -> impl Iterator<Item = String> + 'w {
    let found: Vec<_> = wholes.iter().map(|figure| (figure.unit(), run.report.whole(*figure))).collect();
    found.into_iter().map(|(unit, found)| found.map_or_else(String::new, |found| estimate(unit, found)))
}
