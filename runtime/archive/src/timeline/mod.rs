//! Event timelines as JSON Lines, one event a line: for logs without audio. The format is described in the book.

mod line;
mod lines;
mod reader;
mod scan;
mod writer;

pub use lines::CallLines;
pub use reader::TimelineReader;
pub use writer::write_call;

#[cfg(test)]
mod tests;
