//! Event timelines as JSON Lines, one event a line: for logs without audio. The format is described in the book.

mod line;
mod reader;
mod writer;

pub use reader::TimelineReader;
pub use writer::write_call;

#[cfg(test)]
mod tests;
