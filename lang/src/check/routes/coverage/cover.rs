//! Whether rows cover a region, by splitting it along the rows' own edges.
//!
//! The question is as hard as any (the complement of satisfiability), so the work is bounded: see [`WORK_MAX`].

use super::ranges::Ranges;

/// Rows looked at, over all regions of one route, before the check gives up.
pub(super) const WORK_MAX: usize = 4_000_000;

/// Conditions of a row, all of which must hold; a column that is not named is free.
pub(super) type Tests = Vec<(usize, Ranges)>;

/// What came of a question.
#[derive(Debug, PartialEq)]
pub(super) enum Answer {
    /// The rows cover the region.
    Covered,
    /// No row answers here.
    Open(Tests),
    /// The work ran out.
    Unknown,
}

/// Asks whether rows cover regions, within one amount of work.
pub(super) struct Coverer<'r> {
    /// The rows of the route.
    pub(super) rows: &'r [Tests],
    /// What each column can be.
    pub(super) possible: &'r [Ranges],
    /// Work left.
    pub(super) work: usize,
    /// Rows that closed some part, of the last question.
    pub(super) closing: Vec<usize>,
}

/// How a row lies in a region.
enum Lies {
    Outside,
    Around,
    /// Partly, as the first of these columns shows.
    Across(usize),
}

impl Coverer<'_> {
    /// Whether `rows` (indices) cover a region.
    pub(super) fn ask(&mut self, region: &Tests, rows: &[usize]) -> Answer {
        self.closing.clear();
        self.cover(region, rows)
    }

    fn cover(&mut self, region: &Tests, rows: &[usize]) -> Answer {
        if self.work < rows.len() {
            self.work = 0;
            return Answer::Unknown;
        }
        self.work -= rows.len();
        let mut across = Vec::new();
        let mut column = None;
        for at in rows {
            match self.lies(region, *at) {
                Lies::Outside => {}
                Lies::Around => {
                    self.closing.push(*at);
                    return Answer::Covered;
                }
                Lies::Across(first) => {
                    column = column.or(Some(first));
                    across.push(*at);
                }
            }
        }
        match column {
            None => Answer::Open(region.clone()),
            Some(column) => self.split(region, column, &across),
        }
    }

    fn lies(&self, region: &Tests, row: usize) -> Lies {
        let mut across = None;
        for (column, accepted) in self.rows.get(row).into_iter().flatten() {
            let Some(here) = here(region, self.possible, *column) else { continue };
            if !here.meets(accepted) {
                return Lies::Outside;
            }
            if across.is_none() && !here.within(accepted) {
                across = Some(*column);
            }
        }
        across.map_or(Lies::Around, Lies::Across)
    }

    /// Cuts the region wherever a row begins or ends along a column; the emptiest parts first.
    fn split(&mut self, region: &Tests, column: usize, rows: &[usize]) -> Answer {
        let Some(here) = here(region, self.possible, column).cloned() else { return Answer::Covered };
        let cuts = self.cuts(&here, column, rows);
        let mut parts: Vec<((u32, u32), Vec<usize>)> =
            cuts.into_iter().map(|part| (part, Vec::new())).collect();
        for row in rows {
            for (first, last) in self.accepted(*row, column, &here).parts() {
                let from = parts.partition_point(|((start, _), _)| start < first);
                let inside = parts.iter_mut().skip(from).take_while(|((start, _), _)| start <= last);
                for (_, list) in inside {
                    self.work = self.work.saturating_sub(1);
                    list.push(*row);
                }
            }
            if self.work == 0 {
                return Answer::Unknown;
            }
        }
        parts.sort_by_key(|(_, rows)| rows.len());
        for ((first, last), rows) in parts {
            let mut part = region.clone();
            part.retain(|(at, _)| *at != column);
            part.push((column, Ranges::one(first, last)));
            match self.cover(&part, &rows) {
                Answer::Covered => {}
                other => return other,
            }
        }
        Answer::Covered
    }

    fn accepted(&self, row: usize, column: usize, here: &Ranges) -> Ranges {
        let tests = self.rows.get(row).into_iter().flatten();
        let accepted = tests.into_iter().find(|(at, _)| *at == column);
        accepted.map_or_else(|| here.clone(), |(_, accepted)| accepted.and(here))
    }

    fn cuts(&mut self, here: &Ranges, column: usize, rows: &[usize]) -> Vec<(u32, u32)> {
        let mut starts: Vec<u32> = here.parts().iter().map(|(first, _)| *first).collect();
        for row in rows {
            let accepted = self.accepted(*row, column, here);
            starts.extend(accepted.parts().iter().flat_map(|(first, last)| [*first, last.saturating_add(1)]));
        }
        starts.sort_unstable();
        starts.dedup();
        let mut cuts = Vec::with_capacity(starts.len());
        for (first, last) in here.parts() {
            let from = starts.partition_point(|start| start < first);
            let mut inside = starts.iter().skip(from).take_while(|start| *start <= last).peekable();
            while let Some(start) = inside.next() {
                cuts.push((*start, inside.peek().map_or(*last, |next| **next - 1)));
            }
        }
        cuts
    }
}

/// What a column can be in a region.
fn here<'r>(region: &'r Tests, possible: &'r [Ranges], column: usize) -> Option<&'r Ranges> {
    let narrowed = region.iter().find(|(at, _)| *at == column).map(|(_, ranges)| ranges);
    narrowed.or_else(|| possible.get(column))
}
