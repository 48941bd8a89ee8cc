//! The index as flat read-only data, in the form that native code walks.
//!
//! Words (`u32`): a split is `column, children` where the child of class `c` is the word at `children + c`, a signed
//! place, since the classes of a part need not begin at 0. A leaf is its number of rows and then its rows in order,
//! each with a flag when it has checks. A node is named by its place, doubled, plus 1 for a leaf.

use super::classes::Classifier;
use super::masks::{Masks, ROWS_MAX};
use super::rows::Rows;
use super::tree::{Classified, Node, Tree};
use crate::flow::MatchTable;

/// An index over one table.
pub(crate) struct Index {
    /// How values of each column become classes.
    pub(crate) classifiers: Vec<Classifier>,
    /// How the first row is found from the classes.
    pub(crate) search: Search,
}

/// How the first row is found.
pub(crate) enum Search {
    /// All rows at once.
    Masks(Masks),
    /// Down the splits, then row by row.
    Walk(Walk),
}

/// Splits and rows.
pub(crate) struct Walk {
    /// Splits, children and leaves.
    pub(crate) words: Vec<u32>,
    /// The name of the root.
    pub(crate) root: u32,
    /// What rows accept.
    pub(crate) rows: Rows,
}

impl Index {
    /// Builds the index; its size grows with the rows and never faster.
    pub(crate) fn new(table: &MatchTable) -> Self {
        let classified = Classified::new(table);
        let rows = table.rows.len();
        let search = if rows <= ROWS_MAX {
            Search::Masks(Masks::new(&classified, rows))
        } else {
            Search::Walk(walk(&classified, rows))
        };
        Self { classifiers: classified.classifiers, search }
    }
}

fn walk(classified: &Classified, rows: usize) -> Walk {
    let tree = Tree::new(classified, rows);
    let mut writer = Walk { words: Vec::new(), root: 0, rows: Rows::new(classified, rows) };
    let mut names: Vec<u32> = Vec::with_capacity(tree.nodes.len());
    for node in &tree.nodes {
        let name = writer.node(node, &names);
        names.push(name);
    }
    writer.root = names.last().copied().unwrap_or(1);
    writer
}

impl Walk {
    fn node(&mut self, node: &Node, names: &[u32]) -> u32 {
        let place = word(self.words.len());
        match node {
            Node::Split { column, first_class, children } => {
                self.words.push(word(*column));
                self.words.push((place + 2).wrapping_sub(*first_class));
                self.words.extend(children.iter().filter_map(|child| names.get(*child)));
                place << 1
            }
            Node::Leaf(rows) => {
                self.words.push(word(rows.len()));
                self.words.extend(rows.iter().map(|row| self.rows.name(*row)));
                (place << 1) | 1
            }
        }
    }
}

/// Sizes are bounded far below 4 Gi.
fn word(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
