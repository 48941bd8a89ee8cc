//! What samples tell about the value behind them.

mod estimate;
mod student;
#[cfg(test)]
mod tests;

pub use estimate::Estimate;
