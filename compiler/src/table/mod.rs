//! Decision tables as an index: size is almost free, whatever the number of rows.
//!
//! Each column value becomes a *class*: values that no cell tells apart (`classes`). Up to 64 rows are one bit mask a
//! column and class; the first row that holds is the lowest bit of their conjunction (`masks`). Larger tables are
//! split on the columns that tell most rows apart (`tree`), and the few candidates that are left are tested in order
//! with vector comparisons of classes (`rows`). The ideas are those of packet classification: bit vectors (Lakshman,
//! Stiliadis, "High-speed policy-based packet forwarding", 1998) and decision-tree cuts with linear search in the
//! leaves (Gupta, McKeown, "Classifying packets with hierarchical intelligent cuttings", 2000).
//!
//! Architecture invariant: the reference interpreter does not use this module, so that comparing both means
//! something.

mod classes;
mod index;
mod masks;
mod rows;
mod tree;

pub(crate) use classes::Classifier;
pub(crate) use index::{Index, Search, Walk};
pub(crate) use masks::Masks;
pub(crate) use rows::{CHECK_WORDS, LAST_OF_CELL, LAST_OF_ROW, ROW_HAS_CHECKS, VECTOR_BYTES};
