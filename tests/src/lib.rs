//! The roof: tests that need more than one wing of the house.
//!
//! [`markdown`] finds policies in Markdown pages.

pub mod markdown;
