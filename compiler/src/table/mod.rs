//! Decision tables as an index: size is almost free, whatever the number of rows.
//!
//! Each column value becomes a *class*: values that no cell tells apart (`classes`). Rows are split on the columns
//! that tell most of them apart until at most 64 are left; those are one bit mask a column and class, and the first
//! row that holds is the lowest bit of their conjunction (`tree`, `index`). The idea is that of packet
//! classification: bit vectors (Lakshman, Stiliadis, "High-speed policy-based packet forwarding", 1998) under
//! decision-tree cuts (Gupta, McKeown, "Classifying packets with hierarchical intelligent cuttings", 2000).
//!
//! Architecture invariant: the reference interpreter does not use this module, so that comparing both means
//! something.

mod classes;
mod index;
mod tree;

pub(crate) use classes::Classifier;
pub(crate) use index::{Index, LEAF_HEADER_WORDS, NO_NODE};
