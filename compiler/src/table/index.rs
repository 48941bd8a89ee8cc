//! The tree as flat read-only data, in the form that native code walks.
//!
//! Words (`u32`): a split is `column, children` where the child of class `c` is the word at `children + c`; a leaf is
//! `rows, next, count` and then one place of masks a column, where the mask of class `c` is at `place + c`. All places are
//! signed, since the classes of a part need not begin at 0. A node is named by its place, doubled, plus 1 for a leaf.

use super::classes::Classifier;
use super::tree::{LEAF_ROWS, Node, Path, Tree};
use crate::flow::MatchTable;

/// The name of no node.
pub(crate) const NO_NODE: u32 = u32::MAX;

/// Words of a leaf before its places of masks.
pub(crate) const LEAF_HEADER_WORDS: u32 = 3;

/// The place of masks that accept every row, one a class of the widest column. Bits at and above a leaf's `count`
/// mean nothing.
const ALL_ROWS_MASKS: u32 = 0;

/// The most bytes of masks and words for one table.
const INDEX_BYTES_MAX: usize = 64 << 20;

/// An index over one table.
pub(crate) struct Index {
    /// How values of each column become classes.
    pub(crate) classifiers: Vec<Classifier>,
    /// Splits, children and leaves.
    pub(crate) words: Vec<u32>,
    /// Masks of leaves.
    pub(crate) masks: Vec<u64>,
    /// Rows of leaves, by bit.
    pub(crate) rows: Vec<u32>,
    /// The name of the root.
    pub(crate) root: u32,
}

impl Index {
    /// Builds the index, or says that it would be too large.
    pub(crate) fn new(table: &MatchTable) -> Result<Self, String> {
        let tree = Tree::new(table);
        let widest = tree.classifiers.iter().map(Classifier::classes).max().unwrap_or(1) as usize;
        let masks = vec![u64::MAX; widest];
        let mut writer = Writer { tree: &tree, words: Vec::new(), masks, rows: Vec::new() };
        let mut names: Vec<u32> = Vec::with_capacity(tree.nodes.len());
        for node in &tree.nodes {
            let name = writer.node(node, &names);
            if writer.words.len() * 4 + writer.masks.len() * 8 > INDEX_BYTES_MAX {
                return Err(format!(
                    "a table of {} rows whose index needs more than {} MiB",
                    table.rows.len(),
                    INDEX_BYTES_MAX >> 20
                ));
            }
            names.push(name);
        }
        let (words, masks, rows) = (writer.words, writer.masks, writer.rows);
        let root = names.last().copied().unwrap_or(NO_NODE);
        Ok(Self { classifiers: tree.classifiers, words, masks, rows, root })
    }
}

struct Writer<'a> {
    tree: &'a Tree,
    words: Vec<u32>,
    masks: Vec<u64>,
    rows: Vec<u32>,
}

impl Writer<'_> {
    fn node(&mut self, node: &Node, names: &[u32]) -> u32 {
        match node {
            Node::Split { column, first_class, children } => {
                let place = word(self.words.len());
                self.words.push(word(*column));
                self.words.push((place + 2).wrapping_sub(*first_class));
                let named = children.iter().map(|child| names.get(*child).copied().unwrap_or(NO_NODE));
                self.words.extend(named);
                place << 1
            }
            Node::Leaf { rows, path } => self.leaves(rows, path),
        }
    }

    /// Writes the rows 64 at a time, the last ones first, since each leaf names the next.
    fn leaves(&mut self, rows: &[u32], path: &Path) -> u32 {
        let mut next = NO_NODE;
        for chunk in rows.chunks(LEAF_ROWS).rev() {
            next = self.leaf(chunk, path, next);
        }
        if next == NO_NODE { self.leaf(&[], path, NO_NODE) } else { next }
    }

    fn leaf(&mut self, rows: &[u32], path: &Path, next: u32) -> u32 {
        let places = (0..path.len()).map(|column| self.masks_of(rows, column, path)).collect::<Vec<_>>();
        let place = word(self.words.len());
        self.words.extend([word(self.rows.len()), next, word(rows.len())]);
        self.words.extend(places);
        self.rows.extend(rows);
        (place << 1) | 1
    }

    fn masks_of(&mut self, rows: &[u32], column: usize, path: &Path) -> u32 {
        let (start, end) = path.get(column).copied().unwrap_or_default();
        let accepted = |row: &u32| self.tree.accepted.get(column).and_then(|rows| rows.get(*row as usize));
        let all = |row: &u32| {
            accepted(row).is_some_and(|ranges| ranges.iter().any(|(from, to)| *from <= start && end <= *to))
        };
        if rows.iter().all(all) {
            return ALL_ROWS_MASKS;
        }
        let mut masks = vec![0_u64; (end - start) as usize];
        for (bit, row) in rows.iter().enumerate() {
            for (from, to) in accepted(row).into_iter().flatten() {
                let from = (*from).clamp(start, end) - start;
                let to = (*to).clamp(start, end) - start;
                for mask in masks.get_mut(from as usize..to as usize).unwrap_or_default() {
                    *mask |= 1 << bit;
                }
            }
        }
        let place = word(self.masks.len()).wrapping_sub(start);
        self.masks.extend(masks);
        place
    }
}

/// Sizes are bounded far below 4 Gi.
fn word(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
