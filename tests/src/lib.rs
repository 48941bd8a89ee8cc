//! The roof: tests that need more than one wing of the house.
//!
//! [`markdown`] finds policies in pages, [`engines`] checks a policy and runs its tests on both engines, [`pages`] does
//! so for every policy of a page, [`grammar`] says which parts of the grammar policies use.

pub mod engines;
pub mod grammar;
pub mod markdown;
pub mod pages;
