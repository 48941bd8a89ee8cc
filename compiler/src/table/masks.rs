//! A table of at most 64 rows: one bit mask a column and class.

use super::tree::Classified;

/// The most rows: one bit each.
pub(super) const ROWS_MAX: usize = 64;

/// The masks of all columns.
pub(crate) struct Masks {
    /// Rows; bits at and above this mean nothing.
    pub(crate) rows: u32,
    /// For each column the place of its class 0 in `masks`; `None`: every row accepts everything.
    pub(crate) places: Vec<Option<u32>>,
    /// Masks, class after class.
    pub(crate) masks: Vec<u64>,
}

impl Masks {
    pub(super) fn new(table: &Classified, rows: usize) -> Self {
        let rows = u32::try_from(rows).unwrap_or(u32::MAX);
        let mut masks = Self { rows, places: Vec::new(), masks: Vec::new() };
        for column in 0..table.classifiers.len() {
            let place = masks.column(table, column);
            masks.places.push(place);
        }
        masks
    }

    fn column(&mut self, table: &Classified, column: usize) -> Option<u32> {
        let classes = table.classifiers.get(column).map_or(0, super::Classifier::classes);
        if (0..self.rows).all(|row| table.ranges(column, row) == [(0, classes)]) {
            return None;
        }
        let mut masks = vec![0_u64; classes as usize];
        for row in 0..self.rows {
            for (from, to) in table.ranges(column, row) {
                for mask in masks.get_mut(*from as usize..*to as usize).unwrap_or_default() {
                    *mask |= 1 << row;
                }
            }
        }
        let place = u32::try_from(self.masks.len()).unwrap_or(u32::MAX);
        self.masks.extend(masks);
        Some(place)
    }
}
