//! Two policies on the same callers, figure by figure.

use tandem_simulation::{CentreReport, Estimate, Unit};

use super::numbers::{change, is_told, title, title_of_whole, value};

/// A row for each figure that both have: its name, both values, the change, and whether that is sure.
pub(super) fn rows(first: &CentreReport, second: &CentreReport) -> Vec<[String; 5]> {
    let of_calls = first.differences(second);
    let of_calls = of_calls.iter().filter(|one| is_told(one)).map(|one| {
        cells(title(one.figure).to_owned(), one.figure.unit(), [one.first, one.second, one.change])
    });
    let of_whole = first.whole_differences(second).into_iter().map(|one| {
        let name = title_of_whole(one.figure, first);
        cells(name, one.figure.unit(), [one.first, one.second, one.change])
    });
    of_calls.chain(of_whole).collect()
}

fn cells(name: String, unit: Unit, [first, second, moved]: [Estimate; 3]) -> [String; 5] {
    let apart = moved.half_width.is_some_and(|half| moved.mean.abs() > half);
    let word = if apart { "differs" } else { "" };
    [name, value(unit, first.mean), value(unit, second.mean), change(unit, moved), word.to_owned()]
}
