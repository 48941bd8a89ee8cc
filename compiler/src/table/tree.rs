//! Splits the rows of a table until at most 64 are left in each part.

use std::collections::HashMap;

use super::classes::{ClassRanges, Classifier};
use crate::flow::MatchTable;

/// Rows of a leaf: one bit each.
pub(super) const LEAF_ROWS: usize = 64;

/// The most children of one split; a column with more classes is split in steps.
const CHILDREN_MAX: u32 = 256;

/// The most rows in all parts together; when it is spent, parts stay whole and are searched 64 rows at a time.
const ROW_COPIES_MAX: usize = 2_000_000;

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
    /// Searched 64 rows at a time.
    Leaf {
        /// Rows in order.
        rows: Vec<u32>,
        /// For each column the classes that can occur here, half-open.
        path: Path,
    },
}

/// For each column the classes that can occur, half-open.
pub(super) type Path = Vec<(u32, u32)>;

/// A table as a tree; the root is the last node.
pub(super) struct Tree {
    /// How values of each column become classes.
    pub(super) classifiers: Vec<Classifier>,
    /// Per column, per row: the classes accepted.
    pub(super) accepted: Vec<Vec<ClassRanges>>,
    /// Children before parents.
    pub(super) nodes: Vec<Node>,
    copies: usize,
}

impl Tree {
    pub(super) fn new(table: &MatchTable) -> Self {
        let mut classifiers = Vec::with_capacity(table.columns.len());
        let mut accepted = Vec::with_capacity(table.columns.len());
        for (column, order) in table.columns.iter().enumerate() {
            let cells = || table.rows.iter().filter_map(|row| row.cells.get(column));
            let classifier = Classifier::new(*order, cells());
            accepted.push(cells().map(|cell| classifier.accepted(cell)).collect());
            classifiers.push(classifier);
        }
        let mut tree = Self { classifiers, accepted, nodes: Vec::new(), copies: 0 };
        let path = tree.classifiers.iter().map(|one| (0, one.classes())).collect();
        let rows = (0..u32::try_from(table.rows.len()).unwrap_or(u32::MAX)).collect();
        tree.part(rows, path);
        tree
    }

    /// Adds a part and returns its node.
    fn part(&mut self, mut rows: Vec<u32>, path: Path) -> usize {
        if let Some(last) = rows.iter().position(|row| self.covers(*row, &path)) {
            rows.truncate(last + 1);
        }
        let split = if rows.len() > LEAF_ROWS { self.best_split(&rows, &path) } else { None };
        let node = match split {
            Some(column) => self.split(&rows, &path, column),
            None => Node::Leaf { rows, path },
        };
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    fn ranges(&self, column: usize, row: u32) -> &[(u32, u32)] {
        self.accepted.get(column).and_then(|rows| rows.get(row as usize)).map_or(&[], Vec::as_slice)
    }

    /// Whether a row accepts everything that can occur.
    fn covers(&self, row: u32, path: &Path) -> bool {
        path.iter().enumerate().all(|(column, (start, end))| {
            self.ranges(column, row).iter().any(|(from, to)| from <= start && end <= to)
        })
    }

    /// The column whose split leaves the fewest rows in a part, if any is worth it.
    fn best_split(&self, rows: &[u32], path: &Path) -> Option<usize> {
        let mut best: Option<(f64, usize)> = None;
        for (column, range) in path.iter().enumerate() {
            let (steps, step) = steps(*range);
            if steps < 2 {
                continue;
            }
            let copies = self.copies_of(rows, column, *range, step);
            let mean = copies as f64 / f64::from(steps);
            let worth_it = mean <= rows.len() as f64 * 0.8 && self.copies + copies <= ROW_COPIES_MAX;
            if worth_it && best.is_none_or(|(least, _)| mean < least) {
                best = Some((mean, column));
            }
        }
        best.map(|(_, column)| column)
    }

    /// How many rows all children of a split have together.
    fn copies_of(&self, rows: &[u32], column: usize, range: (u32, u32), step: u32) -> usize {
        let in_row = |row: &u32| {
            self.ranges(column, *row)
                .iter()
                .filter_map(|accepted| child_range(*accepted, range, step))
                .map(|(from, to)| (to - from) as usize)
                .sum::<usize>()
        };
        rows.iter().map(in_row).sum()
    }

    fn split(&mut self, rows: &[u32], path: &Path, column: usize) -> Node {
        let range = path.get(column).copied().unwrap_or_default();
        let (count, step) = steps(range);
        let mut parts = vec![Vec::new(); count as usize];
        for row in rows {
            for accepted in self.ranges(column, *row) {
                let Some((from, to)) = child_range(*accepted, range, step) else { continue };
                for part in parts.get_mut(from as usize..to as usize).unwrap_or_default() {
                    if part.last() != Some(row) {
                        part.push(*row);
                    }
                }
            }
        }
        self.copies += parts.iter().map(Vec::len).sum::<usize>();
        let mut children = Vec::with_capacity((range.1 - range.0) as usize);
        let mut same = HashMap::new();
        for (part, at) in parts.into_iter().zip(0_u32..) {
            let start = range.0 + at * step;
            let end = (start + step).min(range.1);
            let known = if step == 1 { same.get(&part).copied() } else { None };
            let node = known.unwrap_or_else(|| {
                let mut path = path.clone();
                if let Some(place) = path.get_mut(column) {
                    *place = (start, end);
                }
                let node = self.part(part.clone(), path);
                same.insert(part, node);
                node
            });
            children.extend((start..end).map(|_| node));
        }
        Node::Split { column, first_class: range.0, children }
    }
}

/// How many children a split of these classes has, and how many classes each.
const fn steps((start, end): (u32, u32)) -> (u32, u32) {
    let step = (end - start).div_ceil(CHILDREN_MAX);
    if step == 0 { (0, 1) } else { ((end - start).div_ceil(step), step) }
}

/// The children that accepted classes reach into, half-open.
fn child_range(accepted: (u32, u32), range: (u32, u32), step: u32) -> Option<(u32, u32)> {
    let (from, to) = (accepted.0.max(range.0), accepted.1.min(range.1));
    (from < to).then(|| ((from - range.0) / step, (to - range.0).div_ceil(step)))
}
