//! What each row accepts, as vectors of lanes: one comparison tests eight (or four) columns of a row.
//!
//! A row is a run of vector pairs, lowest and highest class accepted, one lane a column. A cell that accepts several
//! ranges of classes has their hull there, and its ranges in `checks`, read only when the vectors hold.

use super::tree::Classified;

/// Bytes of a vector.
pub(crate) const VECTOR_BYTES: u32 = 16;

/// In a check's first word: the last range of its cell.
pub(crate) const LAST_OF_CELL: u32 = 1 << 30;

/// In a check's first word: the last check of its row.
pub(crate) const LAST_OF_ROW: u32 = 1 << 31;

/// In a row of a leaf: the row has checks.
pub(crate) const ROW_HAS_CHECKS: u32 = 1 << 31;

/// Words of a check: column and flags, first class, number of classes.
pub(crate) const CHECK_WORDS: u32 = 3;

/// Rows of a large table.
pub(crate) struct Rows {
    /// Bytes of one lane: 2, or 4 where a column has more than 65,535 classes.
    pub(crate) lane_bytes: u32,
    /// Pairs of vectors of a row.
    pub(crate) pairs: u32,
    /// Vectors, row after row.
    pub(crate) bytes: Vec<u8>,
    /// Ranges of the cells that accept several.
    pub(crate) checks: Vec<u32>,
    /// The first check of each row; 0 also for those that have none.
    pub(crate) first_checks: Vec<u32>,
    /// Whether a row has checks.
    has_checks: Vec<bool>,
}

impl Rows {
    pub(super) fn new(table: &Classified, rows: usize) -> Self {
        let widest = table.classifiers.iter().map(super::Classifier::classes).max().unwrap_or(0);
        let lane_bytes = if widest <= u32::from(u16::MAX) { 2 } else { 4 };
        let columns = u32::try_from(table.classifiers.len()).unwrap_or(u32::MAX);
        let pairs = columns.div_ceil(VECTOR_BYTES / lane_bytes);
        let mut store = Self {
            lane_bytes,
            pairs,
            bytes: Vec::new(),
            checks: Vec::new(),
            first_checks: Vec::with_capacity(rows),
            has_checks: Vec::with_capacity(rows),
        };
        store.bytes.reserve(rows.saturating_mul(store.stride() as usize));
        for row in 0..u32::try_from(rows).unwrap_or(u32::MAX) {
            store.row(table, row);
        }
        store
    }

    /// Bytes of a row.
    pub(crate) const fn stride(&self) -> u32 {
        self.pairs.saturating_mul(2 * VECTOR_BYTES)
    }

    /// The row as leaves name it.
    pub(super) fn name(&self, row: u32) -> u32 {
        let checked = self.has_checks.get(row as usize).copied().unwrap_or_default();
        if checked { row | ROW_HAS_CHECKS } else { row }
    }

    fn row(&mut self, table: &Classified, row: u32) {
        let lanes = (VECTOR_BYTES / self.lane_bytes) as usize;
        for pair in 0..self.pairs as usize {
            let hulls = (pair * lanes..(pair + 1) * lanes).map(|column| hull(table.ranges(column, row)));
            let hulls = hulls.collect::<Vec<_>>();
            hulls.iter().for_each(|(low, _)| self.lane(*low));
            hulls.iter().for_each(|(_, high)| self.lane(*high));
        }
        let first = u32::try_from(self.checks.len()).unwrap_or(u32::MAX);
        for column in 0..table.classifiers.len() {
            self.checks_of(column, table.ranges(column, row));
        }
        let has_some = self.checks.len() > first as usize;
        if has_some && let Some(last) = self.checks.len().checked_sub(CHECK_WORDS as usize) {
            self.checks.iter_mut().skip(last).take(1).for_each(|word| *word |= LAST_OF_ROW);
        }
        self.first_checks.push(if has_some { first } else { 0 });
        self.has_checks.push(has_some);
    }

    fn lane(&mut self, class: u32) {
        match u16::try_from(class.min(u32::from(u16::MAX))) {
            Ok(class) if self.lane_bytes == 2 => self.bytes.extend(class.to_ne_bytes()),
            _ => self.bytes.extend(class.to_ne_bytes()),
        }
    }

    fn checks_of(&mut self, column: usize, ranges: &[(u32, u32)]) {
        if ranges.len() < 2 {
            return;
        }
        let column = u32::try_from(column).unwrap_or(u32::MAX);
        for (at, (from, to)) in ranges.iter().enumerate() {
            let last = if at + 1 == ranges.len() { LAST_OF_CELL } else { 0 };
            self.checks.extend([column | last, *from, to - from]);
        }
    }
}

/// The lowest and the highest class accepted; a column that the table lacks accepts everything.
fn hull(ranges: &[(u32, u32)]) -> (u32, u32) {
    match (ranges.first(), ranges.last()) {
        (Some((low, _)), Some((_, end))) => (*low, end.saturating_sub(1)),
        _ => (0, u32::MAX),
    }
}
