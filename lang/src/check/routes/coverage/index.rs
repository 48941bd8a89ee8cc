//! Which rows can meet a row: bit sets over rows, one a group of classes of a column.

use super::cover::Tests;
use super::ranges::Ranges;

/// Columns that are indexed; the others count as free.
const COLUMNS_MAX: usize = 32;

/// Groups that a column's classes are put into.
const GROUPS_MAX: u32 = 256;

/// Groups that are joined for a wide cell; a wider one counts as free.
const JOINED_MAX: u32 = 16;

struct Column {
    /// Classes a group.
    width: u32,
    /// Rows that accept some class of the group.
    groups: Vec<Vec<u64>>,
    /// The group that the fewest rows accept.
    rarest: u32,
}

/// The index of one route.
pub(super) struct Index {
    columns: Vec<Column>,
    words: usize,
}

impl Index {
    /// Indexes the rows.
    pub(super) fn new(rows: &[Tests], possible: &[Ranges]) -> Self {
        let words = rows.len().div_ceil(64);
        let mut columns: Vec<Column> =
            possible.iter().take(COLUMNS_MAX).map(|possible| empty_column(possible, words)).collect();
        for (column, indexed) in columns.iter_mut().enumerate() {
            let mut free = vec![0; words];
            for (at, row) in rows.iter().enumerate() {
                match row.iter().find(|(named, _)| *named == column) {
                    Some((_, accepted)) => add(indexed, at, accepted),
                    None => set(&mut free, at),
                }
            }
            for group in &mut indexed.groups {
                group.iter_mut().zip(&free).for_each(|(word, free)| *word |= free);
            }
        }
        for (indexed, possible) in columns.iter_mut().zip(possible) {
            indexed.rarest = rarest(indexed, possible);
        }
        Self { columns, words }
    }

    /// Whether some call that the row answers can surely not be answered by an earlier one.
    pub(super) fn is_surely_reached(&self, at: usize, row: &Tests) -> bool {
        let points: Vec<&Vec<u64>> = self
            .columns
            .iter()
            .enumerate()
            .filter_map(|(column, indexed)| {
                let accepted = row.iter().find(|(named, _)| *named == column).map(|(_, accepted)| accepted);
                indexed.groups.get(point(indexed, accepted) as usize)
            })
            .collect();
        (0..at.div_ceil(64)).all(|word| {
            let rows =
                points.iter().fold(u64::MAX, |rows, set| rows & set.get(word).copied().unwrap_or(u64::MAX));
            rows & before(at, word) == 0
        })
    }

    /// Earlier rows that may meet the row, in order.
    pub(super) fn candidates(&self, at: usize, row: &Tests) -> Vec<usize> {
        let mut rows = vec![u64::MAX; self.words];
        for (column, accepted) in row {
            let Some(indexed) = self.columns.get(*column) else { continue };
            let groups = groups(indexed, accepted);
            if groups.iter().map(|(first, last)| last - first + 1).sum::<u32>() > JOINED_MAX {
                continue;
            }
            let sets: Vec<&Vec<u64>> = groups
                .iter()
                .flat_map(|(first, last)| *first..=*last)
                .filter_map(|group| indexed.groups.get(group as usize))
                .collect();
            for (word, bits) in rows.iter_mut().enumerate() {
                *bits &= sets.iter().fold(0, |all, set| all | set.get(word).copied().unwrap_or(u64::MAX));
            }
        }
        let words = rows.iter().enumerate().take(at.div_ceil(64));
        words.flat_map(|(word, bits)| ones(bits & before(at, word)).map(move |bit| word * 64 + bit)).collect()
    }
}

/// The bits of a word that stand for rows before `at`.
const fn before(at: usize, word: usize) -> u64 {
    let rest = at.saturating_sub(word * 64);
    if rest >= 64 { u64::MAX } else { (1 << rest) - 1 }
}

fn ones(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = bits.trailing_zeros();
        bits &= bits.checked_sub(1)?;
        Some(bit as usize)
    })
}

fn empty_column(possible: &Ranges, words: usize) -> Column {
    let last = possible.parts().last().map_or(0, |(_, last)| *last);
    let width = last / GROUPS_MAX + 1;
    Column { width, groups: vec![vec![0; words]; (last / width + 1) as usize], rarest: 0 }
}

fn groups(column: &Column, accepted: &Ranges) -> Vec<(u32, u32)> {
    let grouped = accepted.parts().iter().map(|(first, last)| (first / column.width, last / column.width));
    Ranges::union(grouped.collect()).parts().to_vec()
}

fn add(column: &mut Column, row: usize, accepted: &Ranges) {
    for group in groups(column, accepted).iter().flat_map(|(first, last)| *first..=*last) {
        if let Some(rows) = column.groups.get_mut(group as usize) {
            set(rows, row);
        }
    }
}

fn set(rows: &mut [u64], row: usize) {
    if let Some(word) = rows.get_mut(row / 64) {
        *word |= 1 << (row % 64);
    }
}

fn rarest(column: &Column, possible: &Ranges) -> u32 {
    let count = |group: u32| {
        let set = column.groups.get(group as usize);
        set.map_or(u32::MAX, |set| set.iter().map(|word| word.count_ones()).sum())
    };
    let parts = groups(column, possible);
    parts
        .iter()
        .flat_map(|(first, last)| *first..=*last)
        .min_by_key(|group| count(*group))
        .unwrap_or_default()
}

/// A group in which a row is looked at: the rarest, or else the first that it accepts.
fn point(column: &Column, accepted: Option<&Ranges>) -> u32 {
    let Some(accepted) = accepted else { return column.rarest };
    let groups = groups(column, accepted);
    let has_rarest = groups.iter().any(|(first, last)| (first..=last).contains(&&column.rarest));
    if has_rarest { column.rarest } else { groups.first().map_or(0, |(first, _)| *first) }
}
