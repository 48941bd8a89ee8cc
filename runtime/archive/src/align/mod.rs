//! Turns without times, placed in the speech that was found.

mod cuts;
mod length;

pub(crate) use cuts::place;
pub(crate) use length::{speaking_ms, syllables};

#[cfg(test)]
mod tests;
