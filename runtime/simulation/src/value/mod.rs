//! Values between slots and the author's spelling.

mod parse;
mod show;
mod suggest;

pub use parse::{Cell, parse_time, parse_value};
pub use show::{show_time, show_value};
pub(crate) use suggest::did_you_mean;

#[cfg(test)]
mod tests;
