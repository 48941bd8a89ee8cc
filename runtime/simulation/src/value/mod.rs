//! Values between slots and the author's spelling.

mod parse;
mod suggest;

pub use parse::{Cell, parse_time, parse_value};
pub(crate) use suggest::did_you_mean;
pub use tandem_stdlib::show::{show_time, show_value};

#[cfg(test)]
mod tests;
