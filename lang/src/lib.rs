//! Tandem policy text to checked program.
//!
//! text → [`source`] → parse → [`tree`] → resolve, check → [`program`]; every stage reports all it finds and goes on.

pub mod check;
pub mod diagnostics;
pub mod format;
mod full_width;
pub mod layout;
pub mod parse;
pub mod program;
pub mod read;
pub mod render;
pub mod source;
pub mod tree;

pub use check::{Checked, check_texts};
