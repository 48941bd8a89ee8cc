//! Tandem policy text to checked program.
//!
//! text → [`source`] → parse → [`tree`] → resolve, check → [`program`]; every stage reports all it finds and goes on.

pub mod diagnostics;
pub mod layout;
pub mod parse;
pub mod program;
pub mod read;
pub mod render;
pub mod source;
pub mod tree;
