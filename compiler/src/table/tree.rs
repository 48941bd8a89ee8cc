//! Splits the rows of a table until few are left in each part, within a budget that grows with the rows.

use std::collections::HashMap;
use std::ops::Range;

use super::classes::{ClassRanges, Classifier};
use crate::flow::MatchTable;

/// Parts of so many rows are searched rather than split further.
const LEAF_ROWS: usize = 12;

/// The most children of one split; a column with more classes is split in steps.
const CHILDREN_MAX: u32 = 256;

/// Words of index for each row of the table: what splits may spend on children and copies of rows.
const BUDGET_PER_ROW: usize = 64;

/// A split is made when its parts have, in the mean, at most this share of the rows.
const WORTH_IT_SHARE: f64 = 0.7;

/// A part of the table.
pub(super) enum Node {
    /// Split by the class of a column.
    Split {
        /// The column.
        column: usize,
        /// The first class that can occur here.
        first_class: u32,
        /// The child of each class that can occur here.
        children: Vec<usize>,
    },
    /// Searched row by row, in order.
    Leaf(Vec<u32>),
}

/// For each column the classes that can occur, half-open.
type Path = Vec<(u32, u32)>;

/// A table whose values are classes.
pub(super) struct Classified {
    /// How values of each column become classes.
    pub(super) classifiers: Vec<Classifier>,
    /// Per column: the classes that its cells accept.
    accepted: Vec<Accepted>,
}

/// The classes that the cells of one column accept, row after row.
#[derive(Default)]
struct Accepted {
    ranges: ClassRanges,
    /// Where the ranges of each row end.
    ends: Vec<usize>,
}

impl Accepted {
    fn of(&self, row: u32) -> &[(u32, u32)] {
        let row = row as usize;
        let start = row.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(row).and_then(|end| self.ranges.get(start..*end)).unwrap_or_default()
    }
}

impl Classified {
    pub(super) fn new(table: &MatchTable) -> Self {
        let mut classifiers = Vec::with_capacity(table.columns.len());
        let mut accepted = Vec::with_capacity(table.columns.len());
        for (column, order) in table.columns.iter().enumerate() {
            let cells = || table.rows.iter().filter_map(|row| row.cells.get(column));
            let classifier = Classifier::new(*order, cells());
            let mut here = Accepted::default();
            for cell in cells() {
                classifier.accept(cell, &mut here.ranges);
                here.ends.push(here.ranges.len());
            }
            accepted.push(here);
            classifiers.push(classifier);
        }
        Self { classifiers, accepted }
    }

    /// The classes that a cell accepts.
    pub(super) fn ranges(&self, column: usize, row: u32) -> &[(u32, u32)] {
        self.accepted.get(column).map_or(&[], |accepted| accepted.of(row))
    }

    /// Whether a row accepts everything that can occur.
    fn covers(&self, row: u32, path: &Path) -> bool {
        path.iter().enumerate().all(|(column, (start, end))| {
            self.ranges(column, row).iter().any(|(from, to)| from <= start && end <= to)
        })
    }

    /// Whether some call can reach a row.
    fn can_hold(&self, row: u32) -> bool {
        (0..self.classifiers.len()).all(|column| !self.ranges(column, row).is_empty())
    }
}

/// A table as a tree; the root is the last node.
pub(super) struct Tree<'a> {
    table: &'a Classified,
    /// Children before parents.
    pub(super) nodes: Vec<Node>,
}

impl<'a> Tree<'a> {
    pub(super) fn new(table: &'a Classified, rows: usize) -> Self {
        let mut tree = Self { table, nodes: Vec::new() };
        let mut path = table.classifiers.iter().map(|one| (0, one.classes())).collect();
        let all = 0..u32::try_from(rows).unwrap_or(u32::MAX);
        let all = all.filter(|row| table.can_hold(*row)).collect::<Vec<_>>();
        tree.part(&all, &mut path, rows.saturating_mul(BUDGET_PER_ROW));
        tree
    }

    /// Adds a part and returns its node. The path is as before afterwards.
    fn part(&mut self, rows: &[u32], path: &mut Path, budget: usize) -> usize {
        let last = rows.iter().position(|row| self.table.covers(*row, path));
        let rows = last.and_then(|last| rows.get(..=last)).unwrap_or(rows);
        let may_split = rows.len() > LEAF_ROWS && rows.len() <= budget;
        let split = if may_split { self.best_split(rows, path, budget) } else { None };
        let node = match split {
            Some((column, cost)) => self.split(rows, path, column, budget.saturating_sub(cost)),
            None => Node::Leaf(rows.to_vec()),
        };
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    /// The column whose split leaves the fewest rows in a part, if any is worth it, and the words that it costs.
    fn best_split(&self, rows: &[u32], path: &Path, budget: usize) -> Option<(usize, usize)> {
        let mut best: Option<(f64, usize, usize)> = None;
        for (column, range) in path.iter().enumerate() {
            let (steps, step) = steps(*range);
            if steps < 2 {
                continue;
            }
            let copies = self.copies_of(rows, column, *range, step);
            let cost = copies + (range.1 - range.0) as usize;
            let mean = copies as f64 / f64::from(steps);
            let worth_it = mean <= rows.len() as f64 * WORTH_IT_SHARE && cost <= budget;
            if worth_it && best.is_none_or(|(least, ..)| mean < least) {
                best = Some((mean, column, cost));
            }
        }
        best.map(|(_, column, cost)| (column, cost))
    }

    /// How many rows all children of a split have together.
    fn copies_of(&self, rows: &[u32], column: usize, range: (u32, u32), step: u32) -> usize {
        let in_row = |row: &u32| {
            let reached = reached(self.table.ranges(column, *row), range, step);
            reached.map(|(from, to)| (to - from) as usize).sum::<usize>()
        };
        rows.iter().map(in_row).sum()
    }

    /// The rows of each child, counted first, so that all of them take one allocation.
    fn parts(&self, rows: &[u32], column: usize, range: (u32, u32)) -> Parts {
        let (count, step) = steps(range);
        let mut ends = vec![0_usize; count as usize];
        for row in rows {
            for (from, to) in reached(self.table.ranges(column, *row), range, step) {
                ends.get_mut(from as usize..to as usize)
                    .unwrap_or_default()
                    .iter_mut()
                    .for_each(|end| *end += 1);
            }
        }
        let mut start = 0;
        for end in &mut ends {
            (start, *end) = (start + *end, start);
        }
        let mut parts = Parts { rows: vec![0; start], ends };
        for row in rows {
            for (from, to) in reached(self.table.ranges(column, *row), range, step) {
                parts.push(from as usize..to as usize, *row);
            }
        }
        parts
    }

    /// Splits; the children share the budget by their rows.
    fn split(&mut self, rows: &[u32], path: &mut Path, column: usize, budget: usize) -> Node {
        let range = path.get(column).copied().unwrap_or_default();
        let (_, step) = steps(range);
        let parts = self.parts(rows, column, range);
        let copies = parts.rows.len().max(1);
        let mut children = Vec::with_capacity((range.1 - range.0) as usize);
        let mut same: HashMap<&[u32], usize> = HashMap::new();
        for (part, at) in parts.iter().zip(0_u32..) {
            let start = range.0 + at * step;
            let end = (start + step).min(range.1);
            let known = if step == 1 { same.get(part).copied() } else { None };
            let node = known.unwrap_or_else(|| {
                set(path, column, (start, end));
                let node = self.part(part, path, budget.saturating_mul(part.len()) / copies);
                same.insert(part, node);
                node
            });
            children.extend((start..end).map(|_| node));
        }
        set(path, column, range);
        Node::Split { column, first_class: range.0, children }
    }
}

/// The rows of all children of a split, child after child.
struct Parts {
    rows: Vec<u32>,
    /// Where the rows of each child end; while they are filled in, where the next one goes.
    ends: Vec<usize>,
}

impl Parts {
    /// Adds a row to these children.
    fn push(&mut self, children: Range<usize>, row: u32) {
        for end in self.ends.get_mut(children).unwrap_or_default() {
            if let Some(place) = self.rows.get_mut(*end) {
                *place = row;
            }
            *end += 1;
        }
    }

    fn iter(&self) -> impl Iterator<Item = &[u32]> {
        let starts = [0].into_iter().chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| self.rows.get(start..*end).unwrap_or_default())
    }
}

fn set(path: &mut Path, column: usize, range: (u32, u32)) {
    if let Some(place) = path.get_mut(column) {
        *place = range;
    }
}

/// How many children a split of these classes has, and how many classes each.
const fn steps((start, end): (u32, u32)) -> (u32, u32) {
    let step = (end - start).div_ceil(CHILDREN_MAX);
    if step == 0 { (0, 1) } else { ((end - start).div_ceil(step), step) }
}

/// The children that accepted classes reach into, half-open, each child once.
fn reached(accepted: &[(u32, u32)], range: (u32, u32), step: u32) -> impl Iterator<Item = (u32, u32)> {
    let mut next = 0;
    accepted.iter().filter_map(move |accepted| {
        let (from, to) = (accepted.0.max(range.0), accepted.1.min(range.1));
        if from >= to {
            return None;
        }
        let (first, end) = ((from - range.0) / step, (to - range.0).div_ceil(step));
        let first = first.max(next);
        next = next.max(end);
        (first < end).then_some((first, end))
    })
}
